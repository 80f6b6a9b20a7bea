internal import ReviewModel
internal import Tables

/// One column of a batch: a value for every row, packed where it can be.
enum Vector {
    /// The same for every row.
    case constant(Value)
    case numbers(Numbers)
    /// ``no``, ``yes`` or ``unknown``.
    case flags([UInt8])
    case texts(Texts)
    case values([Value])

    static let no: UInt8 = 0
    static let yes: UInt8 = 1
    static let unknown: UInt8 = 2

    func value(_ row: Int) -> Value {
        switch self {
        case .constant(let value): value
        case .numbers(let numbers): numbers[row].map(Value.decimal) ?? .null
        case .flags(let flags): flags[row] == Self.unknown ? .null : .boolean(flags[row] == Self.yes)
        case .texts(let texts): texts[row].map(Value.text) ?? .null
        case .values(let values): values[row]
        }
    }

    /// The rows `rows`, in that order; those below 0 are missing.
    func gather(_ rows: [Int32]) -> Vector {
        switch self {
        case .constant(let value):
            if !value.isNull, rows.contains(where: { $0 < 0 }) {
                return .values(rows.map { $0 < 0 ? .null : value })
            }
            return self
        case .numbers(let numbers): return .numbers(numbers.gather(rows))
        case .flags(let flags): return .flags(rows.map { $0 < 0 ? Self.unknown : flags[Int($0)] })
        case .texts(let texts): return .texts(texts.gather(rows))
        case .values(let values): return .values(rows.map { $0 < 0 ? .null : values[Int($0)] })
        }
    }

    func slice(_ range: Range<Int>) -> Vector {
        switch self {
        case .constant: self
        case .numbers(let numbers): .numbers(numbers.slice(range))
        case .flags(let flags): .flags(Array(flags[range]))
        case .texts(let texts): .texts(texts.slice(range))
        case .values(let values): .values(Array(values[range]))
        }
    }

    /// Packed, where all values are numbers or missing.
    static func packed(_ values: [Value]) -> Vector {
        guard let first = values.first(where: { !$0.isNull }) else {
            return values.isEmpty ? .values(values) : .constant(.null)
        }
        if case .decimal = first, let numbers = Numbers(values) { return .numbers(numbers) }
        return .values(values)
    }

    /// About how many bytes it takes.
    var byteCount: Int {
        switch self {
        case .constant: 40
        case .numbers(let numbers): numbers.significands.count * 8 + numbers.placesByRow.count
        case .flags(let flags): flags.count
        case .texts(let texts): texts.starts.count * 8 + texts.ownByteCount
        case .values(let values): values.reduce(values.count * 40) { $0 + ($1.text?.utf8.count ?? 0) }
        }
    }
}

extension Vector {
    /// Rows of a table's column. Integers become exact decimals, as all numbers of a query are.
    static func of(_ column: ColumnStorage, _ range: Range<Int>) -> Vector {
        if !column.strays.isEmpty || !column.bigNumbers.isEmpty {
            return .values(range.map { exact(column.value($0)) })
        }
        let isWhole = range == 0..<column.count
        switch column.type {
        case .decimal, .integer:
            let placesByRow = column.placesByRow
            return .numbers(
                Numbers(
                    significands: isWhole ? column.numbers : Array(column.numbers[range]),
                    places: column.places,
                    placesByRow: placesByRow.isEmpty || isWhole ? placesByRow : Array(placesByRow[range])
                )
            )
        case .boolean: return .flags(isWhole ? column.flags : Array(column.flags[range]))
        case .text: return .texts(Texts(column, range))
        case .date: return .texts(Texts(range.map { column.date($0)?.description }))
        case .texts: return .values(range.map(column.value))
        }
    }

    /// An integer as an exact decimal; everything else as it is.
    static func exact(_ value: Value) -> Value {
        if case .integer(let number) = value { .decimal(ExactDecimal(number)) } else { value }
    }

    /// One vector behind the other. `pieces` says how many rows each has.
    static func concatenated(_ pieces: [(vector: Vector, count: Int)]) -> Vector {
        if pieces.count == 1 { return pieces[0].vector }
        if let numbers = Numbers.concatenated(pieces) { return .numbers(numbers) }
        if let texts = Texts.concatenated(pieces) { return .texts(texts) }
        var (flags, isFlags) = ([UInt8](), true)
        for (vector, _) in pieces { if case .flags(let own) = vector { flags += own } else { isFlags = false } }
        if isFlags, !pieces.isEmpty { return .flags(flags) }
        if pieces.allSatisfy({ if case .constant(.null) = $0.vector { true } else { false } }) {
            return .constant(.null)
        }
        return .values(pieces.flatMap { vector, count in (0..<count).map(vector.value) })
    }
}
