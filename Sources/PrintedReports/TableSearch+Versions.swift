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
            let cells =
                names.map { one[$0].isEmpty ? two[$0] : one[$0] } + figures.map { one[$0] } + figures.map { two[$0] }
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

    /// Of a table of what was asked for and another of what was granted, under the same heads, both as one audit table; it stands where the second does.
    func auditsOfPairs(_ tables: [PrintedTable]) -> [PrintedTable] {
        guard !words.ownHeads.contains(.audit), !tables.contains(where: { $0.kind == .audit }) else { return [] }
        let budgets = tables.filter { $0.kind == .budget && $0.yearColumns == nil && !$0.isTurned }
        for (place, asked) in budgets.enumerated() {
            guard let word = sideInCaption(of: asked, "asked_heads"), sideInCaption(of: asked, "granted_heads") == nil
            else { continue }
            for granted in budgets[(place + 1)...] where granted.header.cells == asked.header.cells {
                guard let other = sideInCaption(of: granted, "granted_heads"),
                    let table = joined(asked, word, granted, other)
                else { continue }
                return [table]
            }
        }
        return []
    }

    private func sideInCaption(of table: PrintedTable, _ key: String) -> String? {
        words[key].first { word in word.count > 1 && table.caption.folded.hasBytes(of: word) }
    }

    private func joined(_ asked: PrintedTable, _ word: String, _ granted: PrintedTable, _ other: String)
        -> PrintedTable?
    {
        let head = asked.header.cells
        let figures = head.indices.filter { place in
            asked.rows.contains { $0.cells.count == head.count && PrintedAmount($0.cells[place])?.value != nil }
        }
        let names = head.indices.filter { !figures.contains($0) }
        guard !names.isEmpty, asked.rows.allSatisfy({ $0.cells.count == head.count }),
            granted.rows.allSatisfy({ $0.cells.count == head.count }),
            asked.columns?.commonUnit == granted.columns?.commonUnit
        else { return nil }
        func name(_ row: PrintedTable.Row) -> [String] { names.map { row.cells[$0].folded } }
        let known = Dictionary(granted.rows.map { (name($0), $0) }, uniquingKeysWith: { first, _ in first })
        let own = Set(asked.rows.map(name))
        // Each line stands once, and nothing was granted that nobody asked for.
        guard known.count == granted.rows.count, own.count == asked.rows.count, Set(known.keys) == own else {
            return nil
        }
        var table = granted
        table.kind = .audit
        table.header.cells = names.map { head[$0] } + figures.map { word + head[$0] } + figures.map { other + head[$0] }
        table.columns = PrintedColumns(table.header.cells, of: .audit, words, unit: granted.saidUnit)
        guard let columns = table.columns, columns.index(of: .requested) != nil else { return nil }
        table.rows = asked.rows.compactMap { row in
            guard let second = known[name(row)] else { return nil }
            let cells = names.map { row.cells[$0] } + figures.map { row.cells[$0] } + figures.map { second.cells[$0] }
            return PrintedTable.Row(second.line, cells, words)
        }
        return table
    }
}
