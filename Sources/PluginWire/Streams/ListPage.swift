public import ReviewModel

/// Some consecutive elements of a long list, or members of a long mapping, each `{key, value}`.
public struct ListPage: WireValue, Hashable {
    /// Counts the pages of a stream from 0.
    public var sequence: Int
    public var items: [Value]
    /// Whether this is the last page.
    public var done: Bool
    /// With the last page: the elements of the whole list, those that came with the message included, which proves that
    /// nothing was cut off.
    public var total: Int?

    public init(sequence: Int, items: [Value], done: Bool, total: Int? = nil) {
        (self.sequence, self.items, self.done, self.total) = (sequence, items, done, total)
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let sequence = record.required("seq")?.integer(),
            let items = record.required("items"), let done = record.required("done")?.boolean()
        else { return nil }
        self.init(
            sequence: sequence,
            // Taken as they are, as cells are.
            items: items.value.list ?? items.list().map(\.value),
            done: done,
            total: record.optional("total")?.integer()
        )
    }

    public var wire: Value {
        var record: Record = ["seq": .integer(sequence), "items": .list(items), "done": .boolean(done)]
        if let total { record["total"] = .integer(total) }
        return .record(record)
    }
}

/// Cuts the rest of a list into pages of bounded elements and bytes.
struct ListPager: Sendable {
    private let items: LongList
    private var next: Int
    private var sequence = 0

    /// - Parameter start: how many elements came with the message.
    init(_ items: LongList, from start: Int) { (self.items, next) = (items, start) }

    mutating func next(maximumBytes: Int = PageLimits.bytes) -> ListPage {
        var (page, bytes) = ([Value](), 0)
        while next < items.count, page.count < PageLimits.rows, bytes < maximumBytes {
            let item = items[next]
            bytes += item.estimatedBytes
            // An element more would be too much; a single one travels, however long.
            if bytes > maximumBytes, !page.isEmpty { break }
            page.append(item)
            next += 1
        }
        let done = next >= items.count
        defer { sequence += 1 }
        return ListPage(sequence: sequence, items: page, done: done, total: done ? items.count : nil)
    }
}

/// What a `stream/next` is answered with.
public enum StreamPage: WireValue, Hashable {
    case rows(TablePage)
    case items(ListPage)

    public init?(wire reader: ValueReader) {
        if reader.value["items"] != nil {
            guard let page = ListPage(wire: reader) else { return nil }
            self = .items(page)
        } else {
            guard let page = TablePage(wire: reader) else { return nil }
            self = .rows(page)
        }
    }

    public var wire: Value {
        switch self {
        case .rows(let page): page.wire
        case .items(let page): page.wire
        }
    }

    public func encode(into writer: inout JSONWriter) {
        switch self {
        case .rows(let page): page.encode(into: &writer)
        case .items(let page): page.encode(into: &writer)
        }
    }

    /// The page of a table.
    public var rows: TablePage? { if case .rows(let page) = self { page } else { nil } }

    public var done: Bool {
        switch self {
        case .rows(let page): page.done
        case .items(let page): page.done
        }
    }
}
