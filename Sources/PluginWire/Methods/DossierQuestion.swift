public import ReviewModel

/// `dossier/query` (plugin to host): a question in SQL over the tables of the dossier. The answer is a table.
public struct DossierQuestion: WireRequest {
    public static let method = "dossier/query"
    public static let asker = Asker.plugin
    public static let summary = "a question in SQL over the dossier"
    /// The id of the request that is being served.
    public var parent: Int
    public var sql: String
    /// Values of `:name`; of question marks by number, `1`, `2` … A decimal travels as `{"decimal": "0.10"}`, for plain
    /// text would be compared as text.
    public var parameters: Record
    /// Whether the cells are asked for that the answer rests on, instead of the answer: a table of the one column `cell`. An older
    /// host answers the question itself.
    public var cells: Bool

    public init(parent: Int, sql: String, parameters: Record = Record(), cells: Bool = false) {
        (self.parent, self.sql, self.parameters, self.cells) = (parent, sql, parameters, cells)
    }

    /// What the column of cells is called.
    public static let cellColumn = "cell"

    public init?(wire reader: ValueReader) {
        guard let record = reader.record(), let parent = record.required("parent")?.integer(),
            let sql = record.required("sql")?.text()
        else { return nil }
        let parameters = record.optional("parameters")
        var named: [(key: String, value: ValueReader)] = []
        if case .list? = parameters?.value {
            named = (parameters?.list() ?? []).enumerated().map { (String($0 + 1), $1) }
        } else {
            named = parameters?.record()?.all() ?? []
        }
        self.parameters = Record(named.map { ($0.key, Self.parameter($0.value)) })
        (self.parent, self.sql) = (parent, sql)
        cells = record.optional("cells")?.boolean() ?? false
    }

    private static func parameter(_ reader: ValueReader) -> Value {
        guard case .record = reader.value else { return reader.value }
        let number = reader.record()?.required("decimal")?.decimal()
        return Value(number)
    }

    public var wire: Value {
        var record: Record = ["parent": .integer(parent), "sql": .text(sql)]
        let typed = parameters.members.map { name, value -> (key: String, value: Value) in
            if case .decimal = value { (name, ["decimal": value]) } else { (name, value) }
        }
        record.setIfPresent("parameters", .record(Record(typed)))
        if cells { record["cells"] = true }
        return .record(record)
    }

    public typealias Response = WireTable
}
