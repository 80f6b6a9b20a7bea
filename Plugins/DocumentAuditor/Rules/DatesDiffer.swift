import BudgetLines
import PrintedReports
import ReviewModel

/// One date that is printed otherwise in another place.
let datesDiffer = DocumentRule(
    "document/dates-differ",
    .error,
    title: LocalizedText(zh: "同一日期前后不一", en: "one date that differs between places"),
    manual: LocalizedText(
        zh: """
            同一标签（开始日期、完成日期等）在两处写着不同日期。同一年的"截至"日期多处相同而只有一处不同的为提醒：可能是笔误，也可能确有两个截止日。
            """,
        en: """
            A label (`starts_on`, `ends_on`) that stands beside another date in another place. Of the dates up to which figures of one year run, one that differs \
            from several others is a warning: a slip, or a second date of its own.
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
                    计划完成日期：2026 年 11 月 30 日
                    ↓计划完成日期：2026 年 12 月 31 日
            """,
            zh: "\"完成日期\"在第 1 行为2026年11月30日，第 2 行为2026年12月31日",
            en: "完成日期 is 2026年11月30日 in line 1 and 2026年12月31日 in line 2"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    计划完成日期：2026 年 11 月 30 日
                    计划完成日期：2026 年 11 月
            """
        ),
    ],
    check: { audit, findings in
        let report = audit.report
        findings.add(checkLabels(report.dates(labelled: report.words["starts_on"] + report.words["ends_on"])))
        findings.add(checkCutOffs(report))
    }
)

private func checkLabels(_ dates: [(label: String, line: ReportText.Line, date: PrintedDate)]) -> [Finding] {
    dates.enumerated().compactMap { index, other in
        guard let first = dates[..<index].first(where: { $0.label == other.label }), !first.date.mayBe(other.date)
        else {
            return nil
        }
        return differs("\"\(first.label)\"", first.label, (first.line, first.date), (other.line, other.date))
    }
}

private func checkCutOffs(_ report: ReportText) -> [Finding] {
    var dates: [Int: [(line: ReportText.Line, date: PrintedDate)]] = [:]
    for line in report.lines where report.words["cut_off"].contains(where: line.folded.hasBytes) {
        let text = Array(line.folded.unicodeScalars)
        for date in PrintedDate.all(in: text) where date.day != nil {
            let before = text[max(0, date.range.lowerBound - 12)..<date.range.lowerBound].string
            guard report.words["cut_off"].contains(where: before.endsWithBytes),
                !report.words["planned"].contains(where: before.hasBytes)
            else { continue }
            dates[date.year, default: []].append((line, date))
        }
    }
    return dates.sorted { $0.key < $1.key }.flatMap { _, dates -> [Finding] in
        let groups = Dictionary(grouping: dates) { $0.date.text }
        guard groups.count == 2, let usual = groups.values.first(where: { $0.count > 1 }),
            let odd = groups.values.first(where: { $0.count == 1 })
        else { return [] }
        var finding = differs("截至", "cut-off", usual[0], odd[0])
        finding.severity = .warning
        return [finding]
    }
}

private func differs(
    _ zh: String,
    _ en: String,
    _ first: (line: ReportText.Line, date: PrintedDate),
    _ other: (line: ReportText.Line, date: PrintedDate)
) -> Finding {
    datesDiffer.rule.finding(
        message: LocalizedText(
            zh: "\(zh)在\(first.line.label.zh)为\(first.date.text)，\(other.line.label.zh)为\(other.date.text)",
            en: "\(en) is \(first.date.text) in \(first.line.label.en) and \(other.date.text) in \(other.line.label.en)"
        ),
        subject: en,
        lines: [other.line.spot, first.line.spot],
        expected: first.date.text,
        found: other.date.text
    )
}
