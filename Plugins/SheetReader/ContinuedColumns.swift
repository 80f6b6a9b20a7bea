import OfficeFiles
import ReviewModel

/// Columns in which people write a name once, and leave the cells below it empty without merging them: 一级指标, 项目内容, 年度.
///
/// A cell goes on with what stands above where all such columns left of it do so in that row as well, and the next column of the table
/// has a text: what is called nothing at all is nobody's part.
struct ContinuedColumns {
    /// The indices in the mapping, from the left.
    private let columns: [Int]
    /// What stands above, by the index.
    private var above: [Int: String] = [:]

    init(_ names: [String], _ mapping: ColumnMapping) {
        columns = mapping.columns.indices.filter { index in
            let column = mapping.columns[index].column
            // A year is a name of what stands beside it.
            return names.contains(column.name)
                && (column.type == .text || column.type == .integer && column.unit.isEmpty)
        }
    }

    /// Behind a row that is no line nothing goes on, but for the year that a sum is of, or that stands above it: 2023 | 小计, and the lines
    /// below it.
    mutating func end(behind row: SheetRow, isSum: Bool, _ mapping: ColumnMapping, _ context: CellContext) {
        for index in columns {
            let column = mapping.columns[index]
            guard isSum, column.column.type == .integer else {
                above[index] = nil
                continue
            }
            switch Self.content(of: column, in: row, context) {
            case .text(let text) where WrittenNumber.yearOrPart(text) != nil: above[index] = text
            // 小计 may stand in the column of the years themselves.
            case .nothing, .text: break
            case .other: above[index] = nil
            }
        }
    }

    /// The names that a row of the table goes on with, by the indices of their columns.
    mutating func names(of row: SheetRow, _ mapping: ColumnMapping, _ context: CellContext) -> [(
        index: Int, text: String
    )] {
        if columns.isEmpty { return [] }
        var (found, isSame) = ([(index: Int, text: String)](), true)
        for index in columns {
            let column = mapping.columns[index]
            if column.merges.contains(where: { $0.contains(row.number) && $0.lowerBound < row.number }) { continue }
            switch Self.content(of: column, in: row, context) {
            case .text(let text):
                if above[index] != text { isSame = false }
                above[index] = text
            case .other: (above[index], isSame) = (nil, false)
            case .nothing:
                if isSame, let text = above[index] {
                    found.append((index, text))
                } else {
                    (above[index], isSame) = (nil, false)
                }
            }
        }
        guard let last = found.last, last.index + 1 < mapping.columns.count else { return [] }
        let next = mapping.columns[last.index + 1]
        if next.merges.contains(where: { $0.contains(row.number) }) { return found }
        guard next.column.type == .text, case .text = Self.content(of: next, in: row, context) else { return [] }
        return found
    }

    private enum Content {
        case text(String), other, nothing
    }

    private static func content(of column: MappedColumn, in row: SheetRow, _ context: CellContext) -> Content {
        guard let cell = row.cells.first(where: { $0.column == column.sheetColumn }) else { return .nothing }
        if cell.holdsText {
            let text = context.text(cell, row).trimmed
            if !text.isEmpty { return .text(text) }
            return cell.hasFormula ? .other : .nothing
        }
        if cell.kind == .number, !cell.isEmpty, column.column.type == .integer {
            return .text(context.text(cell, row))
        }
        return cell.isEmpty && !cell.hasFormula ? .nothing : .other
    }
}
