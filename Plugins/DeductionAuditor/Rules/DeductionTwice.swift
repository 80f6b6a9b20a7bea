import BudgetLines
import ReviewModel

/// The same deduction twice.
let deductionTwice = AuditRule(
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
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
                - ↓{line: L1, kind: cut, amount: 300.0, reason: 超过单价标准}
            """,
            zh: "\"课程\"的同一笔核减（核增）300.00 列了两次，均已计入",
            en: "the same 300.00 of \"课程\" stands twice for the same reason; both count"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
                - {line: L1, kind: cut, amount: 300.00, reason: 一次课程重复申报}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    var seen: [[String]: Deduction] = [:]
    for deduction in audit.deductions {
        let key = [
            deduction.line, deduction.kind.rawValue, deduction.proposed.withoutTrailingZeros.description,
            deduction.reason,
        ]
        if let first = seen[key] {
            findings.add(standsTwice(deduction, first, audit.name(of: deduction)))
        } else {
            seen[key] = deduction
        }
    }
}

private func standsTwice(_ deduction: Deduction, _ first: Deduction, _ name: String) -> Finding {
    deductionTwice.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"的同一笔核减（核增）\(Money.yuan(deduction.amount)) 列了两次，均已计入",
            en:
                "the same \(Money.yuan(deduction.amount)) of \"\(name)\" stands twice for the same reason; both count"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer, first.pointer],
        found: Money.yuan(deduction.amount),
        hint: LocalizedText(zh: "如系重复，请删去一条", en: "remove one if it is a slip")
    )
}
