internal import BudgetLines
internal import ReviewModel

extension PrintedTable {
    /// Takes the rows for totals that name one elsewhere than in their first cell, 硬件 | 小计, and those of an audit table whose name ends with the
    /// word, 分项小计, beneath the lines that they sum up. So is 总投资 at the end of a table that has no other total. Where all rows are named so, 甲楼小计 and 乙楼小计 of a summary, they are its lines.
    mutating func settleTotals() {
        if kind == .history {
            for index in rows.indices where !rows[index].isTotal && sumsUpYears(rows[index]) {
                rows[index].becomeTotal(ofPart: false)
            }
        }
        guard kind == .audit || kind == .budget, let columns else { return }
        let lastTotal = rows.lastIndex(where: \.isTotal) ?? -1
        var hasLines = false
        for index in rows.indices {
            defer { hasLines = !rows[index].isTotal && (hasLines || !isCalledTotal(rows[index])) }
            guard !rows[index].isTotal, let cells = PlacedCells(rows[index], columns) else { continue }
            let names = cells.names.map(\.folded)
            if index == rows.count - 1, lastTotal < 0, index > 1, names.contains(where: words["whole_names"].isOne) {
                rows[index].becomeTotal(ofPart: false)
            } else if names.contains(where: words.isTotal) {
                rows[index].becomeTotal(ofPart: index < lastTotal)
            } else if kind == .audit, hasLines, isCalledTotal(rows[index]),
                cells.figure(.quantity)?.value == nil, cells.figure(.unitPrice)?.value == nil
            {
                rows[index].becomeTotal(ofPart: true)
            }
        }
    }

    /// Whether the name of a row ends with the word for a total.
    private func isCalledTotal(_ row: Row) -> Bool {
        guard let cells = PlacedCells(row, columns) else { return false }
        return cells.names.contains { $0.folded.count <= 20 && words["totals"].end($0.folded) }
    }
}
