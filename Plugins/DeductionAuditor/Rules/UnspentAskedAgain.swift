import BudgetLines
import ReviewModel

/// Granted, not touched, and asked for again.
let unspentAskedAgain = AuditRule(
    "history/unspent-asked-again",
    .warning,
    title: LocalizedText(zh: "分文未付又申请", en: "unspent and asked for again"),
    manual: LocalizedText(
        zh: """
            历年明细有预算而分文未付，本年度又用同一 history_key 申请。请说明未支付的原因和今年能够支付的依据。
            """,
        en: """
            An item had a budget of which nothing was paid, and a line with the same `history_key` asks again. \
            Say why nothing was paid, and why it will be this year.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 电梯维修, quantity: 1, unit_price: 9000.00, amount: 9000.00, history_key: lift}
              history:
                - {year: 2025, item: 电梯维修, adjusted: 8000.00, paid: ↓0.00, history_key: lift}
            """,
            zh: "2025 年\"电梯维修\"的预算 8,000.00 元分文未付，本年度又申请 \"电梯维修\" 9,000.00 元",
            en:
                "nothing of the 8,000.00 for \"电梯维修\" was paid in 2025, and this year's request asks again: \"电梯维修\" 9,000.00"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 电梯维修, quantity: 1, unit_price: 9000.00, amount: 9000.00, history_key: lift}
              history:
                - {year: 2025, item: 电梯维修, adjusted: 8000.00, paid: 7500.00, history_key: lift}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for year in audit.years {
        for item in year.items where item.isUntouched {
            let lines = audit.lines(like: item)
            if !lines.isEmpty { findings.add(askedAgain(item, lines, year)) }
        }
    }
}

private func askedAgain(_ item: HistoryItem, _ lines: [BudgetLine], _ year: HistoryYear) -> Finding {
    let requested = lines.map { "\"\($0.label)\" \(Money.yuan($0.amount))" }.joined(separator: ", ")
    return unspentAskedAgain.rule.finding(
        message: LocalizedText(
            zh: "\(year.span.zh)\"\(item.name)\"的预算 \(Money.yuan(item.adjusted)) 元分文未付，本年度又申请 \(requested) 元",
            en: "nothing of the \(Money.yuan(item.adjusted)) for \"\(item.name)\" was paid \(year.span.en), "
                + "and this year's request asks again: \(requested)"
        ),
        subject: lines[0].id,
        pointers: [item.pointer / "paid"] + lines.map { $0.pointer / "amount" },
        expected: "> 0",
        found: Money.yuan(item.paid),
        hint: LocalizedText(
            zh: "请说明未执行的原因和本年度能够执行的依据",
            en: "say why nothing was spent and why it will be this time"
        )
    )
}
