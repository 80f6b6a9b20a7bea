internal import BudgetLines
public import ReviewModel

/// A period that a text names and that is shorter than a norm allows.
public struct ShortPeriod: Sendable {
    public var norm: Norm
    public var sentence: String
    public var count: ExactDecimal
    public var least: ExactDecimal
    public var unit: LocalizedText
}

extension NormReader {
    /// The periods in a text that are too short: a sentence that names the item, and one count of the norm's unit, or two dates.
    public func shortPeriods(in text: String) -> [ShortPeriod] {
        if periodWords.occurrences(in: PlainText(text)).isEmpty { return [] }
        return text.split { "。；;\n".contains($0) }.compactMap { sentence in
            let plain = PlainText(String(sentence))
            guard let norm = period(in: plain), case .least(let unit, let least) = norm.limit else { return nil }
            let counted = CountedText(plain, units)
            guard let count = counted.names(unit) ? counted.count(of: unit) : days(in: plain), count < least else {
                return nil
            }
            return ShortPeriod(
                norm: norm,
                sentence: String(sentence).trimmed,
                count: count,
                least: least,
                unit: title(of: unit)
            )
        }
    }

    private func period(in sentence: PlainText) -> Norm? {
        periods.first { item, _ in
            guard sentence.hasAny(of: item.words), item.with.isEmpty || sentence.hasAny(of: item.with) else {
                return false
            }
            return !sentence.hasAny(of: item.without + item.notWords)
        }?.norm
    }

    /// From the first of two dates to the second. A date without a year is one of the year before it, or of the budget year.
    private func days(in sentence: PlainText) -> ExactDecimal? {
        let matches = sentence.written.matches(of: /(?:([0-9]{4})年)?([0-9]{1,2})月([0-9]{1,2})日/)
        guard matches.count == 2 else { return nil }
        var (year, dates) = (CalendarDate.years.contains(year) ? year : nil, [CalendarDate]())
        for match in matches {
            year = match.output.1.flatMap { Int($0) } ?? year
            guard let year, let month = Int(match.output.2), let day = Int(match.output.3) else { return nil }
            guard let date = CalendarDate(year: year, month: month, day: day) else { return nil }
            dates.append(date)
        }
        let days = dates[1].dayNumber - dates[0].dayNumber
        return days > 0 ? ExactDecimal(days) : nil
    }
}
