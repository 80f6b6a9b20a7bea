import BudgetReview
import ReviewModel

/// More deducted from a line than it asks for.
let aboveRequest = Rule(
    "deduction/above-request",
    .error,
    title: LocalizedText(zh: "核减超过申报金额", en: "more deducted than requested"),
    manual: LocalizedText(
        zh: """
            一条明细的核减和缓付之和（反馈之后以最终金额计）超过其申报金额。请更正核减金额。
            """,
        en: """
            The cuts and deferrals of a line, after the feedback round, are more than it asks for. Correct them.
            """
    )
)

func moreThanRequested(_ line: BudgetLine, _ sum: ExactDecimal, _ deductions: [Deduction]) -> Finding {
    aboveRequest.finding(
        message: LocalizedText(
            zh: "\"\(line.label)\"核减 \(Money.yuan(sum))，超过申报金额 \(Money.yuan(line.amount))",
            en: "\"\(line.label)\" loses \(Money.yuan(sum)), more than the \(Money.yuan(line.amount)) requested"
        ),
        subject: line.id,
        pointers: deductions.map(\.amountPointer),
        expected: "≤ \(Money.yuan(line.amount))",
        found: Money.yuan(sum)
    )
}
