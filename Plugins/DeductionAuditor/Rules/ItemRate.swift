import BudgetLines
import ReviewModel

/// An execution rate that is not paid ÷ budget.
let itemRate = AuditRule(
    "history/item-rate",
    .error,
    title: LocalizedText(zh: "历年执行率算错", en: "an execution rate that is not paid ÷ budget"),
    manual: LocalizedText(
        zh: """
            历年明细所印执行率应等于支付 ÷ 调整后预算，四舍五入到两位小数；没有预算时应为零。请更正执行率或金额\
            。
            """,
        en: """
            The printed rate of an item must be paid ÷ adjusted budget, rounded half up to two places; without \
            a budget, zero. Correct the rate or an amount.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2000.00, declared_rate: ↓66.66%}
            """,
            zh: "2025 年\"课程\"的执行率为 66.67%，表中为 66.66%",
            en: "the execution rate of \"课程\" in 2025 is 66.67%, the table says 66.66%"
        ),
        .good(
            """
            tables:
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2000.00, declared_rate: 66.67%}
                - {year: 2025, item: 场租, adjusted: 0.00, paid: 0.00, declared_rate: 0.00%}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    for year in audit.years {
        let slip = try HistorySlip.of(year)
        for item in year.items {
            let rate = try ExactDecimal.percentage(item.paid, of: item.adjusted)
            // Without a budget there is no rate, and a printed zero says the same.
            guard let declared = item.declaredRate, declared != (rate ?? 0) else { continue }
            if let slip, slip.item.pointer == item.pointer {
                findings.add(wrongAmount(slip, declared))
            } else {
                findings.add(wrongItemRate(item, declared, rate))
            }
        }
    }
}

/// The amount of an item is wrong, and not its rate, for the year's total says so, too.
private func wrongAmount(_ slip: HistorySlip, _ declared: ExactDecimal) -> Finding {
    let (item, isPaid) = (slip.item, slip.column == .paid)
    let (expected, found) = (Money.yuan(slip.expected), Money.yuan(isPaid ? item.paid : item.adjusted))
    return itemRate.rule.finding(
        message: LocalizedText(
            zh:
                "\(item.year) 年\"\(item.name)\"的\(isPaid ? "支付金额" : "调整后预算金额")为 \(found)，按执行率 \(Money.percent(declared)) 和当年合计应为 \(expected)",
            en:
                "the \(isPaid ? "payments" : "budget") of \"\(item.name)\" in \(item.year) are \(found); by the rate of \(Money.percent(declared)) and the total of the year they are \(expected)"
        ),
        subject: "\(item.year)/\(item.name)",
        pointers: [item.pointer / slip.column.rawValue],
        expected: expected,
        found: found
    )
}

private func wrongItemRate(_ item: HistoryItem, _ declared: ExactDecimal, _ rate: ExactDecimal?) -> Finding {
    let expected = rate.map(Money.percent) ?? "—"
    return itemRate.rule.finding(
        message: LocalizedText(
            zh: "\(item.year) 年\"\(item.name)\"的执行率为 \(expected)，表中为 \(Money.percent(declared))",
            en:
                "the execution rate of \"\(item.name)\" in \(item.year) is \(expected), the table says \(Money.percent(declared))"
        ),
        subject: "\(item.year)/\(item.name)",
        pointers: [item.pointer / "declared_rate"],
        expected: expected,
        found: Money.percent(declared)
    )
}
