import BudgetLines
import ReviewModel
import Targets

/// The digits of a number, before its unit is known.
struct ProseNumeral {
    var number: ExactDecimal
    /// What one unit of the last printed place is worth beyond the decimal places: 10,000 for 三百万.
    var scale: ExactDecimal = 1
    var range: Range<Int>
    /// How the number was written: in digits or in Chinese numerals.
    var isChinese = false
    /// Whether it carries separators or decimal places, as figures do and numbers of things often do not.
    var isFormatted = false
    /// 百分之 stands before it and takes the place of a unit.
    var isShare = false
}

extension ProseText {
    /// The number in digits that begins at `start`: thousands separators, and blanks that a conversion put inside,
    /// `1 384. 96`, belong to it.
    func numeral(at start: Int) -> ProseNumeral? {
        let first = digits(from: start)
        guard first > 0 else { return nil }
        var (digits, end, isFormatted) = (scalars[start..<start + first].string, start + first, false)
        var (groups, hasComma) = (0, false)
        while first <= 3, groups < Self.mostGroups, let group = thousands(at: end) {
            if self[end] == "," { hasComma = true }
            digits += scalars[group].string
            (end, isFormatted, groups) = (group.upperBound, true, groups + 1)
        }
        if let fraction = fraction(at: end, isHeading: isLineStart(start) && !isFormatted && first <= 2) {
            digits += "." + scalars[fraction].string
            (end, isFormatted) = (fraction.upperBound, true)
        } else if !hasComma, let fraction = commaFraction(at: end, isGrouped: groups > 0) {
            digits += "." + scalars[fraction].string
            (end, isFormatted) = (fraction.upperBound, true)
        }
        return ExactDecimal(digits).map { ProseNumeral(number: $0, range: start..<end, isFormatted: isFormatted) }
    }

    /// Three more digits behind a separator at `end`.
    private func thousands(at end: Int) -> Range<Int>? {
        func group(_ start: Int) -> Range<Int>? { digits(from: start) == 3 ? start..<start + 3 : nil }
        if self[end] == ",", let group = group(end + 1) { return group }
        let next = skippingBlanks(self[end] == "," ? end + 1 : end)
        // A comma and a blank part the items of a list, unless what follows can only be the rest of a figure.
        guard next > end, let rest = group(next) else { return nil }
        return self[end] != "," || self[next] == "0" || closesWithFraction(rest.upperBound) ? rest : nil
    }

    /// The digits behind a decimal comma: `1 234,56`, and `12,5 %` or `8,40 €`, where what follows can be nothing else. Elsewhere a comma parts
    /// the items of a list.
    private func commaFraction(at end: Int, isGrouped: Bool) -> Range<Int>? {
        guard self[end] == "," else { return nil }
        let length = digits(from: end + 1)
        let after = end + 1 + length
        guard (1...2).contains(length), self[after] != "," || !isDigit(after + 1),
            self[after] != "." || !isDigit(after + 1)
        else { return nil }
        let sign = self[skippingBlanks(after)]
        return isGrouped || sign == "€" || (sign == "%" && skippingBlanks(after) > after) ? end + 1..<after : nil
    }

    /// Groups of three digits; with more no figure can be held.
    private static let mostGroups = 13

    private func closesWithFraction(_ end: Int) -> Bool {
        var (end, groups) = (end, 0)
        while groups < Self.mostGroups, self[end] == ",", digits(from: skippingBlanks(end + 1)) == 3 {
            (end, groups) = (skippingBlanks(end + 1) + 3, groups + 1)
        }
        return self[end] == "." && isDigit(end + 1)
    }

    /// The digits behind a point at `end`. A blank behind the point is a slip of conversion, but after a short number at
    /// the beginning of a line it makes a heading, `1. 2026 年项目预算`.
    private func fraction(at end: Int, isHeading: Bool) -> Range<Int>? {
        guard self[end] == "." else { return nil }
        let start = skippingBlanks(end + 1)
        let length = digits(from: start)
        guard length > 0, length <= 8 else { return nil }
        if start > end + 1, isHeading || length > 2 || self[start + length] == "." { return nil }
        return start..<start + length
    }
}

// MARK: - Chinese numerals

extension ProseText {
    /// The number in Chinese numerals that begins at `start`: `三百`, `叁拾万`, `一亿二千万`. Its last power is its scale.
    func chineseNumeral(at start: Int) -> ProseNumeral? {
        var end = start
        while self[end].plainNumeral != nil { end += 1 }
        guard end > start else { return nil }
        guard let (number, scale) = chineseNumber(scalars[start..<end].compactMap(\.plainNumeral).string) else {
            return nil
        }
        return ProseNumeral(number: number, scale: scale, range: start..<end, isChinese: true)
    }
}

/// The value in units of its last 万 or 亿, and what that is worth.
private func chineseNumber(_ text: String) -> (ExactDecimal, ExactDecimal)? {
    var (total, rest, scale) = (ExactDecimal.zero, text[...], ExactDecimal(1))
    for (sign, worth) in [("亿" as Character, ExactDecimal(100_000_000)), ("万", ExactDecimal(10_000))] {
        guard let position = rest.firstIndex(of: sign) else { continue }
        guard let section = ChineseNumeral(rest[..<position])?.number, let value = try? section * worth,
            let sum = try? total + value
        else { return nil }
        (total, rest, scale) = (sum, rest[rest.index(after: position)...], worth)
    }
    if !rest.isEmpty {
        guard let section = ChineseNumeral(rest)?.number, let sum = try? total + section else { return nil }
        (total, scale) = (sum, 1)
    }
    guard let figure = try? total.divided(by: scale, places: 0) else { return nil }
    return (figure, scale)
}

extension Unicode.Scalar {
    /// Whether a number may begin here: in digits, in Chinese numerals, or with 百分之.
    var mayBeginNumber: Bool { isDigit || plainNumeral != nil }

    /// A numeral as it is, one of cheques and contracts as the plain one; `nil` for what is no numeral.
    fileprivate var plainNumeral: Unicode.Scalar? {
        switch self {
        case "零", "〇", "一", "二", "两", "三", "四", "五", "六", "七", "八", "九", "十", "百", "千", "万", "亿": self
        case "壹": "一"
        case "贰": "二"
        case "叁": "三"
        case "肆": "四"
        case "伍": "五"
        case "陆": "六"
        case "柒": "七"
        case "捌": "八"
        case "玖": "九"
        case "拾": "十"
        case "佰": "百"
        case "仟": "千"
        default: nil
        }
    }
}
