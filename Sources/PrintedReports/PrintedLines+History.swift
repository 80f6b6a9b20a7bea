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
            // What sums up the years, or is their mean, is no item of the last one.
            if row.line.number == whole || isOfSeveralYears(row) { return nil }
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
                isTotal: words.isTotal(name.folded)
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

    /// The row that sums up all years: 合计 or 五年累计 stands where years do, once and behind all of them.
    private var rowOfAllYears: Row? {
        guard kind == .history, yearColumns == nil, let columns, let column = columns.index(of: .year),
            rows.allSatisfy({ $0.cells.count == columns.count })
        else { return nil }
        let rest = rows.filter { !isOfSeveralYears($0) }
        let sums = rows.filter { $0.isTotal || isOfSeveralYears($0) && !saysMean($0.cells[column]) }
        guard sums.count == 1, let sum = sums.first, sum.isTotal, !saysMean(sum.cells[column]) else { return nil }
        let isNamed = words.isTotal(sum.cells[column].folded) || isOfSeveralYears(sum)
        let own = rest.filter { $0.line.number != sum.line.number }
        let years = own.map { $0.cells[column].printedYear }
        // A year that is merged over several items has its own total there.
        guard isNamed, years.count > 1, years.allSatisfy({ $0 != nil }), Set(years).count == years.count,
            own.allSatisfy({ $0.line.number < sum.line.number })
        else { return nil }
        return sum
    }

    /// Whether a row is of no year, but of several together: 五年累计, 三年合计, 年均, 平均 where years stand.
    func isOfSeveralYears(_ row: Row) -> Bool {
        guard kind == .history, yearColumns == nil, let columns, let column = columns.index(of: .year),
            row.cells.count == columns.count
        else { return false }
        let text = row.cells[column].folded
        guard !text.isEmpty, text.count <= 12, text.printedYear == nil, !words.isTotal(text) else {
            return false
        }
        return saysMean(text) || (words["cumulative"] + words["totals"] + words["sum_words"]).end(text)
    }

    /// Whether a row is the sum of several years.
    func sumsUpYears(_ row: Row) -> Bool {
        guard isOfSeveralYears(row), let column = columns?.index(of: .year) else { return false }
        return !saysMean(row.cells[column])
    }

    private func saysMean(_ text: String) -> Bool {
        text.count <= 12 && words["mean_heads"].contains(where: text.folded.hasBytes)
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
            isTotal: words.isTotal(name.folded)
        )
    }
}
