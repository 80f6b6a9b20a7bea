internal import BudgetLines
public import ReviewModel

/// What audit tables say.
extension PrintedTable {
    /// The lines of an audit table. A rate and a reason that a converter put into one cell are parted again.
    public var auditLines: [PrintedAuditLine] {
        let hasGroups = columns.map { $0.index(of: .item) != nil && $0.index(of: .detail) != nil } ?? false
        var group = ""
        let (sign, isBlankNone, granted) = (signOfCuts, blankCutIsNone, grantedQuantity)
        return rows.filter { !$0.isTotal && !isSaidAgain($0) }.compactMap { row in
            guard var line = auditLine(row, sign, isBlankNone: isBlankNone) else { return nil }
            if let granted, row.cells.count == columns?.count {
                line.quantity = PrintedAmount(row.cells[granted])?.value
            }
            if hasGroups, let item = PlacedCells(row, columns)?.text(.item) {
                if !item.isEmpty, item != line.name { group = item }
                // A line without a detail is an item by itself.
                line.group = item == line.name ? "" : group
            }
            return line
        }
    }

    /// The column that says how many were granted: 审核工程量, 审定数量.
    private var grantedQuantity: Int? {
        header.cells.firstIndex { cell in
            let head = cell.folded
            guard let side = words["granted_heads"].first(where: head.hasPrefix) else { return false }
            return words[ColumnRole.quantity.rawValue].isOne(String(head.dropFirst(side.count)))
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
        // 长度 12.4 | 每公里造价 18,500 before them: a row that has all its cells has not been moved.
        if let column = columns?.index(of: .requested), start < column, row.cells.count == columns?.count,
            let cells = PlacedCells(row, columns), cells.money(.requested) != nil, cells.money(.approved) != nil
        {
            return nil
        }
        let rest = row.cells[(start + 3)...].filter { !$0.isEmpty }
        var (rate, reason) = (rest.first.flatMap(PrintedNumber.init)?.value, rest.dropFirst().joined())
        if rate == nil, let first = rest.first {
            let parts = first.split(separator: " ", maxSplits: 1)
            // A reason may begin with a number, 9 sessions at 600; a rate has a column, or its sign.
            let hasRates = columns?.index(of: .cutRate) != nil
            rate = parts.first.flatMap(PrintedNumber.init).flatMap { hasRates || $0.isPercent ? $0.value : nil }
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
}
