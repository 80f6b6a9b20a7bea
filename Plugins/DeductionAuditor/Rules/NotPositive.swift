import BudgetLines
import ReviewModel

/// A deduction or increase of nothing or less.
let notPositive = AuditRule(
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
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: ↓-300.00, reason: 超过单价标准}
            """,
            zh: "\"课程\"的核减（核增）金额应大于零",
            en: "the deduction or increase of \"课程\" must be more than zero"
        ),
        .good(
            """
            # 反馈后放弃的核减：初审金额仍大于零。
            # Given up in the feedback round: the deduction as proposed stays above zero.
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
              feedback:
                - {line: L1, reply: 单价按合同执行, answer: 同意, final_amount: 0.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for deduction in audit.deductions where deduction.proposed <= 0 {
        findings.add(notAboveZero(deduction, audit.name(of: deduction)))
    }
}

private func notAboveZero(_ deduction: Deduction, _ name: String) -> Finding {
    notPositive.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"的核减（核增）金额应大于零",
            en: "the deduction or increase of \"\(name)\" must be more than zero"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "amount"],
        expected: "> 0",
        found: Money.yuan(deduction.proposed),
        hint: LocalizedText(zh: "金额写正数，方向由类别（kind）表示", en: "the kind says which way it counts")
    )
}
