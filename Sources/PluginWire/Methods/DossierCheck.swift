public import ReviewModel

/// `dossier/check` (plugin to host): whether a question in SQL could be answered, while the settings are checked that hold
/// it. Nothing is run: its names and types are held against what the dossier may hold.
public struct DossierCheck: WireRequest {
    public static let method = "dossier/check"
    public static let asker = Asker.plugin
    public static let summary = "whether a question in SQL could be answered"
    /// The id of the request that is being served.
    public var parent: Int
    public var sql: String
    /// The names that `:name` may have, with their types; `nil` for a type that is not known.
    public var parameters: [String: ColumnType?]

    public init(parent: Int, sql: String, parameters: [String: ColumnType?] = [:]) {
        (self.parent, self.sql, self.parameters) = (parent, sql, parameters)
    }

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let parent = record.required("parent")?.integer(),
            let sql = record.required("sql")?.text()
        else { return nil }
        let named = record.optional("parameters")?.record()?.all() ?? []
        // A type of a later protocol is one that is not known.
        let types = named.map { ($0.key, $0.value.value.text.flatMap(ColumnType.init)) }
        self.init(parent: parent, sql: sql, parameters: Dictionary(types) { first, _ in first })
    }

    public var wire: Value {
        var record: Record = ["parent": .integer(parent), "sql": .text(sql)]
        let named = parameters.sorted { $0.key < $1.key }
        record.setIfPresent("parameters", .record(Record(named.map { ($0.key, Value($0.value?.rawValue)) })))
        return .record(record)
    }

    public typealias Response = QueryOutline
}
