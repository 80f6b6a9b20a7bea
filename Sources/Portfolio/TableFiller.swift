internal import ReviewModel
internal import Tables

/// A table that is filled row by row, by the names of its columns.
struct TableFiller: Sendable {
    private var builder: TableBuilder
    private let positions: [String: Int]

    init(_ schema: TableSchema) {
        builder = TableBuilder(schema)
        positions = Dictionary(schema.columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
    }

    /// Columns as `name` or `name:type`, with blanks between them.
    init(_ name: String, _ columns: String) {
        let columns = columns.split(separator: " ").map { written -> Column in
            let parts = written.split(separator: ":").map(String.init)
            return Column(name: parts[0], type: parts.count > 1 ? ColumnType(rawValue: parts[1]) ?? .text : .text)
        }
        self.init(TableSchema(name: name, columns: columns))
    }

    /// A row; columns that are not named are empty, and names that are no columns left out.
    mutating func add(_ cells: KeyValuePairs<String, Value>) {
        for (name, value) in cells { set(name, value) }
        builder.endRow()
    }

    /// A cell of the row that ``add(_:)`` will end.
    mutating func set(_ name: String, _ value: Value) {
        if let position = positions[name] { builder.append(value, column: position) }
    }

    var table: Table { builder.table() }
}
