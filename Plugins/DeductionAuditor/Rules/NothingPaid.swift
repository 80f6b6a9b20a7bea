import BudgetLines
import ReviewModel

/// Budgets of which nothing was paid.
let nothingPaid = AuditRule(
    "history/nothing-paid",
    .info,
    title: LocalizedText(zh: "预算分文未付", en: "granted and not touched"),
    manual: LocalizedText(
        zh: """
            有预算而支付为零、本年度没有再申请的历年明细，每年列为一条。本身不是差错，供判断预算编制是否合理。
            """,
        en: """
            Items with a budget and no payment that are not asked for again; one finding a year. No mistake by \
            itself, but worth knowing when budgets are judged.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              history:
                - {year: 2025, item: 电梯维修, adjusted: 8000.00, paid: ↓0.00}
                - {year: 2025, item: 桌椅, adjusted: 2000.00, paid: 0.00}
            """,
            zh: "2025 年有 2 项预算（共 10,000.00 元）分文未付：\"电梯维修\"、\"桌椅\"",
            en: "nothing was paid in 2025 for 2 items worth 10,000.00 in all: \"电梯维修\", \"桌椅\""
        ),
        .good(
            """
            # 又申请的由 history/unspent-asked-again 报告，不重复。
            # Asked for again: that is history/unspent-asked-again, and not told twice.
            tables:
              budget_lines:
                - {id: L1, group: 电梯维修, quantity: 1, unit_price: 9000.00, amount: 9000.00, history_key: lift}
              history:
                - {year: 2025, item: 电梯维修, adjusted: 8000.00, paid: 0.00, history_key: lift}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    for year in audit.years {
        let items = year.items.filter { $0.isUntouched && audit.lines(like: $0).isEmpty }
        if !items.isEmpty { findings.add(untouched(items, try .sum(items.map(\.adjusted)), year)) }
    }
}

private func untouched(_ items: [HistoryItem], _ sum: ExactDecimal, _ year: HistoryYear) -> Finding {
    let names = items.map { "\"\($0.name)\"" }
    return nothingPaid.rule.finding(
        message: LocalizedText(
            zh: "\(year.span.zh)有 \(items.count) 项预算（共 \(Money.yuan(sum)) 元）分文未付：\(names.joined(separator: "、"))",
            en: "nothing was paid \(year.span.en) for \(items.count) items worth \(Money.yuan(sum)) in all: "
                + names.joined(separator: ", ")
        ),
        subject: "\(year.year)",
        pointers: items.map { $0.pointer / "paid" },
        found: Money.yuan(0)
    )
}
