import BudgetLines
import PrintedReports
import ReviewModel

/// Rows of a table whose columns are a series, 1月, 2月, 3月 or FY2027, FY2028: the row adds up to 合计 behind it, a row 累计 adds up the one above it
/// so far, and a cumulative rate has one and the same whole in every column.
struct SeriesRows {
    /// A cell that the series does not make.
    struct Slip {
        var row: Int
        var column: Int
        var made: ExactDecimal
        var making: Making
    }

    enum Making { case total, cumulative, step, rate }

    private let grid: NumberGrid
    private let series: [Int]
    /// The column 合计 behind the series.
    private let total: Int?

    init?(_ grid: NumberGrid) {
        var (best, run, last) = ([Int](), [Int](), (String, Int)?.none)
        for (column, head) in grid.heads.enumerated() {
            let part = head.numbered
            if let part, let last, part.0 == last.0, part.1 == last.1 + 1 {
                run.append(column)
            } else {
                run = part == nil ? [] : [column]
            }
            last = part
            if run.count > best.count { best = run }
        }
        guard let end = best.last else { return nil }
        let hasTotal = end + 1 < grid.heads.count && grid.words.isTotal(grid.heads[end + 1])
        guard best.count > (hasTotal ? 1 : 2) else { return nil }
        (self.grid, series) = (grid, best)
        total = hasTotal ? end + 1 : nil
    }

    func slips() throws(DecimalOverflow) -> [Slip] {
        var found: [Slip] = []
        var (steps, sums) = (Int?.none, Int?.none)
        for (index, row) in grid.rows.enumerated() {
            let cells = series.compactMap { row.cells[$0] }
            guard cells.count == series.count, !cells.contains(where: \.isDash) else { continue }
            let name = row.name.folded
            let isCumulative = grid.words["cumulative"].contains(where: name.hasBytes)
            if cells.allSatisfy(\.isPercent) {
                if isCumulative, let sums { found += try rates(index, of: sums) }
            } else if cells.contains(where: \.isPercent) {
                continue
            } else if isCumulative {
                if let steps { found += try cumulative(index, of: steps) }
                sums = index
            } else {
                found += try whole(index, name)
                steps = index
            }
        }
        return found
    }

    private func values(_ row: Int) -> [ExactDecimal] { series.compactMap { grid.rows[row].cells[$0]?.value } }

    private func slack(_ values: [ExactDecimal]) -> ExactDecimal {
        let places = values.map(\.places).max() ?? 0
        return places > 0 ? ExactDecimal(significand: Int128(values.count), places: places) : .zero
    }

    private func whole(_ row: Int, _ name: String) throws(DecimalOverflow) -> [Slip] {
        guard let total, let cell = grid.rows[row].cells[total], !cell.isDash, !cell.isPercent,
            !grid.words.isNotAdded(name), grid.rows.count(where: { $0.cells[total] != nil }) > 0
        else { return [] }
        let values = values(row)
        let sum = try ExactDecimal.sum(values)
        let off = try (sum - cell.value).magnitude
        // What is near is meant to be the sum; a mean or the last of them is not.
        guard off > slack(values + [cell.value]), try off * 4 <= sum.magnitude else { return [] }
        return [Slip(row: row, column: total, made: sum, making: .total)]
    }

    private func cumulative(_ row: Int, of steps: Int) throws(DecimalOverflow) -> [Slip] {
        let (printed, parts) = (values(row), values(steps))
        let reach = slack(printed + parts)
        var (sum, offs, sums) = (ExactDecimal.zero, [ExactDecimal](), [ExactDecimal]())
        for (value, part) in zip(printed, parts) {
            sum = try sum + part
            sums.append(sum)
            offs.append(try value - sum)
        }
        let wrong = offs.indices.filter { offs[$0].magnitude > reach }
        guard let first = wrong.first, offs.count - wrong.count > 1 else { return [] }
        if wrong.count == 1, offs.count > 3 {
            return [Slip(row: row, column: series[first], made: sums[first], making: .cumulative)]
        }
        // From one column on all are off by the same: that step is wrong.
        guard wrong.count > 1, wrong == Array(first..<offs.count) else { return [] }
        for place in wrong where try (offs[place] - offs[first]).magnitude > reach { return [] }
        let made = try parts[first] + offs[first]
        return [Slip(row: steps, column: series[first], made: made, making: .step)]
    }

    /// Rates of the cumulative sums: each says between which bounds the whole is, and one of them is beside all others.
    private func rates(_ row: Int, of sums: Int) throws(DecimalOverflow) -> [Slip] {
        let (rates, amounts) = (values(row), values(sums))
        guard rates.count > 3 else { return [] }
        var bounds: [(least: ExactDecimal, most: ExactDecimal)] = []
        for (rate, amount) in zip(rates, amounts) {
            let half = ExactDecimal(significand: 6, places: rate.places + 1)
            let low = try rate - half
            guard low > 0, amount > 0, let least = try (amount * 100).divided(by: rate + half, places: 4),
                let most = try (amount * 100).divided(by: low, places: 4)
            else { return [] }
            bounds.append((least, most))
        }
        func common(without place: Int?) -> (ExactDecimal, ExactDecimal)? {
            let rest = bounds.indices.filter { $0 != place }.map { bounds[$0] }
            guard let least = rest.map(\.least).max(), let most = rest.map(\.most).min(), least <= most else {
                return nil
            }
            return (least, most)
        }
        guard common(without: nil) == nil else { return [] }
        let wrong = bounds.indices.filter { common(without: $0) != nil }
        guard wrong.count == 1, let (least, most) = common(without: wrong[0]),
            let whole = try (least + most).divided(by: 2, places: 4), whole > 0,
            let made = try ExactDecimal.percentage(amounts[wrong[0]], of: whole, places: rates[wrong[0]].places)
        else { return [] }
        return [Slip(row: row, column: series[wrong[0]], made: made, making: .rate)]
    }
}

extension String {
    /// The number of a head that is one of a series, with the words around it: 3 of `3月`, 2027 of `FY2027`.
    fileprivate var numbered: (String, Int)? {
        let digits = drop { !$0.isPlainDigit }.prefix(while: \.isPlainDigit)
        guard !digits.isEmpty, digits.count <= 4, let number = Int(digits) else { return nil }
        let before = prefix { !$0.isPlainDigit }
        let behind = dropFirst(before.count + digits.count)
        guard before.count <= 4, behind.count <= 4, !behind.contains(where: \.isPlainDigit) else { return nil }
        return (before + "0" + behind, number)
    }
}
