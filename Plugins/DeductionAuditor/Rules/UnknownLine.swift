import BudgetLines
import ReviewModel

/// A deduction from a line that there is not.
let unknownLine = AuditRule(
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
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L10, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: ↓L1O, kind: cut, amount: 300.00, reason: 超过单价标准}
            """,
            zh: "核减对应的预算明细\"L1O\"不存在",
            en: "there is no budget line \"L1O\" to deduct from"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L10, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L10, kind: cut, amount: 300.00, reason: 超过单价标准}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    let known = audit.lines.map(\.id)
    for deduction in audit.deductions where audit.line[deduction.line] == nil {
        findings.add(deductedFromNothing(deduction, known: known))
    }
}

private func deductedFromNothing(_ deduction: Deduction, known: [String]) -> Finding {
    unknownLine.rule.finding(
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
