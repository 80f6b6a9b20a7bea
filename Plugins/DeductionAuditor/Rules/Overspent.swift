import BudgetLines
import ReviewModel

/// More paid than the adjusted budget.
let overspent = AuditRule(
    "history/overspent",
    .warning,
    title: LocalizedText(zh: "支付超过预算", en: "paid more than the budget"),
    manual: LocalizedText(
        zh: """
            历年明细的支付金额大于调整后预算。请核对是否漏记调整。
            """,
        en: """
            An item was paid more than its adjusted budget. Check whether an adjustment is missing.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: ↓3000.01}
            """,
            zh: "2025 年\"课程\"支付 3,000.01，超过调整后预算 3,000.00",
            en: "\"课程\" paid 3,000.01 in 2025, more than its budget of 3,000.00"
        ),
        .good(
            """
            tables:
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 3000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for item in audit.years.flatMap(\.items) where item.paid > item.adjusted { findings.add(paidTooMuch(item)) }
}

private func paidTooMuch(_ item: HistoryItem) -> Finding {
    overspent.rule.finding(
        message: LocalizedText(
            zh: "\(item.year) 年\"\(item.name)\"支付 \(Money.yuan(item.paid))，超过调整后预算 \(Money.yuan(item.adjusted))",
            en:
                "\"\(item.name)\" paid \(Money.yuan(item.paid)) in \(item.year), more than its budget of \(Money.yuan(item.adjusted))"
        ),
        subject: "\(item.year)/\(item.name)",
        pointers: [item.pointer / "paid"],
        expected: "≤ \(Money.yuan(item.adjusted))",
        found: Money.yuan(item.paid)
    )
}
