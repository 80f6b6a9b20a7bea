import BudgetLines
import ReviewModel

/// A deduction that grew in the feedback round.
let feedbackRaised = AuditRule(
    "feedback/raised",
    .warning,
    title: LocalizedText(zh: "反馈之后核减增加", en: "a deduction that grew with the reply"),
    manual: LocalizedText(
        zh: "最终核减金额大于初审核减金额的列出：反馈是为听取意见，加重须有新的事实，并再次征求意见。",
        en:
            "Lists deductions whose final amount is above the proposed one: the round is there to hear the applicant, so more takes new facts and another round."
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
              feedback:
                - {line: L1, reply: 单价按合同执行, answer: 合同单价更低, final_amount: ↓400.00}
            """,
            zh: "\"课程\"初审核减 300.00 元，反馈之后核减 400.00 元",
            en: "\"课程\" was to lose 300.00, and loses 400.00 after the reply"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
              feedback:
                - {line: L1, reply: 单价按合同执行, answer: 不予采纳, final_amount: 300.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    for deduction in audit.deductions where deduction.kind != .increase && deduction.amount > deduction.proposed {
        if let feedback = deduction.feedback {
            findings.add(try raised(deduction, feedback, audit.name(of: deduction)))
        }
    }
}

private func raised(_ deduction: Deduction, _ feedback: Feedback, _ name: String) throws(DecimalOverflow) -> Finding {
    let (proposed, final) = (Money.yuan(deduction.proposed), Money.yuan(deduction.amount))
    return feedbackRaised.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"初审核减 \(proposed) 元，反馈之后核减 \(final) 元",
            en: "\"\(name)\" was to lose \(proposed), and loses \(final) after the reply"
        ),
        subject: deduction.line,
        pointers: [feedback.pointer / "final_amount", deduction.pointer / "amount"],
        expected: "≤ \(proposed)",
        found: final,
        difference: Money.yuan(try deduction.amount - deduction.proposed)
    )
}
