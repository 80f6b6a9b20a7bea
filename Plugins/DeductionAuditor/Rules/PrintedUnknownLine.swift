import BudgetLines
import ReviewModel

/// A row of the printed audit table that is no budget line.
let printedUnknownLine = AuditRule(
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
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              printed_audit:
                - {line: L1, requested: 3000.00, approved: 3000.00, deducted: 0.00}
                - {line: ↓L2, requested: 1000.00, approved: 1000.00, deducted: 0.00}
            """,
            zh: "预算审核表所列\"L2\"不在预算明细中",
            en: "the audit table prints \"L2\", which is no budget line"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              printed_audit:
                - {line: L1, requested: 3000.00, approved: 3000.00, deducted: 0.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    let known = audit.adjustments.map(\.subject)
    for row in audit.printed where audit.line[row.text("line")] == nil {
        findings.add(printedUnknown(row, known: known))
    }
}

private func printedUnknown(_ row: TableRow, known: [String]) -> Finding {
    let line = row.text("line")
    return printedUnknownLine.rule.finding(
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
