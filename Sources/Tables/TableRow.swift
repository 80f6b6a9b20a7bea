public import ExactNumbers
public import Groundwork
public import JSONDocument

/// One row of a table, read by column name. An absent column reads as empty.
public struct TableRow: Sendable {
    public let table: Table
    /// Counts from 0.
    public let index: Int

    init(table: Table, index: Int) { (self.table, self.index) = (table, index) }

    public subscript(column: String) -> Value { table.cell(row: index, column: column) }

    /// The cell as text; numbers in digits, the empty string for an empty cell.
    public func text(_ column: String) -> String { optionalText(column) ?? "" }
    /// The cell as text, or `nil` when it is empty.
    public func optionalText(_ column: String) -> String? { table.read(column) { $0.text(index) } ?? nil }
    public func decimal(_ column: String) -> ExactDecimal? { table.read(column) { $0.decimal(index) } ?? nil }
    public func integer(_ column: String) -> Int? { table.read(column) { $0.integer(index) } ?? nil }
    public func boolean(_ column: String) -> Bool? { table.read(column) { $0.boolean(index) } ?? nil }
    /// The day of a column of dates, or of text written `2026-01-31`.
    public func date(_ column: String) -> CalendarDate? { table.read(column) { $0.date(index) } ?? nil }
    public func texts(_ column: String) -> [String] { table.read(column) { $0.list(index) } ?? [] }

    /// Where this row stands in the dossier: `/tables/lines/3`.
    public var pointer: JSONPointer { JSONPointer(["tables", table.name, String(index)]) }
    /// Where a cell of this row stands: `/tables/lines/3/amount`.
    public func pointer(_ column: String) -> JSONPointer { pointer / column }

    /// Where this row was read; `nil` where that is not known.
    public var place: Place? { table.place(ofRow: index) }
    /// Where a cell of this row was read, or else the row.
    public func place(_ column: String) -> Place? {
        table.schema.position(of: column).map { table.place(ofRow: index, column: $0) } ?? place
    }
}

/// The rows of a table, from 0; a row is made when it is asked for and costs a reference.
public struct TableRows: Sendable, RandomAccessCollection {
    let table: Table

    public var startIndex: Int { 0 }
    public var endIndex: Int { table.rowCount }
    public subscript(position: Int) -> TableRow { TableRow(table: table, index: position) }
}
