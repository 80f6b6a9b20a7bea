/// Everything that is known of one project before it is judged: named fields and tables.
///
/// The host fills it from the spec and from data sources and knows nothing of its meaning. Pointers into a dossier
/// read `/fields/project/name` and `/tables/NAME/ROW/COLUMN`, rows counted from 0.
public struct Dossier: Sendable, Hashable {
    public var fields: Record
    public private(set) var tables: [Table]

    public init(fields: Record = Record(), tables: [Table] = []) {
        self.fields = fields
        self.tables = tables
    }

    public func table(_ name: String) -> Table? {
        tables.first { $0.name == name }
    }

    /// The rows of a table; none when the dossier has no such table.
    public func rows(of name: String) -> [TableRow] {
        table(name).map { Array($0.rows) } ?? []
    }

    /// Adds a table, replacing one of the same name.
    public mutating func set(_ table: Table) {
        if let position = tables.firstIndex(where: { $0.name == table.name }) {
            tables[position] = table
        } else {
            tables.append(table)
        }
    }

    /// The value of a cell or field, `/tables/history/3/paid`; `null` for rows, tables and what is not there.
    public subscript(pointer: JSONPointer) -> Value {
        let tokens = pointer.tokens
        switch tokens.first {
        case "fields": return Value.record(fields)[JSONPointer(Array(tokens.dropFirst()))] ?? .null
        case "tables" where tokens.count == 4:
            return Int(tokens[2]).flatMap { row in table(tokens[1])?.cell(row: row, column: tokens[3]) } ?? .null
        default: return .null
        }
    }

    /// The field at a path of keys: `dossier.field("project", "name")`.
    public func field(_ path: String...) -> Value? {
        Value.record(fields)[JSONPointer(path)]
    }
}

extension Dossier {
    /// The rows of the type's table; none when the dossier has no such table.
    ///
    /// - Throws: ``RowError`` for the first row that the type does not take.
    public func rows<Row: TypedRow>(_ type: Row.Type) throws(RowError) -> [Row] {
        var rows: [Row] = []
        for row in self.rows(of: Row.table) { rows.append(try Row(row)) }
        return rows
    }
}
