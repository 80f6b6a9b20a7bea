internal import ReviewModel

/// A column of a query's result.
struct ResultColumn {
    var name: String
    /// `nil` for the name.
    var title: LocalizedText?
    /// That of the table's column that was picked; `nil` for what was computed.
    var type: ColumnType?
    var unit = ""
    /// `nil` where only the run will tell.
    var kind: Kind?
    /// Whether a number can have no decimal places.
    var isWhole = false
}

/// A query whose names are resolved, ready to be run, as often as a query around it needs.
final class QueryPlan {
    let columns: [ResultColumn]
    let rows: Operator
    /// The queries around this one that it looks at.
    let levels: Levels
    /// Ways to answer for all rows of the query around at once, where there are any.
    let groupedAnswer: GroupedAnswer?
    let existingKeys: ExistingKeys?
    private let remembered: Remembered<RowStore>

    init(
        columns: [ResultColumn],
        rows: Operator,
        levels: Levels,
        groupedAnswer: GroupedAnswer? = nil,
        existingKeys: ExistingKeys? = nil
    ) {
        (self.columns, self.rows, self.levels) = (columns, rows, levels)
        (self.groupedAnswer, self.existingKeys) = (groupedAnswer, existingKeys)
        remembered = Remembered(levels)
    }

    /// All rows, computed once for as long as the rows of the queries around are the same.
    func stored(_ run: Run) throws(QueryError) -> RowStore {
        try remembered.value(run, size: \.byteCount) { () throws(QueryError) in try rows.collect(run) }
    }

    /// The stored rows as a step of another plan.
    func source() -> Operator {
        StoredRows(width: columns.count) { [self] run throws(QueryError) in try stored(run) }
    }
}
