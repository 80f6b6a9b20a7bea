/// A day of the Gregorian calendar, from 1900-01-01 to 9999-12-31; a day that does not exist cannot be written.
///
///     CalendarDate("2026-02-28")            // the day
///     CalendarDate("2026-02-31")            // nil: there is no such day
///     CalendarDate(written: "2026年2月28日") // as people write it, also 2026/2/28 and 2026.2.28
public struct CalendarDate: Sendable, Hashable {
    /// Days since 1970-01-01; negative before.
    public let dayNumber: Int

    /// The years a date may lie in.
    public static let years = 1900...9999

    /// The day of a year, month (1–12) and day (from 1); `nil` where the calendar has none.
    public init?(year: Int, month: Int, day: Int) {
        guard Self.years.contains(year), (1...12).contains(month), day >= 1, day <= Self.days(in: month, of: year)
        else { return nil }
        dayNumber = Self.dayNumber(year, month, day)
    }

    /// The day so many days after 1970-01-01; `nil` outside ``years``.
    public init?(dayNumber: Int) {
        guard (Self.firstDay...Self.lastDay).contains(dayNumber) else { return nil }
        self.dayNumber = dayNumber
    }

    /// Reads `2026-01-31`, and nothing else.
    public init?(_ text: String) {
        let utf8 = Array(text.utf8.prefix(11))
        guard utf8.count == 10, utf8[4] == UInt8(ascii: "-"), utf8[7] == UInt8(ascii: "-"),
            let year = Self.number(utf8[0..<4]), let month = Self.number(utf8[5..<7]),
            let day = Self.number(utf8[8..<10])
        else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// Reads a date as people write it: `2026-01-31`, `2026/1/31`, `2026.1.31`, `2026年1月31日`, with full-width digits too, and
    /// as official documents do: `二〇二六年一月三十一日`.
    public init?(written text: String) {
        if let spelt = Self.spelt(text) {
            self.init(year: spelt.0, month: spelt.1, day: spelt.2)
        } else {
            self.init(figures: text)
        }
    }

    private init?(figures text: String) {
        var (parts, marks, isOpen) = ([Int](), [Unicode.Scalar](), false)
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            if let digit = Self.digit(scalar) {
                if !isOpen { parts.append(0) }
                isOpen = true
                guard parts.count <= 3, parts[parts.count - 1] < 10_000 else { return nil }
                parts[parts.count - 1] = parts[parts.count - 1] * 10 + digit
            } else {
                guard isOpen, marks.count < 3 else { return nil }
                isOpen = false
                marks.append(scalar)
            }
        }
        guard parts.count == 3 else { return nil }
        switch marks {
        case ["-", "-"] where isOpen, ["/", "/"] where isOpen, [".", "."] where isOpen, ["年", "月", "日"],
            ["年", "月"] where isOpen:
            self.init(year: parts[0], month: parts[1], day: parts[2])
        default: return nil
        }
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        switch scalar {
        case "0"..."9": Int(scalar.value - 0x30)
        case "\u{FF10}"..."\u{FF19}": Int(scalar.value - 0xFF10)
        default: nil
        }
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        var number = 0
        for digit in digits {
            guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
            number = number * 10 + Int(digit - UInt8(ascii: "0"))
        }
        return number
    }
}

// MARK: - Chinese numerals

extension CalendarDate {
    /// Year, month and day of `二〇二六年一月三十一日`, which may leave 日 out; `nil` for anything else.
    private static func spelt(_ text: String) -> (Int, Int, Int)? {
        var parts: [[Unicode.Scalar]] = [[]]
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            guard let place = marks.firstIndex(of: scalar) else {
                guard digits[scalar] != nil || scalar == "十", parts[parts.count - 1].count < 5 else { return nil }
                parts[parts.count - 1].append(scalar)
                continue
            }
            guard parts.count == place + 1 else { return nil }
            parts.append([])
        }
        guard parts.count == 3 || parts.count == 4 && parts[3].isEmpty, parts[0].count == 4,
            let month = counted(parts[1]), let day = counted(parts[2])
        else { return nil }
        var year = 0
        for scalar in parts[0] {
            guard let digit = digits[scalar] else { return nil }
            year = year * 10 + digit
        }
        return (year, month, day)
    }

    private static let marks: [Unicode.Scalar] = ["年", "月", "日"]

    /// Zero is written as 〇, by its name, and as a circle of another script that input methods offer.
    private static let digits: [Unicode.Scalar: Int] = [
        "〇": 0, "零": 0, "○": 0, "一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
    ]

    /// 三 and 〇三, 十, 十一, 二十, 三十一.
    private static func counted(_ scalars: [Unicode.Scalar]) -> Int? {
        guard let ten = scalars.firstIndex(of: "十") else {
            let known = scalars.compactMap { digits[$0] }
            guard known.count == 1 || known.count == 2 && known[0] == 0 else { return nil }
            return known[known.count - 1]
        }
        let (before, behind) = (scalars[..<ten], scalars[(ten + 1)...])
        guard before.count <= 1, behind.count <= 1 else { return nil }
        let tens = before.first.map { digits[$0] ?? 0 } ?? 1
        guard (1...9).contains(tens), let ones = behind.first.map({ digits[$0] }) ?? 0 else { return nil }
        return tens * 10 + ones
    }
}

// MARK: - The calendar

extension CalendarDate {
    /// Year, month (1–12) and day (1–31).
    public var components: (year: Int, month: Int, day: Int) {
        // Eras of 400 years that begin on 1 March, so that the leap day comes last.
        let shifted = dayNumber + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }

    public var year: Int { components.year }

    private static func dayNumber(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    private static func days(in month: Int, of year: Int) -> Int {
        let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
        return [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    private static let firstDay = dayNumber(years.lowerBound, 1, 1)
    private static let lastDay = dayNumber(years.upperBound, 12, 31)
}

extension CalendarDate: Comparable {
    public static func < (left: CalendarDate, right: CalendarDate) -> Bool { left.dayNumber < right.dayNumber }
}

extension CalendarDate: LosslessStringConvertible {
    /// `2026-01-31`.
    public var description: String {
        let (year, month, day) = components
        return "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
}
