internal import ReviewModel

/// Rows with named columns: a table of the dossier, or what a part of a query has made.
struct Relation {
    struct Column {
        /// The name, or alias, of the table that it comes from; empty for what was computed.
        var table: String
        var name: String
        var title: LocalizedText?
        /// `nil` until the values tell.
        var type: ColumnType?
        var unit = ""
    }

    var columns: [Column]
    var rows: [[Value]] = []

    /// A table of the dossier. Numbers are exact decimals from here on, whichever way a cell was written.
    init(_ table: Table, alias: String?) {
        columns = table.schema.columns.map {
            Column(table: alias ?? table.name, name: $0.name, title: $0.title, type: $0.type, unit: $0.unit)
        }
        let isNumber = table.schema.columns.map { $0.type == .decimal || $0.type == .integer }
        rows.reserveCapacity(table.rowCount)
        for row in 0..<table.rowCount {
            rows.append(
                table.schema.columns.indices.map { column in
                    let cell = table.cell(row: row, column: column)
                    guard isNumber[column], !cell.isNull else { return cell }
                    return cell.decimal.map(Value.decimal) ?? cell
                }
            )
        }
    }

    init(columns: [Column], rows: [[Value]] = []) { (self.columns, self.rows) = (columns, rows) }

    /// The same under another table name, as the query in brackets behind `FROM` has it.
    func named(_ alias: String) -> Relation {
        Relation(
            columns: columns.map { column in
                var column = column
                column.table = alias
                return column
            },
            rows: rows
        )
    }

    /// As a table that can be sent: whole numbers without places become integers where a column has nothing else.
    func table(named name: String) -> Table {
        var table = Table(
            schema: TableSchema(
                name: name,
                columns: columns.enumerated().map { index, column in
                    ReviewModel.Column(
                        name: column.name,
                        title: column.title,
                        type: column.type ?? type(ofColumn: index),
                        unit: column.unit
                    )
                }
            )
        )
        let types = table.schema.columns.map(\.type)
        for row in rows {
            table.append(
                row: row.indices.map { index in
                    types[index] == .integer ? row[index].integer.map(Value.integer) ?? row[index] : row[index]
                }
            )
        }
        return table
    }

    private func type(ofColumn index: Int) -> ColumnType {
        var (found, isWhole) = (nil as ColumnType?, true)
        for row in rows {
            switch row[index] {
            case .null: continue
            case .decimal(let number):
                found = .decimal
                isWhole = isWhole && number.places == 0
            case .integer: found = .decimal
            case .boolean: return .boolean
            case .list: return .texts
            case .text, .record: return .text
            }
        }
        return found == .decimal && isWhole ? .integer : found ?? .text
    }
}
