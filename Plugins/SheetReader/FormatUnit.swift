import ReviewModel

/// The unit that the format of a cell shows behind its number: `0.00"万元"` shows 1.2 as 1.20万元.
///
/// A format that scales what it shows, `#,##0.0,"千元"` and `0!.0,"万元"`, says nothing of what is stored: that counts in ones.
enum FormatUnit {
    /// `nil` for a format without one, in columns that are no amounts, and where it is the column's own.
    static func unit(of code: String, for column: Column) -> FigureUnit? {
        guard !code.isEmpty, code.utf8.contains(0xE5) || code.utf8.contains(0xE4),
            case .money(let currency, let tens)? = FigureUnit(rawValue: column.unit)
        else { return nil }
        let section = code.prefix { $0 != ";" }
        let shown = section.filter { $0 != "\\" && $0 != "\"" }
        guard let word = ["百万元", "万元", "千元", "亿元"].first(where: shown.contains), !scales(section),
            let unit = HeadWords.money(named: word), case .money(let own, let ownTens) = unit, own == currency,
            ownTens != tens
        else { return nil }
        return unit
    }

    /// Whether a comma stands behind the last digit, or a point that only shows.
    private static func scales(_ section: Substring) -> Bool {
        var (isQuoted, last) = (false, Character(" "))
        for character in section {
            if character == "\"" { isQuoted.toggle() }
            if isQuoted || character == "\"" { continue }
            if last == ",", !"0#?".contains(character) { return true }
            if character == "!" || last == "\\" && character == "." { return true }
            last = character
        }
        return last == ","
    }

    static func converted(_ number: ExactDecimal, from unit: FigureUnit, to column: Column) -> ExactDecimal? {
        guard case .money(_, let own) = unit, case .money(_, let tens)? = FigureUnit(rawValue: column.unit) else {
            return nil
        }
        let shift = own - tens
        if shift < 0 { return (try? number * ExactDecimal(significand: 1, places: -shift))?.withoutTrailingZeros }
        return (try? number * ExactDecimal((0..<shift).reduce(1) { power, _ in power * 10 }))?.withoutTrailingZeros
    }
}
