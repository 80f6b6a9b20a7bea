import ExcelBooks
import ReviewModel

/// Where the cells of the dossier stand in this workbook.
struct PlaceIndex {
    /// The rows of a table on one or more sheets.
    struct Rows {
        /// The sheets, each with as many rows as `perSheet`.
        var sheets: [String]
        var perSheet = Int.max
        var firstRow = Grid.firstRow
        /// The columns by their names.
        var columns: [String: Int]
        /// Where a finding about the whole row, or about a column that is not printed, leads.
        var standard: Int
    }

    private var tables: [String: Rows] = [:]
    /// Cells and rows that stand by themselves.
    private var single: [JSONPointer: SheetCell] = [:]

    mutating func add(_ rows: Rows, of table: String) { tables[table] = rows }

    mutating func add(_ cell: SheetCell, at pointer: JSONPointer) {
        if single[pointer] == nil { single[pointer] = cell }
    }

    /// The cell of a value, or else that of its row; `nil` for what does not stand here.
    func cell(_ pointer: JSONPointer) -> SheetCell? {
        if let cell = single[pointer] { return cell }
        let tokens = pointer.tokens
        guard tokens.count >= 3, tokens[0] == "tables" else { return nil }
        if let cell = single[JSONPointer(Array(tokens.prefix(3)))] { return cell }
        guard let rows = tables[tokens[1]], let row = Int(tokens[2]), row >= 0 else { return nil }
        let (sheet, line) = row.quotientAndRemainder(dividingBy: rows.perSheet)
        guard rows.sheets.indices.contains(sheet) else { return nil }
        let column = tokens.count > 3 ? rows.columns[tokens[3]] : nil
        return SheetCell(rows.sheets[sheet], rows.firstRow + line, column ?? rows.standard)
    }
}
