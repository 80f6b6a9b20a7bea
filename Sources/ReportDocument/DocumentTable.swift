/// A table of a document. Cells know where they stand and how far they reach, so a back end never has to count.
public struct DocumentTable: Sendable, Hashable {
    public var caption: [Run]
    public var note: [Run]
    public var columns: [DocumentColumn]
    /// The rows that repeat on every page.
    public var header: [DocumentRow]
    public var body: [DocumentRow]
    /// A form has no header row; its labels stand in cells of style ``CellStyle/label``.
    public var isForm: Bool

    public init(
        caption: [Run],
        note: [Run] = [],
        columns: [DocumentColumn],
        header: [DocumentRow],
        body: [DocumentRow],
        isForm: Bool = false
    ) {
        (self.caption, self.note, self.columns) = (caption, note, columns)
        (self.header, self.body, self.isForm) = (header, body, isForm)
    }

    /// The body or header as a full grid: every position filled with the cell that covers it.
    public func grid(of rows: [DocumentRow]) -> [[GridPosition]] {
        var grid = rows.map { _ in [GridPosition](repeating: GridPosition(), count: columns.count) }
        for (row, line) in rows.enumerated() {
            for cell in line.cells {
                for covered in row..<min(row + cell.rowSpan, rows.count) {
                    for column in cell.column..<min(cell.column + cell.columnSpan, columns.count) {
                        grid[covered][column] = GridPosition(
                            cell: cell,
                            isTop: covered == row,
                            isLeft: column == cell.column
                        )
                    }
                }
            }
        }
        return grid
    }
}

/// One position of a table's grid.
public struct GridPosition: Sendable, Hashable {
    /// The cell that covers it; `nil` for a hole.
    public var cell: DocumentCell?
    /// Whether this is the first row of the cell.
    public var isTop = true
    /// Whether this is the first column of the cell.
    public var isLeft = true
}

public struct DocumentColumn: Sendable, Hashable {
    /// In percent of the table's width.
    public var width: Int
    public var alignment: CellAlignment

    public init(width: Int, alignment: CellAlignment) { (self.width, self.alignment) = (width, alignment) }
}

public struct DocumentRow: Sendable, Hashable {
    public var cells: [DocumentCell]
    public var style: RowStyle

    public init(cells: [DocumentCell], style: RowStyle = .body) { (self.cells, self.style) = (cells, style) }
}

/// A cell at its place; positions covered by a span have no cell of their own. `runs.figure` is the number that a numeric
/// cell holds.
public struct DocumentCell: Sendable, Hashable {
    public var column: Int
    public var columnSpan: Int
    public var rowSpan: Int
    public var style: CellStyle
    public var alignment: CellAlignment
    public var runs: [Run]

    public init(
        column: Int,
        columnSpan: Int = 1,
        rowSpan: Int = 1,
        style: CellStyle = .data,
        alignment: CellAlignment,
        runs: [Run]
    ) {
        (self.column, self.columnSpan, self.rowSpan) = (column, columnSpan, rowSpan)
        (self.style, self.alignment, self.runs) = (style, alignment, runs)
    }
}

public enum CellAlignment: String, Sendable, Hashable, CaseIterable {
    case left, centre, right
}

public enum CellStyle: String, Sendable, Hashable, CaseIterable {
    case data
    /// Names the cells right of it.
    case label
    /// Names the cells below it.
    case head
}

public enum RowStyle: String, Sendable, Hashable, CaseIterable {
    case body
    case total
}
