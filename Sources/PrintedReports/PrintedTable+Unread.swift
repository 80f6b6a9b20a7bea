internal import BudgetLines
internal import Targets

extension PrintedTable {
    /// The rows that hold something and gave nothing: a line of money, a target, a score. Nothing may be concluded from the table without
    /// them. A row that sums up is none, and neither is one of a single cell: a heading, or the names of those who have signed.
    public var unreadRows: [Row] {
        let read = readLines
        return rows.filter { row in
            !row.isTotal && !isSaidAgain(row) && !isOfSeveralYears(row) && !read.contains(row.line.number)
                && row.filled.count > 1
                && mayHoldSomething(row)
        }
    }

    /// The lines that were read.
    private var readLines: Set<Int> {
        switch kind {
        case .budget: Set(budgetLines.map(\.line))
        case .audit: Set(auditLines.map(\.line))
        case .history: Set(historyItems.map(\.line))
        case .targets: Set(targets.map(\.line)).union(pointRows.map(\.line))
        case .funds: Set(funds.map(\.line))
        case .composition: Set(shareRows.map(\.line))
        case .scoreSheet: Set(pointRows.map(\.line)).union(rows.filter { $0.numbers(2) != nil }.map(\.line.number))
        case .criteria: Set(criteria.map(\.line))
        case .indicators: Set(rows.map(\.line.number))
        }
    }

    private func mayHoldSomething(_ row: Row) -> Bool {
        // Dashes alone say that there is nothing: 政府性基金预算 — —.
        let hasFigure = row.cells.contains { PrintedNumber($0) != nil && $0.unicodeScalars.contains(where: \.isDigit) }
        switch kind {
        case .targets:
            if let cells = PlacedCells(row, columns) { return !(cells.text(.indicator) + cells.text(.value)).isEmpty }
            // Levels without a target are a form that was not filled in there.
            let named = row.filled.filter { !Self.levels.contains($0.folded) }
            return named.count > 1
        case .criteria: return hasFigure && row.filled.count > 2 && !row.cells.contains { CodedName($0) != nil }
        case .scoreSheet: return hasFigure && !row.cells.contains { CodedName($0) != nil }
        default: return hasFigure
        }
    }

    private static let levels = Set(TargetTaxonomy.standard.kinds.flatMap(\.places).flatMap { [$0.level1, $0.level2] })
}
