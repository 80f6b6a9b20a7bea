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
        let found = Self.month(rest)
        let days = [31, 30, 29, 28].lazy.compactMap { day in
            found.flatMap { CalendarDate(year: year, month: $0.month, day: day) }
        }
        (self.year, lastDay) = (year, days.first)
        self.rest = String(lastDay == nil ? rest : found?.rest ?? rest)
    }

    private static let fixed: [(words: String, month: Int)] = [
        ("上半年", 6), ("前三季度", 9), ("前3季度", 9), ("1-3季度", 9), ("第一季度", 3), ("一季度", 3),
    ]

    /// The last month of a part that begins with the year, and what stands behind it: 1-8月, 截至8月, 上半年.
    private static func month(_ text: Substring) -> (month: Int, rest: Substring)? {
        if let fixed = fixed.first(where: { text.hasPrefix($0.words) }) {
            return (fixed.month, text.dropFirst(fixed.words.count))
        }
        func number(_ rest: inout Substring) -> Int? {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            return Int(digits)
        }
        let lead = text.prefix { !$0.isNumber }
        var rest = text.dropFirst(lead.count)
        guard let first = number(&rest) else { return nil }
        if ["截至", "截止", "截止到", "至"].contains(String(lead)), rest.first == "月" { return (first, rest.dropFirst()) }
        if rest.first == "月" { rest = rest.dropFirst() }
        guard lead.isEmpty, first == 1, let sign = rest.first, "-—–~～至到―─".contains(sign) else { return nil }
        rest = rest.drop { "-—–~～至到―─".contains($0) }
        guard let last = number(&rest), rest.first == "月" else { return nil }
        return (last, rest.dropFirst())
    }
}
