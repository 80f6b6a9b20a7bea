internal import BudgetLines
internal import ReviewModel

/// What tables of earlier years say.
extension PrintedTable {
    /// Reads ``historyItems``; a merged year stands in its first line only.
    mutating func readHistory() { historyItems = history }

    private var history: [PrintedHistoryItem] {
        var year: Int?
        let whole = rowOfAllYears?.line.number
        return rows.compactMap { row in
            if row.line.number == whole { return nil }
            if let item = historyItem(row, &year) { return item }
            guard let (start, numbers) = row.numbers(3), start > 0 else { return nil }
            let names = row.cells[..<start].filter { !$0.isEmpty }
            if let printed = names.first?.printedYear { year = printed }
            guard let year, let name = names.last else { return nil }
            return PrintedHistoryItem(
                line: row.line.number,
                year: year,
                item: name,
                adjusted: numbers[0].value,
                paid: numbers[1].value,
                rate: numbers[2].isPercent ? numbers[2].value : nil,
                isTotal: words["totals"].isOne(name.folded)
            )
        }
    }

    /// What a table of earlier years says of all of them together; its year is 0.
    public var totalOfYears: PrintedHistoryItem? {
        guard let row = rowOfAllYears, let cells = PlacedCells(row, columns),
            let adjusted = cells.money(.adjusted) ?? cells.money(.original), let paid = cells.money(.paid)
        else { return nil }
        return PrintedHistoryItem(
            line: row.line.number,
            year: 0,
            item: row.cells.first { !$0.isEmpty } ?? "",
            adjusted: adjusted,
            paid: paid,
            rate: PrintedNumber(cells.text(.execution))?.value,
            isTotal: true
        )
    }

    /// The row that sums up all years: 合计 stands where years do, once and last.
    private var rowOfAllYears: Row? {
        guard kind == .history, yearColumns == nil, let columns, let column = columns.index(of: .year),
            let last = rows.last, last.isTotal, rows.count(where: \.isTotal) == 1, last.cells.count == columns.count,
            words["totals"].isOne(last.cells[column].folded)
        else { return nil }
        let years = rows.dropLast().map { row in
            row.cells.count == columns.count ? row.cells[column].printedYear : nil
        }
        // A year that is merged over several items has its own total there.
        return years.count > 1 && years.allSatisfy { $0 != nil } && Set(years).count == years.count ? last : nil
    }

    private func historyItem(_ row: Row, _ year: inout Int?) -> PrintedHistoryItem? {
        guard let cells = PlacedCells(row, columns), cells.isReadable([.adjusted, .original, .paid, .execution]),
            let adjusted = cells.money(.adjusted) ?? cells.money(.original)
        else { return nil }
        if let printed = cells.text(.year).printedYear { year = printed }
        guard let year, let name = cells.names.last ?? (cells.text(.year).isEmpty ? nil : caption) else { return nil }
        return PrintedHistoryItem(
            line: row.line.number,
            year: year,
            item: name,
            adjusted: adjusted,
            // A dash is nothing paid, in the places that money has.
            paid: cells.money(.paid) ?? PrintedNumber("-")?.value ?? .zero,
            rate: cells.text(.execution).isEmpty ? nil : PrintedNumber(cells.text(.execution))?.value,
            isTotal: words["totals"].isOne(name.folded)
        )
    }
}
