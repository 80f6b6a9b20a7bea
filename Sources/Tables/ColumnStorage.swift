package import ExactNumbers
package import JSONDocument

/// The cells of one column, packed by its type: eight bytes for a number, four for a day, one for a truth value; texts
/// stand one behind the other in one buffer of UTF-8.
///
/// What does not fit the type is kept as it came, in ``strays``: nothing is dropped, and readers of the typed column see
/// an empty cell. One growing run of cells rather than chunks: arrays of numbers grow cheaply, a page of rows is copied
/// once, and everything that looks at a column has one pointer to walk.
package struct ColumnStorage: Sendable {
    package let type: ColumnType
    package private(set) var count = 0

    /// Integers, and the significands of decimals. ``absentNumber`` where the cell is empty, in ``bigNumbers`` or a stray.
    package private(set) var numbers: [Int64] = []
    /// The decimal places of every number, unless ``placesByRow`` has them one by one.
    package private(set) var places: UInt8 = 0
    private var hasPlaces = false
    /// One a row from the first row on whose number has other places than those before; empty until then.
    package private(set) var placesByRow: [UInt8] = []
    /// Significands that do not fit 64 bits, by row.
    package private(set) var bigNumbers: [Int: Int128] = [:]

    /// Day numbers; ``absentDay`` where the cell is empty or a stray.
    package private(set) var days: [Int32] = []
    /// 0, 1, or ``absentFlag``.
    package private(set) var flags: [UInt8] = []

    /// The UTF-8 of all texts. Text n ends at `ends[n]` and begins where the one before ends.
    package private(set) var bytes: [UInt8] = []
    package private(set) var ends: [UInt32] = []
    /// For lists of texts: list n ends before text `listEnds[n]` of ``ends``.
    package private(set) var listEnds: [UInt32] = []
    /// Rows of texts and lists that are empty cells or strays.
    package private(set) var missing = RowMask()

    /// Cells that do not fit the type, as they came, by row.
    package private(set) var strays: [Int: Value] = [:]
    private var strayBytes = 0

    package static let absentNumber = Int64.min
    package static let absentDay = Int32.min
    package static let absentFlag: UInt8 = 2

    package init(_ type: ColumnType) { self.type = type }

    /// About how many bytes the cells take up.
    package var heldBytes: Int {
        8 * numbers.count + placesByRow.count + 48 * bigNumbers.count + 4 * days.count + flags.count + bytes.count
            + 4 * (ends.count + listEnds.count) + 64 * strays.count + strayBytes
    }

    package mutating func reserve(_ rows: Int) {
        switch type {
        case .decimal, .integer: numbers.reserveCapacity(rows)
        case .date: days.reserveCapacity(rows)
        case .boolean: flags.reserveCapacity(rows)
        case .text: ends.reserveCapacity(rows)
        case .texts: listEnds.reserveCapacity(rows)
        }
    }

    /// Room for `rows` cells that are as long as those that are there.
    package mutating func reserve(like rows: Int) {
        reserve(rows)
        guard count > 0, rows > count, !bytes.isEmpty else { return }
        // An eighth more: a little too much costs nothing, a little too little a copy of everything.
        bytes.reserveCapacity(bytes.count / count * rows / 8 * 9)
    }

    // MARK: Appending what has the type already

    package mutating func appendMissing() {
        switch type {
        case .decimal, .integer:
            numbers.append(Self.absentNumber)
            if !placesByRow.isEmpty { placesByRow.append(places) }
        case .date: days.append(Self.absentDay)
        case .boolean: flags.append(Self.absentFlag)
        case .text:
            missing.insert(count)
            ends.append(UInt32(bytes.count))
        case .texts:
            missing.insert(count)
            listEnds.append(UInt32(ends.count))
        }
        count += 1
    }

    /// An empty cell for the typed readers; `value` for those that read it as it came.
    package mutating func append(stray value: Value) {
        strays[count] = value
        strayBytes += value.text?.utf8.count ?? JSONWriter.line(value).count
        appendMissing()
    }

    /// For columns of decimals.
    package mutating func append(_ number: ExactDecimal) {
        append(significand: number.significand, places: UInt8(number.places))
    }

    /// For columns of integers and decimals.
    package mutating func append(significand: Int128, places: UInt8) {
        if let small = Int64(exactly: significand), small != Self.absentNumber {
            push(small, places: places)
        } else {
            bigNumbers[count] = significand
            push(Self.absentNumber, places: places)
        }
        count += 1
    }

    package mutating func append(day: Int) {
        days.append(Int32(clamping: day))
        count += 1
    }

    package mutating func append(flag: Bool) {
        flags.append(flag ? 1 : 0)
        count += 1
    }

    /// For columns of texts; the bytes are UTF-8.
    package mutating func append(utf8: UnsafeBufferPointer<UInt8>) {
        guard pushText(utf8) else { return append(stray: .text(String(decoding: utf8, as: UTF8.self))) }
        count += 1
    }

    /// For columns of lists.
    package mutating func append(list: [String]) {
        let (textCount, byteCount) = (ends.count, bytes.count)
        for text in list {
            var text = text
            if text.withUTF8({ pushText($0) }) { continue }
            ends.removeLast(ends.count - textCount)
            bytes.removeLast(bytes.count - byteCount)
            return append(stray: .list(list.map(Value.text)))
        }
        listEnds.append(UInt32(ends.count))
        count += 1
    }

    /// Whether there was room: offsets have 32 bits.
    private mutating func pushText(_ utf8: UnsafeBufferPointer<UInt8>) -> Bool {
        let end = bytes.count + utf8.count
        guard end <= UInt32.max, ends.count < UInt32.max else { return false }
        bytes.append(contentsOf: utf8)
        ends.append(UInt32(end))
        return true
    }

    private mutating func push(_ number: Int64, places: UInt8) {
        if !placesByRow.isEmpty {
            placesByRow.append(places)
        } else if !hasPlaces {
            (self.places, hasPlaces) = (places, true)
        } else if places != self.places {
            placesByRow = Array(repeating: self.places, count: count)
            placesByRow.append(places)
        }
        numbers.append(number)
    }
}
