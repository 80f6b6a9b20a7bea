package import ReviewModel

/// A time from one day to another, as people write it into one cell: `2026年1月—2026年12月`, `2026.1.1-2026.12.31`, `2026年3月至11月`.
package struct WrittenSpan: Equatable {
    package let first: CalendarDate
    package let last: CalendarDate

    package init?(_ text: String) {
        var plain = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            plain.unicodeScalars.append(narrow)
        }
        guard let (from, to) = Self.parts(plain), let start = Self.day(from, in: nil, isLast: false),
            let end = Self.day(to, in: start.year, isLast: true), start <= end
        else { return nil }
        (first, last) = (start, end)
    }

    /// What stands before and behind the sign between the days; a hyphen is one only where it stands once, or between days that have two each.
    private static func parts(_ text: String) -> (String, String)? {
        for sign in ["至", "到", "—", "–", "―", "─", "~"] where text.contains(sign) {
            let parts = text.split(separator: Character(sign))
            return parts.count == 2 ? (String(parts[0]), String(parts[1])) : nil
        }
        let parts = text.split(separator: "-", omittingEmptySubsequences: true)
        switch parts.count {
        case 2: return (String(parts[0]), String(parts[1]))
        case 6: return (parts[..<3].joined(separator: "-"), parts[3...].joined(separator: "-"))
        default: return nil
        }
    }

    /// A day, the first or the last one of a month, or of the year that was said before.
    private static func day(_ text: String, in year: Int?, isLast: Bool) -> CalendarDate? {
        if let day = WrittenDay.read(text) { return day }
        var numbers = text.split { !$0.isASCII || !$0.isNumber }.compactMap { Int($0) }
        if numbers.count == 1, text.contains("元月") { numbers.append(1) }
        guard text.allSatisfy({ $0.isASCII && $0.isNumber || "年月日号底初份元.-/".contains($0) }) else { return nil }
        if numbers.first.map({ $0 < 1000 }) ?? true, let year { numbers.insert(year, at: 0) }
        guard let own = numbers.first, (1990..<2100).contains(own), (2...3).contains(numbers.count) else { return nil }
        if numbers.count == 3 { return CalendarDate(year: own, month: numbers[1], day: numbers[2]) }
        if !isLast { return CalendarDate(year: own, month: numbers[1], day: 1) }
        return [31, 30, 29, 28].lazy.compactMap { CalendarDate(year: own, month: numbers[1], day: $0) }.first
    }
}
