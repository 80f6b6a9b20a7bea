import OfficeFiles
import ReviewModel

/// A column of the table and where its cells come from. A class, for it is handed on with every cell.
final class MappedColumn: Sendable {
    /// In the schema.
    let position: Int
    /// In the sheet.
    let sheetColumn: Int
    let column: Column
    /// What one of the sheet's is in the unit of the column, where that is another: 10,000 for 万元.
    let factor: ExactDecimal?
    /// The money that the sheet's head says, where it is of another currency than the column's: nothing is converted.
    let foreign: FigureUnit?
    /// The money that its head says, or what stands above the table.
    let said: FigureUnit?
    /// Rows that were made one cell in this column.
    let merges: [ClosedRange<Int>]

    /// Whether the unit is said above the table, not in the head of the column.
    let isSaidAbove: Bool
    /// Whether its numbers are percentages, and whether its head says so.
    let isRate: Bool
    let saysPercent: Bool

    /// - Parameters:
    ///   - head: what the sheet calls the column.
    ///   - above: the money that is said above the table.
    init(
        position: Int,
        sheetColumn: Int,
        column: Column,
        head: String = "",
        above: FigureUnit? = nil,
        merges: [ClosedRange<Int>] = []
    ) {
        let own = HeadWords.money(in: head) ?? HeadWords.money(behind: head)
        isRate = column.unit == "percent"
        saysPercent = HeadWords.saysPercent(head)
        isSaidAbove = own == nil && above != nil
        said = own ?? above
        (self.position, self.sheetColumn, self.column, self.merges) = (position, sheetColumn, column, merges)
        guard case .money(let currency, let tens)? = FigureUnit(rawValue: column.unit),
            case .money(let other, let otherTens)? = own ?? above
        else {
            (factor, foreign) = (nil, nil)
            return
        }
        foreign = other == currency ? nil : .money(currency: other, tens: otherTens)
        let shift = other == currency ? otherTens - tens : 0
        switch shift {
        case 0: factor = nil
        case 1...: factor = ExactDecimal((0..<shift).reduce(1) { power, _ in power * 10 })
        default: factor = ExactDecimal(significand: 1, places: -shift)
        }
    }
}

/// Which column of a sheet fills which of a table.
struct ColumnMapping {
    let columns: [MappedColumn]
    /// The indices in ``columns`` of percentages, and of amounts, from which it shows how rates are written.
    let rates: [Int]
    let amounts: [Int]
    /// The index in ``columns`` by the column of the sheet; −1 for none.
    private let lookup: [Int]

    init(_ head: SheetHead, _ schema: TableSchema, _ outline: SheetOutline?) {
        var columns = head.columns.map { position, found in
            let column = schema.columns[position]
            return MappedColumn(
                position: position,
                sheetColumn: found.column,
                column: column,
                head: found.text,
                above: head.money?.unit,
                merges: (outline?.merges ?? []).filter {
                    $0.columns.contains(found.column) && $0.rows.count > 1 && $0.rows.lowerBound > head.row
                }.map(\.rows).sorted { $0.lowerBound < $1.lowerBound }
            )
        }
        columns.sort { $0.sheetColumn < $1.sheetColumn }
        var lookup = [Int](repeating: -1, count: (columns.last?.sheetColumn ?? 0) + 1)
        for (index, column) in columns.enumerated() { lookup[column.sheetColumn] = index }
        (self.columns, self.lookup) = (columns, lookup)
        rates = columns.indices.filter { columns[$0].isRate }
        amounts = columns.indices.filter { columns[$0].column.isMoney }
    }

    /// The index in ``columns`` of what a column of the sheet fills.
    func index(ofSheetColumn column: Int) -> Int? {
        guard column < lookup.count, lookup[column] >= 0 else { return nil }
        return lookup[column]
    }

    /// For places of cells: the column of the sheet by the position in the schema.
    var sheetColumns: [Int: Int] {
        Dictionary(columns.map { ($0.position, $0.sheetColumn) }) { first, _ in first }
    }
}
