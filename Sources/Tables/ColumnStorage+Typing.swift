internal import ExactNumbers
internal import Groundwork
package import JSONDocument

/// Values of any kind, typed by the column as they arrive.
extension ColumnStorage {
    /// Appends a cell: text in a column of decimals becomes a decimal, and so on. What does not fit becomes a stray.
    package mutating func append(_ value: Value) {
        switch (type, value) {
        case (_, .null): appendMissing()
        case (.decimal, .decimal(let number)): append(number)
        case (.decimal, .integer(let number)), (.integer, .integer(let number)):
            append(significand: Int128(number), places: 0)
        case (.integer, .decimal(let number)):
            guard let whole = wholeNumber(number) else { return append(stray: value) }
            append(significand: whole, places: 0)
        case (.boolean, .boolean(let flag)): append(flag: flag)
        case (.text, .integer), (.text, .decimal): append(text: value.scalarText ?? "")
        case (.texts, .list(let items)): append(items: items)
        case (_, .text(let text)): append(text: text)
        default: append(stray: value)
        }
    }

    /// Appends a cell that came as text.
    package mutating func append(text: String) {
        var text = text
        text.withUTF8 { append(typing: $0) }
    }

    /// Appends a cell that came as the UTF-8 of a text. In columns of other types an empty text is an empty cell.
    package mutating func append(typing utf8: UnsafeBufferPointer<UInt8>) {
        if type == .text { return append(utf8: utf8) }
        if utf8.isEmpty, type != .texts { return appendMissing() }
        func stray() -> Value { .text(String(decoding: utf8, as: UTF8.self)) }
        switch type {
        case .decimal:
            if let (significand, places) = shortDecimal(utf8) {
                append(significand: Int128(significand), places: places)
            } else if let number = ExactDecimal(utf8: utf8) {
                append(number)
            } else {
                append(stray: stray())
            }
        case .integer:
            if let (significand, places) = shortDecimal(utf8), places == 0 {
                append(significand: Int128(significand), places: 0)
            } else if let whole = ExactDecimal(utf8: utf8).flatMap(wholeNumber) {
                append(significand: whole, places: 0)
            } else {
                append(stray: stray())
            }
        case .boolean:
            switch String(decoding: utf8, as: UTF8.self) {
            case "true": append(flag: true)
            case "false": append(flag: false)
            default: append(stray: stray())
            }
        case .date:
            guard let day = CalendarDate(String(decoding: utf8, as: UTF8.self)) else { return append(stray: stray()) }
            append(day: day.dayNumber)
        case .text, .texts: append(stray: stray())
        }
    }

    private mutating func append(items: [Value]) {
        var texts: [String] = []
        texts.reserveCapacity(items.count)
        for item in items {
            switch item {
            case .text(let text): texts.append(text)
            case .integer, .decimal: texts.append(item.scalarText ?? "")
            default: return append(stray: .list(items))
            }
        }
        append(list: texts)
    }
}

/// The number as a whole one that fits 64 bits; `nil` where it is none.
private func wholeNumber(_ number: ExactDecimal) -> Int128? {
    let shortest = number.withoutTrailingZeros
    guard shortest.places == 0, Int64(exactly: shortest.significand) != nil else { return nil }
    return shortest.significand
}

/// `-12.50` of at most 18 digits, as nearly all figures are: reads it without arithmetic of 128 bits. `nil` says nothing.
private func shortDecimal(_ utf8: UnsafeBufferPointer<UInt8>) -> (significand: Int64, places: UInt8)? {
    guard utf8.count <= 19, let first = utf8.first else { return nil }
    let isNegative = first == UInt8(ascii: "-")
    var (position, number, point) = (isNegative ? 1 : 0, Int64(0), -1)
    let start = position
    while position < utf8.count {
        let digit = utf8[position] &- UInt8(ascii: "0")
        if digit < 10 {
            number = number &* 10 &+ Int64(digit)
        } else if utf8[position] == UInt8(ascii: "."), point < 0, position > start {
            point = position
        } else {
            return nil
        }
        position += 1
    }
    let (digits, places) = (position - start - (point < 0 ? 0 : 1), point < 0 ? 0 : position - point - 1)
    guard digits > 0, digits <= 18, point < 0 || places > 0 else { return nil }
    return (isNegative ? -number : number, UInt8(places))
}
