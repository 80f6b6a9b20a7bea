public import JSONDocument
internal import ReviewModel

/// `stream/next` (both ways): asks for one more page. No page is ever sent unasked, so nobody floods a pipe.
///
/// What a page holds is known to whoever has opened the stream: rows (``RowsNext``), or elements of a list (``ListNext``).
public struct StreamNext<Page: WireValue>: WireRequest {
    public typealias Response = Page

    public static var method: String { "stream/next" }
    public static var asker: Asker { .both }
    public static var summary: String { "one more page" }
    public var stream: String
    public var maximumRows: Int
    public var maximumBytes: Int

    public init(stream: String, maximumRows: Int = PageLimits.rows, maximumBytes: Int = PageLimits.bytes) {
        self.stream = stream
        self.maximumRows = maximumRows
        self.maximumBytes = maximumBytes
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let stream = record.required("stream")?.text() else { return nil }
        self.init(
            stream: stream,
            maximumRows: record.optional("maxRows")?.integer() ?? PageLimits.rows,
            maximumBytes: record.optional("maxBytes")?.integer() ?? PageLimits.bytes
        )
    }

    public var wire: Value {
        var record: Record = ["stream": .text(stream)]
        if maximumRows != PageLimits.rows { record["maxRows"] = .integer(maximumRows) }
        if maximumBytes != PageLimits.bytes { record["maxBytes"] = .integer(maximumBytes) }
        return .record(record)
    }

    public static func decode(_ text: JSONText, of method: String) throws(RPCError) -> StreamNext {
        var (stream, rows, bytes) = (nil as String?, PageLimits.rows as Int?, PageLimits.bytes as Int?)
        text.read { cursor in
            _ = cursor.members { key, cursor in
                switch key {
                case "stream" where cursor.kind == .text: stream = cursor.text()
                case "maxRows" where cursor.kind != .null: rows = cursor.integer()
                case "maxBytes" where cursor.kind != .null: bytes = cursor.integer()
                default: cursor.skip()
                }
            }
        }
        guard let stream, let rows, let bytes else { return try read(text.value, of: method) }
        return StreamNext(stream: stream, maximumRows: rows, maximumBytes: bytes)
    }
}

/// `stream/next` where the stream is a table's.
public typealias RowsNext = StreamNext<TablePage>
/// `stream/next` where the stream is the rest of a list.
public typealias ListNext = StreamNext<ListPage>

/// `stream/close` (both ways): the rest of a stream is not wanted.
public struct StreamClose: WireRequest {
    public typealias Response = Nothing

    public static let method = "stream/close"
    public static let asker = Asker.both
    public static let summary = "no more pages"
    public var stream: String

    public init(stream: String) { self.stream = stream }

    public init?(wire reader: ValueReader) {
        guard let stream = reader.record()?.required("stream")?.text() else { return nil }
        self.init(stream: stream)
    }

    public var wire: Value { ["stream": .text(stream)] }
}
