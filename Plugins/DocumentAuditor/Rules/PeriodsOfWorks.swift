import BudgetLines
import PrintedReports
import ReviewModel

/// What a paragraph says of the time that works took: `2024年3月20日开工，2024年10月31日完工。合同工期240日历天，实际工期226日历天，提前14天`. The time is
/// held against its two days, and how much earlier or later it was against what was agreed.
func periodsOfWorks(_ paragraph: ReportParagraph, _ words: ReportWords) -> [Finding] {
    let folded = paragraph.text.folded
    guard words["time_taken"].contains(where: folded.hasBytes) else { return [] }
    let text = SentenceDates(folded)
    let lengths = text.lengths.filter { !$0.isMonths }
    func length(_ key: String) -> SentenceDates.Length? {
        let all = lengths.filter { $0.isCalled(words[key]) }
        return all.count == 1 ? all[0] : nil
    }
    guard let taken = length("time_taken") else { return [] }
    if let (start, end) = text.works(words), let one = start.daysPassed, let two = end.daysPassed, two >= one {
        let days = two - one...two - one + 1
        if !days.contains(taken.number) {
            return [otherTime(taken.number, days.upperBound, "\(start.text)至\(end.text)", paragraph.line)]
        }
    }
    guard let agreed = length("time_agreed") else { return [] }
    let (early, late) = (length("early"), length("late"))
    guard let stated = early ?? late, early == nil || late == nil else { return [] }
    let made = early == nil ? taken.number - agreed.number : agreed.number - taken.number
    if made == stated.number { return [] }
    return [otherTime(stated.number, made, "\(agreed.number) 天与 \(taken.number) 天", paragraph.line)]
}

extension SentenceDates.Length {
    /// Whether the words before it end with one of these: 合同工期为.
    fileprivate func isCalled(_ names: [String]) -> Bool {
        var lead = lead[...]
        while let last = lead.last, "为是约共计达".contains(last) { lead = lead.dropLast() }
        return names.contains(where: lead.hasSuffix)
    }
}

extension SentenceDates {
    /// The day on which works began and the one on which they were done, each the only one of its kind; acceptance comes later.
    fileprivate func works(_ words: ReportWords) -> (PrintedDate, PrintedDate)? {
        let begun = dates.indices.filter { index in words["begins"].contains { self.words(behind: index).hasPrefix($0) }
        }
        let done = dates.indices.filter { index in
            let behind = self.words(behind: index)
            return !words["accepted"].contains(where: behind.hasPrefix)
                && words["finishes"].contains(where: behind.hasPrefix)
        }
        return begun.count == 1 && done.count == 1 ? (dates[begun[0]], dates[done[0]]) : nil
    }
}

/// A term that ends on a day: `2024年5月20日验收，免费质保期3年，至2027年5月19日止`. It begins on the last day that its sentence names before it, or on the only day on
/// which the report says that something was accepted. Told where the end is the day of the year that it should be, in another year: a term that begins
/// on some other day is nobody's slip.
func termsUntil(_ paragraph: ReportParagraph, _ report: ReportText, accepted: PrintedDate?) -> [Finding] {
    let words = report.words["terms"]
    return paragraph.text.folded.split(whereSeparator: { "。；".contains($0) }).map(String.init).compactMap { sentence in
        guard words.contains(where: sentence.hasBytes), sentence.hasBytes(of: "至") else { return nil }
        let text = SentenceDates(sentence)
        for figure in StatedFigure.all(in: sentence) {
            guard let number = Int(figure.digits), (1...60).contains(number),
                let unit = ["个月", "年"].first(where: figure.behind.hasPrefix),
                words.contains(where: text.words(before: figure.range.lowerBound).hasSuffix)
            else { continue }
            let behind = figure.range.upperBound + unit.count
            guard let end = text.date(from: behind),
                let start = text.dates.last(where: { $0.range.upperBound <= figure.range.lowerBound && $0.day != nil })
                    ?? accepted,
                let due = start.later(byMonths: unit == "年" ? number * 12 : number),
                due.isOfAnotherYear(than: end)
            else { continue }
            return otherEnd("\(number) \(unit)", start, due, end, paragraph.line)
        }
        return nil
    }
}

extension ReportText {
    /// The only day on which the report says that something was accepted; `nil` for none, and for several.
    func accepted() -> PrintedDate? {
        var found: [Int: PrintedDate] = [:]
        for line in lines where words["accepted"].contains(where: line.folded.hasBytes) {
            let text = SentenceDates(line.folded)
            for (index, date) in text.dates.enumerated() {
                guard let day = date.daysPassed, words["accepted"].contains(where: text.words(behind: index).hasPrefix)
                else { continue }
                found[day] = date
            }
        }
        return found.count == 1 ? found.values.first : nil
    }
}

extension SentenceDates {
    /// The words right before a place, without what only joins them to a number: 质保期为.
    fileprivate func words(before place: Int) -> String {
        var words = scalars[max(0, place - 12)..<place][...]
        while let last = words.last, "为是共计：".unicodeScalars.contains(last) { words = words.dropLast() }
        return words.string
    }

    /// The day that 至 leads to, right behind a place: `，至2027年5月19日止`.
    fileprivate func date(from place: Int) -> PrintedDate? {
        var position = place
        while position < scalars.count, "，（即".unicodeScalars.contains(scalars[position]) { position += 1 }
        guard position < scalars.count, scalars[position] == "至" || scalars[position] == "到" else { return nil }
        return dates.first { $0.range.lowerBound == position + 1 && $0.day != nil }
    }
}

extension PrintedDate {
    /// The last day of a term of so many months that begins on it; `nil` where it names no day.
    func later(byMonths count: Int) -> PrintedDate? {
        guard let month, day != nil else { return nil }
        var date = self
        let months = year * 12 + month - 1 + count
        (date.year, date.month) = (months / 12, months % 12 + 1)
        return date
    }

    /// Whether both are the same day of two years, a day more or less.
    func isOfAnotherYear(than other: PrintedDate) -> Bool {
        guard let own = daysPassed, other.year != year else { return false }
        var same = other
        same.year = year
        return same.daysPassed.map { abs($0 - own) <= 1 } ?? false
    }
}

// MARK: - Messages

private func otherTime(_ stated: Int, _ made: Int, _ from: String, _ line: ReportText.Line) -> Finding {
    periodDiffers.rule.finding(
        message: LocalizedText(
            zh: "写为 \(stated) 天，按\(from)为 \(made) 天",
            en: "\(stated) days are stated, by \(from) they are \(made)"
        ),
        subject: "time of works",
        lines: [line.spot],
        expected: "\(made) 天",
        found: "\(stated) 天",
        hint: LocalizedText(zh: "请核对工期和起止日期", en: "check the period and its dates")
    )
}

func otherEnd(
    _ term: String,
    _ start: PrintedDate,
    _ due: PrintedDate,
    _ end: PrintedDate,
    _ line: ReportText.Line
) -> Finding {
    periodDiffers.rule.finding(
        message: LocalizedText(
            zh: "自\(start.text)起 \(term)，应到 \(due.year) 年，写为至\(end.text)",
            en: "\(term) from \(start.text) on end in \(due.year), the text has \(end.text)"
        ),
        subject: "term \(end.text)",
        lines: [line.spot],
        expected: "\(due.year)年",
        found: end.text,
        hint: LocalizedText(zh: "请核对期限和到期日", en: "check the term and the day on which it ends")
    )
}
