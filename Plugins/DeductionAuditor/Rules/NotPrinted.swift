import BudgetLines
import ReviewModel

/// A line that the printed audit table leaves out.
let notPrinted = AuditRule(
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
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - ↓{id: L2, group: 场租, quantity: 2, unit_price: 500.00, amount: 1000.00}
              printed_audit:
                - {line: L1, requested: 3000.00, approved: 3000.00, deducted: 0.00}
            """,
            zh: "预算审核表中没有预算明细\"场租\"",
            en: "the audit table leaves out the budget line \"场租\""
        ),
        .good(
            """
            # 没有原表，也就没有漏列。
            # Without a printed table no line can be missing from it.
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    if audit.printed.isEmpty { return }
    let printed = Set(audit.printed.map { $0.text("line") })
    findings.add(audit.adjustments.filter { !printed.contains($0.subject) }.map(leftOut))
}

private func leftOut(_ adjustment: Adjustment) -> Finding {
    notPrinted.rule.finding(
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
