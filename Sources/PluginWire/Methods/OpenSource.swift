public import ReviewModel

/// `source/open`: a data source opens what its settings name and returns its tables.
public struct OpenSource: WireRequest {
    public static let method = "source/open"
    public var role: String
    public var configuration: Value

    public init(role: String, configuration: Value) {
        self.role = role
        self.configuration = configuration
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let role = record.required("role")?.text() else { return nil }
        self.init(role: role, configuration: record.record["config"] ?? .null)
    }

    public var wire: Value { ["role": .text(role), "config": configuration] }

    /// The tables, each with its first page inline or a stream to pull it from, or both.
    public struct Response: WireValue {
        public var tables: [WireTable]

        public init(tables: [WireTable]) { self.tables = tables }

        public init?(wire reader: ValueReader) {
            guard let record = reader.record() else { return nil }
            tables = record.required("tables")?.list(of: WireTable.self) ?? []
        }

        public var wire: Value { ["tables": Value(wire: tables)] }
    }
}
