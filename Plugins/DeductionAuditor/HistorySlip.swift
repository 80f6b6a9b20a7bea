import BudgetLines
import ReviewModel

/// One cell of an earlier year that is wrong, where all else of its table says so: with another amount the item has the rate that is printed
/// beside it, and the year the total that is printed below.
struct HistorySlip: Sendable {
    enum Column: String, Sendable { case adjusted, paid }

    var item: HistoryItem
    var column: Column
    /// What should stand there.
    var expected: ExactDecimal

    /// The slip of a year; `nil` where its totals are what they should be, or where nothing, or more than one item, explains them.
    static func of(_ year: HistoryYear) throws(DecimalOverflow) -> HistorySlip? {
        var found: [HistorySlip] = []
        let totals: [(Column, ExactDecimal?, ExactDecimal?)] = [
            (.adjusted, year.declaredAdjusted, try year.adjusted()), (.paid, year.declaredPaid, try year.paid()),
        ]
        for (column, declared, computed) in totals {
            guard let declared, let computed, declared != computed else { continue }
            let change = try declared - computed
            for item in year.items {
                guard let rate = item.declaredRate else { continue }
                let adjusted = try column == .adjusted ? item.adjusted + change : item.adjusted
                let paid = try column == .paid ? item.paid + change : item.paid
                guard try ExactDecimal.percentage(item.paid, of: item.adjusted) != rate,
                    try ExactDecimal.percentage(paid, of: adjusted) == rate
                else { continue }
                found.append(HistorySlip(item: item, column: column, expected: column == .paid ? paid : adjusted))
            }
        }
        return found.count == 1 ? found[0] : nil
    }
}
