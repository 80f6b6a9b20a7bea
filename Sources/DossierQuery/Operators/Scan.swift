internal import ReviewModel
internal import Tables

/// The rows of a table. Columns that nobody reads are not looked at.
final class Scan: Operator {
    private let columns: [ColumnStorage]
    private let rowCount: Int
    private let scope: Scope
    private let base: Int
    private var position = 0

    /// `base` is the slot of the table's first column in `scope`.
    init(_ table: Table, in scope: Scope, base: Int) {
        (columns, rowCount, self.scope, self.base) = (table.storage, table.rowCount, scope, base)
        super.init(width: table.schema.columns.count)
    }

    override func open(_ run: Run) { position = 0 }

    override func next(_ run: Run) throws(QueryError) -> Batch? {
        guard position < rowCount else { return nil }
        let range = position..<min(rowCount, position + Batch.size)
        position = range.upperBound
        try run.spend(range.count)
        return Batch(count: range.count, columns: vectors(range))
    }

    /// All rows in one batch, their packed cells shared with the table where they can be.
    override func whole(_ run: Run) throws(QueryError) -> RowStore {
        try run.spend(rowCount)
        return RowStore(count: rowCount, columns: vectors(0..<rowCount))
    }

    private func vectors(_ range: Range<Int>) -> [Vector] {
        columns.indices.map { scope.isRead(base + $0) ? .of(columns[$0], range) : .constant(.null) }
    }
}
