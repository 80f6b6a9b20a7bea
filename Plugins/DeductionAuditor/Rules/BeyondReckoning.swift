import BudgetLines
import ReviewModel

/// An amount that no budget has.
let beyondReckoning = AuditRule(
    "arithmetic/beyond-reckoning",
    .error,
    title: LocalizedText(zh: "金额超出可计算的范围", en: "an amount beyond reckoning"),
    manual: LocalizedText(
        zh: """
            金额的整数超过 15 位，或小数超过 12 位，多半是填写有误。该明细或核减不参与计算，合计因此不全；其余照常审核。请更正。
            """,
        en: """
            An amount has more than 15 digits before the point, or more than 12 after it, and is most likely mistyped. The line or \
            deduction is left out, so that the totals are not complete; all else is audited. Correct it.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 1, unit_price: 9999999999999999999, amount: ↓9999999999999999999}
            """,
            zh: "\"课程\"的金额超出可计算的范围，未计入",
            en: "the amount of \"课程\" is beyond reckoning and left out"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for line in audit.beyond.lines {
        findings.add(leftOut(line.label, line.id, line.amount, at: line.pointer / "amount"))
    }
    for deduction in audit.beyond.deductions {
        let isProposed = deduction.amount.isReckonable
        let pointer = isProposed ? deduction.pointer / "amount" : deduction.amountPointer
        let amount = isProposed ? deduction.proposed : deduction.amount
        findings.add(leftOut(audit.name(of: deduction), deduction.line, amount, at: pointer))
    }
}

private func leftOut(_ name: String, _ subject: String, _ amount: ExactDecimal, at pointer: JSONPointer) -> Finding {
    beyondReckoning.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"的金额超出可计算的范围，未计入",
            en: "the amount of \"\(name)\" is beyond reckoning and left out"
        ),
        subject: subject,
        pointers: [pointer],
        expected: "< 10^15",
        found: amount.description,
        hint: LocalizedText(
            zh: "整数最多 15 位，小数最多 12 位",
            en: "at most 15 digits before the point and 12 after it"
        )
    )
}
