import BudgetLines
import PrintedReports
import ReviewModel

/// What sentences say of the targets of any table that bounds its values: 由不少于42万人次核定为不少于45万人次, 实测为99.2%.
struct TargetFacts {
    private let rows: NamedRows
    private let words: ReportWords
    private let bounds: [String]

    init(_ rows: NamedRows, _ words: ReportWords) {
        (self.rows, self.words) = (rows, words)
        bounds = (words["at_most"] + words["at_least"]).filter { $0.count > 1 }.sorted { $0.count > $1.count }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        var findings: [Finding] = []
        for sentence in RowSentence.all(in: line, rows) {
            for figure in StatedFigure.all(in: sentence.text) {
                guard let subject = sentence.subject(of: figure.range.lowerBound) else { continue }
                let own = subject.rows.filter { row in row.values.contains { !$0.bound.isEmpty } }
                guard !own.isEmpty,
                    let finding = check(figure, subject.name, own, subject.start, sentence)
                else { continue }
                findings.append(finding)
            }
        }
        return findings
    }

    private func check(
        _ figure: StatedFigure,
        _ name: String,
        _ own: [NamedRows.Row],
        _ start: Int,
        _ sentence: RowSentence
    ) -> Finding? {
        let values = own.flatMap(\.values).filter { !$0.unit.isEmpty && figure.behind.hasPrefix($0.unit) }
        let lead = sentence.lead(start, figure.range.lowerBound)
        let clause = sentence.clause(at: figure.range.lowerBound)
        guard !values.isEmpty, !words["bounds_of_others"].contains(where: clause.hasBytes), !isPast(clause),
            !clause.saysYear,
            let unit = values.map(\.unit).max(by: { $0.count < $1.count }),
            // A number of which a part alone is spoken of: 满意度不低于90%的单位.
            !figure.behind.dropFirst(unit.count).hasPrefix("的")
        else { return nil }
        let quote = lead + figure.digits + unit
        let numbers = values.map(\.number)
        if let bound = bounds.first(where: lead.hasSuffix) {
            let before = lead.dropLast(bound.count)
            guard before.count <= 20 else { return nil }
            guard numbers.contains(figure.value) else { return lacks(name, quote, values, own[0].line, sentence.line) }
            // ≥98% is no 不高于98%.
            let same = values.filter { $0.number == figure.value }
            let isMost = words["at_most"].contains(bound)
            let signs = same.map { value in isMost ? bindsBelow(value.bound) : bindsAbove(value.bound) }
            if signs.allSatisfy(\.self) { return otherWay(name, quote, same[0], own[0].line, sentence.line) }
            // 审定为不少于40家, where 40 were asked for.
            let granted = values.filter { $0.side == .granted }.map(\.number)
            let isGranted = words["granted_heads"].contains { before.hasSuffix($0 + "为") }
            if isGranted, !granted.isEmpty, !granted.contains(figure.value) {
                return lacks(name, quote, values.filter { $0.side == .granted }, own[0].line, sentence.line)
            }
            return nil
        }
        // 实测为99.2%: the column that is called so.
        let column = lead.strippedEnds(words["stated_links"])
        guard column.count >= 2, column.count < lead.count || lead.count <= 4 else { return nil }
        let called = values.filter { $0.head.hasPrefix(column) || $0.head.hasSuffix(column) }
        guard !called.isEmpty, Set(called.map(\.head)).count == 1, !numbers.contains(figure.value) else { return nil }
        return lacks(name, quote, called, own[0].line, sentence.line)
    }

    private func isPast(_ clause: String) -> Bool { words["past_year"].contains(where: clause.hasBytes) }

    private func bindsBelow(_ sign: String) -> Bool {
        "≥＞>".contains(sign) && !sign.isEmpty || words["at_least"].contains(sign)
    }
    private func bindsAbove(_ sign: String) -> Bool {
        "≤＜<".contains(sign) && !sign.isEmpty || words["at_most"].contains(sign)
    }
}

// MARK: - Messages

private func lacks(
    _ name: String,
    _ quote: String,
    _ values: [NamedRows.Value],
    _ row: ReportText.Line,
    _ line: ReportText.Line
) -> Finding {
    let shown = values.map { $0.bound + $0.number.grouped + $0.unit }.uniqued.joined(separator: "、")
    return targetStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写为\"\(quote)\"，指标表中为 \(shown)，请核对",
            en: "of \(name) the text says \"\(quote)\"; the table of targets has \(shown); check which is right"
        ),
        subject: name + quote,
        lines: [line.spot, row.spot],
        expected: shown,
        found: quote
    )
}

private func otherWay(
    _ name: String,
    _ quote: String,
    _ value: NamedRows.Value,
    _ row: ReportText.Line,
    _ line: ReportText.Line
) -> Finding {
    let shown = value.bound + value.number.grouped + value.unit
    return targetStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"写为\"\(quote)\"，指标表中为 \(shown)，方向相反，请核对",
            en:
                "of \(name) the text says \"\(quote)\"; the table of targets has \(shown), which bounds it the other way; check which is right"
        ),
        subject: name + quote,
        lines: [line.spot, row.spot],
        expected: shown,
        found: quote
    )
}

extension [String] {
    /// Each once, in order.
    fileprivate var uniqued: [String] {
        var seen: Set<String> = []
        return filter { seen.insert($0).inserted }
    }
}
