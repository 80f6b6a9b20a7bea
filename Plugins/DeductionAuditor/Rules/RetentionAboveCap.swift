import BudgetLines
import ReviewModel

/// Retention money (质保金) above the share of the request that may be kept back.
///
/// The cap is that of 建质〔2017〕138号: at most 3 % of the settled contract price. Before a project is settled the request is
/// the best known base; where the contract names a larger one, the finding says how large it must be.
let retentionAboveCap = AuditRule(
    "deduction/retention-above-cap",
    .warning,
    title: LocalizedText(zh: "质保金超过比例上限", en: "retention money above its cap"),
    manual: LocalizedText(
        zh: """
            把一行的质保金（kind: deferral，理由中有 words 之一）与该行申报金额的上限比例相比。依据：《建设工程质量保证金管理办法》（建质〔2017〕138号），\
            保证金不得高于工程价款结算总额的 3%。结算价未知时以申报金额为基数；理由中写明了足够大的合同价款（元或万元）的，不作为问题。
            """,
        en: """
            Holds the retention money of a line (kind: deferral, one of `words` in its reason) against the largest share of its request that may be kept \
            back. Source: 建质〔2017〕138号, at most 3 % of the settled contract price. Until that price is known the request is \
            the base. A reason that states a large enough contract price, in 元 or 万元, is no finding.
            """
    ),
    parameters: [
        Rule.Parameter(
            "cap",
            LocalizedText(zh: "上限比例", en: "largest share"),
            standard: .decimal(ExactDecimal("3.00") ?? 3),
            unit: "percent"
        ),
        Rule.Parameter(
            "words",
            LocalizedText(zh: "表明是质保金的字样", en: "words in the reason that name retention money"),
            standard: ["质保金", "质量保证金", "保证金"]
        ),
    ],
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: ↓3500.00, reason: 预留质保金}
            """,
            zh: "\"装修工程\"的质保金 3,500.00 元是申报金额的 3.50%，超过 3.00%（3,000.00 元）；按此比例基数须为 116,666.67 元，而核减说明没有写明",
            en:
                "the retention money of \"装修工程\", 3,500.00, is 3.50% of the request, above 3.00% (3,000.00); the base would have to be 116,666.67, which the reason does not state"
        ),
        .good(
            """
            # 理由写明的合同价款为基数：120,000.00 的 3% 是 3,600.00。
            # The contract price that the reason states is the base: 3 % of 120,000.00 are 3,600.00.
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 3600.00, reason: 预留质保金，合同价款 12 万元的 3%}
            """
        ),
        .good(
            """
            # 某镇允许 5%。
            # A town that allows 5 %.
            rules:
              deduction/retention-above-cap: {cap: 5.00}
            tables:
              budget_lines:
                - {id: L1, group: 装修工程, quantity: 1, unit_price: 100000.00, amount: 100000.00}
              deductions:
                - {line: L1, kind: deferral, amount: 5000.00, reason: 预留质保金}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    guard let cap = findings.decimal("cap"), cap > 0 else { return }
    let words = findings.texts("words")
    for deduction in audit.deductions
    where deduction.kind == .deferral && words.contains(where: deduction.reason.contains) {
        guard let line = audit.line[deduction.line] else { continue }
        guard let largest = try (line.amount * cap).divided(by: 100, places: 2) else { continue }
        guard deduction.amount > largest, try !statesBase(deduction, cap) else { continue }
        findings.add(try aboveCap(deduction, line, cap, largest))
    }
}

/// Whether the reason names an amount of which the deduction is no more than the cap.
private func statesBase(_ deduction: Deduction, _ cap: ExactDecimal) throws(DecimalOverflow) -> Bool {
    for match in deduction.reason.matches(of: /([0-9][0-9,]*(?:\.[0-9]+)?) ?(万)?元/) {
        guard let number = ExactDecimal(match.output.1.filter { $0 != "," }) else { continue }
        let base = match.output.2 == nil ? number : try number * 10000
        if let largest = try (base * cap).divided(by: 100, places: 2), largest >= deduction.amount { return true }
    }
    return false
}

private func aboveCap(
    _ deduction: Deduction,
    _ line: BudgetLine,
    _ cap: ExactDecimal,
    _ largest: ExactDecimal
) throws(DecimalOverflow) -> Finding {
    let rate = try ExactDecimal.percentage(deduction.amount, of: line.amount).map(Money.percent) ?? "—"
    let base = Money.yuan(try ExactDecimal.percentage(deduction.amount, of: cap) ?? 0)
    let (amount, request) = (Money.yuan(deduction.amount), Money.yuan(line.amount))
    return retentionAboveCap.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.label)\"的质保金 \(amount) 元是申报金额的 \(rate)，超过 \(Money.percent(cap))（\(Money.yuan(largest)) 元）；"
                + "按此比例基数须为 \(base) 元，而核减说明没有写明",
            en:
                "the retention money of \"\(line.label)\", \(amount), is \(rate) of the request, above \(Money.percent(cap)) "
                + "(\(Money.yuan(largest))); the base would have to be \(base), which the reason does not state"
        ),
        subject: line.id,
        pointers: [deduction.pointer / "amount", line.pointer / "amount"],
        expected: "≤ \(Money.yuan(largest))",
        found: amount,
        difference: Money.yuan(try deduction.amount - largest),
        proof: Proof(
            [
                Proof.Figure(LocalizedText(zh: "申报金额", en: "request"), request, at: line.pointer / "amount"),
                Proof.Figure(LocalizedText(zh: "质保金", en: "retention money"), amount, at: deduction.pointer / "amount"),
            ],
            calculation: "\(request) × \(Money.percent(cap)) = \(Money.yuan(largest)) < \(amount)"
        ),
        hint: LocalizedText(
            zh: "请写明合同价款（基数）和预留比例，或按上限调整",
            en: "state the contract price and the share kept back, or keep to the cap"
        )
    )
}
