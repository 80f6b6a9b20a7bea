import BudgetLines
import ReviewModel

/// An amount below zero.
let negativeAmount = AuditRule(
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
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 退租, quantity: 1, unit_price: -500.00, amount: ↓-500.00}
            """,
            zh: "\"退租\"的金额为负",
            en: "the amount of \"退租\" is negative"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 退租, quantity: 0, unit_price: 500.00, amount: 0.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for line in audit.lines where line.amount.isNegative { findings.add(belowZero(line)) }
}

private func belowZero(_ line: BudgetLine) -> Finding {
    negativeAmount.rule.finding(
        message: LocalizedText(zh: "\"\(line.label)\"的金额为负", en: "the amount of \"\(line.label)\" is negative"),
        subject: line.id,
        pointers: [line.pointer / "amount"],
        expected: "≥ 0",
        found: Money.yuan(line.amount)
    )
}
