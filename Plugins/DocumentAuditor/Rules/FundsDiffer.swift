import BudgetLines
import PrintedReports
import ReviewModel

/// The funds of a self-evaluation form: a rate that is not payments by budget, points that are not by the rate, parts that do not make
/// their total.
let fundsDiffer = DocumentRule(
    "document/funds-differ",
    .error,
    title: LocalizedText(zh: "自评表资金栏不符", en: "the funds of a self-evaluation form do not go together"),
    manual: LocalizedText(
        zh: """
            自评表的项目资金栏（财预〔2020〕10号附表及各地同类表格）和资金使用（执行）情况表逐行核对：执行率 = 执行数 ÷ 全年预算数（没有全年预算数的按年初预算数），按所印位数四舍五入；\
            得分不超过分值；得分 = 分值 × 执行率（不足 100% 的），按所印位数，不同的为提醒，因为各地可另定办法；年度资金总额之下（合计之上）各项之和等于总额。金额单位按表头。
            """,
        en: """
            Checks each row of the funds of a self-evaluation form (annex of 财预〔2020〕10号 and its kin), and of a table of how money was spent: the rate is payments by the budget of the whole year (of its beginning where there is none), \
            rounded half up to the places printed; points do not exceed their maximum, and are the maximum times the rate, a warning where they are not, for a town may have another way; the parts \
            below 年度资金总额, or above 合计, make it. Units are those of the head.
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
                    项目支出绩效自评表
                    项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
                    ↓年度资金总额\t60.00\t58.40\t55.48\t10\t98.00%\t9.5
            """,
            zh: "\"年度资金总额\"的执行率为 98.00%，按执行数 554,800.00 元、预算数 584,000.00 元应为 95.00%",
            en: "the rate of \"年度资金总额\" is 98.00%; 554,800.00 paid of 584,000.00 are 95.00%"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目支出绩效自评表
                    项目资金（万元）\t年初预算数\t全年预算数\t全年执行数\t分值\t执行率\t得分
                    年度资金总额\t60.00\t58.40\t55.48\t10\t95.00%\t9.5
                    其中：当年财政拨款\t60.00\t58.40\t55.48\t—\t—\t—
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables { findings.add(try checkFunds(table.funds)) }
    }
)

private func checkFunds(_ printed: [PrintedFunds]) throws(DecimalOverflow) -> [Finding] {
    // One wrong cell is told once: with it mended, what is left stands for itself.
    var findings = printed.slip.map { [wrongCell($0)] } ?? []
    let rows = printed.settled
    for row in rows {
        guard let budget = row.budget, let paid = row.paid else { continue }
        if !row.hasItsRate, let rate = row.rate, let made = row.madeRate {
            findings.append(otherRate(row, budget, paid, made, rate))
        }
        if let most = row.points, let score = row.score {
            if score > most {
                findings.append(aboveMost(row, most, score))
            } else if let made = try scoreByRate(row, budget, paid, most), made != score {
                findings.append(otherScore(row, most, made, score))
            }
        }
    }
    return findings + (try checkParts(rows))
}

/// The points by the rate, all of them where all was spent; `nil` without a budget.
private func scoreByRate(
    _ row: PrintedFunds,
    _ budget: ExactDecimal,
    _ paid: ExactDecimal,
    _ most: ExactDecimal
) throws(DecimalOverflow) -> ExactDecimal? {
    if paid >= budget { return most }
    return try (most * paid).divided(by: budget, places: row.score?.places ?? 2)
}

/// The rows below the total are its parts, as far as they say so: 其中, 上年结转, 其他.
private func checkParts(_ rows: [PrintedFunds]) throws(DecimalOverflow) -> [Finding] {
    guard let total = rows.total else { return [] }
    let rounding = try total.rounding * ExactDecimal(rows.count)
    let columns = FundsSlip.Column.allCases.map { column in (column.name, { (row: PrintedFunds) in row[column] }) }
    var findings: [Finding] = []
    for (name, value) in columns {
        let parts = rows.parts.compactMap(value)
        guard let whole = value(total), !parts.isEmpty else { continue }
        let sum = try ExactDecimal.sum(parts)
        if try (sum - whole).magnitude > rounding { findings.append(otherTotal(total, name, sum, whole)) }
    }
    return findings
}

// MARK: - Messages

extension FundsSlip.Column {
    fileprivate var name: LocalizedText {
        switch self {
        case .original: LocalizedText(zh: "年初预算数", en: "first budget")
        case .adjusted: LocalizedText(zh: "全年预算数", en: "budget")
        case .paid: LocalizedText(zh: "全年执行数", en: "payments")
        }
    }
}

private func wrongCell(_ slip: FundsSlip) -> Finding {
    let (expected, found) = (Money.yuan(slip.expected), Money.yuan(slip.row[slip.column] ?? .zero))
    return fundsDiffer.rule.finding(
        message: LocalizedText(
            zh: "\"\(slip.row.name)\"的\(slip.column.name.zh)为 \(found) 元，按执行率和各项合计应为 \(expected) 元",
            en:
                "the \(slip.column.name.en) of \"\(slip.row.name)\" is \(found); by the rate and the sum of the rows it is \(expected)"
        ),
        subject: "\(slip.row.name) \(slip.column.name.zh)",
        lines: [ReportText.spot(line: slip.row.line)],
        expected: expected,
        found: found
    )
}

private func otherRate(
    _ row: PrintedFunds,
    _ budget: ExactDecimal,
    _ paid: ExactDecimal,
    _ made: ExactDecimal,
    _ rate: ExactDecimal
) -> Finding {
    fundsDiffer.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(row.name)\"的执行率为 \(rate)%，按执行数 \(Money.yuan(paid)) 元、预算数 \(Money.yuan(budget)) 元应为 \(made)%",
            en:
                "the rate of \"\(row.name)\" is \(rate)%; \(Money.yuan(paid)) paid of \(Money.yuan(budget)) are \(made)%"
        ),
        subject: "\(row.name) 执行率",
        lines: [ReportText.spot(line: row.line)],
        expected: "\(made)%",
        found: "\(rate)%",
        hint: LocalizedText(zh: "核对预算数、执行数和执行率", en: "look at the budget, the payments and the rate")
    )
}

private func aboveMost(_ row: PrintedFunds, _ most: ExactDecimal, _ score: ExactDecimal) -> Finding {
    fundsDiffer.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"得分 \(Money.points(score)) 分，超过分值 \(Money.points(most)) 分",
            en: "\"\(row.name)\" has \(Money.points(score)) points of \(Money.points(most))"
        ),
        subject: "\(row.name) 得分",
        lines: [ReportText.spot(line: row.line)],
        expected: "≤ \(Money.points(most))",
        found: Money.points(score)
    )
}

private func otherScore(_ row: PrintedFunds, _ most: ExactDecimal, _ made: ExactDecimal, _ score: ExactDecimal)
    -> Finding
{
    var finding = fundsDiffer.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"得分为 \(Money.points(score)) 分，按分值 \(Money.points(most)) 分乘执行率为 \(Money.points(made)) 分",
            en:
                "\"\(row.name)\" has \(Money.points(score)) points; \(Money.points(most)) times the rate are \(Money.points(made))"
        ),
        subject: "\(row.name) 得分",
        lines: [ReportText.spot(line: row.line)],
        expected: Money.points(made),
        found: Money.points(score),
        hint: LocalizedText(zh: "本地另有计分办法的，请注明", en: "if the town counts otherwise, say so")
    )
    finding.severity = .warning
    return finding
}

private func otherTotal(_ total: PrintedFunds, _ column: LocalizedText, _ sum: ExactDecimal, _ whole: ExactDecimal)
    -> Finding
{
    fundsDiffer.rule.finding(
        message: LocalizedText(
            zh: "\"\(total.name)\"的\(column.zh)为 \(Money.yuan(whole)) 元，各项合计 \(Money.yuan(sum)) 元",
            en: "the \(column.en) of \"\(total.name)\" is \(Money.yuan(whole)); its rows make \(Money.yuan(sum))"
        ),
        subject: "\(total.name) \(column.zh)",
        lines: [ReportText.spot(line: total.line)],
        expected: Money.yuan(sum),
        found: Money.yuan(whole)
    )
}
