import ReviewModel

/// A cell of a sheet, counted from 0 as the library counts.
struct CellReference: Hashable {
    var row: Int
    var column: Int

    init(_ row: Int, _ column: Int) { (self.row, self.column) = (row, column) }

    /// `F7`.
    var description: String { columnLetters(column) + String(row + 1) }
    /// `$F$7`.
    var fixed: String { "$" + columnLetters(column) + "$" + String(row + 1) }
}

/// A cell of a named sheet.
struct SheetCell: Hashable {
    var sheet: String
    var cell: CellReference

    init(_ sheet: String, _ row: Int, _ column: Int) { (self.sheet, cell) = (sheet, CellReference(row, column)) }

    /// As a formula of another sheet says it: `'预算明细'!F7`.
    var description: String { sheet.quotedSheet + "!" + cell.description }
    var fixed: String { sheet.quotedSheet + "!" + cell.fixed }
}

/// The rows from `first` to `last` of a column: `F4:F18`.
func columnRange(_ column: Int, _ first: Int, _ last: Int) -> String {
    CellReference(first, column).description + ":" + CellReference(last, column).description
}

/// The same with dollars, `$F$4:$F$18`.
func fixedRange(_ column: Int, _ first: Int, _ last: Int) -> String {
    CellReference(first, column).fixed + ":" + CellReference(last, column).fixed
}

/// `A` for 0, `XFD` for 16,383.
func columnLetters(_ column: Int) -> String {
    CellAddress(column: column + 1, row: 1)?.columnLetters ?? "XFD"
}

extension String {
    /// A sheet's name in a formula.
    var quotedSheet: String {
        "'" + split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"
    }

    /// A text in a formula; formulas take at most 255 characters of text in one piece.
    var quotedText: String {
        "\"" + split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }
}
