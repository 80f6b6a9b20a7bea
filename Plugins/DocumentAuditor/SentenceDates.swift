import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence of a report with its dates, those without a year as of the year before them, and the lengths of time that it states.
struct SentenceDates {
    let text: String
    let scalars: [Unicode.Scalar]
    let dates: [PrintedDate]

    /// - Parameter sentence: folded.
    init(_ sentence: String) {
        text = sentence
        scalars = Array(sentence.unicodeScalars)
        var (found, position, year) = ([PrintedDate](), 0, nil as Int?)
        while position < scalars.count {
            let isStart = position == 0 || !scalars[position - 1].isDigit
            if isStart, let date = PrintedDate(scalars, at: position) {
                found.append(date)
                (position, year) = (date.range.upperBound, date.year)
            } else if isStart, let year, let date = PrintedDate(scalars, at: position, inherited: year),
                date.day != nil || found.last?.day == nil
            {
                found.append(date)
                position = date.range.upperBound
            } else {
                position += 1
            }
        }
        dates = found
    }

    /// The sentences of a folded text.
    static func all(in folded: String) -> [SentenceDates] {
        folded.split { "。；".contains($0) }.map { SentenceDates(String($0)) }
    }

    struct Length {
        var number: Int
        var isMonths: Bool
        /// The words before it, back to a comma, without dates.
        var lead: String
        /// What stands behind it.
        var behind: String
    }

    /// `445 日历天`, `6 个月`: what is no part of a date, no bound and no rough number.
    var lengths: [Length] {
        StatedFigure.all(in: text).compactMap { figure in
            guard let number = Int(figure.digits), !dates.contains(where: { $0.range.overlaps(figure.range) }) else {
                return nil
            }
            let unit = ["个日历天", "日历天", "天", "个月", "日"].first(where: figure.behind.hasPrefix)
            guard let unit else { return nil }
            return Length(
                number: number,
                isMonths: unit == "个月",
                lead: lead(before: figure.range.lowerBound),
                behind: String(figure.behind.dropFirst(unit.count))
            )
        }
    }

    /// The words before a place, back to a comma or bracket, without the dates among them.
    private func lead(before place: Int) -> String {
        var (words, index) = ([Unicode.Scalar](), place - 1)
        while index >= 0, !"，：（）".unicodeScalars.contains(scalars[index]) {
            if let date = dates.first(where: { $0.range.contains(index) }) {
                index = date.range.lowerBound - 1
                continue
            }
            words.append(scalars[index])
            index -= 1
        }
        return words.reversed().string
    }

    /// The words behind a date, up to the next one.
    func words(behind index: Int) -> String {
        let end = index + 1 < dates.count ? dates[index + 1].range.lowerBound : scalars.count
        return scalars[dates[index].range.upperBound..<end].string
    }
}

extension PrintedDate {
    /// The days since some day long ago; `nil` where it names none.
    var daysPassed: Int? {
        guard let month, let day else { return nil }
        let (y, m) = month > 2 ? (year, month) : (year - 1, month + 12)
        return 365 * y + y / 4 - y / 100 + y / 400 + (153 * (m - 3) + 2) / 5 + day
    }

    /// The day behind it; `nil` where it names none.
    var next: PrintedDate? {
        guard let month, let day, let own = daysPassed else { return nil }
        var next = self
        (next.year, next.month, next.day) = month == 12 ? (year + 1, 1, 1) : (year, month + 1, 1)
        if next.daysPassed != own + 1 { (next.year, next.month, next.day) = (year, month, day + 1) }
        return next
    }
}
