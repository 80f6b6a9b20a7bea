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
        let quantity = isRate ? nil : cells.figure(.quantity)
        let price = isRate ? nil : cells.money(.unitPrice)
        // A cell that is no figure stands in none of these columns: the row was moved.
        guard cells.isReadable(isRate ? [.unitPrice, .requested] : [.quantity, .unitPrice, .requested]) else {
            return nil
        }
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
                return nil
            }
            line.quantity = times.withoutTrailingZeros
        } else if price == nil, let times = quantity?.value, !times.isZero {
            guard let each = try? amount.divided(by: times, places: 6), (try? each * times) == amount else {
                return nil
            }
            line.unitPrice = each.withoutTrailingZeros
        }
        return line
    }

    /// The lines of an audit table. A rate and a reason that a converter put into one cell are parted again.
    public var auditLines: [PrintedAuditLine] {
        let hasGroups = columns.map { $0.index(of: .item) != nil && $0.index(of: .detail) != nil } ?? false
        var group = ""
        let (sign, isBlankNone) = (signOfCuts, blankCutIsNone)
        return rows.filter { !$0.isTotal && !isSaidAgain($0) }.compactMap { row in
            guard var line = auditLine(row, sign, isBlankNone: isBlankNone) else { return nil }
            if hasGroups, let item = PlacedCells(row, columns)?.text(.item) {
                if !item.isEmpty, item != line.name { group = item }
                // A line without a detail is an item by itself.
                line.group = item == line.name ? "" : group
            }
            return line
        }
    }

    /// What a row of an audit table says that sums up some of the others.
    public func auditSubtotal(_ row: Row) -> PrintedAuditLine? { auditLine(row, signOfCuts) }

    /// Whether its amounts are printed in 万元.
    public var isInWan: Bool { columns?.commonUnit == .wan }

    /// The total of an audit table; `nil` where it prints none. Of several the last is that of the whole table, and 小计 is one only
    /// where it stands alone.
    public var auditTotal: PrintedAuditLine? {
        let totals = rows.filter { $0.isTotal && !isSaidAgain($0) }
        let whole = totals.last { !$0.isSubtotal } ?? (totals.count == 1 ? totals[0] : nil)
        let sign = signOfCuts
        return whole.flatMap { auditLine($0, sign) }
    }

    /// How the column of cuts tells cuts from increases.
    private enum SignOfCuts {
        /// It has nothing below zero, or minus stands before all there is: cuts are what is printed.
        case none
        /// Minus before increases.
        case cutsArePositive
        /// 净增减: minus before cuts.
        case increasesArePositive
    }

    /// Told by the rows in which requested without approved is what is printed, with or against its sign.
    private var signOfCuts: SignOfCuts {
        var (with, against, negative, positive) = (0, 0, 0, 0)
        for row in rows {
            guard let cells = PlacedCells(row, columns), let printed = cells.moneyOrNone(.cut), !printed.isZero,
                let requested = cells.money(.requested), let approved = cells.money(.approved),
                let made = try? requested - approved
            else { continue }
            if printed.isNegative { negative += 1 } else { positive += 1 }
            if printed == made { with += 1 } else if printed == -made { against += 1 }
        }
        guard negative > 0 else { return .none }
        if against > with { return .increasesArePositive }
        return positive > 0 || with > 0 ? .cutsArePositive : .none
    }

    /// Whether rows of which nothing was cut leave the column of cuts and increases blank, which says so: another row has something there.
    private var blankCutIsNone: Bool {
        guard let column = columns?.index(of: .cut), columns?.index(of: .increase) == nil else { return false }
        var (hasBlank, hasAmount) = (false, false)
        for row in rows where !row.isTotal {
            guard let cells = PlacedCells(row, columns), row.cells.indices.contains(column) else { continue }
            if row.cells[column].trimmed.isEmpty {
                if let requested = cells.money(.requested), requested == cells.money(.approved) { hasBlank = true }
            } else if let cut = cells.moneyOrNone(.cut), !cut.isZero {
                hasAmount = true
            }
            if hasBlank, hasAmount { return true }
        }
        return false
    }

    /// Whether a column names the rows.
    private var hasNames: Bool { columns?.index(of: .item) != nil || columns?.index(of: .detail) != nil }

    private func auditLine(_ row: Row, _ sign: SignOfCuts, isBlankNone: Bool = false) -> PrintedAuditLine? {
        // The usual order of columns is read by its figures, which a converter may have moved.
        if isUsualAudit, sign != .increasesArePositive, let line = movedAuditLine(row) { return line }
        guard let cells = PlacedCells(row, columns), let approved = cells.money(.approved) ?? cells.refused,
            cells.isReadable([.requested, .approved, .cut, .increase]),
            // 合计 may stand in the column of numbers.
            let name = cells.names.last ?? (row.isTotal && hasNames ? row.filled.first : nil)
        else { return nil }
        // A dash says that nothing was cut.
        let printed = cells.moneyOrNone(.cut)
        let cut =
            switch sign {
            case .none: printed?.magnitude
            case .cutsArePositive: printed
            case .increasesArePositive: printed.map { -$0 }
            }
        let increase = cells.moneyOrNone(.increase)?.magnitude
        let change = (try? (cut ?? .zero) - (increase ?? .zero)) ?? .zero
        guard let requested = cells.money(.requested) ?? (try? approved + change) else { return nil }
        let isSaid = cut != nil || increase != nil || isBlankNone && cells.text(.cut).isEmpty
        guard let deducted = isSaid ? change : try? requested - approved else { return nil }
        return PrintedAuditLine(
            line: row.line.number,
            name: name,
            requested: requested,
            approved: approved,
            deducted: deducted,
            increased: increase ?? .zero,
            rate: cells.figure(.cutRate)?.value,
            reason: cells.text(.reason)
        )
    }

    /// The unit of the last place that approved amounts are printed in, in yuan; a cent where the column is in yuan.
    public var stepOfApproved: ExactDecimal {
        let cent = ExactDecimal(significand: 1, places: 2)
        return rows.lazy.compactMap { PlacedCells($0, columns)?.step(.approved) }.first { !$0.isZero } ?? cent
    }

    /// Whether requested, approved and deducted stand side by side, in this order and without a column of increases.
    private var isUsualAudit: Bool {
        guard let columns, let requested = columns.index(of: .requested) else { return true }
        // Three figures in a row are these only where no quantity and no price stand before them.
        if [.quantity, .unitPrice].contains(where: { columns.index(of: $0) != nil }) { return false }
        // 占审核金额比例 behind the cut is no rate of it.
        let behind = requested + 3 < header.cells.count ? header.cells[requested + 3].folded : ""
        if columns.role(at: requested + 3) == nil, behind.hasPrefix("占") || words["share"].end(behind) { return false }
        return columns.role(at: requested + 1) == .approved && columns.role(at: requested + 2) == .cut
            && columns.index(of: .increase) == nil && columns.scale(at: requested) == 1
    }

    private func movedAuditLine(_ row: Row) -> PrintedAuditLine? {
        guard let (start, numbers) = row.numbers(3), let name = row.cells[..<start].last(where: { !$0.isEmpty })
        else { return nil }
        let rest = row.cells[(start + 3)...].filter { !$0.isEmpty }
        var (rate, reason) = (rest.first.flatMap(PrintedNumber.init)?.value, rest.dropFirst().joined())
        if rate == nil, let first = rest.first {
            let parts = first.split(separator: " ", maxSplits: 1)
            rate = parts.first.flatMap(PrintedNumber.init)?.value
            reason = (rate == nil ? [first] : parts.dropFirst().map(String.init) + rest.dropFirst()).joined()
        }
        return PrintedAuditLine(
            line: row.line.number,
            name: name,
            requested: numbers[0].value,
            approved: numbers[1].value,
            deducted: numbers[2].value,
            rate: rate,
            reason: reason
        )
    }

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

/// The cells of a row that has as many as the head, by what their columns hold.
struct PlacedCells {
    private let row: PrintedTable.Row
    private let columns: PrintedColumns

    /// `nil` for a row that has lost cells, or gained some: nobody knows which columns they stand in.
    init?(_ row: PrintedTable.Row, _ columns: PrintedColumns?) {
        guard let columns, row.cells.count == columns.count else { return nil }
        (self.row, self.columns) = (row, columns)
    }

    /// A row that may have lost the empty cells before its name, as below a merged one: it ends where the head does.
    init?(endOf row: PrintedTable.Row, _ columns: PrintedColumns?) {
        guard let columns, row.cells.count <= columns.count else { return nil }
        var row = row
        row.cells = [String](repeating: "", count: columns.count - row.cells.count) + row.cells
        (self.row, self.columns) = (row, columns)
    }

    /// The cell as printed; empty where there is no such column.
    func text(_ role: ColumnRole) -> String { columns.index(of: role).map { row.cells[$0] } ?? "" }

    func figure(_ role: ColumnRole) -> PrintedAmount? {
        columns.index(of: role).flatMap { PrintedAmount(row.cells[$0]) }
    }

    /// An amount in yuan; `nil` where there is no such column, or nothing in it.
    func money(_ role: ColumnRole) -> ExactDecimal? {
        guard let column = columns.index(of: role), let value = PrintedAmount(row.cells[column])?.value else {
            return nil
        }
        return try? value * columns.scale(at: column)
    }

    /// The unit of the last place of an amount, in yuan; nothing where the column is in yuan.
    func step(_ role: ColumnRole) -> ExactDecimal {
        guard let column = columns.index(of: role), columns.scale(at: column) != 1,
            let value = PrintedAmount(row.cells[column])?.value
        else { return .zero }
        return (try? columns.scale(at: column) * ExactDecimal(significand: 1, places: value.places)) ?? .zero
    }

    /// An amount in yuan, nothing where a dash stands; `nil` where there is no such column, or its cell is empty.
    func moneyOrNone(_ role: ColumnRole) -> ExactDecimal? {
        guard let column = columns.index(of: role), !row.cells[column].isEmpty else { return nil }
        guard let amount = PrintedAmount(row.cells[column]) else { return nil }
        return money(role) ?? (amount.value == nil ? .zero : nil)
    }

    /// Nothing, where nothing was approved of what was asked for and a dash says so, or the cut has all of it; else `nil`.
    var refused: ExactDecimal? {
        guard columns.index(of: .approved) != nil, let requested = money(.requested), !requested.isZero,
            PrintedAmount(text(.approved))?.value == nil, PrintedAmount(text(.approved)) != nil
        else { return nil }
        if columns.index(of: .cut) == nil { return text(.approved).isEmpty ? nil : .zero }
        return money(.cut)?.magnitude == requested ? .zero : nil
    }

    /// The price of all there is where other numbers of the row, such as months, times or persons, are factors: the amount by the quantity.
    func factor(of amount: ExactDecimal, _ quantity: ExactDecimal, _ price: ExactDecimal) -> ExactDecimal? {
        guard let once = try? quantity * price, once != amount, !once.isZero else { return nil }
        let others = row.cells.indices.compactMap { column -> ExactDecimal? in
            guard columns.role(at: column) == nil, !columns.isEarlier(column),
                let times = PrintedAmount(row.cells[column])?.value, times > 0,
                times != 1
            else { return nil }
            return times
        }.prefix(6)
        // One of them first, then two, then more.
        let choices = (1..<(1 << others.count)).sorted { ($0.nonzeroBitCount, $0) < ($1.nonzeroBitCount, $1) }
        for choice in choices {
            var whole = price
            for (index, times) in others.enumerated() where choice & (1 << index) != 0 {
                whole = (try? whole * times) ?? .zero
            }
            if (try? quantity * whole) == amount { return whole }
        }
        return nil
    }

    /// How many there are of the price by another column than that of the quantity, where this one does not make the amount: 可配数量 beside 现有数量.
    func otherQuantity(making amount: ExactDecimal, _ quantity: ExactDecimal, _ price: ExactDecimal) -> ExactDecimal? {
        guard let made = try? quantity * price, made != amount, !price.isZero else { return nil }
        return row.cells.indices.lazy.filter { columns.role(at: $0) == nil }
            .compactMap { PrintedAmount(row.cells[$0])?.value }
            .first { other in other > 0 && (try? other * price) == amount }
    }

    /// Whether every cell of these columns is a figure, or says that there is none.
    func isReadable(_ roles: [ColumnRole]) -> Bool {
        roles.allSatisfy { role in
            columns.index(of: role).map { PrintedAmount(row.cells[$0])?.unit.hasBytes(of: "。") == false } ?? true
        }
    }

    /// What names the row: its item and its detail, and what stands left of its first figure in columns that nobody knows, such as
    /// the project's own. Behind items that tell the rows apart such a column is a remark: 规格型号.
    var names: [String] {
        let item = columns.isNamedByItem ? columns.index(of: .item) : nil
        let firstFigure = row.cells.indices.first { column in
            switch columns.role(at: column) {
            case .item, .detail, .number, .year: false
            case nil: columns.isEarlier(column)
            default: true
            }
        }
        return row.cells.indices.filter { column in
            switch columns.role(at: column) {
            case .item, .detail: true
            case nil: column < item ?? firstFigure ?? 0 && !columns.remarks.contains(column)
            default: false
            }
        }.filter { column in
            // A number in a column that nobody knows, a mileage, is no name.
            columns.role(at: column) != nil || ExactDecimal(grouped: row.cells[column]) == nil
        }.map { row.cells[$0] }.filter { !$0.isEmpty }
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
        guard utf8.first.map({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) ?? false,
            let year = Int(filter { $0 != "年" && $0 != "度" }), (1900...2999).contains(year)
        else { return nil }
        return year
    }
}
