import BudgetLines
import PrintedReports
import ReviewModel
import Targets

/// A sentence that puts a bound on the other side than the table of targets, or than makes sense.
let boundContradicts = DocumentRule(
    "document/bound-contradicts",
    .error,
    title: LocalizedText(zh: "正文的上下限与指标相反", en: "a bound on the other side than the target's"),
    manual: LocalizedText(
        zh: """
            正文写"不少于、不低于、≥"而绩效目标表中同一指标为"≤"，或写"不多于、不高于、不超过、≤"而表中为"≥"的列出。表中没有的指标，越高越好的（满意度、合格率、受益人数等，report-words.yaml 的 better_high）\
            写成"不高于、不多于"，越低越好的（事故、投诉等，better_low）写成"不少于、不低于"的，也列出；名称含下降、处理等字样（turns）的除外。
            """,
        en: """
            A sentence says 不少于, 不低于 or ≥ of an indicator that the table of targets has with ≤, or the other way round. Of what the table has not, what is the better the higher (`better_high` of report-words.yaml) \
            with 不高于 or 不多于, and what is the better the lower (`better_low`) with 不少于 or 不低于, is told, too, unless a word turns it (`turns`: 下降, 处理).
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    三级指标\t目标值
                    受益村庄数\t≥18个
                    ↓项目建成后，受益村庄不多于18个。
            """,
            zh: "正文写\"受益村庄不多于18个\"，而指标\"受益村庄数\"为 ≥18个",
            en: "the text says \"受益村庄不多于18个\", the target \"受益村庄数\" is ≥18个"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    三级指标\t目标值
                    受益村庄数\t≥18个
                    项目建成后，受益村庄不少于18个，群众满意度不低于90%，投诉不超过3起。满意度不高于90%的单位须整改。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkBounds(audit.report)) }
)

private func checkBounds(_ report: ReportText) -> [Finding] {
    let targets = report.printedTables.filter { $0.kind == .targets }.flatMap(\.targets)
    return report.body.filter { !$0.isTableRow }.flatMap { line -> [Finding] in
        let (upper, lower) = (report.words["at_most"], report.words["at_least"])
        guard (upper + lower).contains(where: line.folded.hasBytes) else { return [] }
        return line.folded.split { "，。；、（）".contains($0) }.map(String.init).compactMap { clause in
            guard let bound = StatedBound(clause, atMost: upper, atLeast: lower) else { return nil }
            let named = targets.filter { $0.named(in: bound.name) }
            if !named.isEmpty {
                guard named.count == 1, let isLower = named[0].isLowerBound, isLower != bound.isLower else {
                    return nil
                }
                return contradicts(clause, named[0], line)
            }
            if report.words["turns"].contains(where: bound.name.hasBytes) { return nil }
            let falls = report.words["better_low"].contains(where: bound.name.hasBytes)
            let rises = !falls && report.words["better_high"].contains(where: bound.name.hasBytes)
            return bound.isLower && falls || !bound.isLower && rises ? wrongWay(clause, rises, line) : nil
        }
    }
}

/// `受益村庄不少于18个`: what it is of, the word, and a number behind it.
private struct StatedBound {
    var name: String
    var isLower: Bool

    /// - Parameters: words of bounds, longer ones before those that they hold.
    init?(_ clause: String, atMost upper: [String], atLeast lower: [String]) {
        let words = upper.map { ($0, false) } + lower.map { ($0, true) }
        guard let (word, isLower) = words.first(where: { clause.hasBytes(of: $0.0) }),
            let place = clause.firstBytes(of: word)
        else { return nil }
        let rest = clause[place.upperBound...]
        let digits = rest.prefix { $0.isASCII && ($0.isNumber || $0 == "." || $0 == ",") }
        // 满意度不高于90%的单位 is a condition; all that there is, 100%, is no bound.
        guard !digits.isEmpty, !rest.dropFirst(digits.count).contains("的"), digits != "100",
            !["如", "若", "凡", "对", "当"].contains(where: clause.hasPrefix)
        else { return nil }
        var name = String(clause[..<place.lowerBound])
        for link in ["均", "应", "须", "要", "达到", "达", "为", "控制在"] where name.hasSuffix(link) {
            name.removeLast(link.count)
        }
        guard (2...30).contains(name.count) else { return nil }
        (self.name, self.isLower) = (name, isLower)
    }
}

extension PrintedTarget {
    /// Whether words that end with what is bounded name it: 受益村庄 is 受益村庄数.
    fileprivate func named(in text: String) -> Bool {
        let own = name.folded
        if own.count >= 3, text.hasSuffix(own) { return true }
        for end in ReportWords.standard["counting_ends"] where own.hasSuffix(end) && own.count - end.count >= 3 {
            return text.hasSuffix(own.dropLast(end.count))
        }
        return false
    }

    /// Whether no less is wanted; `nil` where it is no bound.
    fileprivate var isLowerBound: Bool? {
        switch aim?.direction {
        case .atLeast, .moreThan: true
        case .atMost, .lessThan: false
        default: nil
        }
    }
}

// MARK: - Messages

private func contradicts(_ clause: String, _ target: PrintedTarget, _ line: ReportText.Line) -> Finding {
    boundContradicts.rule.finding(
        message: LocalizedText(
            zh: "正文写\"\(clause)\"，而指标\"\(target.name)\"为 \(target.value)",
            en: "the text says \"\(clause)\", the target \"\(target.name)\" is \(target.value)"
        ),
        subject: target.name,
        lines: [line.spot, ReportText.spot(line: target.line)],
        expected: target.value,
        found: clause
    )
}

private func wrongWay(_ clause: String, _ rises: Bool, _ line: ReportText.Line) -> Finding {
    boundContradicts.rule.finding(
        message: LocalizedText(
            zh: "\"\(clause)\"：越\(rises ? "高" : "低")越好的应写\(rises ? "下" : "上")限",
            en:
                "\"\(clause)\": the \(rises ? "higher" : "lower") the better wants \(rises ? "a lower" : "an upper") bound"
        ),
        subject: clause,
        lines: [line.spot],
        expected: rises ? "≥" : "≤",
        found: clause
    )
}
