internal import JSONDocument
public import ReviewModel

/// Some consecutive elements of a long list, or members of a long mapping, each `{key, value}`.
public struct ListPage: WireValue, Hashable {
    /// Counts the pages of a stream from 0.
    public var sequence: Int
    /// Whether this is the last page.
    public var done: Bool
    /// With the last page: the elements of the whole list, those that came with the message included, which proves that
    /// nothing was cut off.
    public var total: Int?
    private let elements: Elements

    private enum Elements: Hashable {
        case values([Value])
        /// The elements as they came or go, a list of so many.
        case text(JSONText, count: Int)
    }

    public init(sequence: Int, items: [Value], done: Bool, total: Int? = nil) {
        self.init(sequence, .values(items), done, total)
    }

    /// - Parameter items: a list of so many elements.
    init(sequence: Int, items: JSONText, count: Int, done: Bool, total: Int?) {
        self.init(sequence, .text(items, count: count), done, total)
    }

    private init(_ sequence: Int, _ elements: Elements, _ done: Bool, _ total: Int?) {
        (self.sequence, self.elements, self.done, self.total) = (sequence, elements, done, total)
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
            total: record.optional("total")?.count()
        )
    }

    public static func decode(_ text: JSONText, of method: String) throws(RPCError) -> ListPage {
        var (sequence, done, total) = (nil as Int?, nil as Bool?, nil as Int?)
        var (items, count) = (nil as Range<Int>?, 0)
        text.read { cursor in
            _ = cursor.members { key, cursor in
                switch key {
                case "seq": sequence = cursor.integer()
                case "items" where cursor.kind == .list:
                    let start = cursor.position
                    _ = cursor.elements { cursor in
                        cursor.skip()
                        count += 1
                        return true
                    }
                    items = start..<cursor.position
                case "done": done = cursor.boolean()
                case "total": total = cursor.integer()
                default: cursor.skip()
                }
            }
        }
        // What is missing or of another kind is told by the slower way.
        guard let sequence, let items, let done, total ?? 0 >= 0 else { return try read(text.value, of: method) }
        return ListPage(sequence, .text(text.part(items), count: count), done, total)
    }

    public var count: Int {
        switch elements {
        case .values(let items): items.count
        case .text(_, let count): count
        }
    }

    /// About how many bytes the elements take.
    var estimatedBytes: Int {
        switch elements {
        case .values(let items): items.reduce(0) { $0 + $1.estimatedBytes }
        case .text(let text, _): text.byteCount
        }
    }

    /// The elements as text, a list.
    var text: JSONText {
        switch elements {
        case .values(let items): JSONText(.list(items))
        case .text(let text, _): text
        }
    }

    /// The elements; of a page that has come, made anew each time.
    public var items: [Value] {
        switch elements {
        case .values(let items): items
        case .text(let text, _): text.value.list ?? []
        }
    }

    public var wire: Value {
        var record: Record = ["seq": .integer(sequence), "items": .list(items), "done": .boolean(done)]
        if let total { record["total"] = .integer(total) }
        return .record(record)
    }

    public func encode(into writer: inout JSONWriter) {
        let items = text
        writer.reserve(items.byteCount + 64)
        writer.write(raw: "{\"seq\":")
        writer.write(sequence)
        writer.write(raw: ",\"items\":")
        writer.write(items)
        writer.write(raw: done ? ",\"done\":true" : ",\"done\":false")
        if let total {
            writer.write(raw: ",\"total\":")
            writer.write(total)
        }
        writer.write(raw: "}")
    }
}

/// Cuts the rest of a list into pages of bounded elements and bytes.
struct ListPager: Sendable {
    private let items: LongList
    /// Where the list stands in its message.
    private let pointer: JSONPointer
    private var next: Int
    private var sequence = 0

    /// - Parameter start: how many elements came with the message.
    init(_ items: LongList, at pointer: JSONPointer = JSONPointer(), from start: Int) {
        (self.items, self.pointer, next) = (items, pointer, start)
    }

    /// - Throws: ``RPCError`` where an element needs more than a line by itself; it says which.
    mutating func next(maximumBytes: Int = PageLimits.bytes) throws(RPCError) -> ListPage {
        var (page, count) = (JSONWriter.compact, 0)
        page.reserve(min(maximumBytes, 64 * (items.count - next)))
        page.write(raw: "[")
        while next < items.count, count < PageLimits.rows, page.byteCount < maximumBytes {
            let start = page.byteCount
            if count > 0 { page.write(raw: ",") }
            let begin = page.byteCount
            items.write(next, into: &page)
            // An element more would be too much; a single one travels as long as a line takes it.
            if page.byteCount > maximumBytes, count > 0 {
                page.take(backTo: start)
                break
            }
            try checkLength(page.byteCount - begin)
            count += 1
            next += 1
        }
        page.write(raw: "]")
        let done = next >= items.count
        defer { sequence += 1 }
        return ListPage(
            sequence: sequence,
            items: page.text(),
            count: count,
            done: done,
            total: done ? items.count : nil
        )
    }

    private func checkLength(_ bytes: Int) throws(RPCError) {
        guard bytes > Self.longestElement else { return }
        throw RPCError(
            .messageTooLarge,
            "\(pointer / String(next)) is of \(bytes) bytes, and an element travels in a line of at most "
                + "\(WireLimits.standard.lineBytes)",
            help: "an element of a list is never cut; shorten the texts in it, or say it in several"
        )
    }

    /// What a line has room for beside the message around it.
    private static let longestElement = WireLimits.standard.lineBytes - 4096
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
