import BudgetLines
import ReviewModel

/// A reply to a deduction that there is not, or that could be several.
let feedbackUnmatched = AuditRule(
    "feedback/unmatched",
    .error,
    title: LocalizedText(zh: "反馈意见没有对应的核减", en: "a reply to no deduction"),
    manual: LocalizedText(
        zh: "反馈意见（feedback）的每一行须对应核减、核增（deductions）中的一行：预算明细编号（line）相同；一条明细有几笔核减时，还须写明类别（kind）。对不上的不计入金额。",
        en:
            "Every row of `feedback` must be about one row of `deductions`: the same `line`, and the `kind` where a line has several. One that is not changes no amount."
    ),
    examples: [
        .bad(
            """
            # 一条明细有两笔核减：是哪一笔？
            # Two deductions of one line: which of them?
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 3000.00, reason: 质保金}
                - {line: L1, kind: cut, amount: 500.00, reason: 重复申报}
              feedback:
                - {line: ↓L1, reply: 请予保留, answer: 不予采纳}
            """,
            zh: "\"L1\"的反馈意见没有对应的一笔核减",
            en: "the reply about \"L1\" is about no single deduction"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 3000.00, reason: 质保金}
                - {line: L1, kind: cut, amount: 500.00, reason: 重复申报}
              feedback:
                - {line: L1, kind: cut, reply: 请予保留, answer: 不予采纳}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    findings.add(
        Feedback.all(in: audit.dossier).filter { $0.position(in: audit.deductions) == nil }.map(unmatched)
    )
}

private func unmatched(_ feedback: Feedback) -> Finding {
    feedbackUnmatched.rule.finding(
        message: LocalizedText(
            zh: "\"\(feedback.line)\"的反馈意见没有对应的一笔核减",
            en: "the reply about \"\(feedback.line)\" is about no single deduction"
        ),
        subject: feedback.line,
        pointers: [feedback.pointer / "line"],
        found: feedback.line,
        hint: LocalizedText(
            zh: "请核对预算明细编号（line）；一条明细有几笔核减时请写明类别（kind）",
            en: "check the line; where it has several deductions, give the kind"
        )
    )
}
