import BudgetReview
import ReviewModel

/// An execution rate that is not paid ÷ budget.
let itemRate = Rule(
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
    )
)

func wrongItemRate(_ item: HistoryItem, _ declared: ExactDecimal, _ rate: ExactDecimal?) -> Finding {
    let expected = rate.map(Money.percent) ?? "—"
    return itemRate.finding(
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
