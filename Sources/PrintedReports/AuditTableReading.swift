internal import BudgetLines
internal import ReviewModel

extension [PrintedTable] {
    /// Of several audit tables the one that goes by lines: the one with the most of them, the first where two have as many.
    ///
    /// Where one sums up the totals of two others or more, 表10 those of 表2 to 表9, that is the one of the whole.
    public var mainAuditTable: PrintedTable? {
        let asked = filter { $0.kind == .audit }.map { (table: $0, total: $0.auditTotal?.requested) }
        for (index, summary) in asked.enumerated() where asked.count > 2 {
            guard let whole = summary.total, !whole.isZero else { continue }
            // The summary may stand twice, in 万元 and in 元.
            let others = asked.indices.filter { $0 != index }.compactMap { asked[$0].total }.filter { $0 != whole }
            if others.count > 1, let sum = try? ExactDecimal.sum(others), sum == whole { return summary.table }
        }
        var best: (table: PrintedTable, lines: Int)?
        for table in self where table.kind == .audit {
            let lines = table.auditLines.count
            if lines > best?.lines ?? -1 { best = (table, lines) }
        }
        return best?.table
    }
}

extension PrintedTable {
    /// The lines of an audit table, with the cut that each most likely means.
    ///
    /// Where requested less approved is not what is printed as cut, one of the three is wrong, and what the others of the table say tells
    /// which: the rate beside them and the totals below. Where the cut is wrong, it is what the two others make; then one wrong cell is one
    /// finding, and does not make its line, the totals and every sentence about them wrong.
    public var settledAuditLines: [PrintedAuditLine] {
        var lines = auditLines
        let total = auditTotal
        for index in lines.indices {
            let line = lines[index]
            guard let made = try? line.requested - line.approved, made != line.deducted else { continue }
            if evidence(for: made, at: index, lines, total) > evidence(for: line.deducted, at: index, lines, total) {
                lines[index].deducted = made
            }
        }
        return lines
    }

    /// How much speaks for a cut: the rate that is printed beside it, and the total of the cuts.
    private func evidence(
        for cut: ExactDecimal,
        at index: Int,
        _ lines: [PrintedAuditLine],
        _ total: PrintedAuditLine?
    ) -> Int {
        var evidence = 0
        let line = lines[index]
        if let rate = line.rate, let made = try? ExactDecimal.percentage(cut, of: line.requested, places: rate.places),
            made == rate
        {
            evidence += 1
        }
        let others = lines.indices.filter { $0 != index }.map { lines[$0].deducted }
        if let total, let sum = try? ExactDecimal.sum(others + [cut]), sum == total.deducted { evidence += 1 }
        return evidence
    }
}
