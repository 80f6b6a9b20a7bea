internal import BudgetLines
public import ReviewModel

/// A row of the funds of a self-evaluation form: 年度资金总额, 其中：当年财政拨款. Amounts are in yuan.
public struct PrintedFunds: Sendable {
    public var line: Int
    public var name: String
    /// What the row is a part of, where a column beside names that, too: 项目支出. A merged one stands in its first row only.
    public var group = ""
    /// At the beginning of the year.
    public var original: ExactDecimal?
    /// Of the whole year, changes included.
    public var adjusted: ExactDecimal?
    public var paid: ExactDecimal?
    /// In percent, as printed.
    public var rate: ExactDecimal?
    /// The most points that execution may have, and those that it has.
    public var points: ExactDecimal?
    public var score: ExactDecimal?
    /// Whether the rows below are parts of it.
    public var isTotal: Bool
    /// How far an amount in 万元 may be from what it is rounded from, in yuan; nothing where amounts are printed in yuan.
    public var rounding: ExactDecimal = 0

    /// What execution is measured by: the budget of the whole year, or else that of its beginning.
    public var budget: ExactDecimal? { adjusted ?? original }
}

extension PrintedTable {
    /// The rows of the funds; the first, 年度资金总额, is their total where others follow.
    public var funds: [PrintedFunds] {
        guard kind == .funds else { return [] }
        var (found, group) = ([PrintedFunds](), "")
        for row in rows {
            guard let cells = PlacedCells(endOf: row, columns),
                cells.isReadable([.original, .adjusted, .paid, .points, .score]), let name = cells.names.last,
                cells.figure(.original) ?? cells.figure(.adjusted) ?? cells.figure(.paid) != nil
            else { continue }
            let rate = cells.figure(.execution)
            let isTotal = row.isTotal || words["funds_total"].contains(where: name.folded.hasBytes)
            let names = cells.names
            if isTotal {
                group = ""
            } else if names.count > 1 {
                group = names[names.count - 2]
            }
            found.append(
                PrintedFunds(
                    line: row.line.number,
                    name: name,
                    group: isTotal ? "" : group,
                    original: cells.money(.original),
                    adjusted: cells.money(.adjusted),
                    paid: cells.money(.paid),
                    rate: rate?.value,
                    points: cells.figure(.points)?.value,
                    score: cells.figure(.score)?.value,
                    isTotal: isTotal,
                    rounding: rounding(of: cells)
                )
            )
        }
        found = found.filter { $0.original != nil || $0.adjusted != nil || $0.paid != nil }
        // Beneath a 合计 that sums up all, what sums up some of them is neither a part nor the whole.
        let subtotals = found.filter { $0.isTotal && $0.name.folded.hasBytes(of: "小计") }
        return subtotals.isEmpty || found.count(where: \.isTotal) == subtotals.count
            ? found : found.filter { !($0.isTotal && $0.name.folded.hasBytes(of: "小计")) }
    }
}

extension PrintedTable {
    /// Half a unit of the last place that payments are printed in, where that is not yuan.
    private func rounding(of cells: PlacedCells) -> ExactDecimal {
        guard let columns, let column = columns.index(of: .paid), columns.scale(at: column) > 1,
            let paid = cells.figure(.paid)?.value
        else { return .zero }
        return (try? ExactDecimal(significand: 5, places: paid.places + 1) * columns.scale(at: column)) ?? .zero
    }
}

/// One cell of the funds that is wrong, where its row's rate and the total of its column both say so.
public struct FundsSlip: Sendable {
    public enum Column: Sendable, CaseIterable { case original, adjusted, paid }

    /// The row as printed.
    public var row: PrintedFunds
    public var column: Column
    public var expected: ExactDecimal
}

extension [PrintedFunds] {
    /// The parts below the first row, 年度资金总额, or above the last, 合计; empty where the rows do not say that they are parts.
    public var parts: ArraySlice<PrintedFunds> {
        guard count > 2, let first, let last else { return [] }
        if first.isTotal { return dropFirst().contains(where: \.isTotal) ? [] : dropFirst() }
        guard last.isTotal, !dropLast().contains(where: \.isTotal), !dropLast().isGrouped else { return [] }
        return dropLast()
    }

    /// The row that the parts make.
    public var total: PrintedFunds? { parts.isEmpty ? nil : first?.isTotal == true ? first : last }

    /// The wrong cell, where a single one explains both a rate and a total that do not fit; with it the rows go together.
    public var slip: FundsSlip? {
        guard let total else { return nil }
        let rounding = (try? total.rounding * ExactDecimal(count)) ?? .zero
        var found: [FundsSlip] = []
        for column in FundsSlip.Column.allCases {
            guard let whole = total[column], let sum = try? ExactDecimal.sum(parts.compactMap { $0[column] }),
                let change = try? whole - sum, change.magnitude > rounding
            else { continue }
            for (row, expected) in [(total, sum)] + parts.map({ ($0, (try? ($0[column] ?? .zero) + change) ?? .zero) })
            where row[column] != nil && !row.hasItsRate {
                var mended = row
                mended[column] = expected
                if mended.hasItsRate { found.append(FundsSlip(row: row, column: column, expected: expected)) }
            }
        }
        return found.count == 1 ? found[0] : nil
    }

    /// The rows with the wrong cell mended.
    public var settled: [PrintedFunds] {
        guard let slip else { return self }
        return map { row in
            var row = row
            if row.line == slip.row.line { row[slip.column] = slip.expected }
            return row
        }
    }
}

extension ArraySlice<PrintedFunds> {
    /// Whether a row is made of rows below it, or one says that it is a part of the one above.
    fileprivate var isGrouped: Bool {
        if contains(where: { $0.name.folded.hasPrefix("其中") }) { return true }
        return indices.contains { head in
            var sum = ExactDecimal.zero
            guard let whole = self[head].budget ?? self[head].paid, whole > 0 else { return false }
            for place in indices where place > head {
                sum = (try? sum + (self[place].budget ?? self[place].paid ?? .zero)) ?? sum
                if sum == whole { return true }
                if sum > whole { return false }
            }
            return false
        }
    }
}

extension PrintedFunds {
    public subscript(column: FundsSlip.Column) -> ExactDecimal? {
        get {
            switch column {
            case .original: original
            case .adjusted: adjusted
            case .paid: paid
            }
        }
        set {
            switch column {
            case .original: original = newValue
            case .adjusted: adjusted = newValue
            case .paid: paid = newValue
            }
        }
    }

    /// Payments by budget in percent, in the places that the rate has; `nil` where the row lacks one of them.
    public var madeRate: ExactDecimal? {
        guard let rate, let budget, let paid else { return nil }
        return (try? ExactDecimal.percentage(paid, of: budget, places: rate.places)) ?? nil
    }

    /// Whether the rate printed is that of the amounts; a row without a rate has it.
    public var hasItsRate: Bool {
        guard let rate, let made = madeRate else { return true }
        // A rate printed as a share, 0.95, is one too.
        return rate == made || (try? rate * 100) == made.rounded(to: Swift.max(0, rate.places - 2))
    }
}
