import BudgetLines
import ReviewModel

/// Funding that does not add up to the request.
let fundingSum = AuditRule(
    "arithmetic/funding-sum",
    .error,
    title: LocalizedText(zh: "资金来源之和与申报合计不符", en: "funding does not add up to the request"),
    manual: LocalizedText(
        zh: """
            资金来源（funding）各级金额之和应等于申报金额合计，一分不差；没有填写资金来源时不检查。请更正其中一\
            处。
            """,
        en: """
            The amounts of `funding` must add up to the request, to the fen; without rows nothing is said. \
            Correct one of them.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              funding:
                - {level: district, name: 区级资金, amount: ↓1000.00}
                - {level: town, name: 镇级资金, amount: 1999.99}
            """,
            zh: "各级资金合计 2,999.99，申报金额为 3,000.00",
            en: "funding by level adds up to 2,999.99, the request is 3,000.00"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              funding:
                - {level: district, name: 区级资金, amount: 1000.00}
                - {level: town, name: 镇级资金, amount: 2000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    let rows = audit.dossier.rows(of: "funding")
    // Without all lines there is nothing that it could add up to.
    guard !rows.isEmpty, audit.beyond.lines.isEmpty else { return }
    let scale = AmountScale("amount", of: "funding", in: audit.dossier)
    let funded = try ExactDecimal.sum(rows.compactMap { scale($0.decimal("amount")) })
    let requested = try ExactDecimal.sum(audit.lines.map(\.amount))
    if funded != requested { findings.add(wrongFunding(funded, requested, rows.map { $0.pointer("amount") })) }
}

private func wrongFunding(_ funded: ExactDecimal, _ requested: ExactDecimal, _ pointers: [JSONPointer]) -> Finding {
    fundingSum.rule.finding(
        message: LocalizedText(
            zh: "各级资金合计 \(Money.yuan(funded))，申报金额为 \(Money.yuan(requested))",
            en: "funding by level adds up to \(Money.yuan(funded)), the request is \(Money.yuan(requested))"
        ),
        subject: "funding",
        pointers: pointers,
        expected: Money.yuan(requested),
        found: Money.yuan(funded)
    )
}
