import BudgetLines
import PrintedReports
import ReviewModel

/// A span that ends before it begins.
let dateOrder = DocumentRule(
    "document/date-order",
    .error,
    title: LocalizedText(zh: "起止日期颠倒", en: "a span that ends before it begins"),
    manual: LocalizedText(
        zh: """
            "2025年3月1日至2025年11月30日"这样的起止，后一日期早于前一日期；没有写年份的后一日期取前一日期的年份（跨年须写明）。表中"开始日期"与"完成日期"\
            （叫法见 report-words.yaml 的 starts_on、ends_on）也相比，评审时间与委托时间（commissioned_on）也相比；"于……至……开展评审，其中……"所列的日期须在起止之内。一段写评审过程的（受理、进场、询价、征求意见……，叫法见 report-words.yaml 的 course_steps），四个以上日期中只有一个不按先后的列出。只印到年或月的，确实在前才算。
            """,
        en: """
            A span such as 2025年3月1日至2025年11月30日 whose second date is before its first; a second one without a year has that of the first. The dates \
            beside labels (`starts_on` and `ends_on` of report-words.yaml) are compared, too, and those of the review with that of its commission (`commissioned_on`); days behind 其中 lie within the span of their sentence. Of four days and more of the course of a review (`course_steps`) one that is out of order is told. Dates that are printed to the year or month only count when they are before for sure.
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
                    ↓服务期自 2026 年 3 月 1 日起至 2025 年 12 月 31 日止。
            """,
            zh: "起止日期颠倒：2026年3月1日至2025年12月31日",
            en: "the span ends before it begins: 2026年3月1日 to 2025年12月31日"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    服务期自 2026 年 3 月 1 日起至 12 月 31 日止，2023-2025 年预算逐年增长。
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkSpans(audit.report))
        findings.add(checkLabels(audit.report))
        findings.add(checkCommission(audit.report))
        findings.add(checkSentences(audit.report))
        for paragraph in audit.report.paragraphs where paragraph.text.contains("其中") {
            findings.add(daysOfSentences(paragraph))
        }
        for paragraph in audit.report.paragraphs where paragraph.text.contains("日") {
            findings.add(courseOfDays(paragraph, audit.report.words))
        }
    }
)

private func checkSpans(_ report: ReportText) -> [Finding] {
    var seen: Set<String> = []
    let broken = report.joinedLines
    return (report.lines + broken).flatMap { line -> [Finding] in
        guard joins.contains(where: line.folded.hasBytes) else { return [] }
        let text = Array(line.folded.unicodeScalars)
        return PrintedDate.all(in: text).compactMap { start in
            guard let position = text.behindJoin(at: start.range.upperBound),
                let end = PrintedDate(text, at: position, inherited: start.month == nil ? nil : start.year),
                end.isBefore(start), (start.month == nil) == (end.month == nil),
                seen.insert("\(line.number) \(start.text) \(end.text)").inserted
            else { return nil }
            // What stands in one of its lines is told there.
            let words = text[start.range.lowerBound..<end.range.upperBound].string
            if broken.contains(where: { $0.number == line.number && $0.text == line.text }),
                report.lines.contains(where: { $0.folded.hasBytes(of: words) })
            {
                return nil
            }
            return reversed(start, end, [line])
        }
    }
}

private func checkLabels(_ report: ReportText) -> [Finding] {
    guard let start = report.dates(labelled: report.words["starts_on"]).first,
        let end = report.dates(labelled: report.words["ends_on"]).first(where: { $0.line.number >= start.line.number }),
        end.date.isBefore(start.date)
    else { return [] }
    return [reversed(start.date, end.date, end.line.number == start.line.number ? [end.line] : [end.line, start.line])]
}

/// A review that begins before it was commissioned.
private func checkCommission(_ report: ReportText) -> [Finding] {
    guard let commission = report.dates(labelled: report.words["commissioned_on"]).first,
        let review = report.dates(labelled: report.words["review_days"]).first(where: {
            $0.label != commission.label && $0.line.number != commission.line.number
        }), review.date.isBefore(commission.date)
    else { return [] }
    return [beforeCommission(review.date, review.line, commission.date, commission.line)]
}

/// `2026年1月15日开工，2025年8月20日竣工`: two dates of one sentence, each with its word behind it.
private func checkSentences(_ report: ReportText) -> [Finding] {
    let (begins, finishes) = (report.words["begins"], report.words["finishes"])
    return report.lines.flatMap { line -> [Finding] in
        guard !line.isTableRow, (begins + ["起"]).contains(where: line.folded.hasBytes),
            (finishes + ["至"]).contains(where: line.folded.hasBytes)
        else { return [] }
        return line.folded.split { "。；".contains($0) }.compactMap { sentence -> Finding? in
            let text = Array(sentence.unicodeScalars)
            let dates = PrintedDate.all(in: text).map { date in
                let behind = text[date.range.upperBound...].drop { "前底末".unicodeScalars.contains($0) }
                return (date: date, rest: behind.prefix(4).string, behind: behind.prefix(8).string)
            }
            // 自2026年3月1日起实施 begins, too.
            // 自2025年1月1日起执行，至2024年12月31日止
            for (one, other) in zip(dates, dates.dropFirst())
            where one.rest.hasPrefix("起") && text[..<other.date.range.lowerBound].last == "至"
                && other.date.isBefore(one.date)
                && !one.rest.hasPrefix("起至")
            {
                return reversed(one.date, other.date, [line])
            }
            // 2024年10月31日完工，2024年12月12日通过竣工验收
            let accepted = report.words["accepted"]
            if let done = dates.firstIndex(where: { date in
                finishes.contains(where: date.rest.hasPrefix) && !accepted.contains(where: date.behind.hasPrefix)
            }),
                let acceptance = dates[(done + 1)...].first(where: { date in
                    accepted.contains(where: date.behind.hasPrefix)
                }),
                acceptance.date.isBefore(dates[done].date)
            {
                return reversed(dates[done].date, acceptance.date, [line])
            }
            guard
                let start = dates.firstIndex(where: { date in
                    (begins + ["起"]).contains(where: date.rest.hasPrefix)
                }),
                let end = dates[(start + 1)...].first(where: { date in finishes.contains(where: date.rest.hasPrefix) }),
                end.date.isBefore(dates[start].date)
            else { return nil }
            return reversed(dates[start].date, end.date, [line])
        }
    }
}

/// Longer ones before those that they begin with.
private let joins = ["起至", "开始至", "起到", "至", "到", "——", "—", "-", "~", "～", "–"]

extension [Unicode.Scalar] {
    /// Behind the word that joins two dates: 至, 起至, —, ~.
    fileprivate func behindJoin(at start: Int) -> Int? {
        for join in joins {
            let word = Array(join.unicodeScalars)
            if start + word.count <= count, self[start..<start + word.count].elementsEqual(word) {
                return start + word.count
            }
        }
        return nil
    }
}

private func beforeCommission(
    _ review: PrintedDate,
    _ line: ReportText.Line,
    _ commission: PrintedDate,
    _ other: ReportText.Line
) -> Finding {
    dateOrder.rule.finding(
        message: LocalizedText(
            zh: "评审始于\(review.text)，早于委托的\(commission.text)（\(other.label.zh)）",
            en: "the review begins \(review.text), before it was commissioned, \(commission.text) (\(other.label.en))"
        ),
        subject: "commission",
        lines: [line.spot, other.spot],
        expected: "≥ \(commission.text)",
        found: review.text
    )
}

private func reversed(_ start: PrintedDate, _ end: PrintedDate, _ lines: [ReportText.Line]) -> Finding {
    dateOrder.rule.finding(
        message: LocalizedText(
            zh: "起止日期颠倒：\(start.text)至\(end.text)",
            en: "the span ends before it begins: \(start.text) to \(end.text)"
        ),
        subject: "\(start.text) \(end.text)",
        lines: lines.map(\.spot),
        expected: "≥ \(start.text)",
        found: end.text
    )
}
