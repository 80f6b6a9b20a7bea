internal import BudgetLines
internal import ReviewModel

/// Finds the tables among the lines of a report.
struct TableSearch {
    let words: ReportWords
    private(set) var tables: [PrintedTable] = []
    private(set) var unread: [UnreadTable] = []
    /// The lines of text since the last table, the nearest last.
    private var above: [ReportText.Line] = []
    private var isInside = false
    private var stray: [PrintedTable.Row] = []

    init(_ lines: [ReportText.Line], _ words: ReportWords) {
        self.words = words
        let rows = lines.filter { !$0.folded.isEmpty }.withoutPageBreaksInTables(words)
        var position = 0
        while position < rows.count {
            let line = rows[position]
            position += 1
            guard line.isTableRow else {
                let isBehindRows = isInside || stray.count > 1
                endStray()
                if isBehindRows { above.removeAll() }
                above.append(line)
                isInside = false
                continue
            }
            let row = PrintedTable.Row(line, words)
            // A table that has no head may go on with the one before it; one of another width does not.
            if line.beginsTable, !(isInside && goesOn(row)) {
                endStray()
                isInside = false
            }
            if row.filled.isEmpty { continue }
            // A row that says nothing but the unit, or is merged over all columns, stands above the head as a caption does.
            if !isInside, stray.isEmpty, row.filled.count == 1, position < rows.count, rows[position].isTableRow {
                above.append(line)
                continue
            }
            let below = position < rows.count && rows[position].isTableRow ? rows[position] : nil
            if let (table, height) = table(headedBy: row, below) {
                endStray()
                begin(table)
                position += height - 1
            } else if isInside || isContinued && goesOn(row) {
                let last = tables.count - 1
                isInside = true
                tables[last].rows += tables[last].yearColumns?.rows(of: row, words) ?? [row]
            } else {
                stray.append(row)
            }
        }
        endStray()
        for index in tables.indices {
            if let table = sideBySide(tables[index]) { tables[index] = table }
            tables[index].settleAuditColumns()
            let rows = tables[index].rows
            tables[index].columns?.noteItems(of: rows)
        }
        let pairs = auditsOfPairs(tables)
        tables = tables.flatMap { views(of: $0) }
        for pair in pairs {
            let place = tables.firstIndex { $0.header.line.number > pair.header.line.number } ?? tables.endIndex
            tables.insert(pair, at: place)
        }
    }

    /// A table as it is read, and as an audit table, too, where it is one of lines that has what was approved beside quantity and price.
    private func views(of table: PrintedTable) -> [PrintedTable] {
        guard table.kind == .budget, !words.ownHeads.contains(.audit) else { return [table] }
        let head = table.header.cells
        let named = PrintedColumns(head, of: .audit, words, unit: table.saidUnit)
        let reckoned = ReckonedColumns(head, table.rows, words)
        let isSettled = named.flatMap { ReckonedColumns($0, table.rows) }.map { $0.failing < 2 } ?? false
        guard !isSettled, let reckoned,
            let columns = PrintedColumns(head, of: .audit, words, unit: table.saidUnit, reckoned.roles)
        else { return [table] + [named.map { view(of: table, $0) }].compactMap(\.self) }
        // What is asked for is that of both.
        var lines = table
        let known: [Int: ColumnRole] = [reckoned.requested: .requested]
        if let own = PrintedColumns(head, of: .budget, words, unit: table.saidUnit, known) { lines.columns = own }
        lines.columns?.noteItems(of: table.rows)
        return [lines, view(of: table, columns)]
    }

    private func view(of table: PrintedTable, _ columns: PrintedColumns) -> PrintedTable {
        var view = table
        (view.kind, view.columns) = (.audit, columns)
        view.columns?.noteItems(of: table.rows)
        return view
    }

    /// Whether the line above says that what stands below goes on with the table before it, in its columns and its unit: 续表1, 表2（续）.
    private var isContinued: Bool { !tables.isEmpty && stray.isEmpty && saysContinued }

    private var saysContinued: Bool {
        guard let line = above.last, line.folded.count <= 40 else { return false }
        let text = line.folded.drop { "（(【[".contains($0) }
        // In brackets one sign says it; before other words it may be part of these.
        return words["continued"].contains { $0.count > 1 && text.hasPrefix($0) || text.hasSuffix("（\($0)）") }
    }

    /// Joins rows to the table before them that nobody knows, where the line above says that it goes on; whether it does.
    private mutating func continueUnread() -> Bool {
        guard saysContinued, let last = unread.last, let first = stray.first,
            last.rows.last?.cells.count == first.cells.count,
            tables.last.map({ $0.header.line.number < last.head.line.number }) ?? true
        else { return false }
        // The head is printed again in most cases.
        let height = zip(last.rows, stray).prefix { $0.cells.map(\.folded) == $1.cells.map(\.folded) }.count
        unread[unread.count - 1].rows += stray.dropFirst(height)
        return true
    }

    private func goesOn(_ row: PrintedTable.Row) -> Bool {
        guard let last = tables.last else { return false }
        return (last.yearColumns?.width ?? (last.rows.last ?? last.header).cells.count) == row.cells.count
    }

    private mutating func begin(_ table: PrintedTable) {
        let isRepeated = (isInside || isContinued) && tables.last.map { $0.header.cells == table.header.cells } ?? false
        if isRepeated {
            tables[tables.count - 1].repeats.append(tables[tables.count - 1].rows.count)
        } else {
            tables.append(table)
        }
        isInside = true
    }

    /// The table that begins with this row, and how many rows its head has.
    private func table(headedBy row: PrintedTable.Row, _ below: ReportText.Line?) -> (PrintedTable, Int)? {
        let lower = below.map { PrintedTable.Row($0, words) }
        if !words.ownHeads.contains(.history), row.isWordy {
            if let lower, lower.completes(row), let years = YearColumns(row.cells, over: lower.cells, words) {
                return (table(years, row), 2)
            }
            if let years = YearColumns(row.cells, words) { return (table(years, row), 1) }
        }
        if row.isWordy, let lower, lower.completes(row) {
            let joined = row.over(lower, words)
            if let kind = joined.headedKind(words) ?? kind(of: joined) { return (table(kind, joined), 2) }
        }
        if let kind = row.headedKind(words) { return (table(kind, row), 1) }
        guard row.isWordy else { return nil }
        if let kind = kind(of: row) { return (table(kind, row), 1) }
        guard let lower, lower.isWordy else { return nil }
        let joined = row.over(lower, words)
        guard lower.headedKind(words) == nil, kind(of: lower) == nil, let kind = kind(of: joined) else { return nil }
        return (table(kind, joined), 2)
    }

    /// The kind whose columns the row names. What a town has given its own heads for is known by these alone.
    func kind(of row: PrintedTable.Row) -> PrintedTable.Kind? {
        let head = PossibleHead(row.cells, words)
        return PrintedTable.Kind.allCases.first { kind in
            !words.ownHeads.contains(kind) && PrintedColumns(head, of: kind, words, unit: nil) != nil
        }
    }

    /// A table of earlier years in which each has columns of its own.
    private func table(_ years: YearColumns, _ head: PrintedTable.Row) -> PrintedTable {
        var joined = head
        joined.cells = years.head
        var table = table(.history, joined)
        table.yearColumns = years
        return table
    }

    private func table(_ kind: PrintedTable.Kind, _ head: PrintedTable.Row) -> PrintedTable {
        let said = saidUnit
        let columns = PrintedColumns(head.cells, of: kind, words, unit: said?.unit)
        return PrintedTable(
            kind: kind,
            caption: above.last?.text.trimmed ?? tables.last?.caption ?? "",
            header: head,
            rows: [],
            columns: columns,
            unitLine: columns?.headSaysUnit == true ? head.line : said?.line,
            saidUnit: said?.unit,
            words: words
        )
    }

    /// What one of the nearest lines says that amounts are in: `（单位：万元）`, `单位：台、万元`.
    private var saidUnit: (unit: PrintedUnit, line: ReportText.Line)? {
        let near = above.suffix(3).reversed().map {
            (line: $0, text: String($0.folded.map { "∶﹕︰=＝".contains($0) ? "：" : $0 }))
        }
        // The nearest line that says one.
        for (line, text) in near {
            for unit in [PrintedUnit.wan, .yuan] {
                let names = words[unit == .wan ? "wan" : "yuan"]
                let says = names.contains { name in
                    words["per"].contains { text.hasBytes(of: "\($0)：\(name)") } || text.hasBytes(of: "（\(name)）")
                }
                if says || names.contains(where: unitsSaid(in: text).contains) { return (unit, line) }
            }
        }
        return nil
    }

    /// What stands behind 单位：, one by one: 台, 万元.
    private func unitsSaid(in text: String) -> [String] {
        for label in words["per"] {
            guard let place = text.firstBytes(of: label + "：") else { continue }
            let rest = text[place.upperBound...].prefix { !"（）()。；".contains($0) }
            return rest.split { "、，,/／".contains($0) }.map(String.init)
        }
        return []
    }

    /// A table that lies on its side: what heads say stands in the first cells of its rows, and each further column is a row of it. All
    /// of these stand in the first line, where their names are.
    private func turned(_ rows: [PrintedTable.Row]) -> PrintedTable? {
        guard (2...12).contains(rows.count), let width = rows.first?.cells.count, width > 2,
            rows.allSatisfy({ $0.cells.count == width })
        else { return nil }
        var columns = (0..<width).map { column in rows.map { $0.cells[column] } }
        let years = words.ownHeads.contains(.history) ? nil : YearColumns.acrossTheTop(columns, words)
        if let years { columns = years }
        let head = PrintedTable.Row(rows[0].line, columns[0], words)
        guard head.isWordy, head.filled.count == rows.count,
            let kind = years == nil ? head.headedKind(words) ?? kind(of: head) : .history
        else { return nil }
        var table = table(kind, head)
        table.rows = columns.dropFirst().map { PrintedTable.Row(rows[0].line, $0, words) }
        table.isTurned = true
        return table
    }

    /// Rows that stand alone are no table, and neither are the contents with their page numbers.
    private mutating func endStray() {
        let areContents = stray.allSatisfy { row in
            row.filled.count == 2 && row.filled[1].allSatisfy { $0.isASCII && $0.isNumber }
        }
        if let turned = turned(stray) {
            tables.append(turned)
        } else if !continueUnread(), stray.count > 1, !areContents {
            unread.append(UnreadTable(caption: above.last?.text.trimmed ?? "", said: saidUnit, rows: stray))
        }
        stray.removeAll()
    }
}

extension [ReportText.Line] {
    /// Without page numbers, and the running head below one, where a table goes on with rows of as many cells.
    fileprivate func withoutPageBreaksInTables(_ words: ReportWords) -> [ReportText.Line] {
        guard contains(where: \.isPageNumber) else { return self }
        var (kept, position) = ([ReportText.Line](), 0)
        while position < count {
            let line = self[position]
            position += 1
            guard line.isPageNumber, let before = kept.last, before.isTableRow, position < count else {
                kept.append(line)
                continue
            }
            var next = position
            if !self[next].isTableRow, next + 1 < count, self[next].folded.count <= 40,
                !["。", "；", "：", "，"].contains(where: self[next].folded.hasSuffix)
            {
                next += 1
            }
            let row = PrintedTable.Row(self[next], words)
            let goesOn =
                self[next].isTableRow && !row.isWordy
                && row.cells.count == PrintedTable.Row(before, words).cells.count
            if goesOn { position = next } else { kept.append(line) }
        }
        return kept
    }
}

extension ReportText.Line {
    /// `- 12 -`, `12`, `第12页`, `第 3 页 共 9 页`.
    fileprivate var isPageNumber: Bool {
        guard !isTableRow, (1...12).contains(folded.count), folded.contains(where: { $0.isASCII && $0.isNumber }) else {
            return false
        }
        let inner = folded.drop { "-—–－第".contains($0) }
        let digits = inner.prefix { $0.isASCII && $0.isNumber }
        guard (1...3).contains(digits.count) else { return false }
        let rest = inner.dropFirst(digits.count)
        return rest.allSatisfy { "-—–－页共/，".contains($0) || $0.isASCII && $0.isNumber }
            && (rest.isEmpty || "-—–－页/".contains(rest.first ?? " "))
    }
}
