import BudgetLines
import ReviewModel

/// Retention money that the reason calls a deduction.
let deferralAsCut = AuditRule(
    "deduction/deferral-as-cut",
    .warning,
    title: LocalizedText(zh: "质保金列作核减", en: "a deferral that is called a cut"),
    manual: LocalizedText(
        zh: """
            缓付（kind: deferral）以后年度仍须支付，不是核减。理由中写"核减"的列出，并给出扣除缓付之后的实际核减金额和核减率。
            """,
        en: """
            A deferral is payable in a later year and is no cut. One whose reason says 核减 is listed, with the deduction and the rate that \
            remain without it.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 3000.00, reason: ↓现核减 3000 元作为质保金}
                - {line: L1, kind: cut, amount: 500.00, reason: 重复申报}
            """,
            zh: "核减合计 3,500.00 元中有 3,000.00 元是缓付的质保金，以后年度仍须支付；实际核减 500.00 元，核减率 0.50%",
            en:
                "3,000.00 of the 3,500.00 that are called deductions are payable in a later year; the cuts are 500.00, 0.50%"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 3000.00, reason: 质保金，以后年度支付}
                - {line: L1, kind: cut, amount: 500.00, reason: 重复申报}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    let deductions = audit.deductions
    let deferrals = deductions.filter { $0.kind == .deferral && $0.reason.contains("核减") }
    if deferrals.isEmpty { return }
    let requested = try ExactDecimal.sum(audit.lines.map(\.amount))
    let cuts = try ExactDecimal.sum(deductions.filter { $0.kind == .cut }.map(\.amount))
    let deferred = try ExactDecimal.sum(deductions.filter { $0.kind == .deferral }.map(\.amount))
    guard let rate = try ExactDecimal.percentage(cuts, of: requested) else { return }
    let (total, rest) = (Money.yuan(try cuts + deferred), Money.yuan(cuts))
    findings.add(
        deferralAsCut.rule.finding(
            message: LocalizedText(
                zh:
                    "核减合计 \(total) 元中有 \(Money.yuan(deferred)) 元是缓付的质保金，以后年度仍须支付；实际核减 \(rest) 元，核减率 \(Money.percent(rate))",
                en:
                    "\(Money.yuan(deferred)) of the \(total) that are called deductions are payable in a later year; the cuts are \(rest), \(Money.percent(rate))"
            ),
            subject: "deferred",
            pointers: deferrals.map { $0.pointer / "reason" },
            expected: rest,
            found: total,
            difference: Money.yuan(deferred),
            proof: Proof(
                deductions.map {
                    Proof.Figure(
                        LocalizedText("\($0.line) \($0.kind.rawValue)"),
                        Money.yuan($0.amount),
                        at: $0.pointer / "amount"
                    )
                },
                calculation: "\(total) − \(Money.yuan(deferred)) = \(rest)"
            ),
            hint: LocalizedText(zh: "请将缓付与核减分列", en: "state deferrals and cuts apart")
        )
    )
}
