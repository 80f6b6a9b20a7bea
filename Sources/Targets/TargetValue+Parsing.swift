internal import ReviewModel

extension TargetValue.Reading {
    /// Reads canonical text (see ``canonicalText(_:)``).
    init(parsing text: String) {
        if noValue.contains(text) {
            self = .empty
        } else if isDeadline(text) {
            self = .deadline(text)
        } else if let digit = text.firstIndex(where: isDigit) {
            self = parseFigures(text[..<digit], text[digit...]) ?? .word(text)
        } else {
            self = parseNumerals(text) ?? .word(text)
        }
    }
}

private let noValue: Set<String> = ["", "-", "--", "/", "无", "\\"]

/// What stands before the first digit, and everything from it on.
private func parseFigures(_ head: Substring, _ tail: Substring) -> TargetValue.Reading? {
    guard let (magnitude, rest) = leadingNumber(tail) else { return nil }
    switch calendar(magnitude, rest) {
    case .date: return .deadline(String(head + tail))
    case .name: return nil
    case .none: break
    }
    var (direction, context) = splitComparison(head)
    var number = magnitude
    if context.last == "-", splitComparison(context.dropLast()).context.isEmpty {
        (direction, context) = splitComparison(context.dropLast())
        number = -number
    }
    if let (upper, unit) = rangeEnd(rest) { return .range(lower: number, upper: upper, unit: unit) }
    let (unit, limit) = splitLimit(rest)
    return .quantity(
        TargetValue.Quantity(direction ?? limit ?? .exactly, number, unit: String(unit), context: String(context))
    )
}

/// `两次`, `百分之百`: a number in Chinese digits, but only before a measure word, for `一流` and `十分满意` are words.
private func parseNumerals(_ text: String) -> TargetValue.Reading? {
    let start = text.unicodeScalars.firstIndex { $0.chineseDigit != nil || $0 == "十" || $0 == "百" } ?? text.endIndex
    let (direction, context) = splitComparison(text[..<start])
    guard context.isEmpty else { return nil }
    let body = text[start...]
    if body.hasPrefix("百分之") {
        let (digits, limit) = splitLimit(body.dropFirst(3))
        guard let number = digits == "百" ? 100 : ChineseNumeral(digits)?.number else { return nil }
        return .quantity(TargetValue.Quantity(direction ?? limit ?? .exactly, number, unit: "%"))
    }
    let digits = Substring(body.unicodeScalars.prefix { $0.chineseDigit != nil || $0.chinesePower != nil })
    let (unit, limit) = splitLimit(body.dropFirst(digits.count))
    guard let number = ChineseNumeral(digits)?.number, measureWords.contains(String(unit)) else { return nil }
    return .quantity(TargetValue.Quantity(direction ?? limit ?? .exactly, number, unit: String(unit)))
}

private let measureWords: Set<String> = [
    "个", "次", "人", "人次", "名", "场", "场次", "节", "项", "处", "份", "件", "家", "户", "天", "日", "个月", "年", "期", "篇", "批", "套",
    "台", "辆", "起", "座", "间", "支", "条", "课时",
]

// MARK: - Numbers

private func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }

/// The number that the text begins with, thousands separators allowed, and what follows it.
private func leadingNumber(_ text: Substring) -> (ExactDecimal, Substring)? {
    var digits = text.prefix { isDigit($0) || $0 == "." || $0 == "," }
    while digits.last == "." || digits.last == "," { digits = digits.dropLast() }
    if let number = ExactDecimal(grouped: String(digits)) { return (number, text[digits.endIndex...]) }
    digits = text.prefix(while: isDigit)
    return ExactDecimal(String(digits)).map { ($0, text[digits.endIndex...]) }
}

/// The other end of a range, when `rest` is what follows a number in `80%~90%`, `3-5 次` or `3 至 5 次`.
private func rangeEnd(_ rest: Substring) -> (ExactDecimal, String)? {
    guard let separator = rest.firstIndex(where: { "~-至到".contains($0) }) else { return nil }
    let first = rest[..<separator]
    guard let (upper, tail) = leadingNumber(rest[rest.index(after: separator)...]) else { return nil }
    let unit = splitLimit(tail).unit
    return first.isEmpty || first == unit ? (upper, String(unit)) : nil
}

// MARK: - Comparisons

/// Takes a comparison off the end of the words before a number.
private func splitComparison(_ head: Substring) -> (direction: TargetValue.Direction?, context: Substring) {
    for (word, direction) in comparisons where head.hasSuffix(word) {
        return (direction, head.dropLast(word.count))
    }
    return (nil, head)
}

/// Takes a limit off the end of the words behind a number: `以上`, `以内`, `日内`.
private func splitLimit(_ tail: Substring) -> (unit: Substring, direction: TargetValue.Direction?) {
    for (word, direction) in limits where tail.hasSuffix(word) {
        return (tail.dropLast(word.count), direction)
    }
    if tail.hasSuffix("内"), let last = tail.dropLast().last, "日天月年时".contains(last) {
        return (tail.dropLast(), .atMost)
    }
    return (tail, nil)
}

/// Longer words before those that they end with.
private let comparisons: [(String, TargetValue.Direction)] = [
    ("大于或等于", .atLeast), ("小于或等于", .atMost), ("大于等于", .atLeast), ("小于等于", .atMost),
    ("不低于", .atLeast), ("不少于", .atLeast), ("不小于", .atLeast), ("不高于", .atMost), ("不超过", .atMost),
    ("不大于", .atMost), ("不多于", .atMost), ("控制在", .atMost), ("至少", .atLeast), ("最少", .atLeast),
    ("达到", .atLeast), ("至多", .atMost), ("最多", .atMost), ("超过", .moreThan), ("高于", .moreThan),
    ("大于", .moreThan), ("多于", .moreThan), ("低于", .lessThan), ("小于", .lessThan), ("少于", .lessThan),
    ("等于", .exactly), (">=", .atLeast), ("=>", .atLeast), ("<=", .atMost), ("=<", .atMost), ("≥", .atLeast),
    ("≤", .atMost), (">", .moreThan), ("<", .lessThan), ("=", .exactly), ("约", .exactly),
]

private let limits: [(String, TargetValue.Direction)] = [
    ("及以上", .atLeast), ("以上", .atLeast), ("及以下", .atMost), ("以下", .atMost), ("以内", .atMost), ("之内", .atMost),
    ("左右", .exactly),
]

// MARK: - Dates

/// `2026 年 12 月底前`, `三季度末`, `2026-12-31`.
private func isDeadline(_ wording: String) -> Bool {
    let text =
        ["完成", "完工", "竣工", "开工", "交付"].first(where: wording.hasSuffix)
        .map { String(wording.dropLast($0.count)) } ?? wording
    let quarter = text.hasPrefix("第") ? text.dropFirst() : text[...]
    if quarter.count == 3, quarter.hasSuffix("季度"), "一二三四1234".contains(quarter[quarter.startIndex]) { return true }
    let namesPeriod = text.contains { "年月日".contains($0) } || text.contains("季度")
    if namesPeriod, ["前", "底", "末"].contains(where: text.hasSuffix) { return true }
    if text.hasSuffix("日") || text.hasSuffix("月") {
        let year = text.prefix(while: isDigit)
        if year.count == 4, text.dropFirst(4).first == "年" { return true }
    }
    for separator: Character in ["-", "/", "."] {
        let parts = text.split(separator: separator, omittingEmptySubsequences: false)
        if parts.count == 3, parts[0].count == 4, parts.allSatisfy({ !$0.isEmpty && $0.allSatisfy(isDigit) }) {
            return true
        }
    }
    return false
}

private enum CalendarReading {
    /// `2026年6月30日完成`, `12月31日前`.
    case date
    /// A year that only names something: `按2026年工作计划`.
    case name
    case none
}

/// What a number says of the calendar, by what follows it. `3 年` and `6 个月` are spans, not dates.
private func calendar(_ number: ExactDecimal, _ rest: Substring) -> CalendarReading {
    if rest.hasPrefix("月") { return .date }
    guard rest.hasPrefix("年"), number.places == 0, number >= 1900, number <= 2100 else { return .none }
    let isDate = rest == "年" || ["前", "底", "末", "月", "季度"].contains { rest.contains($0) }
    return isDate ? .date : .name
}
