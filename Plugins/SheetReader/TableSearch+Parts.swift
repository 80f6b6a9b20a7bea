import OfficeFiles
import ReviewModel
import Tables

// MARK: - Further heads of the same table on one sheet

extension TableSearch {
    /// As many heads of one table are read on one sheet.
    private static let most = 24

    /// Reads the rows below a head, and those below other heads of the same table on the sheet, each by its own columns and unit: 一、人员经费
    /// in yuan, 二、设备购置 in 万元. What holds the same once more, or its sums or details, is left to people.
    ///
    /// - Returns: what was noticed below each head.
    func read(_ found: Found, _ book: OpenedBook, _ reading: inout TableReading) throws -> [SheetNotes] {
        let years = try years(of: found, book)
        if !years.parts.isEmpty { return try read(years.parts, unread: years.unread, book, &reading) }
        let before = reading
        try fill(found, book, &reading)
        guard let notes = reading.notes.last else { return [] }
        if !settings.goesOn || isDatabase(book) || book.isLong { return [notes] }
        let (parts, above) = try self.parts(around: found, notes, book)
        if parts.count == 1 {
            var notes = notes
            notes.above = above
            return [notes]
        }
        reading = before
        var all: [SheetNotes] = []
        for (index, part) in parts.enumerated() {
            try fill(part, book, &reading, carried: all.isEmpty ? .zero : amount(of: reading.table))
            guard var notes = reading.notes.last else { continue }
            if index + 1 < parts.count { notes.followed = parts[index + 1].head.firstRow }
            if index == 0 { notes.above = above }
            all.append(notes)
        }
        return all
    }

    /// The same rows once for each year.
    private func read(_ years: [Found], unread: [String], _ book: OpenedBook, _ reading: inout TableReading) throws
        -> [SheetNotes]
    {
        try years.enumerated().compactMap { index, year in
            try fill(year, book, &reading)
            var notes = reading.notes.last
            notes?.year = year.year
            if index == 0 { notes?.years = (years.compactMap(\.year?.number), unread) }
            return notes
        }
    }

    private func fill(_ part: Found, _ book: OpenedBook, _ reading: inout TableReading, carried: ExactDecimal = .zero)
        throws
    {
        try begin(part, book, &reading, carried: carried)
        try Self.named(book) { _ = try reading.fill(upTo: .max, isCancelled: isCancelled) }
    }

    /// The heads of the table on the sheet, in their order, each with its last row; only the one that was found, where there is no other. And
    /// the row of one above it whose rows are not read.
    private func parts(around found: Found, _ notes: SheetNotes, _ book: OpenedBook) throws -> (
        parts: [Found], unread: Int?
    ) {
        var (parts, tables, unread) = ([found], [Table](), nil as Int?)
        func mayFollow(_ part: Found) throws -> (table: Table, notes: SheetNotes)? {
            guard hasAll(part.head, of: found.head) || isSection(part.head, beside: found.head),
                !isOther(part.head, than: found.head)
            else { return nil }
            if tables.isEmpty { tables.append(try trial(found, book).table) }
            let (table, notes) = try trial(part, book)
            guard table.rowCount > 0, tables.allSatisfy({ !FollowingSheets.saysAgain(table, $0) }) else { return nil }
            return notes.map { (table, $0) }
        }
        if let head = try heads(on: found.sheet, of: book).earlierHead(
            words,
            than: found.head,
            apartFrom: settings.otherHeads
        ) {
            var part = Found(sheet: found.sheet, isHidden: found.isHidden, head: head, outline: found.outline)
            part.last = found.head.firstRow - 1
            if let (table, _) = try mayFollow(part) {
                if parts[0].head.money == nil { parts[0].head.money = head.money }
                parts.insert(part, at: 0)
                tables.append(table)
            } else {
                unread = head.row
            }
        }
        var ended = notes.ended?.row
        while let row = ended, parts.count < Self.most,
            let next = try head(at: row, behind: parts[parts.count - 1], book),
            let (table, notes) = try mayFollow(next)
        {
            parts.append(next)
            tables.append(table)
            ended = notes.ended?.row
        }
        for index in parts.indices.dropLast() { parts[index].last = parts[index + 1].head.firstRow - 1 }
        return (parts, unread)
    }

    /// The rows below one head by themselves.
    private func trial(_ part: Found, _ book: OpenedBook) throws -> (table: Table, notes: SheetNotes?) {
        var reading = TableReading(schema, settings)
        try fill(part, book, &reading)
        return (reading.table, reading.notes.last)
    }

    /// The head that begins in a row; where nothing says the unit of its amounts, it is the one that was said above the head before.
    private func head(at row: Int, behind part: Found, _ book: OpenedBook) throws -> Found? {
        var (reading, context) = try open(part.sheet, book)
        let search = try Self.named(book) { try HeadSearch(&reading, context, part.outline, from: row) }
        let heads = [row, row + 1].compactMap { search.head(words, at: $0) }.filter { $0.firstRow >= row }
        guard var head = heads.max(by: { $0.columns.count < $1.columns.count }), head.columns.count > 1 else {
            return nil
        }
        takeAlike(words, &head)
        if head.money == nil { head.money = part.head.money }
        return Found(
            sheet: part.sheet,
            isHidden: part.isHidden,
            head: head,
            outline: part.outline,
            last: settings.last
        )
    }

    /// Whether a head has what the table needs as far as the first has it; where nothing is needed, its names and amounts.
    private func hasAll(_ head: SheetHead, of first: SheetHead) -> Bool {
        let needed = Set(settings.needed.compactMap(schema.position))
        let asked =
            needed.isEmpty
            ? first.columns.keys.filter { schema.columns[$0].isMoney || schema.columns[$0].type == .text }
            : first.columns.keys.filter(needed.contains)
        return !asked.isEmpty && asked.allSatisfy { head.columns[$0] != nil }
    }

    /// Whether a head stands below a title that is numbered like the one above the first, （一）人员费 and （二）活动费, and has names and amounts: what else
    /// it lacks its items may not have.
    private func isSection(_ head: SheetHead, beside first: SheetHead) -> Bool {
        guard let title = head.titles.first, let other = first.titles.first, let level = SumRows.level(of: title),
            level == SumRows.level(of: other), let amount = schema.columns.lastIndex(where: \.isMoney)
        else { return false }
        let names = settings.needed.compactMap(schema.position).filter { schema.columns[$0].type == .text }
        return head.columns[amount] != nil && names.contains { head.columns[$0] != nil }
    }

    /// Whether the title above a head says that its rows are no more of the same: 二、现有设备, 上年预算, those of another year.
    private func isOther(_ head: SheetHead, than first: SheetHead) -> Bool {
        let titles = Array(head.titles.prefix(2))
        if titles.contains(where: { title in settings.words["other_titles"].contains { title.contains($0) } }) {
            return true
        }
        return SheetYear(titles)?.isOther(than: SheetYear(first.titles)) ?? false
    }

    /// What the rows come to. Prices stand before what they come to.
    private func amount(of table: Table) -> ExactDecimal {
        guard let position = schema.columns.lastIndex(where: \.isMoney) else { return .zero }
        let amounts = (0..<table.rowCount).compactMap { table.cell(row: $0, column: position).decimal }
        return (try? ExactDecimal.sum(amounts)) ?? .zero
    }
}
