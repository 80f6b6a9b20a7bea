internal import ReviewModel

/// Where the rows of a table were read, as a source of protocol 1 could say it before pages had places: `origin` of the schema
/// names a text among the source's settings, and the column with the line of each row. Nothing writes it any more; a plugin
/// that still does is understood, here and nowhere else.
struct TableOrigin: Sendable, Hashable {
    private var setting: String
    /// Counted from 1.
    private var lineColumn: String

    init?(_ reader: ValueReader) {
        guard let record = reader.record(), let setting = record.required("setting")?.text(),
            let line = record.required("line")?.text()
        else { return nil }
        (self.setting, lineColumn) = (setting, line)
    }

    /// The table with a spot for each row instead of the column.
    func placed(_ table: Table) -> Table {
        guard let position = table.schema.position(of: lineColumn) else { return table }
        let text = JSONPointer(["config", setting])
        var placed = table.selecting(table.schema.columns.indices.filter { $0 != position })
        for row in 0..<table.rowCount {
            let line = table.cell(row: row, column: position).integer ?? 0
            placed.set(line > 0 ? .line(of: text, line: line, column: 1) : .value(text), ofRow: row)
        }
        return placed
    }
}
