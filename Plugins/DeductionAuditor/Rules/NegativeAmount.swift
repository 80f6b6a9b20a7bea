import BudgetReview
import ReviewModel

/// An amount below zero.
let negativeAmount = Rule(
    "arithmetic/negative-amount",
    .error,
    title: LocalizedText(zh: "金额为负", en: "an amount below zero"),
    manual: LocalizedText(
        zh: """
            预算明细的金额小于零。核减用 deductions 表示，不用负数。请更正金额。
            """,
        en: """
            The amount of a budget line is below zero. Cuts belong into `deductions`. Correct the amount.
            """
    )
)

func belowZero(_ line: BudgetLine) -> Finding {
    negativeAmount.finding(
        message: LocalizedText(zh: "\"\(line.label)\"的金额为负", en: "the amount of \"\(line.label)\" is negative"),
        subject: line.id,
        pointers: [line.pointer / "amount"],
        expected: "≥ 0",
        found: Money.yuan(line.amount)
    )
}
