package import ExactNumbers
package import Groundwork
package import JSONDocument

/// Cells by row. A row that is not there reads as an empty cell.
extension ColumnStorage {
    /// The cell as a value of its column's type, or as it came if it does not fit.
    package func value(_ row: Int) -> Value {
        guard row >= 0, row < count else { return .null }
        switch type {
        case .decimal: if let number = ownNumber(row) { return .decimal(number) }
        case .integer:
            if let number = ownNumber(row) {
                return Int(exactly: number.significand).map(Value.integer) ?? .decimal(number)
            }
        case .boolean: if flags[row] != Self.absentFlag { return .boolean(flags[row] == 1) }
        case .date: if let day = ownDay(row) { return .text(day.description) }
        case .text: if !missing.contains(row) { return .text(element(row)) }
        case .texts: if !missing.contains(row) { return .list(ownList(row).map(Value.text)) }
        }
        return strays.isEmpty ? .null : strays[row] ?? .null
    }

    /// The cell as an exact decimal, from a number or from text that is one.
    package func decimal(_ row: Int) -> ExactDecimal? {
        guard row >= 0, row < count else { return nil }
        switch type {
        case .decimal, .integer:
            if let number = ownNumber(row) { return number }
            return strays.isEmpty ? nil : strays[row]?.decimal
        case .text: return missing.contains(row) ? strays[row]?.decimal : withUTF8(row) { ExactDecimal(utf8: $0) }
        case .boolean, .date, .texts: return strays[row]?.decimal
        }
    }

    /// The cell as a whole number, from a number or from text that is one.
    package func integer(_ row: Int) -> Int? {
        guard row >= 0, row < count else { return nil }
        switch type {
        case .integer where numbers[row] != Self.absentNumber: return Int(numbers[row])
        default: return value(row).integer
        }
    }

    package func boolean(_ row: Int) -> Bool? {
        guard row >= 0, row < count else { return nil }
        if type == .boolean, flags[row] != Self.absentFlag { return flags[row] == 1 }
        return strays.isEmpty ? nil : strays[row]?.boolean
    }

    package func date(_ row: Int) -> CalendarDate? {
        guard row >= 0, row < count else { return nil }
        if type == .date { return ownDay(row) }
        return type == .text ? text(row).flatMap { CalendarDate($0) } : nil
    }

    /// The cell as text, numbers in digits; `nil` when it is empty or a list.
    package func text(_ row: Int) -> String? {
        guard row >= 0, row < count else { return nil }
        if type == .text, !missing.contains(row) { return element(row) }
        let value = value(row)
        return value.isNull ? nil : value.scalarText
    }

    /// The texts of a list; none when the cell is empty or no list.
    package func list(_ row: Int) -> [String] {
        guard row >= 0, row < count else { return [] }
        if type == .texts, !missing.contains(row) { return ownList(row) }
        return strays[row]?.list?.compactMap(\.scalarText) ?? []
    }

    package func isMissing(_ row: Int) -> Bool {
        guard row >= 0, row < count else { return true }
        let isAbsent =
            switch type {
            case .decimal, .integer: numbers[row] == Self.absentNumber && bigNumbers[row] == nil
            case .boolean: flags[row] == Self.absentFlag
            case .date: days[row] == Self.absentDay
            case .text, .texts: missing.contains(row)
            }
        return isAbsent && strays[row] == nil
    }

    /// About how many bytes the cell takes as JSON.
    package func estimatedBytes(_ row: Int) -> Int {
        guard row >= 0, row < count else { return 5 }
        switch type {
        case .boolean: return 5
        case .integer: return 8
        case .decimal: return 16
        case .date: return 13
        case .text: return missing.contains(row) ? 5 : range(row).count + 3
        case .texts:
            let texts = (row == 0 ? 0 : Int(listEnds[row - 1]))..<Int(listEnds[row])
            return 5 + texts.count * 3
                + (texts.isEmpty ? 0 : range(texts.upperBound - 1).upperBound - range(texts.lowerBound).lowerBound)
        }
    }

    /// For columns of texts: the bytes of a text that is there.
    package func withUTF8<Result>(_ row: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        bytes.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0[range(row)])) }
    }

    /// Where text `index` stands in ``bytes``.
    package func range(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : Int(ends[index - 1]))..<Int(ends[index])
    }

    private func element(_ index: Int) -> String { withUTF8(index) { String(decoding: $0, as: UTF8.self) } }

    private func ownNumber(_ row: Int) -> ExactDecimal? {
        let places = Int(placesByRow.isEmpty ? places : placesByRow[row])
        if numbers[row] != Self.absentNumber {
            return ExactDecimal(significand: Int128(numbers[row]), places: places)
        }
        if bigNumbers.isEmpty { return nil }
        return bigNumbers[row].map { ExactDecimal(significand: $0, places: places) }
    }

    private func ownDay(_ row: Int) -> CalendarDate? {
        days[row] == Self.absentDay ? nil : CalendarDate(dayNumber: Int(days[row]))
    }

    private func ownList(_ row: Int) -> [String] {
        ((row == 0 ? 0 : Int(listEnds[row - 1]))..<Int(listEnds[row])).map(element)
    }
}

extension ColumnStorage: Hashable {
    /// Equal cells, whichever way they are packed; decimal places do not count.
    package static func == (left: ColumnStorage, right: ColumnStorage) -> Bool {
        guard left.type == right.type, left.count == right.count, left.strays == right.strays else { return false }
        switch left.type {
        case .text: return left.bytes == right.bytes && left.ends == right.ends && left.missing == right.missing
        case .texts:
            return left.bytes == right.bytes && left.ends == right.ends && left.listEnds == right.listEnds
                && left.missing == right.missing
        case .boolean: return left.flags == right.flags
        case .date: return left.days == right.days
        case .integer: return left.numbers == right.numbers && left.bigNumbers == right.bigNumbers
        case .decimal: return (0..<left.count).allSatisfy { left.ownNumber($0) == right.ownNumber($0) }
        }
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(type)
        hasher.combine(count)
    }
}
