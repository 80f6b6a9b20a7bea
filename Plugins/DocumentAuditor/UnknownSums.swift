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
    /// The rows between the head and the last but for those of 其中 that make the row above them; `nil` where they make nothing.
    private var rowsWithoutParts: [PrintedTable.Row]? {
        var (kept, open) = ([PrintedTable.Row](), [PrintedTable.Row]())
        for row in rows.dropFirst() {
            if row.cells.contains(where: { $0.folded.hasPrefix("其中") }) {
                open.append(row)
                continue
            }
            if !open.isEmpty {
                guard let whole = kept.last, open.make(whole) else { return nil }
                open = []
            }
            kept.append(row)
        }
        return open.isEmpty ? kept.dropLast() : nil
    }

    /// The columns whose total is not their sum, in a table that says 合计 in its last row and nothing of parts. Whether columns are added at all,
    /// another column must say, or the total must be near: prices, rates and years have none.
    func slips(_ words: ReportWords) -> [ColumnSlip] {
        guard rows.count > 3, let last = rows.last, last.isTotal, !last.isSubtotal,
            rows.count(where: \.isTotal) == 1
        else { return [] }
        guard rows.allSatisfy({ $0.cells.count == head.cells.count }), let parts = rowsWithoutParts,
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

extension [PrintedTable.Row] {
    /// Whether they are a row together, in a column at least in which each of them has a number.
    fileprivate func make(_ whole: PrintedTable.Row) -> Bool {
        whole.cells.indices.contains { column in
            guard let amount = PrintedNumber(whole.cells[column]), !amount.isPercent, amount.value > 0 else {
                return false
            }
            let numbers = compactMap { PrintedNumber($0.cells[column]) }
            guard numbers.count == count, let sum = try? ExactDecimal.sum(numbers.map(\.value)) else { return false }
            return sum == amount.value
        }
    }
}
