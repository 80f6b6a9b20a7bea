public import ReviewModel

/// A dossier as it travels: the fields whole, of each table the first page and, where more follows, a stream.
public struct WireDossier: WireValue {
    public var fields: Record
    public var tables: [WireTable]

    public init(fields: Record, tables: [WireTable]) {
        self.fields = fields
        self.tables = tables
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record() else { return nil }
        fields = record.optional("fields")?.value.record ?? Record()
        tables = record.optional("tables")?.record()?.all().compactMap { WireTable(wire: $0.value) } ?? []
    }

    public var wire: Value {
        ["fields": .record(fields), "tables": .record(Record(tables.map { ($0.schema.name, $0.wire) }))]
    }
}

/// A table's schema with its first page; `stream` when there is more.
public struct WireTable: WireValue {
    public var schema: TableSchema
    public var page: TablePage?
    public var stream: String?
    /// Where the rows were read, as plugins of before say it.
    var origin: TableOrigin?

    public init(schema: TableSchema, page: TablePage?, stream: String?) {
        self.schema = schema
        self.page = page
        self.stream = stream
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let schema = record.required("schema").flatMap(TableSchema.init(wire:))
        else { return nil }
        self.init(
            schema: schema,
            page: record.optional("page").flatMap(TablePage.init(wire:)),
            stream: record.optional("stream")?.text()
        )
        origin = record.optional("schema")?.record()?.optional("origin").flatMap(TableOrigin.init)
    }

    public var wire: Value {
        var record: Record = ["schema": schema.wire]
        if let page { record["page"] = page.wire }
        if let stream { record["stream"] = .text(stream) }
        return .record(record)
    }
}
