import BudgetReview
import ReviewModel

/// More paid than the adjusted budget.
let overspent = Rule(
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
    )
)

func paidTooMuch(_ item: HistoryItem) -> Finding {
    overspent.finding(
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
