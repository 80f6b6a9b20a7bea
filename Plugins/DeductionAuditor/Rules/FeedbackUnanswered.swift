import BudgetLines
import ReviewModel

/// A reply without an answer, or an amount that changed without one.
let feedbackUnanswered = AuditRule(
    "feedback/unanswered",
    .warning,
    title: LocalizedText(zh: "反馈意见没有答复", en: "a reply without an answer"),
    manual: LocalizedText(
        zh: "申报单位的意见（reply）须有评审答复（answer）；最终金额（final_amount）与初审不同而没有答复的为错误。",
        en:
            "A `reply` of the applicant needs an `answer`; where `final_amount` differs from what was proposed, the missing answer is an error."
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
                - ↓{line: L1, reply: 单价按合同执行, final_amount: 100.00}
            """,
            zh: "\"课程\"的反馈意见没有答复，金额却已改变",
            en: "the reply about \"课程\" has no answer, though the amount has changed"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
              feedback:
                - {line: L1, reply: 单价按合同执行, answer: 部分采纳, final_amount: 100.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for deduction in audit.deductions {
        guard let feedback = deduction.feedback, feedback.answer.isEmpty else { continue }
        let isChanged = deduction.amount != deduction.proposed
        if isChanged || !feedback.reply.isEmpty {
            findings.add(unanswered(deduction, feedback, isChanged, audit.name(of: deduction)))
        }
    }
}

private func unanswered(_ deduction: Deduction, _ feedback: Feedback, _ isChanged: Bool, _ name: String) -> Finding {
    var finding = feedbackUnanswered.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"的反馈意见没有答复" + (isChanged ? "，金额却已改变" : ""),
            en: "the reply about \"\(name)\" has no answer"
                + (isChanged ? ", though the amount has changed" : "")
        ),
        subject: deduction.line,
        pointers: [feedback.pointer],
        hint: LocalizedText(zh: "请填写评审答复（answer）", en: "give the answer")
    )
    if isChanged { finding.severity = .error }
    return finding
}
