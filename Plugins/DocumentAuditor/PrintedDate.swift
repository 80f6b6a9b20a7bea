import BudgetLines
import PrintedReports

/// A day, month or year as a report prints it: `2025年10月31日`, `2025-10-31`, `2025.10.31`, `2025年11月`, `二〇二五年十一月`.
struct PrintedDate: Sendable {
    var year: Int
    var month: Int?
    var day: Int?
    /// Where it stands among the scalars that it was read from.
    var range: Range<Int>

    /// As it is printed, without blanks.
    var text: String {
        "\(year)年" + (month.map { "\($0)月" } ?? "") + (day.map { "\($0)日" } ?? "")
    }

    /// The first day that may be meant, as a number that orders, and the last.
    private var first: Int { (year * 100 + (month ?? 1)) * 100 + (day ?? 1) }
    private var last: Int { (year * 100 + (month ?? 12)) * 100 + (day ?? 31) }

    /// Whether it ends before the other begins, however exactly both are printed.
    func isBefore(_ other: PrintedDate) -> Bool { last < other.first }

    /// Whether both may be the same day.
    func mayBe(_ other: PrintedDate) -> Bool { !isBefore(other) && !other.isBefore(self) }

    /// The dates of a folded text.
    ///
    /// - Parameter gluedToNumbers: whether a year may follow another number: without its blank, `表 1 2026 年` is `表12026年`.
    static func all(in text: [Unicode.Scalar], gluedToNumbers: Bool = false) -> [PrintedDate] {
        var (dates, position) = ([PrintedDate](), 0)
        while position + 4 < text.count {
            let isGlued = gluedToNumbers && position > 0 && text[position - 1].isDigit
            let date =
                isGlued
                ? PrintedDate(Array(text[position...]), at: 0)?.moved(by: position) : PrintedDate(text, at: position)
            if let date {
                dates.append(date)
                position = date.range.upperBound
            } else {
                position += 1
            }
        }
        return dates
    }

    private func moved(by count: Int) -> PrintedDate {
        var date = self
        date.range = range.lowerBound + count..<range.upperBound + count
        return date
    }

    /// The date that begins at a position.
    ///
    /// - Parameter inherited: the year of a date before it, for one that says none: 至11月30日.
    init?(_ text: [Unicode.Scalar], at start: Int, inherited: Int? = nil) {
        guard start < text.count, start == 0 || !text[start - 1].isDigit else { return nil }
        if let english = EnglishDate(text, at: start) {
            (year, month, day, range) = (english.year, english.month, english.day, start..<english.end)
            return
        }
        var reader = NumberReader(text: text, position: start)
        if let inherited, let month = reader.number(atMost: 2), (1...12).contains(month), reader.skip("月") {
            (year, self.month) = (inherited, month)
        } else {
            reader.position = start
            guard let year = reader.year(), (1990...2100).contains(year) else { return nil }
            self.year = year
            if let mark = reader.next, "-./".unicodeScalars.contains(mark) {
                guard let (month, day) = reader.monthAndDay(partedBy: mark) else { return nil }
                (self.month, self.day) = (month, day)
                range = start..<reader.position
                return
            }
            guard reader.skip("年") else { return nil }
            _ = reader.skip("度")
            let end = reader.position
            if let month = reader.number(atMost: 2), (1...12).contains(month), reader.skip("月") {
                self.month = month
            } else {
                reader.position = end
            }
        }
        if month != nil {
            let end = reader.position
            if let day = reader.number(atMost: 2), (1...31).contains(day), reader.skip("日") || reader.skip("号") {
                self.day = day
            } else {
                reader.position = end
            }
        }
        range = start..<reader.position
    }
}

/// Reads numbers of a date one after another, in digits or in Chinese.
private struct NumberReader {
    let text: [Unicode.Scalar]
    var position: Int

    var next: Unicode.Scalar? { position < text.count ? text[position] : nil }

    mutating func skip(_ mark: Unicode.Scalar) -> Bool {
        guard next == mark else { return false }
        position += 1
        return true
    }

    mutating func year() -> Int? {
        var value = 0
        for _ in 0..<4 {
            guard let next, let digit = Self.digit(next) else { return nil }
            value = value * 10 + digit
            position += 1
        }
        return next.map { $0.isDigit } ?? false ? nil : value
    }

    mutating func number(atMost count: Int) -> Int? {
        var (value, taken) = (0, 0)
        while taken < count, let next, next.isDigit {
            value = value * 10 + Int(next.value) - 0x30
            (position, taken) = (position + 1, taken + 1)
        }
        if taken > 0 { return next.map(\.isDigit) ?? false ? nil : value }
        return chinese()
    }

    /// `十一`, `三十一`, `二`.
    private mutating func chinese() -> Int? {
        var (tens, ones, taken) = (nil as Int?, 0, 0)
        while let next, taken < 3 {
            if next == "十" {
                guard tens == nil else { break }
                tens = taken == 0 ? 1 : ones
                ones = 0
            } else if let digit = Self.digit(next), !next.isDigit {
                ones = digit
            } else {
                break
            }
            (position, taken) = (position + 1, taken + 1)
        }
        return taken == 0 ? nil : (tens ?? 0) * 10 + ones
    }

    mutating func monthAndDay(partedBy mark: Unicode.Scalar) -> (Int, Int)? {
        guard skip(mark), let month = number(atMost: 2), (1...12).contains(month), skip(mark),
            let day = number(atMost: 2), (1...31).contains(day)
        else { return nil }
        return (month, day)
    }

    private static func digit(_ scalar: Unicode.Scalar) -> Int? {
        if scalar.isDigit { return Int(scalar.value) - 0x30 }
        return switch scalar {
        case "〇", "零", "○", "Ｏ": 0
        default: "一二三四五六七八九".unicodeScalars.enumerated().first { $0.element == scalar }.map { $0.offset + 1 }
        }
    }
}

extension PrintedDate {
    /// What looks like a day of a year or of a month and is none: 9月31日, 2025年2月29日, 2025年13月, 2025-11-31. Numbers with marks between them
    /// may be those of documents, and count with a month only.
    static func impossible(in text: [Unicode.Scalar]) -> [String] {
        var (found, position) = ([String](), 0)
        while position < text.count {
            if position == 0 || !text[position - 1].isDigit, let date = EnglishDate(text, at: position) {
                if date.day > days(of: date.month, in: date.year) { found.append(text[position..<date.end].string) }
                position = date.end
                continue
            }
            guard !text.isInsideNumber(at: position) else {
                position += 1
                continue
            }
            var reader = NumberReader(text: text, position: position)
            if let day = reader.dayAsPrinted() {
                if !day.exists { found.append(text[position..<reader.position].string) }
                position = reader.position
            } else {
                position += 1
            }
        }
        return found
    }

    fileprivate static func days(of month: Int, in year: Int?) -> Int {
        switch month {
        case 2:
            guard let year else { return 29 }
            return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }
}

extension [Unicode.Scalar] {
    /// Whether what stands before a place belongs to the same number, or to a code.
    fileprivate func isInsideNumber(at position: Int) -> Bool {
        guard position > 0 else { return false }
        let before = self[position - 1]
        return before.isDigit || ".-/〇零○一二三四五六七八九十第".unicodeScalars.contains(before)
            || ("A"..."Z").contains(before) || ("a"..."z").contains(before)
    }
}

extension NumberReader {
    /// A year with its month, a month with its day, or all three, and whether there is such a day; `nil` where none is written here.
    fileprivate mutating func dayAsPrinted() -> (exists: Bool, isWhole: Bool)? {
        let start = position
        var year: Int?
        if let printed = self.year(), (1990...2100).contains(printed) {
            year = printed
            if let mark = next, "-./".unicodeScalars.contains(mark) {
                guard skip(mark), let month = number(atMost: 2), (1...12).contains(month), skip(mark),
                    let day = number(atMost: 2), (1...31).contains(day)
                else { return nil }
                return (day <= PrintedDate.days(of: month, in: year), true)
            }
            guard skip("年") else { return nil }
        } else {
            position = start
        }
        guard let month = number(atMost: 2), skip("月") else { return nil }
        guard (1...12).contains(month) else {
            // 13月 without a year may be anything.
            if year != nil { return (false, false) }
            guard number(atMost: 2) != nil, skip("日") else { return nil }
            return (false, true)
        }
        let end = position
        guard let day = number(atMost: 2), skip("日") || skip("号") else {
            position = end
            return year == nil ? nil : (true, false)
        }
        return (day > 0 && day <= PrintedDate.days(of: month, in: year), true)
    }
}

extension ReportText {
    /// The days on which the report says that it was issued: lines before the annexes that hold a date of year and month, and nothing else.
    var issueDates: [(line: Line, date: PrintedDate)] {
        body.compactMap { line in
            guard !line.isTableRow, line.folded.utf8.count <= 40 else { return nil }
            let scalars = Array(line.folded.unicodeScalars)
            guard let date = PrintedDate(scalars, at: 0), date.month != nil, date.range == 0..<scalars.count else {
                return nil
            }
            return (line, date)
        }
    }

    /// The day of the report: the last line before the annexes that is a date, or what stands behind a label of it, 出具日期 or, of a form, 填报日期.
    var issue: (line: Line, date: PrintedDate)? {
        if let last = issueDates.last { return last }
        let labelled = labelledIssueDates(words["issued_on"])
        return labelled.last ?? labelledIssueDates(words["filled_on"]).last
    }

    /// The dates before the annexes behind labels of the report's own date.
    func labelledIssueDates(_ labels: [String]) -> [(line: Line, date: PrintedDate)] {
        let last = body.last?.number ?? 0
        return dates(labelled: labels).filter { $0.line.number <= last && $0.date.month != nil }.map {
            ($0.line, $0.date)
        }
    }

    /// The dates behind labels: `开工日期：2025年3月1日`, and the cells right of such a label.
    func dates(labelled labels: [String]) -> [(label: String, line: Line, date: PrintedDate)] {
        var found: [(label: String, line: Line, date: PrintedDate)] = []
        for line in lines where labels.contains(where: line.folded.hasBytes) {
            let cells =
                line.isTableRow ? line.filledCells.map(\.folded) : line.folded.split(separator: "：").map(String.init)
            for (cell, value) in zip(cells, cells.dropFirst()) {
                guard let label = labels.first(where: cell.endsWithBytes),
                    let date = PrintedDate(Array(value.unicodeScalars), at: 0)
                else { continue }
                found.append((label, line, date))
            }
        }
        return found
    }
}

/// `14 November 2025` and `14 Nov 2025`, folded.
private struct EnglishDate {
    var year: Int
    var month: Int
    var day: Int
    var end: Int

    init?(_ text: [Unicode.Scalar], at start: Int) {
        var position = start
        func number(_ most: Int) -> Int? {
            var value: Int?
            let first = position
            while position < text.count, position < first + most, text[position].isDigit {
                value = (value ?? 0) * 10 + Int(text[position].value) - 0x30
                position += 1
            }
            return value
        }
        guard let day = number(2), (1...31).contains(day), position < text.count,
            text[position].properties.isAlphabetic,
            text[position].isASCII
        else { return nil }
        let letters = text[position...].prefix { $0.isASCII && $0.properties.isAlphabetic }
        let word = letters.map { Character($0).lowercased() }.joined()
        guard let month = Self.months.firstIndex(where: { $0 == word || $0.prefix(3) == word }) else { return nil }
        position += letters.count
        guard let year = number(4), (1990...2100).contains(year), position >= text.count || !text[position].isDigit
        else {
            return nil
        }
        (self.year, self.month, self.day, end) = (year, month + 1, day, position)
    }

    private static let months = [
        "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
        "december",
    ]
}
