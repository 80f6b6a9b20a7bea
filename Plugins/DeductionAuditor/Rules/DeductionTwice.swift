import BudgetReview
import ReviewModel

/// The same deduction twice.
let deductionTwice = Rule(
    "deduction/twice",
    .warning,
    title: LocalizedText(zh: "同一笔核减列了两次", en: "the same deduction twice"),
    manual: LocalizedText(
        zh: """
            line、kind、金额和理由都相同的两行，均已计入。如系重复请删去一条。
            """,
        en: """
            Two rows with the same line, kind, amount and reason; both count. Remove one if it is a slip.
            """
    )
)

func standsTwice(_ deduction: Deduction, _ first: Deduction) -> Finding {
    deductionTwice.finding(
        message: LocalizedText(
            zh: "\"\(deduction.line)\"的同一笔核减（核增）\(Money.yuan(deduction.amount)) 列了两次，均已计入",
            en:
                "the same \(Money.yuan(deduction.amount)) of \"\(deduction.line)\" stands twice for the same reason; both count"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer, first.pointer],
        found: Money.yuan(deduction.amount),
        hint: LocalizedText(zh: "如系重复，请删去一条", en: "remove one if it is a slip")
    )
}
