import BudgetLines
import ReviewModel

/// A final payment (尾款) asked for that is larger than what was left unpaid in the latest year on record.
let tailWithoutBalance = AuditRule(
    "history/tail-without-balance",
    .warning,
    title: LocalizedText(zh: "尾款超过未付余额", en: "final payment above the unpaid balance"),
    manual: LocalizedText(
        zh: """
            对组名或明细含"尾款"字样、并有历史编号（history_key）的明细，将申请金额与最近一年同一事项的未付余额（调整后预算 − 支付金额）相比。\
            余额不足的，须有合同或审计价为依据。
            """,
        en: """
            For lines named 尾款 (final payment) with a history key: the amount asked for against what is unpaid of the same \
            item in the latest year (adjusted budget less payments). More than that needs a contract or an audited price.
            """
    ),
    parameters: [
        Rule.Parameter("word", LocalizedText(zh: "尾款的字样", en: "the word that names one"), standard: "尾款")
    ],
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 装修工程尾款, quantity: 1, unit_price: 2500.00, amount: ↓2500.00, history_key: works}
              history:
                - {year: 2025, item: 装修工程, adjusted: 10000.00, paid: 8000.00, history_key: works}
            """,
            zh: "\"装修工程尾款\"申请尾款 2,500.00 元，而 2025 年未付余额只有 2,000.00 元（10,000.00 − 8,000.00 = 2,000.00）",
            en:
                "\"装修工程尾款\" asks for a final payment of 2,500.00, but only 2,000.00 of 2025 is unpaid (10,000.00 − 8,000.00 = 2,000.00)"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 装修工程尾款, quantity: 1, unit_price: 2000.00, amount: 2000.00, history_key: works}
              history:
                - {year: 2025, item: 装修工程, adjusted: 10000.00, paid: 8000.00, history_key: works}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    let word = audit.tailWord
    guard !word.isEmpty, let latest = audit.latest else { return }
    for line in audit.lines where (line.group + line.detail).contains(word) {
        guard let items = audit.latestItems(like: line) else { continue }
        let (adjusted, paid) = (try ExactDecimal.sum(items.map(\.adjusted)), try ExactDecimal.sum(items.map(\.paid)))
        let balance = try adjusted - paid
        if line.amount > balance { findings.add(try aboveBalance(line, items, latest.year, adjusted, paid)) }
    }
}

private func aboveBalance(
    _ line: BudgetLine,
    _ items: [HistoryItem],
    _ year: Int,
    _ adjusted: ExactDecimal,
    _ paid: ExactDecimal
) throws(DecimalOverflow) -> Finding {
    let balance = try adjusted - paid
    let calculation = "\(Money.yuan(adjusted)) − \(Money.yuan(paid)) = \(Money.yuan(balance))"
    return tailWithoutBalance.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(line.label)\"申请尾款 \(Money.yuan(line.amount)) 元，而 \(year) 年未付余额只有 \(Money.yuan(balance)) 元（\(calculation)）",
            en:
                "\"\(line.label)\" asks for a final payment of \(Money.yuan(line.amount)), but only \(Money.yuan(balance)) of "
                + "\(year) is unpaid (\(calculation))"
        ),
        subject: line.id,
        pointers: [line.pointer / "amount"] + items.map { $0.pointer / "paid" },
        expected: "≤ \(Money.yuan(balance))",
        found: Money.yuan(line.amount),
        difference: Money.yuan(try line.amount - balance),
        proof: Proof(
            items.flatMap { item in
                [
                    Proof.Figure(
                        LocalizedText(zh: "\(year) 年调整后预算", en: "adjusted budget of \(year)"),
                        Money.yuan(item.adjusted),
                        at: item.pointer / "adjusted"
                    ),
                    Proof.Figure(
                        LocalizedText(zh: "\(year) 年支付", en: "paid in \(year)"),
                        Money.yuan(item.paid),
                        at: item.pointer / "paid"
                    ),
                ]
            },
            calculation: "\(calculation) < \(Money.yuan(line.amount))"
        ),
        hint: LocalizedText(zh: "请核对合同、审计价和已付金额", en: "check the contract, the audited price and what was paid")
    )
}
