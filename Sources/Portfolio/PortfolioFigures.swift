internal import ReviewFile
internal import ReviewModel

/// Sums over rows of the overview.
struct PortfolioSums {
    /// How many reviews there are.
    var count = 0
    var unfinished = 0
    /// By columns. A column without any figure has no sum.
    private(set) var sums: [String: ExactDecimal] = [:]
    /// Columns whose sum has too many digits.
    private var lost: Set<String> = []

    /// - Parameter isApart: whether its amounts are in another unit than those that are summed.
    mutating func add(_ row: TableRow, _ columns: [PortfolioColumn], isDone: Bool, isApart: Bool) {
        count += 1
        if !isDone { unfinished += 1 }
        for column in columns where column.isTotal && !(isApart && column.kind == .money) {
            guard let number = row.decimal(column.name) else { continue }
            if let sum = try? (sums[column.name] ?? 0) + number {
                sums[column.name] = sum
            } else {
                lost.insert(column.name)
            }
        }
    }

    /// The figure of a column: its sum, or the percentage of its sums; `nil` where there is none.
    func figure(_ column: PortfolioColumn) -> ExactDecimal? {
        guard let ratio = column.ratio else { return lost.contains(column.name) ? nil : sums[column.name] }
        guard let part = sums[ratio.part], let whole = sums[ratio.whole] else { return nil }
        return (try? ExactDecimal.percentage(part, of: whole)) ?? nil
    }
}

extension Portfolio {
    var columns: [PortfolioColumn] { document.overview.columns }

    /// All rows of the overview.
    var total: PortfolioSums { sums(overview.rows.indices) }

    func sums(_ rows: some Sequence<Int>) -> PortfolioSums {
        var sums = PortfolioSums()
        for index in rows {
            let row = overview.rows[index]
            let isDone = entry(row.text("review"))?.isDone ?? true
            sums.add(row, columns, isDone: isDone, isApart: isApart(row))
        }
        return sums
    }

    /// The rows of the overview by the values of a column, in the order of the values' first rows.
    func grouped(by column: String) -> [(value: String, rows: [Int])] {
        var (order, rows) = ([String](), [String: [Int]]())
        for row in overview.rows {
            let value = row.text(column)
            if rows[value] == nil { order.append(value) }
            rows[value, default: []].append(row.index)
        }
        return order.map { ($0, rows[$0] ?? []) }
    }

    /// A cell of the overview or of a list, as it prints; empty where there is nothing.
    func printed(_ row: TableRow, _ column: PortfolioColumn) -> String {
        if let ratio = column.ratio {
            guard let part = row.decimal(ratio.part), let whole = row.decimal(ratio.whole),
                let rate = (try? ExactDecimal.percentage(part, of: whole)) ?? nil
            else { return "" }
            return printed(rate, column)
        }
        if column.kind != .text, let number = row.decimal(column.name) {
            guard column.kind == .money, let other = entry(row.text("review"))?.unit?.code, other != unit else {
                return printed(number, column)
            }
            return printed(number, column) + " " + MoneyUnit.name(other, locale)
        }
        return name(of: row.text(column.name), column)
    }

    func printed(_ number: ExactDecimal?, _ column: PortfolioColumn) -> String {
        guard let number else { return "" }
        switch column.kind {
        case .money: return number.inCents.grouped
        case .percent: return number.inCents.description + "%"
        case .points, .count, .text: return number.withoutTrailingZeros.description
        }
    }

    /// What people call a value.
    func name(of value: String, _ column: PortfolioColumn) -> String { column.names[value]?(locale) ?? value }

    func column(_ name: String) -> PortfolioColumn? { columns.first { $0.name == name } }

    /// How many rows have a figure within each step of the distribution, and the figures outside, which count with the ends.
    func distributed(_ distribution: PortfolioDocument.Distribution) -> [Int] {
        var counts = Array(repeating: 0, count: distribution.bars)
        for row in overview.rows {
            guard let number = row.decimal(distribution.column),
                let steps = try? (number - distribution.from).divided(by: distribution.step, places: 6)
            else { continue }
            // Where a step begins, its figures begin; the highest figure belongs to the last.
            let position = (0..<distribution.bars).last { ExactDecimal($0) <= steps } ?? 0
            counts[position] += 1
        }
        return counts
    }
}
