package import ReviewModel

/// Days as people write them into cells, beside those that are dates anywhere: `2026年元月八日`, `2026年一月8日`, with midnight behind them.
package enum WrittenDay {
    package static func read(_ text: String) -> CalendarDate? {
        CalendarDate(written: text) ?? CalendarDate(written: withoutMidnight(text)) ?? mixed(text)
    }

    /// A day without the hour that programs write behind it.
    private static func withoutMidnight(_ text: String) -> String {
        for midnight in ["00:00:00.000", "00:00:00", "00:00", "0:00:00", "0:00"] where text.hasSuffix(midnight) {
            let day = text.dropLast(midnight.count)
            guard let last = day.last, last == " " || last == "T" else { continue }
            return String(day.dropLast().reversed().drop(while: \.isWhitespace).reversed())
        }
        return text
    }

    /// Figures and numerals side by side; the first month is called 元月, too.
    private static func mixed(_ text: String) -> CalendarDate? {
        var plain = text.filter { !$0.isWhitespace }
        if let month = plain.firstRange(of: "元月") { plain.replaceSubrange(month, with: "一月") }
        let parts = plain.split(omittingEmptySubsequences: false) { "年月日".contains($0) }
        guard plain.filter({ "年月日".contains($0) }) == "年月日".prefix(parts.count - 1),
            parts.count == 3 || parts.count == 4 && parts[3].isEmpty
        else { return nil }
        // A calendar knows either way of writing each part.
        func number(_ part: Substring, _ day: (String) -> String, _ value: (CalendarDate) -> Int) -> Int? {
            let figures = part.allSatisfy { $0.isASCII && $0.isNumber }
            if figures { return part.count <= 4 ? Int(part) : nil }
            return CalendarDate(written: day(String(part))).map(value)
        }
        guard let year = number(parts[0], { $0 + "年一月一日" }, \.components.year),
            let month = number(parts[1], { "二〇〇〇年\($0)月一日" }, \.components.month),
            let day = number(parts[2], { "二〇〇〇年一月\($0)日" }, \.components.day)
        else { return nil }
        return CalendarDate(year: year, month: month, day: day)
    }
}
