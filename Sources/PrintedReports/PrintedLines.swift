internal import BudgetLines
public import ReviewModel

/// A line of a printed 预算明细表.
public struct PrintedBudgetLine: Sendable {
    public var line: Int
    public var group: String
    public var detail: String
    /// What the quantity counts, where the table says so: `个`.
    public var unit = ""
    public var quantity: ExactDecimal
    public var unitPrice: ExactDecimal
    public var amount: ExactDecimal
    /// Whether the table gives neither quantity nor price, so that one of the amount stands for them.
    public var isLumpSum = false
    /// The unit of the last place that the amount, and the price, are printed in, in yuan; nothing where they are printed in yuan.
    public var amountStep: ExactDecimal = .zero
    public var priceStep: ExactDecimal = .zero

    public init(
        line: Int,
        group: String,
        detail: String,
        unit: String = "",
        quantity: ExactDecimal,
        unitPrice: ExactDecimal,
        amount: ExactDecimal,
        isLumpSum: Bool = false
    ) {
        (self.line, self.group, self.detail, self.unit) = (line, group, detail, unit)
        (self.quantity, self.unitPrice, self.amount, self.isLumpSum) = (quantity, unitPrice, amount, isLumpSum)
    }
}

/// A line of a printed 预算审核明细表.
public struct PrintedAuditLine: Sendable {
    public var line: Int
    public var name: String
    /// What the line is a part of, where the table names that, too; a merged one stands in its first line only.
    public var group = ""
    public var requested: ExactDecimal
    public var approved: ExactDecimal
    /// Negative for an increase; what was cut less what was added.
    public var deducted: ExactDecimal
    /// What was added, where that has a column of its own.
    public var increased: ExactDecimal = .zero
    public var rate: ExactDecimal?
    public var reason: String
    /// How many were granted, where that has a column of its own: 审定数量.
    public var quantity: ExactDecimal?
}

/// An item of a printed table of earlier years, or the total of a year.
public struct PrintedHistoryItem: Sendable {
    public var line: Int
    public var year: Int
    public var item: String
    /// What the item is a part of, where the table names that, too.
    public var group = ""
    public var adjusted: ExactDecimal
    public var paid: ExactDecimal
    public var rate: ExactDecimal?
    public var isTotal: Bool

    public init(
        line: Int,
        year: Int,
        item: String,
        adjusted: ExactDecimal,
        paid: ExactDecimal,
        rate: ExactDecimal?,
        isTotal: Bool
    ) {
        (self.line, self.year, self.item, self.adjusted, self.paid) = (line, year, item, adjusted, paid)
        (self.rate, self.isTotal) = (rate, isTotal)
    }
}

extension [PrintedBudgetLine] {
    /// Whether in none of several lines the price is what makes the amount: that of another column, 单价 beside 价差金额.
    fileprivate var madeByNoPrice: Bool {
        let priced = filter { !$0.isLumpSum }
        guard priced.count > 1, priced.count == count else { return false }
        let part: ExactDecimal = priced.count == 2 ? 2 : 10
        return priced.allSatisfy { line in
            guard let made = try? line.quantity * line.unitPrice, let off = try? (made - line.amount).magnitude else {
                return false
            }
            // A digit that is wrong in each of them is no reason: it is another number.
            return (try? off * part > Swift.max(line.amount.magnitude, made.magnitude)) ?? false
        }
    }
}

extension PrintedBudgetLine {
    /// The amount by itself.
    fileprivate var asLump: PrintedBudgetLine {
        var line = self
        (line.quantity, line.unitPrice, line.isLumpSum, line.priceStep) = (1, amount, true, amountStep)
        return line
    }
}

extension PrintedTable {
    /// The lines of a budget table; a merged 项目内容 stands in its first line only.
    public var budgetLines: [PrintedBudgetLine] {
        let hasDetail = header.cells.contains { words["detail"].end($0.folded) }
        var group = ""
        let lines = rows.compactMap { row -> PrintedBudgetLine? in
            guard !row.isTotal, !isSaidAgain(row) else { return nil }
            if let line = budgetLine(row, hasDetail, &group) { return line }
            // The numbers that stand first are those of the earlier year.
            guard columns?.earlier.isEmpty ?? true, let (start, numbers) = row.numbers(3) else { return nil }
            let names = row.cells[..<start].filter { !$0.isEmpty }
            guard let last = names.last else { return nil }
            // The first column names the project; it is merged over all lines and is printed once.
            if !hasDetail {
                group = last
            } else if names.count > 1 {
                group = names[names.count - 2]
            }
            return PrintedBudgetLine(
                line: row.line.number,
                group: group,
                detail: hasDetail ? last : "",
                quantity: numbers[0].value,
                unitPrice: numbers[1].value,
                amount: numbers[2].value
            )
        }
        return lines.madeByNoPrice ? lines.map(\.asLump) : lines
    }

    /// What the heads say of columns that were not read, for others that are called alike are of a later year: each with the head that was read.
    public var earlierHeads: [(passed: String, read: String)] {
        (columns?.earlier ?? []).map { (header.cells[$0.column], header.cells[$0.read]) }
    }

    /// The rows that say again what others count, but for totals.
    public var rowsSaidAgain: [Row] { rows.filter { !$0.isTotal && isSaidAgain($0) } }

    /// Whether some of its amounts are in 万元, and were converted.
    public var countsTenThousands: Bool {
        columns.map { columns in
            (0..<columns.count).contains { column in
                columns.role(at: column).map(ColumnRole.money.contains) ?? false && columns.scale(at: column) > 1
            }
        } ?? false
    }

    /// Whether the row says again what others count.
    func isSaidAgain(_ row: Row) -> Bool {
        rowParts.parts.contains(row.line.number) || rowParts.sums.contains(row.line.number)
    }

    /// A line read by the columns that its cells stand in.
    private func budgetLine(_ row: Row, _ hasDetail: Bool, _ group: inout String) -> PrintedBudgetLine? {
        guard let cells = PlacedCells(row, columns), let amount = cells.money(.requested) else { return nil }
        // 6%/5% is no quantity, but how the amount was reckoned.
        let isRate = cells.text(.quantity).isRates
        // 详见表2: how many there are, or for how much, is said elsewhere.
        let said = [ColumnRole.quantity, .unitPrice].filter { !isSaidElsewhere(cells.text($0)) }
        let quantity = isRate || !said.contains(.quantity) ? nil : cells.figure(.quantity)
        let price = isRate || !said.contains(.unitPrice) ? nil : cells.money(.unitPrice)
        // A cell that is no figure stands in none of these columns: the row was moved.
        guard cells.isReadable(said.filter { !isRate || $0 == .unitPrice } + [.requested]) else { return nil }
        let names = cells.names
        guard let last = names.last ?? (group.isEmpty ? nil : group) else { return nil }
        if !hasDetail {
            group = last
        } else if names.count > 1 {
            group = names[names.count - 2]
        } else if cells.text(.detail).isEmpty {
            group = last
        }
        var line = PrintedBudgetLine(
            line: row.line.number,
            group: group.isEmpty ? last : group,
            detail: hasDetail && !(cells.text(.detail).isEmpty && names.count == 1) ? last : "",
            unit: cells.text(.unit).isEmpty ? quantity?.unit ?? "" : cells.text(.unit),
            quantity: quantity?.value ?? 1,
            unitPrice: price ?? amount,
            amount: amount
        )
        (line.amountStep, line.priceStep) = (cells.step(.requested), cells.step(.unitPrice))
        if let times = quantity?.value, let price, let factor = cells.factor(of: amount, times, price) {
            // 24 台 × 620.00 × 12 期: the price of all of them.
            line.unitPrice = factor
        } else if let times = quantity?.value, let price,
            let other = cells.otherQuantity(making: amount, times, price)
        {
            line.quantity = other
        } else if quantity?.value == nil, price == nil {
            line.isLumpSum = true
        } else if quantity?.value == nil, let price, !price.isZero {
            // A price and an amount say how many there are, unless it does not divide.
            guard let times = try? amount.divided(by: price, places: 6), (try? times * price) == amount else {
                return line.asLump
            }
            line.quantity = times.withoutTrailingZeros
        } else if price == nil, let times = quantity?.value, !times.isZero {
            // Things of several prices have none in common.
            guard let each = try? amount.divided(by: times, places: 6), (try? each * times) == amount else {
                return line.asLump
            }
            line.unitPrice = each.withoutTrailingZeros
        }
        return line
    }

    /// Whether a cell says that its figure stands elsewhere, or depends: 详见附表, 据实结算.
    private func isSaidElsewhere(_ cell: String) -> Bool {
        let text = cell.folded.drop { "（(".contains($0) }
        return words["elsewhere"].contains { text.hasPrefix($0) }
    }
}

extension String {
    /// Whether it is a rate, or several: 6%, 6%/5%.
    var isRates: Bool {
        let marks: Set<Unicode.Scalar> = ["%", "％", "‰"]
        let signs: Set<Unicode.Scalar> = [".", "/", "／", "、", "，", "~", "～", "-", "—", "–", "+", " "]
        let text = folded.unicodeScalars
        return text.contains(where: marks.contains) && text.contains(where: \.isDigit)
            && text.allSatisfy { $0.isDigit || marks.contains($0) || signs.contains($0) }
    }

    /// `2025` of `2025 年`, of `2025年度` and of `2025年1-9月`, `2025年（1—10月）`, `截至2025年9月底`; blanks inside make it none.
    var printedYear: Int? {
        let start = ["截至", "截止"].first(where: hasPrefix).map { dropFirst($0.count) } ?? self[...]
        let digits = start.prefix(4)
        if digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }), let year = Int(digits),
            (1900...2999).contains(year), let mark = start.dropFirst(4).first, "年（(".contains(mark)
        {
            let rest = start.dropFirst(4).filter { !"年（）()度截至止 ".contains($0) }
            if rest.contains("月"), rest.allSatisfy({ $0.isASCII && $0.isNumber || "-—–~～至到月日底末前".contains($0) }) {
                return year
            }
        }
        if let year = firstOfFinancialYear { return year }
        guard utf8.first.map({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) ?? false,
            let year = Int(filter { $0 != "年" && $0 != "度" }), (1900...2999).contains(year)
        else { return nil }
        return year
    }

    /// 2022 of 2022/23, FY2022/23 and 2022–2023: two years that follow each other, and no month.
    private var firstOfFinancialYear: Int? {
        let text = hasPrefix("FY") ? drop { "FY ".contains($0) } : self[...]
        let parts = text.split(omittingEmptySubsequences: false) { "/–".contains($0) }
        guard parts.count == 2, parts.allSatisfy({ $0.allSatisfy { $0.isASCII && $0.isNumber } }), parts[0].count == 4,
            let first = Int(parts[0]), let second = Int(parts[1]), (1900...2999).contains(first)
        else { return nil }
        if parts[1].count == 4 { return second == first + 1 ? first : nil }
        return parts[1].count == 2 && second > 12 && second == (first + 1) % 100 ? first : nil
    }
}
