package import ExactNumbers
internal import Groundwork

/// A formula of a workbook as it is computed: numbers, references, operators and calls.
///
/// Read by ``FormulaParser``. What a formula has beyond this (names, links to other workbooks, tables by their names, lists in braces) is
/// no ``Formula``: it is left, never guessed.
package indirect enum Formula: Sendable, Hashable {
    case number(ExactDecimal)
    case text(String)
    case boolean(Bool)
    case reference(FormulaReference)
    case negated(Formula)
    /// `5%`.
    case percent(Formula)
    case binary(FormulaOperator, Formula, Formula)
    /// A function by its name in capitals; `nil` is an argument that was left out: `IF(A1,,2)`.
    case call(String, [Formula?])
}

package enum FormulaOperator: String, Sendable, Hashable {
    case add = "+"
    case subtract = "-"
    case multiply = "*"
    case divide = "/"
    case power = "^"
    case join = "&"
    case equal = "="
    case unequal = "<>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="

    /// What binds more has more.
    var rank: Int {
        switch self {
        case .equal, .unequal, .less, .lessOrEqual, .greater, .greaterOrEqual: 1
        case .join: 2
        case .add, .subtract: 3
        case .multiply, .divide: 4
        case .power: 5
        }
    }
}

/// A cell or a rectangle of cells, as a formula names it: `C14`, `$C$5:C14`, `'附表 1'!F:F`.
package struct FormulaReference: Sendable, Hashable {
    /// The name of another sheet.
    var sheet: String?
    var first: Corner
    /// Of a rectangle; `nil` for one cell.
    var last: Corner?

    struct Corner: Sendable, Hashable {
        var row: Int
        var column: Int
        /// Whether a copy of the formula elsewhere names the same row, the same column.
        var rowIsFixed = false
        var columnIsFixed = false
    }

    /// The cells that a copy of the formula names so many rows and columns away; `nil` where these lie beyond the sheet.
    func cells(movedBy shift: FormulaShift) -> CellArea? {
        guard let first = first.address(movedBy: shift) else { return nil }
        guard let last else { return CellArea(first, first) }
        guard let last = last.address(movedBy: shift) else { return nil }
        return CellArea(first, last)
    }
}

extension FormulaReference.Corner {
    fileprivate func address(movedBy shift: FormulaShift) -> CellAddress? {
        CellAddress(column: columnIsFixed ? column : column + shift.columns, row: rowIsFixed ? row : row + shift.rows)
    }
}

/// How far a cell is from the one whose formula it shares.
package struct FormulaShift: Sendable, Hashable {
    package var rows = 0
    package var columns = 0
}

/// A rectangle of cells.
package struct CellArea: Sendable, Hashable {
    package var rows: ClosedRange<Int>
    package var columns: ClosedRange<Int>

    init(_ one: CellAddress, _ other: CellAddress) {
        rows = min(one.row, other.row)...max(one.row, other.row)
        columns = min(one.column, other.column)...max(one.column, other.column)
    }

    var isOneCell: Bool { rows.count == 1 && columns.count == 1 }
    var count: Int { rows.count * columns.count }
}

// MARK: - As people read it

extension Formula {
    /// The formula without its `=`, as it stands so far away from where it was written.
    package func text(movedBy shift: FormulaShift = FormulaShift()) -> String {
        switch self {
        case .number(let number): return number.description
        case .text(let text):
            return text.enclosed(in: "\"")
        case .boolean(let isTrue): return isTrue ? "TRUE" : "FALSE"
        case .reference(let reference): return reference.text(movedBy: shift)
        case .negated(let inner): return "-" + inner.operand(below: 6, shift)
        case .percent(let inner): return inner.operand(below: 7, shift) + "%"
        case .binary(let sign, let left, let right):
            return left.operand(below: sign.rank, shift) + sign.rawValue + right.operand(below: sign.rank + 1, shift)
        case .call(let name, let arguments):
            return name + "(" + arguments.map { $0?.text(movedBy: shift) ?? "" }.joined(separator: ",") + ")"
        }
    }

    /// In brackets where it binds less than what is around it.
    private func operand(below rank: Int, _ shift: FormulaShift) -> String {
        let own =
            switch self {
            case .binary(let sign, _, _): sign.rank
            case .negated: 6
            default: 8
            }
        return own < rank ? "(" + text(movedBy: shift) + ")" : text(movedBy: shift)
    }
}

extension String {
    /// Between two marks, every one of which is doubled inside; also one that other scalars make one character with.
    package func enclosed(in mark: Unicode.Scalar) -> String {
        var text = String.UnicodeScalarView([mark])
        for scalar in unicodeScalars {
            if scalar == mark { text.append(mark) }
            text.append(scalar)
        }
        text.append(mark)
        return String(text)
    }

    /// Whether a formula says it without quotation marks.
    fileprivate var isPlainName: Bool {
        unicodeScalars.allSatisfy { $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
}

extension FormulaReference {
    fileprivate func text(movedBy shift: FormulaShift) -> String {
        let prefix = sheet.map { ($0.isPlainName ? $0 : $0.enclosed(in: "'")) + "!" } ?? ""
        return prefix + first.text(movedBy: shift) + (last.map { ":" + $0.text(movedBy: shift) } ?? "")
    }
}

extension FormulaReference.Corner {
    fileprivate func text(movedBy shift: FormulaShift) -> String {
        guard let address = address(movedBy: shift) else { return "#REF!" }
        return (columnIsFixed ? "$" : "") + address.columnLetters + (rowIsFixed ? "$" : "") + String(address.row)
    }
}
