import ReviewModel

/// Numbers as people write them into cells of text: `1,703,200.00`, `￥300 元`, `９５．０４％`.
enum WrittenNumber {
    static func read(_ text: String, asPercent: Bool) -> ExactDecimal? {
        var plain = ""
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            let narrow =
                (0xFF01...0xFF5E).contains(scalar.value) ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar
            plain.unicodeScalars.append(narrow)
        }
        for sign in ["¥", "￥", "RMB", "CNY"] where plain.hasPrefix(sign) { plain.removeFirst(sign.count) }
        if plain.hasSuffix("元"), !plain.hasSuffix("万元"), !plain.hasSuffix("千元"), !plain.hasSuffix("亿元") {
            plain.removeLast()
        }
        if asPercent, plain.hasSuffix("%") { plain.removeLast() }
        // Accountants write what is negative in brackets.
        if plain.hasPrefix("("), plain.hasSuffix(")") { plain = "-" + plain.dropFirst().dropLast() }
        return ExactDecimal(grouped: plain)
    }
}

extension WrittenNumber {
    /// A number with what it counts behind it, in a column that counts anything: `12 人`, `35桶`. More than a number is none: `2-3人`.
    static func counted(_ text: String) -> ExactDecimal? { countedParts(text)?.number }

    /// The same with what it counts.
    static func countedParts(_ text: String) -> (number: ExactDecimal, unit: String)? {
        let plain = text.filter { !$0.isWhitespace }
        let behind = plain.reversed().prefix { $0.unicodeScalars.allSatisfy { (0x4E00...0x9FFF).contains($0.value) } }
        let unit = String(behind.reversed())
        // 100人以上 and 30万人 are no such numbers.
        guard (1...4).contains(unit.count), !"万亿千百十多余约几".contains(unit.first ?? " "),
            !unit.contains(where: { "以上下内约左右余多".contains($0) }),
            let number = read(String(plain.dropLast(unit.count)), asPercent: false)
        else { return nil }
        return (number, unit)
    }

    /// An amount with its unit behind it, `3000元` and `1.92 万元`, in the unit of the column; `nil` for anything else.
    static func money(_ text: String, in column: String) -> ExactDecimal? {
        guard case .money(let currency, let tens)? = FigureUnit(rawValue: column) else { return nil }
        let plain = String(text.filter { !$0.isWhitespace })
        guard let word = ["百万元", "千万元", "万元", "千元", "亿元", "元"].first(where: plain.hasSuffix),
            case .money(let own, let ownTens)? = HeadWords.money(named: word), own == currency,
            let number = read(String(plain.dropLast(word.count)), asPercent: false)
        else { return nil }
        let shift = ownTens - tens
        let factor = ExactDecimal((0..<abs(shift)).reduce(1) { power, _ in power * 10 })
        if shift >= 0 { return (try? number * factor)?.withoutTrailingZeros }
        return (try? number * ExactDecimal(significand: 1, places: -shift))?.withoutTrailingZeros
    }

    /// A year with the word for one behind it: `2026年`, `２０２６ 年度`.
    static func year(_ text: String) -> ExactDecimal? {
        let plain = String(text.filter { !$0.isWhitespace })
        for word in ["年度", "年"] where plain.hasSuffix(word) {
            let digits = String(plain.dropLast(word.count))
            // 二〇二六年 is a year as it is in a day.
            let spelt = CalendarDate(written: digits + "年一月一日").map { ExactDecimal($0.year) }
            guard let number = read(digits, asPercent: false) ?? spelt else { return nil }
            return number.places == 0 && number >= 1900 && number < 2200 ? number : nil
        }
        return nil
    }

    /// The last day of a part of a year: `2025年1-8月`, `2025年1—9月份`, `2025年截至8月底`, `2025年上半年`; `nil` for anything else.
    static func partOfYear(_ text: String) -> CalendarDate? {
        guard let head = YearHead(text), let day = head.lastDay, ["", "份", "底", "末"].contains(head.rest) else {
            return nil
        }
        return day
    }

    /// Whether a text in a column of years is one, or a part of one, or a bare number.
    static func yearOrPart(_ text: String) -> Int? {
        if let year = year(text) ?? ExactDecimal(grouped: text), let number = Int(year.description) { return number }
        return partOfYear(text)?.year
    }
}
