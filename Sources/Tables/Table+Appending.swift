import Groundwork
import JSONDocument

extension Table {
    /// The rows of both tables, those of `other` behind: the columns of either, matched by their names; a row has empty cells in those that
    /// its table does not have. Where rows and cells were read stays known.
    ///
    /// Columns keep the types of this table; cells that do not fit are strays, see ``problems(limit:)``.
    public func appending(_ other: Table) -> Table {
        var schema = schema
        for column in other.schema.columns where schema.position(of: column.name) == nil {
            schema.columns.append(column)
        }
        var storage: [ColumnStorage] = []
        for (position, column) in schema.columns.enumerated() {
            var cells = self.storage.indices.contains(position) ? self.storage[position] : ColumnStorage(column.type)
            while cells.count < rowCount { cells.appendMissing() }
            let source = other.schema.position(of: column.name)
            for row in 0..<other.rowCount {
                if let source { cells.append(other.storage[source].value(row)) } else { cells.appendMissing() }
            }
            storage.append(cells)
        }
        var joined = Table(schema: schema, storage: storage)
        joined.takePlaces(of: self, from: 0)
        joined.takePlaces(of: other, from: rowCount)
        return joined
    }

    /// Takes over where the rows of a table were read, which are the rows from `start` on here.
    private mutating func takePlaces(of table: Table, from start: Int) {
        guard table.hasPlaces else { return }
        let isFirst = sheetColumns.isEmpty && start == 0
        if isFirst { sheetColumns = table.sheetColumns }
        for (position, column) in table.schema.columns.enumerated() {
            guard let own = schema.position(of: column.name) else { continue }
            // What does not follow from the row's place is said of each cell.
            let spells = table.hasPlaces(ofColumn: position) || table.sheetColumns[position] != sheetColumns[own]
            guard spells else { continue }
            for row in 0..<table.rowCount {
                if let spot = table.spot(ofRow: row, column: position) { set(spot, ofRow: start + row, column: own) }
            }
        }
        for row in 0..<table.rowCount { if let spot = table.spot(ofRow: row) { set(spot, ofRow: start + row) } }
    }
}
