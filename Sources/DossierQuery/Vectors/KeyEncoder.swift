internal import ReviewModel

/// Writes values as bytes that are equal where the values are: numbers without trailing zeros, texts by their bytes.
struct KeyEncoder {
    private(set) var key: [UInt8] = []
    /// Whether one of the values is missing.
    private(set) var hasMissing = false

    mutating func encode(_ vectors: [Vector], _ row: Int, _ run: Run) throws(QueryError) {
        begin()
        for vector in vectors { append(vector, row) }
        try run.spend(onTextBytes: key.count)
    }

    mutating func begin() {
        key.removeAll(keepingCapacity: true)
        hasMissing = false
    }

    mutating func append(_ vector: Vector, _ row: Int) {
        switch vector {
        case .numbers(let numbers):
            let significand = numbers.significands[row]
            if significand == Numbers.absent { appendMissing() } else { append(significand, numbers.places(row)) }
        case .texts(let texts):
            if texts.isMissing(row) { return appendMissing() }
            let range = texts.range(row)
            appendHead(2, Int64(range.count))
            texts.bytes.withUnsafeBufferPointer { key.append(contentsOf: UnsafeBufferPointer(rebasing: $0[range])) }
        case .flags(let flags):
            if flags[row] == Vector.unknown { return appendMissing() }
            key.append(3)
            key.append(flags[row])
        case .constant(let value): append(value)
        case .values(let values): append(values[row])
        }
    }

    mutating func append(number: Int) { appendHead(9, Int64(number)) }

    mutating func append(_ value: Value) {
        switch value {
        case .null: appendMissing()
        case .boolean(let flag): key.append(contentsOf: [3, flag ? 1 : 0])
        case .integer(let number): append(Int64(number), 0)
        case .decimal(let number): append(number)
        case .text(let text):
            appendHead(2, Int64(text.utf8.count))
            key.append(contentsOf: text.utf8)
        case .list(let items):
            appendHead(4, Int64(items.count))
            let wasMissing = hasMissing
            for item in items { append(item) }
            hasMissing = wasMissing
        case .record(let record):
            appendHead(5, Int64(record.count))
            for name in record.keys.sorted() { append(.list([.text(name), record[name] ?? .null])) }
        }
    }

    private mutating func appendMissing() {
        hasMissing = true
        key.append(0)
    }

    private mutating func append(_ significand: Int64, _ places: Int) {
        var (digits, count) = (significand, places)
        while count > 0 {
            let (quotient, rest) = digits.quotientAndRemainder(dividingBy: 10)
            if rest != 0 { break }
            (digits, count) = (quotient, count - 1)
        }
        appendHead(1, digits)
        key.append(UInt8(count))
    }

    private mutating func append(_ number: ExactDecimal) {
        if let digits = Int64(exactly: number.significand) { return append(digits, number.places) }
        let shortest = number.withoutTrailingZeros
        if let digits = Int64(exactly: shortest.significand) { return append(digits, shortest.places) }
        key.append(6)
        withUnsafeBytes(of: shortest.significand.littleEndian) { key.append(contentsOf: $0) }
        key.append(UInt8(shortest.places))
    }

    private mutating func appendHead(_ kind: UInt8, _ number: Int64) {
        key.append(kind)
        withUnsafeBytes(of: number.littleEndian) { key.append(contentsOf: $0) }
    }
}
