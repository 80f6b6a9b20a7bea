public import ReviewModel

/// `dossier/tables` (plugin to host): which tables there are.
public struct DossierTables: WireRequest {
    public static let method = "dossier/tables"
    public static let asker = Asker.plugin
    public static let summary = "which tables there are"
    /// The id of the request that is being served.
    public var parent: Int

    public init(parent: Int) { self.parent = parent }

    public init?(wire reader: ValueReader) {
        guard let parent = reader.record()?.required("parent")?.integer() else { return nil }
        self.init(parent: parent)
    }

    public var wire: Value { ["parent": .integer(parent)] }

    public struct Response: WireValue {
        public var tables: [Entry]

        public init(tables: [Entry]) { self.tables = tables }

        public init?(wire reader: ValueReader) {
            guard let tables = reader.record()?.required("tables") else { return nil }
            self.tables = tables.list(of: Entry.self)
        }

        public var wire: Value { ["tables": Value(wire: tables)] }

        public struct Entry: WireValue {
            public var schema: TableSchema
            public var rowCount: Int

            public init(schema: TableSchema, rowCount: Int) {
                self.schema = schema
                self.rowCount = rowCount
            }

            public init?(wire reader: ValueReader) {
                guard let record = reader.record(),
                    let schema = record.required("schema").flatMap(TableSchema.init(wire:)),
                    let rowCount = record.required("rowCount")?.count()
                else { return nil }
                self.init(schema: schema, rowCount: rowCount)
            }

            public var wire: Value { ["schema": schema.wire, "rowCount": .integer(rowCount)] }
        }
    }
}
