import BudgetLines
import ReviewModel

/// Every line has the quantity 1, so that the unit price says nothing.
let allQuantitiesOne = AuditRule(
    "arithmetic/all-quantities-one",
    .warning,
    title: LocalizedText(zh: "数量全部为 1", en: "every quantity is 1"),
    manual: LocalizedText(
        zh: "预算明细有 least 行以上，而每一行的数量都是 1：单价即金额，无从核对数量和单价的依据。",
        en:
            "There are `least` budget lines or more and each has the quantity 1: the unit price is the amount, and neither can be checked."
    ),
    parameters: [
        Rule.Parameter("least", LocalizedText(zh: "至少多少行", en: "from how many lines on"), standard: 3)
    ],
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                columns: [id, group, quantity, unit_price, amount]
                rows:
                  - [L1, 课程, ↓1, 3000.00, 3000.00]
                  - [L2, 场租, 1, 1000.00, 1000.00]
                  - [L3, 印刷, 1, 200.00, 200.00]
            """,
            zh: "3 行预算明细的数量都是 1（没有列明的按 1 计），单价没有细化",
            en: "all 3 budget lines have the quantity 1, or none; their prices are not broken down"
        ),
        .good(
            """
            tables:
              budget_lines:
                columns: [id, group, quantity, unit_price, amount]
                rows:
                  - [L1, 课程, 10, 300.00, 3000.00]
                  - [L2, 场租, 1, 1000.00, 1000.00]
                  - [L3, 印刷, 1, 200.00, 200.00]
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    let lines = audit.lines
    let least = findings.integer("least") ?? 1
    guard lines.count >= max(1, least), lines.allSatisfy({ $0.quantity == 1 }) else { return }
    findings.add(
        allQuantitiesOne.rule.finding(
            message: LocalizedText(
                zh: "\(lines.count) 行预算明细的数量都是 1（没有列明的按 1 计），单价没有细化",
                en: "all \(lines.count) budget lines have the quantity 1, or none; their prices are not broken down"
            ),
            subject: "budget_lines",
            // More places than anybody looks at would make one finding larger than a line of the wire.
            pointers: lines.prefix(100).map { $0.pointer / "quantity" },
            found: "1",
            hint: LocalizedText(zh: "请申报单位列明数量、单位和单价", en: "ask for quantities, units and unit prices")
        )
    )
}
