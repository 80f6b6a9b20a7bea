import BudgetLines
import PrintedReports
import ReviewModel

/// A table whose rows do not make its totals, or a row of a summary whose amounts do not go together.
let tableSum = DocumentRule(
    "document/table-sum",
    .error,
    title: LocalizedText(zh: "表内合计不符", en: "a table whose totals are not its sums"),
    manual: LocalizedText(
        zh: """
            预算明细表和汇总性的审核表（逐项审核表由 document/audit-table-differs 核对）：小计等于其上各行之和，合计等于全部明细之和；编号较高一级的行（一、（一））\
            等于其下各行之和时按小计处理；汇总表每行申报金额减审核金额等于核减金额，核减率按所印位数；历年表最后的合计等于各年之和；数据不由其组成的明细表（细化其中一行的），数量乘单价等于金额；没有读懂的表最后一行为合计的，各栏也相加。"其中"各行不计入合计，须等于其上一行；万元表按四舍五入的（正文有其精确金额）允许尾差。
            """,
        en: """
            In a budget table, and in an audit table that sums up (the one by lines is for document/audit-table-differs): 小计 is the sum of the rows above it, 合计 that of all lines; a row of a higher \
            number (一、, （一）) that is the sum of those below counts as such. In each row of a summary requested less approved is the cut, and the rate is theirs. In a table that breaks down what the data have in one line, quantity times price is the amount. 合计 below all years is their sum, and the columns of a table that is not known are added up where it ends in 合计. Rows beneath 其中 are no addends, and make the row above them. \
            A table in 万元 whose amounts the text gives more exactly may be off by what was rounded.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    预算明细表
                    项目内容\t数量\t单价\t金额
                    课程\t10\t300.00\t3,000.00
                    教材\t10\t50.00\t500.00
                    ↓合计\t\t\t3,600.00
            """,
            zh: "预算明细表的合计为 3,600.00，各行之和为 3,500.00",
            en: "合计 of \"预算明细表\" is 3,600.00, its rows make 3,500.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    预算明细表
                    项目内容\t数量\t单价\t金额
                    课程\t10\t300.00\t3,000.00
                    教材\t10\t50.00\t500.00
                    合计\t\t\t3,500.00
            """
        ),
    ],
    check: { audit, findings in
        let main = audit.report.printedTables.mainAuditTable?.header.line.number
        for table in audit.report.printedTables {
            // What is seen as a budget table and as an audit table has its parts told once.
            if !(table.kind == .budget && audit.report.hasAuditView(of: table)) { findings.add(checkParts(table)) }
            switch table.kind {
            // A row that lacks is told as such.
            case .budget where table.rowSlip?.kind == .lost: findings.add(try checkProducts(table, audit.dossier))
            case .budget:
                findings.add(try checkTotals(table, table.requestedRows, LocalizedText(zh: "金额", en: "amount")))
                findings.add(try checkProducts(table, audit.dossier))
            case .audit where table.header.line.number != main: findings.add(try checkSummary(table))
            case .history: findings.add(try checkYears(table))
            default: break
            }
        }
        for table in audit.report.unreadTables {
            let slips = table.slips(audit.report.words).filter {
                !table.isRounded($0.printed, from: $0.sum, in: audit.report)
            }
            findings.add(slips.map { otherColumn(table, $0) })
        }
    }
)

/// The row of a table of earlier years that sums up all of them.
private func checkYears(_ table: PrintedTable) throws(DecimalOverflow) -> [Finding] {
    guard let total = table.totalOfYears else { return [] }
    let items = table.historyItems
    let (budget, paid) = (try ExactDecimal.sum(items.map(\.adjusted)), try ExactDecimal.sum(items.map(\.paid)))
    var findings: [Finding] = []
    for (name, sum, printed) in [
        (LocalizedText(zh: "预算", en: "budget"), budget, total.adjusted),
        (LocalizedText(zh: "支出", en: "paid"), paid, total.paid),
    ] where sum != printed {
        findings.append(otherTotal(table, name, total.item, total.line, sum, printed))
    }
    if findings.isEmpty, let rate = total.rate,
        let made = try ExactDecimal.percentage(total.paid, of: total.adjusted, places: rate.places), made != rate
    {
        findings.append(otherExecution(table, total, made, rate))
    }
    return findings
}

/// A column of amounts of a summary.
enum AuditColumn: CaseIterable {
    case requested, approved, deducted

    var name: LocalizedText {
        switch self {
        case .requested: LocalizedText(zh: "申报金额", en: "requested amount")
        case .approved: LocalizedText(zh: "审核金额", en: "approved amount")
        case .deducted: LocalizedText(zh: "核减金额", en: "deduction")
        }
    }

    func value(_ line: PrintedAuditLine) -> ExactDecimal {
        switch self {
        case .requested: line.requested
        case .approved: line.approved
        case .deducted: line.deducted
        }
    }

    /// What the other two of a line make of it.
    func made(_ line: PrintedAuditLine) throws(DecimalOverflow) -> ExactDecimal {
        switch self {
        case .requested: try line.approved + line.deducted
        case .approved: try line.requested - line.deducted
        case .deducted: try line.requested - line.approved
        }
    }
}

private func checkSummary(_ table: PrintedTable) throws(DecimalOverflow) -> [Finding] {
    var (findings, explained) = ([Finding](), Set<AuditColumn>())
    let (lines, total) = (table.auditLines, table.auditTotal)
    let pair = try exchangedPair(lines)
    if let pair { findings.append(exchanged(table, pair, tableSum)) }
    for line in lines + [total].compactMap(\.self) where !(pair?.lines.contains(line.line) ?? false) {
        let made = try line.requested - line.approved
        if !table.mayBe(line.deducted, made, of: 2) {
            // The total of one column says which of the three is wrong.
            let wrong = if let total { try culprit(line, lines, total) } else { nil as AuditColumn? }
            if let wrong {
                findings.append(wrongCell(line, wrong, try wrong.made(line)))
                explained.insert(wrong)
            } else {
                findings.append(otherCut(line, made))
            }
        } else if table.roundedTo == nil, let rate = line.rate,
            let exact = try ExactDecimal.percentage(line.deducted, of: line.requested, places: rate.places),
            exact != rate
        {
            findings.append(otherRate(line, exact, rate))
        }
    }
    guard let total, table.rowSlip?.kind != .lost else { return findings }
    for column in AuditColumn.allCases where !explained.contains(column) {
        let sum = try ExactDecimal.sum(lines.map(column.value))
        if !table.mayBe(column.value(total), sum, of: lines.count) {
            findings.append(otherTotal(table, column.name, total.name, total.line, sum, column.value(total)))
        }
    }
    return findings
}

/// Two lines of an audit table whose amounts of one column have changed places.
struct ExchangedPair {
    var column: AuditColumn
    var one: PrintedAuditLine
    var two: PrintedAuditLine

    var lines: [Int] { [one.line, two.line] }
}

/// Two lines in which requested less approved is not what was cut, and is once they exchange the amounts of one column.
func exchangedPair(_ lines: [PrintedAuditLine]) throws(DecimalOverflow) -> ExchangedPair? {
    var wrong: [PrintedAuditLine] = []
    for line in lines where try line.requested - line.approved != line.deducted { wrong.append(line) }
    guard wrong.count == 2 else { return nil }
    for column in AuditColumn.allCases {
        let (a, b) = (column.value(wrong[0]), column.value(wrong[1]))
        if a != b, try column.made(wrong[0]) == b, try column.made(wrong[1]) == a {
            return ExchangedPair(column: column, one: wrong[0], two: wrong[1])
        }
    }
    return nil
}

/// The one column in which the amount that the other two make gives the total, where the printed one does not.
private func culprit(
    _ line: PrintedAuditLine,
    _ lines: [PrintedAuditLine],
    _ total: PrintedAuditLine
) throws(DecimalOverflow) -> AuditColumn? {
    var found: [AuditColumn] = []
    for column in AuditColumn.allCases {
        let (printed, made) = (column.value(line), try column.made(line))
        let sum = try ExactDecimal.sum(lines.map(column.value))
        if line.name == total.name, line.line == total.line, line.requested == total.requested {
            if sum != printed, sum == made { found.append(column) }
        } else if sum != column.value(total), try sum - printed + made == column.value(total) {
            found.append(column)
        }
    }
    return found.count == 1 ? found[0] : nil
}

private func checkTotals(_ table: PrintedTable, _ rows: [SummedRow], _ column: LocalizedText) throws(DecimalOverflow)
    -> [Finding]
{
    var (findings, open, all) = ([Finding](), [ExactDecimal](), [ExactDecimal]())
    for (position, row) in rows.enumerated() {
        guard row.isTotal else {
            if row.isSaidAgain { continue }
            open.append(row.amount)
            all.append(row.amount)
            continue
        }
        // A total may stand above everything that it sums up.
        let below = rows[(position + 1)...].filter { !$0.isTotal && !$0.isSaidAgain }.map(\.amount)
        let isAhead = all.isEmpty && !row.isSubtotal && below.count > 1 && rows.count(where: \.isTotal) == 1
        let (part, whole) = (try ExactDecimal.sum(open), try ExactDecimal.sum(isAhead ? below : all))
        // A table of a single row says its total twice.
        if all.isEmpty, !isAhead { continue }
        if row.isSubtotal {
            if !open.isEmpty, !table.mayBe(row.amount, part, of: open.count),
                !table.mayBe(row.amount, whole, of: all.count)
            {
                findings.append(otherTotal(table, column, row.name, row.line, part, row.amount))
            }
            open = []
        } else if !table.mayBe(row.amount, whole, of: isAhead ? below.count : all.count) {
            findings.append(otherTotal(table, column, row.name, row.line, whole, row.amount))
        }
    }
    return findings
}

/// Rows whose parts, beneath 其中 or a number, do not make them.
private func checkParts(_ table: PrintedTable) -> [Finding] {
    table.rowParts.slips.filter { !table.mayBe($0.amount, $0.sum, of: $0.count) }.map { slip in
        otherParts(table, slip)
    }
}

extension ReportText {
    /// Whether the budget table is an audit table, too.
    fileprivate func hasAuditView(of table: PrintedTable) -> Bool {
        printedTables.contains { $0.kind == .audit && $0.header.line.number == table.header.line.number }
    }
}

extension PrintedTable {
    /// Whether an amount may be printed for a sum of `count` others, rounded as the table is.
    fileprivate func mayBe(_ amount: ExactDecimal, _ sum: ExactDecimal, of count: Int) -> Bool {
        amount == sum || ((try? (amount - sum).magnitude <= slack(of: count)) ?? false)
    }
}

// MARK: - Messages

private func otherTotal(
    _ table: PrintedTable,
    _ column: LocalizedText,
    _ name: String,
    _ line: Int,
    _ sum: ExactDecimal,
    _ found: ExactDecimal
) -> Finding {
    let isPlain = column.en == "amount"
    return tableSum.rule.finding(
        message: LocalizedText(
            zh: "\(table.name.zh)的\(name)\(isPlain ? "" : column.zh)为 \(Money.yuan(found))，各行之和为 \(Money.yuan(sum))",
            en:
                "\(name)\(isPlain ? "" : " (\(column.en))") of \"\(table.name.en)\" is \(Money.yuan(found)), its rows make \(Money.yuan(sum))"
        ),
        subject: "\(table.caption) \(name) \(column.zh)",
        lines: [ReportText.spot(line: line)],
        expected: Money.yuan(sum),
        found: Money.yuan(found)
    )
}

private func otherExecution(
    _ table: PrintedTable,
    _ total: PrintedHistoryItem,
    _ made: ExactDecimal,
    _ rate: ExactDecimal
) -> Finding {
    tableSum.rule.finding(
        message: LocalizedText(
            zh: "\(table.name.zh)的\(total.item)执行率为 \(rate)%，应为 \(made)%",
            en: "the execution rate of \(total.item) in \"\(table.name.en)\" is \(rate)%, which is \(made)%"
        ),
        subject: "\(table.caption) \(total.item) %",
        lines: [ReportText.spot(line: total.line)],
        expected: "\(made)%",
        found: "\(rate)%"
    )
}

private func otherColumn(_ table: UnreadTable, _ slip: ColumnSlip) -> Finding {
    tableSum.rule.finding(
        message: LocalizedText(
            zh:
                "\(table.head.line.label.zh)起的表\"\(slip.head)\"一栏\(slip.total)为 \(slip.printed.grouped)，各行之和为 \(slip.sum.grouped)",
            en:
                "\(slip.total) of the column \"\(slip.head)\" in the table at \(table.head.line.label.en) is \(slip.printed.grouped), its rows make \(slip.sum.grouped)"
        ),
        subject: "\(table.caption) \(slip.head)",
        lines: [ReportText.spot(line: slip.line)],
        expected: slip.sum.grouped,
        found: slip.printed.grouped
    )
}

private func otherParts(_ table: PrintedTable, _ slip: RowParts.Slip) -> Finding {
    tableSum.rule.finding(
        message: LocalizedText(
            zh:
                "\(table.name.zh)的\"\(slip.name)\"\(slip.column)为 \(Money.yuan(slip.amount))，其下各行之和为 \(Money.yuan(slip.sum))",
            en:
                "\"\(slip.name)\" (\(slip.column)) of \"\(table.name.en)\" is \(Money.yuan(slip.amount)), the rows beneath it make \(Money.yuan(slip.sum))"
        ),
        subject: "\(table.caption) \(slip.name) \(slip.column)",
        lines: [ReportText.spot(line: slip.line)],
        expected: Money.yuan(slip.sum),
        found: Money.yuan(slip.amount)
    )
}

/// Told of the table at hand.
func exchanged(_ table: PrintedTable, _ pair: ExchangedPair, _ check: DocumentRule) -> Finding {
    let (one, two) = (Money.yuan(pair.column.value(pair.one)), Money.yuan(pair.column.value(pair.two)))
    return check.rule.finding(
        message: LocalizedText(
            zh:
                "\(table.name.zh)\"\(pair.one.name)\"与\"\(pair.two.name)\"的\(pair.column.name.zh)似乎互换（\(one)、\(two)）：按各自的其他金额应为 \(two)、\(one)",
            en:
                "the \(pair.column.name.en)s of \"\(pair.one.name)\" and \"\(pair.two.name)\" in \(table.name.en) seem to have changed places (\(one), \(two)): by the other amounts of their rows they are \(two) and \(one)"
        ),
        subject: "\(pair.one.name) \(pair.two.name) \(pair.column.name.zh)",
        lines: pair.lines.map { ReportText.spot(line: $0) },
        expected: two,
        found: one
    )
}

private func wrongCell(_ line: PrintedAuditLine, _ column: AuditColumn, _ expected: ExactDecimal) -> Finding {
    let found = Money.yuan(column.value(line))
    return tableSum.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.name)\"的\(column.name.zh)为 \(found)，按同行其他金额和合计应为 \(Money.yuan(expected))",
            en:
                "the \(column.name.en) of \"\(line.name)\" is \(found); by the other amounts of its row and the total it is \(Money.yuan(expected))"
        ),
        subject: "\(line.name) \(column.name.zh)",
        lines: [ReportText.spot(line: line.line)],
        expected: Money.yuan(expected),
        found: found
    )
}

private func otherCut(_ line: PrintedAuditLine, _ made: ExactDecimal) -> Finding {
    tableSum.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(line.name)\"申报 \(Money.yuan(line.requested))、审核 \(Money.yuan(line.approved))，核减应为 \(Money.yuan(made))，表中为 \(Money.yuan(line.deducted))",
            en:
                "\"\(line.name)\": \(Money.yuan(line.requested)) requested and \(Money.yuan(line.approved)) approved make a cut of \(Money.yuan(made)), the table has \(Money.yuan(line.deducted))"
        ),
        subject: "\(line.name) 核减金额",
        lines: [ReportText.spot(line: line.line)],
        expected: Money.yuan(made),
        found: Money.yuan(line.deducted)
    )
}

private func otherRate(_ line: PrintedAuditLine, _ made: ExactDecimal, _ rate: ExactDecimal) -> Finding {
    tableSum.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.name)\"的核减率为 \(rate)%，应为 \(made)%",
            en: "the deduction rate of \"\(line.name)\" is \(rate)%, which is \(made)%"
        ),
        subject: "\(line.name) 核减率",
        lines: [ReportText.spot(line: line.line)],
        expected: "\(made)%",
        found: "\(rate)%"
    )
}
