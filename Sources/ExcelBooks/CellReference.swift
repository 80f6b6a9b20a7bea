internal import ReviewModel

/// A cell of a sheet, counted from 0 as the library counts.
package struct CellReference: Hashable {
    package var row: Int
    package var column: Int

    package init(_ row: Int, _ column: Int) { (self.row, self.column) = (row, column) }

    /// `F7`.
    package var description: String { columnLetters(column) + String(row + 1) }
    /// `$F$7`.
    package var fixed: String { "$" + columnLetters(column) + "$" + String(row + 1) }
}

/// A cell of a named sheet.
package struct SheetCell: Hashable {
    package var sheet: String
    package var cell: CellReference

    package init(_ sheet: String, _ row: Int, _ column: Int) {
        (self.sheet, cell) = (sheet, CellReference(row, column))
    }

    /// As a formula of another sheet says it: `'明细'!F7`.
    package var description: String { sheet.quotedSheet + "!" + cell.description }
    package var fixed: String { sheet.quotedSheet + "!" + cell.fixed }
}

/// The rows from `first` to `last` of a column: `F4:F18`.
package func columnRange(_ column: Int, _ first: Int, _ last: Int) -> String {
    CellReference(first, column).description + ":" + CellReference(last, column).description
}

/// The same with dollars, `$F$4:$F$18`.
package func fixedRange(_ column: Int, _ first: Int, _ last: Int) -> String {
    CellReference(first, column).fixed + ":" + CellReference(last, column).fixed
}

/// `A` for 0, `XFD` for 16,383.
package func columnLetters(_ column: Int) -> String {
    CellAddress(column: column + 1, row: 1)?.columnLetters ?? "XFD"
}

extension String {
    /// A sheet's name in a formula.
    package var quotedSheet: String { enclosed(in: "'") }

    /// A text in a formula; formulas take at most 255 characters of text in one piece.
    package var quotedText: String { enclosed(in: "\"") }

    /// Between two marks, every one of which is doubled inside; also one that other scalars make one character with.
    private func enclosed(in mark: Unicode.Scalar) -> String {
        var text = String.UnicodeScalarView([mark])
        for scalar in unicodeScalars {
            if scalar == mark { text.append(mark) }
            text.append(scalar)
        }
        text.append(mark)
        return String(text)
    }
}
