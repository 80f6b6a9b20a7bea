internal import BudgetLines

/// Tables whose lines have a row for each version: 渠道清淤 | 送审 | 12 | 216,000.00 above | 审定 | 12 | 205,200.00.
extension TableSearch {
    /// The table with both versions of a line in one row, each with its columns; `nil` where no column says the version of each row.
    func sideBySide(_ table: PrintedTable) -> PrintedTable? {
        let head = table.header.cells
        guard table.yearColumns == nil, !table.isTurned, table.rows.count > 3, table.rows.count % 2 == 0,
            table.rows.allSatisfy({ $0.cells.count == head.count }),
            let column = head.indices.first(where: { versions(in: $0, of: table.rows) != nil }),
            let versions = versions(in: column, of: table.rows)
        else { return nil }
        let figures = head.indices.filter { place in
            place != column && table.rows.contains { PrintedAmount($0.cells[place])?.value != nil }
        }
        let names = head.indices.filter { $0 != column && !figures.contains($0) }
        guard !names.isEmpty else { return nil }
        var joined = table.header
        joined.cells = names.map { head[$0] } + figures.map { versions.asked + head[$0] }
        joined.cells += figures.map { versions.granted + head[$0] }
        guard let kind = joined.headedKind(words) ?? kind(of: joined) else { return nil }
        var read = table
        (read.kind, read.header) = (kind, joined)
        read.columns = PrintedColumns(joined.cells, of: kind, words, unit: table.saidUnit)
        read.rows = stride(from: 0, to: table.rows.count, by: 2).map { place in
            let (one, two) = (table.rows[place].cells, table.rows[place + 1].cells)
            let cells = names.map { one[$0].isEmpty ? two[$0] : one[$0] } + figures.map { one[$0] } + figures.map { two[$0] }
            return PrintedTable.Row(table.rows[place].line, cells, words)
        }
        return read
    }

    /// What a column calls the two versions, where it says asked and granted by turns, and nothing else names the second of two rows.
    private func versions(in column: Int, of rows: [PrintedTable.Row]) -> (asked: String, granted: String)? {
        guard column > 0, let asked = rows.first?.cells[column], let granted = rows.dropFirst().first?.cells[column],
            words["asked_heads"].isOne(asked.folded), words["granted_heads"].isOne(granted.folded)
        else { return nil }
        let isTurning = rows.enumerated().allSatisfy { place, row in
            row.cells[column] == (place % 2 == 0 ? asked : granted)
        }
        let isOneLine = stride(from: 0, to: rows.count - 1, by: 2).allSatisfy { place in
            let (one, two) = (rows[place].cells[0], rows[place + 1].cells[0])
            return !one.isEmpty && (two.isEmpty || two == one)
        }
        return isTurning && isOneLine ? (asked, granted) : nil
    }
}
