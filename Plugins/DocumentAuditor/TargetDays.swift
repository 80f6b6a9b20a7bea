import BudgetLines
import PrintedReports
import ReviewModel

/// The one day that the text plans for what a target names, 2026年10月底前完成验收, against the days of the target.
func checkTargetDays(_ report: ReportText, _ targets: [PrintedTarget]) -> [Finding] {
    targets.compactMap { target in
        let days = target.values.compactMap(\.plannedDay)
        guard !days.isEmpty, days.count == target.values.count else { return nil }
        let stems = target.name.folded.stems(report.words)
        if stems.isEmpty { return nil }
        var found: [(date: PrintedDate, line: ReportText.Line, quote: String)] = []
        for line in report.body
        where !line.isTableRow && line.folded.hasBytes(of: "年") && stems[0].contains(where: line.folded.hasBytes) {
            for sentence in line.folded.split(whereSeparator: { "。；".contains($0) })
            where ["计划", "拟", "项目", "工程"].contains(where: sentence.contains) {
                for clause in sentence.split(separator: "，") {
                    let text = Array(clause.unicodeScalars)
                    let dates = PrintedDate.all(in: text)
                    guard dates.count == 1, let date = dates.first, date.month != nil, date.year == days[0].year,
                        stems.allSatisfy({ words in words.contains(where: clause.contains) })
                    else { continue }
                    let rest = text[date.range.upperBound...].string
                    let before = text[..<date.range.lowerBound].string
                    // What is to be done by then, or the planned day of it.
                    guard
                        ["前", "底前", "底", "末", "之前"].contains(where: rest.hasPrefix)
                            || rest.isEmpty && before.hasPrefix("计划"),
                        !["已", "实际", "申报", "原"].contains(where: before.hasBytes)
                    else { continue }
                    found.append((date, line, String(clause)))
                }
            }
        }
        guard found.count == 1, let only = found.first, !days.contains(where: { $0.mayBe(only.date) }) else {
            return nil
        }
        return otherDay(target, only.quote, only.line)
    }
}

extension String {
    /// The day of a target: 2026年10月底前.
    fileprivate var plannedDay: PrintedDate? {
        let text = Array(folded.unicodeScalars)
        guard let date = PrintedDate.all(in: text).first, date.month != nil, date.range.lowerBound <= 2 else {
            return nil
        }
        return text.count - date.range.upperBound <= 3 ? date : nil
    }

    /// The pairs of letters that a clause has to have that speaks of a target, each with the words that say the same: 验收 and 完成 of 项目验收完成时间.
    fileprivate func stems(_ words: ReportWords) -> [[String]] {
        var name = self
        guard let end = ["完成时间", "完成日期", "时间", "日期", "时限", "期限"].first(where: name.hasSuffix) else { return [] }
        name.removeLast(end.count)
        for word in ["项目", "工程"] { name = name.replacing(word, with: "") }
        if end.hasPrefix("完成") { name += "完成" }
        guard name.count.isMultiple(of: 2), (2...6).contains(name.count) else { return [] }
        let letters = Array(name)
        return stride(from: 0, to: letters.count, by: 2).map { place in
            let stem = String(letters[place...place + 1])
            return ["完工", "竣工"].contains(stem) ? ["完工", "竣工"] : [stem]
        }
    }
}

// MARK: - Messages

private func otherDay(_ target: PrintedTarget, _ quote: String, _ line: ReportText.Line) -> Finding {
    targetStated.rule.finding(
        message: LocalizedText(
            zh: "正文写\"\(quote)\"，指标\"\(target.name)\"为 \(target.after)",
            en: "the text says \"\(quote)\", the target \"\(target.name)\" is \(target.after)"
        ),
        subject: target.name,
        lines: [line.spot, ReportText.spot(line: target.line)],
        expected: target.after,
        found: quote
    )
}
