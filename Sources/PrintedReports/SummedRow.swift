internal import BudgetLines
public import ReviewModel

/// A row of a table of amounts, as an addend or as a sum.
public struct SummedRow: Sendable {
    public var line: Int
    public var name: String
    /// In yuan.
    public var amount: ExactDecimal
    public var isTotal: Bool
    /// 小计, not 合计.
    public var isSubtotal: Bool
    /// `其中：`, or `一、` above the lines that make it: it says again what others count.
    public var isSaidAgain: Bool
}

extension PrintedTable {
    /// The rows of a budget table with what is asked for in each; empty where its columns are not known, or where a row was not read: then
    /// nobody knows what the total is the sum of.
    public var requestedRows: [SummedRow] {
        guard kind == .budget, let columns, columns.index(of: .requested) != nil, unreadRows.isEmpty else { return [] }
        let lines = Set(budgetLines.map(\.line))
        let again = rowParts.parts.union(rowParts.sums)
        var found: [SummedRow] = []
        for row in rows {
            guard let cells = PlacedCells(row, columns), let amount = cells.money(.requested) else {
                // A line that was read without its columns has an amount that stands somewhere else.
                if lines.contains(row.line.number) { return [] }
                continue
            }
            let label = ([cells.text(.number)] + cells.names).first { !$0.isEmpty } ?? ""
            let names = cells.names.map(\.folded)
            let total = names.first { words.isTotal($0) } ?? (row.isTotal ? row.filled[0].folded : nil)
            found.append(
                SummedRow(
                    line: row.line.number,
                    name: total ?? cells.names.last ?? label,
                    amount: amount,
                    isTotal: total != nil,
                    isSubtotal: total.map { $0.hasBytes(of: "小计") } ?? false,
                    isSaidAgain: again.contains(row.line.number)
                )
            )
        }
        return found
    }
}
