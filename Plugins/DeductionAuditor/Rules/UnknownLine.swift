import BudgetReview
import ReviewModel

/// A deduction from a line that there is not.
let unknownLine = Rule(
    "deduction/unknown-line",
    .error,
    title: LocalizedText(zh: "核减对应的明细不存在", en: "a deduction from a line that is not there"),
    manual: LocalizedText(
        zh: """
            deductions 的 line 不是任何预算明细的编号，该行不计入。请更正编号。
            """,
        en: """
            The `line` of a deduction is the id of no budget line, and the row does not count. Correct it.
            """
    )
)

func deductedFromNothing(_ deduction: Deduction, known: [String]) -> Finding {
    unknownLine.finding(
        message: LocalizedText(
            zh: "核减对应的预算明细\"\(deduction.line)\"不存在",
            en: "there is no budget line \"\(deduction.line)\" to deduct from"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "line"],
        found: deduction.line,
        hint: suggestion(for: deduction.line, among: known)
    )
}
