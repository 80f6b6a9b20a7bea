internal import BudgetLines
public import ReviewModel

/// A line of a printed 预算明细表.
public struct PrintedBudgetLine: Sendable {
    public var line: Int
    public var group: String
    public var detail: String
    public var quantity: ExactDecimal
    public var unitPrice: ExactDecimal
    public var amount: ExactDecimal
}

/// A line of a printed 预算审核明细表.
public struct PrintedAuditLine: Sendable {
    public var line: Int
    public var name: String
    public var requested: ExactDecimal
    public var approved: ExactDecimal
    public var deducted: ExactDecimal
    public var rate: ExactDecimal?
    public var reason: String
}

/// An item of a printed table of earlier years, or the total of a year.
public struct PrintedHistoryItem: Sendable {
    public var line: Int
    public var year: Int
    public var item: String
    public var adjusted: ExactDecimal
    public var paid: ExactDecimal
    public var rate: ExactDecimal?
    public var isTotal: Bool
}

extension PrintedTable {
    /// The lines of a budget table; a merged 项目内容 stands in its first line only.
    public var budgetLines: [PrintedBudgetLine] {
        let hasDetail = header.cells.contains { words["detail"].end($0.folded) }
        var group = ""
        return rows.compactMap { row in
            guard !row.isTotal, let (start, numbers) = row.numbers(3) else { return nil }
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
    }

    /// The lines of an audit table. A rate and a reason that a converter put into one cell are parted again.
    public var auditLines: [PrintedAuditLine] { rows.filter { !$0.isTotal }.compactMap(auditLine) }

    /// The total of an audit table; `nil` where it prints none.
    public var auditTotal: PrintedAuditLine? { rows.first(where: \.isTotal).flatMap(auditLine) }

    private func auditLine(_ row: Row) -> PrintedAuditLine? {
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

    /// The items of a table of earlier years, and the total of each; a merged year stands in its first line only.
    public var historyItems: [PrintedHistoryItem] {
        var year: Int?
        return rows.compactMap { row in
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
}

extension String {
    /// `2025` of `2025 年`; blanks inside make it none.
    fileprivate var printedYear: Int? {
        guard utf8.first.map({ UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }) ?? false,
            let year = Int(filter { $0 != "年" }), (1900...2999).contains(year)
        else { return nil }
        return year
    }
}
