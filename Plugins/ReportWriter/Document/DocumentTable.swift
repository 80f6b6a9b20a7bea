/// A table of a document. Cells know where they stand and how far they reach, so a back end never has to count.
struct DocumentTable: Hashable {
    var caption: [Run]
    var note: [Run] = []
    var columns: [DocumentColumn]
    var header: [DocumentRow]
    var body: [DocumentRow]
    /// A form has no header row; its labels stand in cells of style ``CellStyle/label``.
    var isForm = false

    /// The body and header as a full grid: every position filled with the cell that covers it.
    func grid(of rows: [DocumentRow]) -> [[GridPosition]] {
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

struct GridPosition: Hashable {
    var cell: DocumentCell?
    /// Whether this is the first row, and the first column, of the cell.
    var isTop = true
    var isLeft = true
}

struct DocumentColumn: Hashable {
    /// In percent of the table's width.
    var width: Int
    var alignment: CellAlignment
}

struct DocumentRow: Hashable {
    var cells: [DocumentCell]
    var style: RowStyle = .body
}

/// A cell at its place; positions covered by a span have no cell of their own.
struct DocumentCell: Hashable {
    var column: Int
    var columnSpan = 1
    var rowSpan = 1
    var style: CellStyle = .data
    var alignment: CellAlignment
    var runs: [Run]
}

enum CellAlignment: String, Hashable, CaseIterable {
    case left, centre, right
}

enum CellStyle: String, Hashable, CaseIterable {
    case data
    /// Names the cells right of it.
    case label
    /// Names the cells below it.
    case head
}

enum RowStyle: String, Hashable, CaseIterable {
    case body
    case total
}
