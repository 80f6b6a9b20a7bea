import BudgetLines
import PrintedReports
import ReviewModel

/// A report that grants in one sentence what it refuses in another.
let stanceContradicts = DocumentRule(
    "document/stance-contradicts",
    .error,
    title: LocalizedText(zh: "同一报告既同意又不同意", en: "a report that grants and refuses"),
    manual: LocalizedText(
        zh: """
            没有评分步骤时，正文中对整个项目的表态（"同意安排""建议予以支持""不同意安排""不予安排""暂缓安排"等，见 report-words.yaml 的 stance_for、stance_against）应一致；\
            不予安排的金额恰是审核表审定金额合计的，也列出；一句以"不同意"开头（refuses）而又"审核预算为……元""下达……元"（allots）的、"不同意按审定金额……"、"不同意某项目按……元安排"而该金额正是审定合计的，也列出。对某一项费用的表态、有"如、若、凡"等条件的不计。
            """,
        en: """
            Where no scoring step runs, what the text says of the whole project (同意安排, 建议予以支持, 不同意安排, 暂缓安排; `stance_for` and `stance_against` of report-words.yaml) is one thing; an amount that is refused and is the \
            approved total of the audit table is told, too, and so is a sentence that begins with 不同意 (`refuses`) and goes on with 审核预算为…元 or 下达…元 (`allots`), or refuses what was granted (不同意按审定金额…, or the approved total itself). What is said of a single cost, or under a condition, does not count.
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
                    经评审，项目立项依据充分，建议予以支持。
                    ↓不同意安排 2026 年预算 51.00 万元。
            """,
            zh: "此处\"不同意安排\"，而第 1 行写\"予以支持\"",
            en: "不同意安排 here, while line 1 says 予以支持"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    经评审，项目立项依据充分，建议予以支持。宣传费依据不足，不予安排。
                    同意安排 2026 年预算 51.00 万元。未通过验收的，不予拨付。
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkSentences(audit.report))
        // A verdict behind its words that the grant denies is told already.
        guard audit.prior.values.allSatisfy({ $0.scores.isEmpty }), checkGrant(audit.report).isEmpty else { return }
        // What the project is called stands in the title at least.
        let title = audit.report.lines.lazy.filter { !$0.isTableRow && !$0.folded.isEmpty }.prefix(3).map(\.folded)
        let name = audit.dossier.field("project", "name")?.text?.folded ?? title.joined(separator: " ")
        findings.add(checkStances(audit.report, name))
    }
)

/// What a sentence says of the project as a whole.
private struct Stance {
    var word: String
    var isRefusal: Bool
    /// The sentence that it stands in.
    var sentence: String
    var line: ReportText.Line

    /// - Parameter project: its name, folded; empty where it is not known.
    static func all(in report: ReportText, _ project: String) -> [Stance] {
        let (grants, refusals) = (report.words["stance_for"], report.words["stance_against"])
        let words = (grants.map { ($0, false) } + refusals.map { ($0, true) }).sorted { $0.0.count > $1.0.count }
        return report.body.filter { !$0.isTableRow }.flatMap { line -> [Stance] in
            guard words.contains(where: { line.folded.hasBytes(of: $0.0) }) || line.folded.hasBytes(of: "年") else {
                return []
            }
            return line.folded.withoutYears.split { "。；".contains($0) }.flatMap { sentence -> [Stance] in
                // What scores of a range mean is no stance.
                let isBand = sentence.contains("分") && ["以上", "以下", "不满", "（含"].contains(where: sentence.contains)
                if isBand || conditions.contains(where: sentence.hasPrefix) { return [] }
                let clauses = sentence.split { "，：、".contains($0) }
                return clauses.enumerated().compactMap { index, clause in
                    // 宣传费依据不足，不予安排: what it is about stands in the clause before; 不同意追加，建议追加…预算 speaks of one thing.
                    if index > 0, let word = words.first(where: { clause == $0.0 }) {
                        let next = index + 1 < clauses.count ? clauses[index + 1] : ""
                        guard word.1, next.hasPrefix("建议"),
                            let grant = Stance(String(next), of: String(sentence), words, line, project),
                            !grant.isRefusal, grant.word.suffix(2) == word.0.suffix(2)
                        else { return nil }
                    }
                    return Stance(String(clause), of: String(sentence), words, line, project)
                }
            }
        }
    }

    private init?(
        _ clause: String,
        of sentence: String,
        _ words: [(String, Bool)],
        _ line: ReportText.Line,
        _ project: String
    ) {
        for (word, isRefusal) in words {
            guard let place = clause.firstBytes(of: word) else { continue }
            let (before, rest) = (clause[..<place.lowerBound], clause[place.upperBound...])
            // 不同意安排 is no 同意安排.
            guard !negations.contains(where: before.hasSuffix), before.isOfWhole,
                rest.isOfWholeBehind || rest.names(project)
            else {
                return nil
            }
            (self.word, self.isRefusal, self.sentence, self.line) = (word, isRefusal, sentence, line)
            return
        }
        return nil
    }
}

private let conditions = ["如", "若", "凡", "对未", "未", "逾期", "对于", "经查"]
private let negations = ["不", "未", "暂不", "没有", "非"]

extension Substring {
    /// Whether words before a stance name nothing but the project: 建议, 该项目, 评审结论为.
    fileprivate var isOfWhole: Bool {
        if isEmpty || contains("结论为") || contains("意见为") { return true }
        // 甲项目予以支持，乙项目不予支持.
        if String(self).namesOneOfSeveral { return false }
        let ends = ["项目", "项目建议", "结论为", "结论是", "意见为", "意见是", "结论", "意见", "研究", "评审", "评估", "综上", "审核", "等级为"]
        return ["建议", "建议对", "我局", "我中心", "我办", "拟", "可", "对项目", "对该项目"].contains(String(self))
            || ends.contains(where: hasSuffix)
    }

    /// Whether the words up to the first number are those that the project is called by: 营养改善计划资金 of 义务教育学校营养改善计划资金.
    fileprivate func names(_ project: String) -> Bool {
        let words = prefix { !($0.isASCII && $0.isNumber) }
        return words.count >= 4 && project.hasBytes(of: String(words))
    }

    /// Whether the words behind it name nothing else: the end, an amount, 项目, 预算.
    fileprivate var isOfWholeBehind: Bool {
        guard let first else { return true }
        if first.isASCII && first.isNumber {
            // 建议支持21个项目 counts projects.
            return !(drop { $0.isASCII && $0.isNumber }.first.map { "个项家户所处".contains($0) } ?? false)
        }
        return ["项目", "该项目", "本项目", "概算", "预算", "资金", "财政", "立项", "实施", "（", "）", "县", "市", "区", "镇", "年度"].contains(
            where: hasPrefix
        )
    }
}

extension String {
    /// The same without quotation marks and without years: 建议2026年安排预算 is 建议安排预算.
    fileprivate var withoutYears: String {
        var (text, scalars) = (
            "".unicodeScalars, Array(unicodeScalars.filter { !"“”\"‘’「」".unicodeScalars.contains($0) })[...]
        )
        while let first = scalars.first {
            let digits = scalars.prefix(4)
            if first.isDigit, digits.count == 4, digits.allSatisfy(\.isDigit), scalars.dropFirst(4).first == "年",
                text.last?.isDigit != true
            {
                scalars = scalars.dropFirst(5)
                if scalars.first == "度" { scalars.removeFirst() }
            } else {
                text.append(first)
                scalars.removeFirst()
            }
        }
        return String(text)
    }
}

private func checkStances(_ report: ReportText, _ project: String) -> [Finding] {
    let stances = Stance.all(in: report, project)
    let refusals = stances.filter(\.isRefusal)
    guard let refusal = refusals.first else { return [] }
    if let grant = stances.first(where: { !$0.isRefusal }) { return [grantsToo(refusal, grant)] }
    let main = report.printedTables.mainAuditTable?.auditTotal
    let all = report.printedTables.filter { $0.kind == .audit }.compactMap(\.auditTotal)
    let totals = ([main].compactMap(\.self) + all).filter {
        $0.approved > 0 && $0.approved != $0.deducted && $0.approved != $0.requested
    }
    return refusals.compactMap { refusal in
        totals.first { refusal.sentence.names($0.approved) }.map { refusesApproved(refusal, $0) }
    }
}

/// 不同意该项目采购需求，审核采购预算为 320,000.00 元: who refuses allots no money in the same breath.
private func checkSentences(_ report: ReportText) -> [Finding] {
    let (refuses, allots) = (report.words["refuses"], report.words["allots"])
    let totals = [report.printedTables.mainAuditTable?.auditTotal].compactMap(\.self).filter {
        $0.approved > 0 && $0.approved != $0.deducted && $0.approved != $0.requested
    }
    return report.body.filter { line in !line.isTableRow && refuses.contains(where: line.folded.hasBytes) }
        .flatMap { line -> [Finding] in
            line.folded.split { "。；".contains($0) }.compactMap { sentence -> Finding? in
                let clauses = String(sentence).clauses
                // 不同意按审定金额办理结算: what the review has granted is refused.
                for word in refuses + report.words["stance_against"] {
                    guard let place = sentence.firstBytes(of: word + "按") else { continue }
                    let rest = sentence[place.upperBound...]
                    guard let verb = report.words["granted_heads"].first(where: rest.hasPrefix),
                        ["金额", "意见", "结果", "数", "预算"].contains(where: rest.dropFirst(verb.count).hasPrefix)
                    else { continue }
                    return allotsToo(word, "按" + verb, "按" + rest, line)
                }
                guard let first = clauses.first,
                    let word = refuses.first(
                        where: first.drop { $0.isPlainDigit || "、.（）一二三四五六七八九十".contains($0) }.hasPrefix
                    )
                else { return nil }
                // 不同意某局某项目按112.61万元安排预算: what was granted is refused.
                if !report.words["stance_against"].contains(where: first.hasBytes),
                    let total = totals.first(where: { first.names($0.approved) })
                {
                    return allotsToo(word, Money.yuan(total.approved), first, line)
                }
                for whole in clauses.dropFirst() {
                    let clause = whole.hasPrefix("建议") ? String(whole.dropFirst(2)) : whole
                    guard let verb = allots.first(where: clause.hasPrefix),
                        !["不", "未", "暂不", "后", "前", "但"].contains(where: clause.hasBytes),
                        let amount = StatedFigure.all(in: clause).first(where: { $0.yuan ?? .zero > 0 }),
                        amount.range.lowerBound <= 24
                    else { continue }
                    return allotsToo(word, verb, clause, line)
                }
                return nil
            }
        }
}

extension String {
    /// What commas part, but those within numbers.
    fileprivate var clauses: [String] {
        var (found, current) = ([String](), "")
        let text = Array(self)
        for (place, letter) in text.enumerated() {
            let isWithin =
                place > 0 && place + 1 < text.count && text[place - 1].isPlainDigit && text[place + 1].isPlainDigit
            if letter == "，" && !isWithin || letter == "：" {
                found.append(current)
                current = ""
            } else {
                current.append(isWithin && letter == "，" ? "," : letter)
            }
        }
        return found + [current]
    }

    /// Whether the clause prints this amount, in 元 or in 万元.
    fileprivate func names(_ amount: ExactDecimal) -> Bool { StatedFigure.all(in: self).contains { $0.yuan == amount } }
}

// MARK: - Messages

private func grantsToo(_ refusal: Stance, _ grant: Stance) -> Finding {
    let isSame = refusal.line.number == grant.line.number
    return stanceContradicts.rule.finding(
        message: LocalizedText(
            zh: "此处\"\(refusal.word)\"，而\(isSame ? "同一段" : grant.line.label.zh)写\"\(grant.word)\"",
            en: "\(refusal.word) here, while \(isSame ? "the same paragraph" : grant.line.label.en) says \(grant.word)"
        ),
        subject: "stance",
        lines: isSame ? [refusal.line.spot] : [refusal.line.spot, grant.line.spot],
        expected: grant.word,
        found: refusal.word
    )
}

private func allotsToo(_ word: String, _ verb: String, _ clause: String, _ line: ReportText.Line) -> Finding {
    stanceContradicts.rule.finding(
        message: LocalizedText(
            zh: "此处\"\(word)\"，而同一句写\"\(clause.prefix(30))\"",
            en: "\(word) here, while the same sentence says \(clause.prefix(30))"
        ),
        subject: "stance",
        lines: [line.spot],
        expected: verb,
        found: word
    )
}

private func refusesApproved(_ refusal: Stance, _ total: PrintedAuditLine) -> Finding {
    let amount = Money.yuan(total.approved)
    return stanceContradicts.rule.finding(
        message: LocalizedText(
            zh: "此处\"\(refusal.word)\"，而所说的金额正是审核表审定的合计 \(amount) 元",
            en: "\(refusal.word) here, of \(amount), which is the approved total of the audit table"
        ),
        subject: "stance",
        lines: [refusal.line.spot, ReportText.spot(line: total.line)],
        found: refusal.word
    )
}
