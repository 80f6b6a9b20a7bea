internal import ReviewModel
internal import Tables

/// Texts as places in one buffer of UTF-8, so that none is made before somebody wants to see it.
struct Texts {
    private(set) var bytes: [UInt8]
    /// ``missing`` where there is no text.
    private(set) var starts: [UInt32]
    private(set) var lengths: [UInt32]
    /// Whether ``bytes`` belongs to a table, and costs nothing here.
    private var isBorrowed = false

    static let missing = UInt32.max

    init(_ column: ColumnStorage, _ range: Range<Int>) {
        (bytes, starts, lengths, isBorrowed) = (column.bytes, [], [], true)
        starts.reserveCapacity(range.count)
        lengths.reserveCapacity(range.count)
        let (ends, absent) = (column.ends, column.missing)
        var start = range.lowerBound == 0 ? 0 : ends[range.lowerBound - 1]
        for row in range {
            let end = ends[row]
            starts.append(!absent.isEmpty && absent.contains(row) ? Self.missing : start)
            lengths.append(end - start)
            start = end
        }
    }

    init(_ texts: [String?]) {
        (bytes, starts, lengths) = ([], [], [])
        for text in texts {
            starts.append(text == nil ? Self.missing : UInt32(clamping: bytes.count))
            if let text { bytes.append(contentsOf: text.utf8) }
            lengths.append(UInt32(clamping: text?.utf8.count ?? 0))
        }
    }

    private init(bytes: [UInt8], starts: [UInt32], lengths: [UInt32], isBorrowed: Bool) {
        (self.bytes, self.starts, self.lengths, self.isBorrowed) = (bytes, starts, lengths, isBorrowed)
    }

    var ownByteCount: Int { isBorrowed ? 0 : bytes.count }

    func isMissing(_ row: Int) -> Bool { starts[row] == Self.missing }

    /// Where a text that is there stands in ``bytes``.
    func range(_ row: Int) -> Range<Int> { Int(starts[row])..<Int(starts[row]) + Int(lengths[row]) }

    subscript(row: Int) -> String? {
        if isMissing(row) { return nil }
        return bytes.withUnsafeBufferPointer {
            String(decoding: UnsafeBufferPointer(rebasing: $0[range(row)]), as: UTF8.self)
        }
    }

    func gather(_ rows: [Int32]) -> Texts {
        Texts(
            bytes: bytes,
            starts: rows.map { $0 < 0 ? Self.missing : starts[Int($0)] },
            lengths: rows.map { $0 < 0 ? 0 : lengths[Int($0)] },
            isBorrowed: isBorrowed
        )
    }

    func slice(_ range: Range<Int>) -> Texts {
        Texts(bytes: bytes, starts: Array(starts[range]), lengths: Array(lengths[range]), isBorrowed: isBorrowed)
    }

    /// Which of two texts that are there comes first, by their bytes.
    func compare(_ row: Int, with other: Texts, _ otherRow: Int) -> Int {
        bytes.withUnsafeBufferPointer { mine in
            other.bytes.withUnsafeBufferPointer { theirs in
                compareBytes(mine, range(row), theirs, other.range(otherRow))
            }
        }
    }

    /// `nil` where a piece has anything but texts and missing values, or they are too long together.
    static func concatenated(_ pieces: [(vector: Vector, count: Int)]) -> Texts? {
        var whole: Texts?
        for (vector, count) in pieces {
            switch vector {
            case .texts(let texts):
                if whole == nil {
                    whole = Texts(bytes: texts.bytes, starts: [], lengths: [], isBorrowed: texts.isBorrowed)
                }
                guard whole?.append(texts) == true else { return nil }
            case .constant(.null):
                if whole == nil { whole = Texts(bytes: [], starts: [], lengths: [], isBorrowed: false) }
                whole?.starts.append(contentsOf: repeatElement(missing, count: count))
                whole?.lengths.append(contentsOf: repeatElement(0, count: count))
            default: return nil
            }
        }
        return whole
    }

    private mutating func append(_ other: Texts) -> Bool {
        lengths += other.lengths
        if hasSameBytes(as: other) {
            starts += other.starts
            return true
        }
        isBorrowed = false
        // Only the texts that are there: the other buffer may be that of a whole table.
        for row in other.starts.indices {
            guard bytes.count < Int(UInt32.max) - Int(other.lengths[row]) else { return false }
            starts.append(other.isMissing(row) ? Self.missing : UInt32(bytes.count))
            if !other.isMissing(row) { bytes.append(contentsOf: other.bytes[other.range(row)]) }
        }
        return true
    }

    private func hasSameBytes(as other: Texts) -> Bool {
        bytes.count == other.bytes.count
            && bytes.withUnsafeBufferPointer { mine in
                other.bytes.withUnsafeBufferPointer { mine.baseAddress == $0.baseAddress }
            }
    }
}

/// Which of two runs of bytes comes first: negative, zero or positive.
private func compareBytes(
    _ left: UnsafeBufferPointer<UInt8>,
    _ one: Range<Int>,
    _ right: UnsafeBufferPointer<UInt8>,
    _ other: Range<Int>
) -> Int {
    for index in 0..<min(one.count, other.count) {
        let (a, b) = (left[one.lowerBound + index], right[other.lowerBound + index])
        if a != b { return a < b ? -1 : 1 }
    }
    return one.count - other.count
}
