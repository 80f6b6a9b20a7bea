public import ReviewModel

/// `dossier/read` (plugin to host): opens a stream over a table, or over some of its columns.
public struct DossierRead: WireRequest {
    public static let method = "dossier/read"
    public static let asker = Asker.plugin
    public static let summary = "opens a stream over a table"
    /// The id of the request that is being served.
    public var parent: Int
    public var table: String
    /// The columns wanted, in the order wanted; `nil` for all.
    public var columns: [String]?

    public init(parent: Int, table: String, columns: [String]? = nil) {
        self.parent = parent
        self.table = table
        self.columns = columns
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let parent = record.required("parent")?.integer(),
            let table = record.required("table")?.text()
        else { return nil }
        self.init(parent: parent, table: table, columns: record.optional("columns")?.texts())
    }

    public var wire: Value {
        var record: Record = ["parent": .integer(parent), "table": .text(table)]
        if let columns { record["columns"] = Value(columns) }
        return .record(record)
    }

    public struct Response: WireValue {
        public var schema: TableSchema
        public var stream: String

        public init(schema: TableSchema, stream: String) {
            self.schema = schema
            self.stream = stream
        }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record(), let stream = record.required("stream")?.text(),
                let schema = record.required("schema").flatMap(TableSchema.init(wire:))
            else { return nil }
            self.init(schema: schema, stream: stream)
        }

        public var wire: Value { ["schema": schema.wire, "stream": .text(stream)] }
    }
}
