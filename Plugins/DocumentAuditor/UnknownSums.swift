import BudgetLines
import PrintedReports
import ReviewModel

/// A column of a table that nobody knows whose total is not the sum of its rows.
struct ColumnSlip {
    var head: String
    var total: String
    var line: Int
    var printed: ExactDecimal
    var sum: ExactDecimal
}

extension UnreadTable {
    /// The columns whose total is not their sum, in a table that says 合计 in its last row and nothing of parts. Whether columns are added at all,
    /// another column must say, or the total must be near: prices, rates and years have none.
    func slips(_ words: ReportWords) -> [ColumnSlip] {
        guard rows.count > 3, let last = rows.last, last.isTotal, !last.isSubtotal,
            rows.count(where: \.isTotal) == 1
        else { return [] }
        let parts = rows.dropFirst().dropLast()
        guard rows.allSatisfy({ $0.cells.count == head.cells.count }),
            !parts.contains(where: { row in
                row.cells.contains { cell in ["其中", "小计", "一、", "（一）"].contains(where: cell.folded.hasPrefix) }
            })
        else { return [] }
        var (agreeing, slips) = (0, [ColumnSlip]())
        for column in head.cells.indices {
            let name = head.cells[column].folded
            guard let total = PrintedNumber(last.cells[column]), !total.isPercent, total.value > 0,
                !words.isNotAdded(name)
            else { continue }
            let cells = parts.map { $0.cells[column] }
            let numbers = cells.filter { !$0.isEmpty }.map { PrintedNumber($0) }
            guard numbers.count > 1, numbers.allSatisfy({ $0 != nil && $0?.isPercent == false }),
                let sum = try? ExactDecimal.sum(numbers.compactMap { $0?.value })
            else { continue }
            if sum == total.value {
                agreeing += 1
            } else {
                slips.append(
                    ColumnSlip(
                        head: head.cells[column].trimmed,
                        total: last.filled[0].trimmed,
                        line: last.line.number,
                        printed: total.value,
                        sum: sum
                    )
                )
            }
        }
        // A row that stands twice is told as such.
        let columns = slips.map { slip in head.cells.firstIndex { $0.trimmed == slip.head } ?? 0 }
        let isDoubled = zip(parts, parts.dropFirst()).contains { one, two in
            zip(one.cells, two.cells).dropFirst().allSatisfy { $0.folded == $1.folded }
                && zip(slips, columns).allSatisfy { slip, column in
                    guard let value = PrintedNumber(two.cells[column])?.value else { return false }
                    return (try? slip.sum - slip.printed) == value
                }
        }
        if slips.count > 1, isDoubled { return [] }
        return slips.filter { slip in
            guard agreeing == 0 else { return true }
            let isNear = (try? (slip.sum - slip.printed).magnitude * 4 <= slip.printed) ?? false
            return isNear && slips.count == 1
        }
    }
}
