public import Groundwork

/// A spot for each of many rows, twelve bytes each: the file, the sheet and the text with the lines are kept once.
public struct PlaceColumn: Sendable, Hashable {
    private var heads: [Head] = []
    private var entries: [Entry] = []
    private var headBytes = 0

    /// What several places share.
    private enum Head: Sendable, Hashable {
        case text(file: String)
        case sheet(file: String, name: String)
        case lines(of: JSONPointer)
        case spot(Spot)

        var heldBytes: Int {
            let texts =
                switch self {
                case .text(let file): file.utf8.count
                case .sheet(let file, let name): file.utf8.count + name.utf8.count
                case .lines(let text): text.description.utf8.count
                case .spot(let spot): "\(spot)".utf8.count
                }
            return texts + MemoryLayout<Head>.stride
        }
    }

    private struct Entry: Sendable, Hashable {
        /// Into ``heads``; negative where there is no place.
        var head: Int32
        var first: Int32 = 0
        var second: Int32 = 0
    }

    public init() {}

    public var count: Int { entries.count }

    /// About how many bytes the places take up.
    package var heldBytes: Int { 12 * entries.count + headBytes }

    /// Where a row was read; `nil` where that was not given.
    public subscript(row: Int) -> Spot? {
        guard entries.indices.contains(row), entries[row].head >= 0 else { return nil }
        let (head, first, second) = (
            heads[Int(entries[row].head)], Int(entries[row].first), Int(entries[row].second)
        )
        switch head {
        case .text(let file): return .place(.text(file: file, line: first, column: second))
        case .sheet(let file, let name):
            return CellAddress(column: first, row: second).map { .place(.cell(file: file, sheet: name, address: $0)) }
        case .lines(let text): return .line(of: text, line: first, column: second)
        case .spot(let spot): return spot
        }
    }

    /// Sets the spot of a row, which may lie beyond those that have one.
    public mutating func set(_ spot: Spot?, row: Int) {
        while entries.count <= row { entries.append(Entry(head: -1)) }
        switch spot {
        case nil: entries[row] = Entry(head: -1)
        case .place(.text(let file, let line, let column)):
            entries[row] = Entry(
                head: head(.text(file: file)),
                first: Int32(clamping: line),
                second: Int32(clamping: column)
            )
        case .line(let text, let line, let column):
            entries[row] = Entry(
                head: head(.lines(of: text)),
                first: Int32(clamping: line),
                second: Int32(clamping: column)
            )
        case .place(.cell(let file, let sheet, let address)):
            entries[row] = Entry(
                head: head(.sheet(file: file, name: sheet)),
                first: Int32(address.column),
                second: Int32(address.row)
            )
        case .some(let spot): entries[row] = Entry(head: head(.spot(spot)))
        }
    }

    /// Rows of one sheet.
    package struct SheetRows: Sendable {
        package var file: String
        package var sheet: String
        /// The column of all of them.
        package var column: Int
        package var rows: [Int]
    }

    func sheetRows(_ range: Range<Int>) -> SheetRows? {
        guard let first = range.first, range.upperBound <= entries.count, entries[first].head >= 0,
            case .sheet(let file, let sheet) = heads[Int(entries[first].head)]
        else { return nil }
        let (head, column) = (entries[first].head, entries[first].first)
        guard range.allSatisfy({ entries[$0].head == head && entries[$0].first == column }) else { return nil }
        return SheetRows(file: file, sheet: sheet, column: Int(column), rows: range.map { Int(entries[$0].second) })
    }

    public mutating func append(_ spot: Spot?) { set(spot, row: entries.count) }

    /// Appends the spot of the last row, which must be a cell, in another row of its sheet: nothing that they share is looked at.
    mutating func append(belowLast sheetRow: Int) {
        guard var entry = entries.last else { return }
        entry.second = Int32(clamping: sheetRow)
        entries.append(entry)
    }

    /// Rows that follow one another mostly share their head; others are not looked for.
    private mutating func head(_ head: Head) -> Int32 {
        if heads.last != head {
            heads.append(head)
            headBytes += head.heldBytes
        }
        return Int32(heads.count - 1)
    }

    public static func == (left: PlaceColumn, right: PlaceColumn) -> Bool {
        left.count == right.count && left.entries.indices.allSatisfy { left[$0] == right[$0] }
    }

    public func hash(into hasher: inout Hasher) { hasher.combine(entries.count) }
}
