import BudgetReview
import ReviewModel

/// A line that the printed audit table leaves out.
let notPrinted = Rule(
    "deduction/not-printed",
    .error,
    title: LocalizedText(zh: "预算审核表漏列明细", en: "the printed audit table lacks a line"),
    manual: LocalizedText(
        zh: """
            printed_audit 有行，但缺少某条预算明细。请补上该行。
            """,
        en: """
            `printed_audit` has rows, but none for a budget line. Add it.
            """
    )
)

func leftOut(_ adjustment: Adjustment) -> Finding {
    notPrinted.finding(
        message: LocalizedText(
            zh: "预算审核表中没有预算明细\"\(adjustment.label)\"",
            en: "the audit table leaves out the budget line \"\(adjustment.label)\""
        ),
        subject: adjustment.subject,
        pointers: adjustment.pointer.map { [$0] } ?? [],
        expected: Money.yuan(adjustment.requested),
        hint: LocalizedText(zh: "请在审核表中补上这一行", en: "add the line to the audit table")
    )
}
