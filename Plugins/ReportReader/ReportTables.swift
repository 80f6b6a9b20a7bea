import BudgetLines
import PrintedReports
import ReviewModel

/// The tables of the dossier that a report fills, in the shape that the form for budget requests gives them. Each row knows the
/// line of the report that it stands in.
struct ReportTables {
    let report: ReportText
    let printed: [PrintedTable]
    /// Whether nothing but the report says what was asked for.
    let isAlone: Bool
    /// What fields are called besides what words say: tables of nothing but these are no tables that were not read.
    let labels: Set<String>
    /// How rows begin where people sign below targets, folded.
    let signed: [String]

    init(
        _ report: ReportText,
        isAlone: Bool = false,
        labels: [(field: String, words: [String])] = [],
        signed: [String] = []
    ) {
        (self.report, self.isAlone, self.signed) = (report, isAlone, signed.map(\.folded))
        self.labels = Set(labels.flatMap(\.words).map(\.folded))
        printed = report.printedTables
    }

    /// Those that hold a row; a table that the report does not print is left to the spec. The running text is there in any case,
    /// for it tells others that a report was read.
    var all: [Table] {
        let lines = lines
        return [
            budgetLines(lines), printedAudit(lines), deductions(lines), historyYears, history(lines),
            targets("targets", reviewed: true), targets("declared_targets", reviewed: false), scores, evidence,
            problems, legalBases, paragraphs,
        ].filter { $0.rowCount > 0 || $0.name == "paragraphs" || isAlone && $0.name == "budget_lines" }
    }

    func first(_ kind: PrintedTable.Kind) -> PrintedTable? { printed.first { $0.kind == kind } }

    /// The audit table that goes by lines, not one that sums them up.
    private var auditTable: PrintedTable? { printed.mainAuditTable }

    // MARK: Money

    /// The printed lines with the ids that they get here: `L01`, `L02`, … in the order of the table.
    ///
    /// A report that has no other table of them names them in its audit table, each with what was asked for.
    private var lines: [(id: String, line: PrintedBudgetLine)] {
        var budget = first(.budget)?.budgetLines ?? []
        // What the table lacks of its total is a line of it, so that what is said of the whole is held against the whole.
        let isOfAudit = first(.budget)?.header.line.number == auditTable?.header.line.number
        if isAlone, isOfAudit, let remainder { budget.append(remainder.asLumpSum) }
        if isAlone { budget = wholeBudget(startingWith: budget) }
        let audited = isAlone && (budget.isEmpty || isOfOtherLevel(budget)) ? auditLines.map(\.asLumpSum) : []
        if !audited.isEmpty { budget = [] }
        return (budget + audited).enumerated().map { ($0 < 9 ? "L0\($0 + 1)" : "L\($0 + 1)", $1) }
    }

    /// The lines of all tables that are parts of one budget, 表2 云资源, 表3 硬件设备: those of other things than the first. Where the audit table says what was
    /// asked for in all, they must make it.
    private func wholeBudget(startingWith first: [PrintedBudgetLine]) -> [PrintedBudgetLine] {
        var (lines, names) = (first, Set(first.map(\.name.folded)))
        for table in printed.filter({ $0.kind == .budget }).dropFirst() {
            let more = table.budgetLines
            let known = more.count { names.contains($0.name.folded) }
            // What breaks a line down is in it already.
            let sum = try? ExactDecimal.sum(more.map(\.amount))
            guard known * 2 < more.count, !lines.contains(where: { $0.amount == sum }) else { continue }
            lines += more
            names.formUnion(more.map(\.name.folded))
        }
        guard lines.count > first.count else { return first }
        let sum = try? ExactDecimal.sum(lines.map(\.amount))
        let own = try? ExactDecimal.sum(first.map(\.amount))
        guard let asked = auditTable?.auditTotal?.requested else { return lines }
        return asked == sum || asked != own ? lines : first
    }

    /// Whether the audit table goes by other things than the lines of the budget: by schools where those are devices, by parts where those are items. Its rows are
    /// then what was asked for, and the lines are left to the checks of their own table.
    private func isOfOtherLevel(_ lines: [PrintedBudgetLine]) -> Bool {
        guard let rows = auditTable?.auditLines, !rows.isEmpty else { return false }
        let named = named(lines.enumerated().map { ("\($0)", $1) })
        let found = rows.count { row in id(of: row, in: named) != row.name }
        return found * 3 < rows.count
    }

    private func budgetLines(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        // Amounts in 万元 are rounded to what is printed, and so may products be.
        let isRounded = isAlone && lines.contains { !$0.line.amountStep.isZero }
        let steps = [
            Column(name: "amount_step", type: .decimal, unit: "CNY"),
            Column(name: "price_step", type: .decimal, unit: "CNY"),
        ]
        var table = Table(
            "budget_lines",
            [
                Column(name: "id"), Column(name: "group"), Column(name: "detail"),
                Column(name: "quantity", type: .decimal), Column(name: "unit"),
                Column(name: "unit_price", type: .decimal, unit: "CNY"),
                Column(name: "amount", type: .decimal, unit: "CNY"), Column(name: "history_key"),
            ] + (isRounded ? steps : [])
        )
        let earlier = Set(historyItems.map(\.item.folded))
        for (id, line) in lines {
            let name = line.name
            var cells: [Value] = [
                .text(id), .text(line.group), .optional(line.detail), .decimal(line.quantity),
                .optional(line.unit), .decimal(line.unitPrice), .decimal(line.amount),
                earlier.contains(name.folded) ? .text(name.folded) : .null,
            ]
            if isRounded { cells += [.decimal(line.amountStep), .decimal(line.priceStep)] }
            table.append(row: cells, at: report.spot(line: line.line))
        }
        return table
    }

    private typealias NamedLines = [String: [(id: String, line: PrintedBudgetLine)]]

    /// The lines under each name that they bear, folded: their detail and their item.
    private func named(_ lines: [(id: String, line: PrintedBudgetLine)]) -> NamedLines {
        var named: NamedLines = [:]
        for line in lines {
            for name in Set([line.line.detail.folded, line.line.group.folded]) { named[name, default: []].append(line) }
        }
        return named
    }

    private var auditLines: [PrintedAuditLine] {
        (auditTable?.settledAuditLines ?? []) + (isAlone ? [remainder].compactMap(\.self) : [])
    }

    /// What the rows of the audit table lack of its total; where another table has a line of that amount, it is that line.
    private var remainder: PrintedAuditLine? {
        guard let table = auditTable, var lost = table.rowSlip?.remainder else { return nil }
        let budget = first(.budget)
        guard let budget, budget.header.line.number != table.header.line.number else { return lost }
        let named = Set(table.auditLines.map(\.name.folded))
        let same = budget.budgetLines.filter { $0.amount == lost.requested && !named.contains($0.name.folded) }
        guard same.count == 1 else { return nil }
        lost.name = same[0].name
        return lost
    }

    /// The id of the line that an audit table names: by its name, or, where that stands several times, by its amount too.
    /// A name that the budget table does not have stays as it is, for the auditor to say so.
    private func id(of audited: PrintedAuditLine, in lines: NamedLines) -> String {
        let name = audited.name.folded
        let matches = lines[name] ?? lines[String(name.prefix { $0 != "（" })] ?? []
        return (matches.count > 1 ? matches.first { $0.line.amount == audited.requested } : matches.first)?.id
            ?? audited.name
    }

    private func printedAudit(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "printed_audit",
            [
                Column(name: "line"), Column(name: "requested", type: .decimal, unit: "CNY"),
                Column(name: "approved", type: .decimal, unit: "CNY"),
                Column(name: "deducted", type: .decimal, unit: "CNY"),
                Column(name: "rate", type: .decimal, unit: "percent"),
            ] + (isAlone ? [Column(name: "quantity", type: .decimal)] : [])
        )
        let named = named(lines)
        for audited in (auditTable?.auditLines ?? []) + (isAlone ? [remainder].compactMap(\.self) : []) {
            var cells: [Value] = [
                .text(id(of: audited, in: named)), .decimal(audited.requested), .decimal(audited.approved),
                .decimal(audited.deducted), audited.rate.map(Value.decimal) ?? .null,
            ]
            if isAlone { cells.append(audited.quantity.map(Value.decimal) ?? .null) }
            table.append(row: cells, at: report.spot(line: audited.line))
        }
        return table
    }

    /// A deduction whose reason names retention money is a deferral; the report itself has one column for both.
    private func deductions(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "deductions",
            [
                Column(name: "line"), Column(name: "kind"), Column(name: "amount", type: .decimal, unit: "CNY"),
                Column(name: "reason"),
            ]
        )
        let named = named(lines)
        for audited in auditLines {
            let isDeferral = report.words["retention"].contains(where: audited.reason.folded.hasBytes)
            var parts = [
                (kind: audited.deducted.isNegative ? "increase" : isDeferral ? "deferral" : "cut", audited.deducted)
            ]
            // What is cut and what is added stand in columns of their own.
            if !audited.increased.isZero, let cut = try? audited.deducted + audited.increased, cut > 0 {
                parts = [(isDeferral ? "deferral" : "cut", cut), ("increase", audited.increased)]
            }
            for (kind, amount) in parts where !amount.isZero {
                table.append(
                    row: [
                        .text(id(of: audited, in: named)), .text(kind), .decimal(amount.magnitude),
                        .text(audited.reason),
                    ],
                    at: report.spot(line: audited.line)
                )
            }
        }
        return table
    }

    // MARK: Earlier years

    /// The items of the table of earlier years; where there is none, what a self-evaluation form says of its own year.
    private var historyItems: [PrintedHistoryItem] {
        if let table = first(.history) { return table.historyItems }
        guard isAlone, let funds = first(.funds)?.funds.settled,
            let whole = funds.first(where: \.isTotal) ?? funds.first,
            let year = ReportFields(report).year, let budget = whole.budget, let paid = whole.paid
        else { return [] }
        // What was spent on each thing, with 合计 below.
        if funds.first?.isTotal == false, !funds.parts.isEmpty {
            return funds.parts.compactMap { row in
                guard let budget = row.budget, let paid = row.paid else { return nil }
                var item = PrintedHistoryItem(
                    line: row.line,
                    year: year,
                    item: row.name,
                    adjusted: budget,
                    paid: paid,
                    rate: nil,
                    isTotal: false
                )
                item.group = row.group
                return item
            }
        }
        return [
            PrintedHistoryItem(
                line: whole.line,
                year: year,
                item: whole.name,
                adjusted: budget,
                paid: paid,
                rate: nil,
                isTotal: false
            )
        ]
    }

    private var historyYears: Table {
        var table = Table(
            "history_years",
            [
                Column(name: "year", type: .integer), Column(name: "cut_off", type: .date),
                Column(name: "expected_rate", type: .decimal, unit: "percent"),
                Column(name: "declared_adjusted", type: .decimal, unit: "CNY"),
                Column(name: "declared_paid", type: .decimal, unit: "CNY"),
                Column(name: "declared_rate", type: .decimal, unit: "percent"),
            ]
        )
        let items = historyItems
        var seen: Set<Int> = []
        for item in items where seen.insert(item.year).inserted {
            let total = items.first { $0.year == item.year && $0.isTotal }
            table.append(
                row: [
                    .integer(item.year), report.cutOff(of: item.year).map(Value.text) ?? .null,
                    report.expectedRate(of: item.year).map(Value.decimal) ?? .null,
                    total.map { .decimal($0.adjusted) } ?? .null, total.map { .decimal($0.paid) } ?? .null,
                    total?.rate.map(Value.decimal) ?? .null,
                ],
                at: report.spot(line: total?.line ?? item.line)
            )
        }
        return table
    }

    /// Items are joined to the lines that bear the very same name; what changed its name is for the spec to join.
    private func history(_ lines: [(id: String, line: PrintedBudgetLine)]) -> Table {
        var table = Table(
            "history",
            [
                Column(name: "year", type: .integer), Column(name: "item"),
                Column(name: "adjusted", type: .decimal, unit: "CNY"),
                Column(name: "paid", type: .decimal, unit: "CNY"),
                Column(name: "declared_rate", type: .decimal, unit: "percent"), Column(name: "history_key"),
            ] + (isAlone ? [Column(name: "group")] : [])
        )
        let names = Set(lines.map(\.line.name.folded))
        for item in historyItems where !item.isTotal {
            table.append(
                row: [
                    .integer(item.year), .text(item.item), .decimal(item.adjusted), .decimal(item.paid),
                    item.rate.map(Value.decimal) ?? .null,
                    names.contains(item.item.folded) ? .text(item.item.folded) : .null,
                ] + (isAlone ? [.optional(item.group)] : []),
                at: report.spot(line: item.line)
            )
        }
        return table
    }
}

extension PrintedBudgetLine {
    /// The detail where the table has one, else the item.
    fileprivate var name: String { detail.isEmpty || detail == "/" ? group : detail }
}

extension Table {
    /// An empty table; its rows stand in lines of the report.
    init(_ name: String, _ columns: [Column]) { self.init(schema: TableSchema(name: name, columns: columns)) }
}

extension Value {
    /// Text, or nothing where it is empty.
    static func optional(_ text: String) -> Value { text.isEmpty ? .null : .text(text) }
}

extension PrintedAuditLine {
    /// What was asked for, as one of its amount.
    fileprivate var asLumpSum: PrintedBudgetLine {
        PrintedBudgetLine(
            line: line,
            group: group.isEmpty ? name : group,
            detail: group.isEmpty ? "" : name,
            quantity: 1,
            unitPrice: requested,
            amount: requested,
            isLumpSum: true
        )
    }
}
