import BudgetReview
import ReviewModel

/// A row of the printed audit table that is no budget line.
let printedUnknownLine = Rule(
    "deduction/printed-unknown-line",
    .error,
    title: LocalizedText(zh: "预算审核表中有不存在的明细", en: "the printed audit table has a line that is not there"),
    manual: LocalizedText(
        zh: """
            printed_audit 的 line 不是任何预算明细的编号。请更正编号。
            """,
        en: """
            The `line` of a row of `printed_audit` is the id of no budget line. Correct it.
            """
    )
)

func printedUnknown(_ row: TableRow, known: [String]) -> Finding {
    let line = row.text("line")
    return printedUnknownLine.finding(
        message: LocalizedText(
            zh: "预算审核表所列\"\(line)\"不在预算明细中",
            en: "the audit table prints \"\(line)\", which is no budget line"
        ),
        subject: line,
        pointers: [row.pointer("line")],
        found: line,
        hint: suggestion(for: line, among: known)
    )
}
