internal import BudgetLines
public import ReviewModel

/// A row of a table that stands twice, or that is not there: the total says so in every column.
public struct RowSlip: Sendable {
    public enum Kind: Sendable {
        /// The row is like the one above it, and the totals are right without it.
        case doubled
        /// The totals are larger than the rows make, in every column and as a row would be.
        case lost
    }

    public var kind: Kind
    /// The second of the two rows, or the total.
    public var row: PrintedTable.Row
    /// What the row has in it that is doubled, or what lacks, by the heads of its columns; in yuan.
    public var amounts: [(head: String, amount: ExactDecimal)]
    /// What lacks of an audit table, as a line of it.
    public var remainder: PrintedAuditLine?

    /// What names the doubled row.
    public var name: String {
        row.cells.first { !$0.isEmpty && PrintedAmount($0)?.value == nil } ?? row.filled.first ?? ""
    }
}

extension PrintedTable {
    /// Sees whether one row is too many or too few. What is too many is left out, so that it makes no line, no sum and no sentence wrong.
    mutating func noteRowSlip() {
        guard !isTurned, yearColumns == nil, let columns, let total = grandTotal else { return }
        let adding = (0..<columns.count).filter { column in
            columns.role(at: column).map { ColumnRole.money.contains($0) && $0 != .unitPrice } ?? false
        }
        func amount(_ row: Row, _ column: Int) -> ExactDecimal? {
            guard row.cells.count == columns.count, let value = PrintedAmount(row.cells[column])?.value else {
                return nil
            }
            return try? value * columns.scale(at: column)
        }
        let parts = rows.filter { !$0.isTotal && !isSaidAgain($0) }
        guard parts.count > 1, parts.allSatisfy({ $0.cells.count == columns.count }) else { return }
        var lacking: [(column: Int, amount: ExactDecimal)] = []
        for column in adding {
            guard let printed = amount(total, column),
                let sum = try? ExactDecimal.sum(parts.compactMap { amount($0, column) }),
                let off = try? printed - sum
            else { continue }
            lacking.append((column, off))
        }
        guard lacking.contains(where: { !$0.amount.isZero }) else { return }
        let cells = header.cells
        func heads(_ found: [(column: Int, amount: ExactDecimal)]) -> [(head: String, amount: ExactDecimal)] {
            found.map { (head: cells[$0.column], amount: $0.amount) }
        }
        for (one, two) in zip(parts, parts.dropFirst()) {
            let isSame = zip(one.cells, two.cells).enumerated().allSatisfy { column, cells in
                columns.role(at: column) == .number || cells.0.folded == cells.1.folded
            }
            guard isSame, lacking.allSatisfy({ -$0.amount == amount(two, $0.column) ?? .zero }) else { continue }
            rowSlip = RowSlip(
                kind: .doubled,
                row: two,
                amounts: heads(lacking.map { (column: $0.column, amount: -$0.amount) })
            )
            rows.removeAll { $0.line.number == two.line.number && $0.cells == two.cells }
            rowParts = RowParts(self)
            return
        }
        guard kind == .audit, roundedTo == nil, let whole = auditTotal, let lost = lostLine(whole) else { return }
        rowSlip = RowSlip(
            kind: .lost,
            row: total,
            amounts: heads(lacking.filter { !$0.amount.isZero }),
            remainder: lost
        )
    }

    /// The last row, where it is the only one that sums up everything.
    private var grandTotal: Row? {
        let totals = rows.filter { $0.isTotal && !$0.isSubtotal }
        guard totals.count == 1, let last = rows.last, last.isTotal, !last.isSubtotal else { return nil }
        return last
    }

    /// What the lines of an audit table lack of its total, where that is as a line is: requested less cut is approved, all three are more than nothing, and
    /// the numbers of the rows, or sentences that give the total, say that it is the rows that are wrong.
    private func lostLine(_ total: PrintedAuditLine) -> PrintedAuditLine? {
        let lines = auditLines
        guard lines.count > 1, !rows.contains(where: \.isSubtotal), rowParts.parts.isEmpty, rowParts.sums.isEmpty,
            let requested = try? total.requested - ExactDecimal.sum(lines.map(\.requested)),
            let approved = try? total.approved - ExactDecimal.sum(lines.map(\.approved)),
            let deducted = try? total.deducted - ExactDecimal.sum(lines.map(\.deducted)),
            requested > 0, approved > 0, (try? requested - deducted) == approved,
            statedTotals > 1 || hasGap
        else { return nil }
        return PrintedAuditLine(
            line: total.line,
            name: words["unlisted_row"].first ?? "",
            requested: requested,
            approved: approved,
            deducted: deducted,
            rate: nil,
            reason: ""
        )
    }

    /// Whether the numbers of the rows, 1, 2, 4, leave one out.
    private var hasGap: Bool {
        guard let columns, let column = columns.index(of: .number) else { return false }
        let numbers = rows.filter { !$0.isTotal && $0.cells.count == columns.count }.compactMap {
            Int($0.cells[column])
        }
        guard numbers.count > 1, let first = numbers.first, let last = numbers.last else { return false }
        return Set(numbers).count == numbers.count && numbers == numbers.sorted()
            && (first == 2 || last - first + 1 == numbers.count + 1)
    }
}
