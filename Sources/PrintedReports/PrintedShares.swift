internal import BudgetLines
public import ReviewModel

/// A row of a table that says what a whole is made of: 资金来源, 金额, 占比.
public struct PrintedShare: Sendable {
    public var line: Int
    public var name: String
    /// As printed, for only the proportions matter.
    public var amount: ExactDecimal
    /// In percent, with the places that it has; `nil` where the cell is empty.
    public var share: ExactDecimal?
    /// Whether it sums up the rows above it.
    public var isTotal: Bool
}

extension PrintedTable {
    /// The rows of a table of shares; empty for other tables.
    public var shareRows: [PrintedShare] {
        guard kind == .composition, let columns else { return [] }
        return rows.compactMap { row in
            guard let cells = PlacedCells(row, columns), cells.isReadable([.requested, .share]),
                let amount = cells.figure(.requested)?.value ?? cells.figure(.approved)?.value,
                let name = row.isTotal ? row.cells.first(where: { !$0.isEmpty }) : cells.names.last,
                !isSaidAgain(row)
            else { return nil }
            let share = PrintedNumber(cells.text(.share))
            // 69.23 beneath 占比（%） is one, too.
            return PrintedShare(
                line: row.line.number,
                name: name,
                amount: amount,
                share: share?.value,
                isTotal: row.isTotal
            )
        }
    }
}
