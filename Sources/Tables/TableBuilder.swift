public import Groundwork
public import JSONDocument

/// Fills a table cell by cell, without a value in between where the source has none.
///
///     var builder = TableBuilder(schema, expectedRows: 10_000)
///     for record in csv {
///         builder.append(text: record[0], column: 0)
///         builder.append(text: record[1], column: 1)
///         builder.endRow(at: .text(file: "lines.csv", line: record.line, column: 1))
///     }
///     let table = builder.table()
///     for problem in table.problems() { … }
///
/// A column that got no cell for a row has an empty one there; a second cell for the same row is dropped.
public struct TableBuilder: Sendable {
    public let schema: TableSchema
    public private(set) var rowCount = 0
    private var columns: [ColumnStorage]
    private var rowPlaces: PlaceColumn?
    private var cellPlaces: [Int: PlaceColumn] = [:]
    /// Which column of its sheet each column is read from; see ``Table/sheetColumns``.
    public var sheetColumns: [Int: Int] = [:]

    public init(_ schema: TableSchema, expectedRows: Int = 0) {
        self.schema = schema
        columns = schema.columns.map { ColumnStorage($0.type) }
        for position in columns.indices { columns[position].reserve(expectedRows) }
    }

    /// The cell of the row being filled, typed by the column.
    public mutating func append(_ value: Value, column: Int) {
        if isOpen(column) { columns[column].append(value) }
    }

    /// The same, from text.
    public mutating func append(text: String, column: Int) {
        if isOpen(column) { columns[column].append(text: text) }
    }

    /// The same, from the UTF-8 of a text; bytes that are no UTF-8 must have been refused before.
    package mutating func append(utf8: UnsafeBufferPointer<UInt8>, column: Int) {
        if isOpen(column) { columns[column].append(typing: utf8) }
    }

    /// Where the cell of the row being filled was read.
    public mutating func set(_ place: Place, column: Int) {
        cellPlaces[column, default: PlaceColumn()].set(.place(place), row: rowCount)
    }

    /// The row is complete.
    public mutating func endRow(at place: Place? = nil) {
        fillRow()
        if let place {
            rowPlaces = rowPlaces ?? PlaceColumn()
            rowPlaces?.set(.place(place), row: rowCount - 1)
        }
    }

    /// The row is complete, and stands where the row before it stands, a cell, but in another row of that sheet.
    package mutating func endRow(belowLast sheetRow: Int) {
        fillRow()
        rowPlaces?.append(belowLast: sheetRow)
    }

    private mutating func fillRow() {
        rowCount += 1
        for position in columns.indices where columns[position].count < rowCount { columns[position].appendMissing() }
    }

    /// The rows so far; one that was begun and not ended is ended.
    public func table() -> Table {
        var whole = self
        if columns.contains(where: { $0.count > rowCount }) { whole.endRow() }
        return Table(
            schema: schema,
            columns: whole.columns,
            rowPlaces: whole.rowPlaces,
            cellPlaces: whole.cellPlaces,
            sheetColumns: sheetColumns
        )
    }

    private func isOpen(_ column: Int) -> Bool { columns.indices.contains(column) && columns[column].count == rowCount }
}
