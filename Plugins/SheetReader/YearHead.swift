import ReviewModel

/// A text that begins with a year, or a part of one from its beginning: `2024年预算数`, `2025年1-8月执行`, `2025年度（1-10月）`.
struct YearHead {
    let year: Int
    /// Where only a part of the year is meant.
    let lastDay: CalendarDate?
    /// What stands behind, without blanks and brackets.
    let rest: String

    init?(_ text: String) {
        var plain = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            if narrow != "(", narrow != ")" { plain.unicodeScalars.append(narrow) }
        }
        guard let year = Int(plain.prefix(4)), (1990..<2100).contains(year), plain.dropFirst(4).first == "年" else {
            return nil
        }
        var rest = plain.dropFirst(5)
        if rest.first == "度" { rest = rest.dropFirst() }
        let found = Self.month(rest, of: year)
        let days = [found?.day, 31, 30, 29, 28].lazy.compactMap { day in
            found.flatMap { month in day.flatMap { CalendarDate(year: year, month: month.month, day: $0) } }
        }
        (self.year, lastDay) = (year, days.first)
        self.rest = String(lastDay == nil ? rest : found?.rest ?? rest)
    }

    private static let fixed: [(words: String, month: Int)] = [
        ("上半年", 6), ("前三季度", 9), ("前3季度", 9), ("1-3季度", 9), ("第一季度", 3), ("一季度", 3),
    ]

    /// The last month of a part that begins with the year, its last day where one is named, and what stands behind it: 1-8月, 截至8月31日, 截止2026年8月底, 上半年.
    private static func month(_ text: Substring, of year: Int) -> (month: Int, day: Int?, rest: Substring)? {
        if let fixed = fixed.first(where: { text.hasPrefix($0.words) }) {
            return (fixed.month, nil, text.dropFirst(fixed.words.count))
        }
        func number(_ rest: inout Substring) -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }
        let lead = text.prefix { !$0.isNumber }
        var rest = text.dropFirst(lead.count)
        let isUpTo = ["截至", "截止", "截止到", "至"].contains(String(lead))
        if isUpTo, rest.hasPrefix("\(year)年") { rest = rest.dropFirst(5) }
        guard let first = number(&rest) else { return nil }
        if isUpTo, rest.first == "月" {
            rest = rest.dropFirst()
            var behind = rest
            if let day = number(&behind), behind.first == "日" { return (first, day, behind.dropFirst()) }
            return (first, nil, ["底", "末", "份"].contains(where: rest.hasPrefix) ? rest.dropFirst() : rest)
        }
        if rest.first == "月" { rest = rest.dropFirst() }
        guard lead.isEmpty, first == 1, let sign = rest.first, "-—–~～至到―─".contains(sign) else { return nil }
        rest = rest.drop { "-—–~～至到―─".contains($0) }
        guard let last = number(&rest), rest.first == "月" else { return nil }
        return (last, nil, rest.dropFirst())
    }
}
