import BudgetReview
import ReviewModel

/// A deduction or increase of nothing or less.
let notPositive = Rule(
    "deduction/not-positive",
    .error,
    title: LocalizedText(zh: "核减金额不大于零", en: "a deduction of nothing or less"),
    manual: LocalizedText(
        zh: """
            deductions 的金额应大于零，方向由 kind 表示；反馈后放弃的核减在 feedback 中写 0。请更正金额。
            """,
        en: """
            The amount in `deductions` must be more than zero; the `kind` says which way it counts, and one \
            that was given up has 0 in `feedback`. Correct the amount.
            """
    )
)

func notAboveZero(_ deduction: Deduction) -> Finding {
    notPositive.finding(
        message: LocalizedText(
            zh: "\"\(deduction.line)\"的核减（核增）金额应大于零",
            en: "the deduction or increase of \"\(deduction.line)\" must be more than zero"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "amount"],
        expected: "> 0",
        found: Money.yuan(deduction.proposed),
        hint: LocalizedText(zh: "方向由 kind 表示", en: "the kind says which way it counts")
    )
}
