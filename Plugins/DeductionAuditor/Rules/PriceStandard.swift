import BudgetLines
import ReviewModel

/// A cut to a unit price that its reason states, and another amount.
let priceStandard = AuditRule(
    "deduction/price-standard",
    .error,
    title: LocalizedText(zh: "按所述单价计算的核减不符", en: "a cut that the stated unit price does not make"),
    manual: LocalizedText(
        zh: """
            理由中"单价"之后写有金额（元），且低于该行申报单价的，核减应为（申报单价 − 该单价）× 数量，四舍五入到分，与初审核减金额相比。\
            理由中写了几个单价的，任一相符即可；一行有几笔核减的不检查。请更正金额，或写明另按什么计算。
            """,
        en: """
            Where the reason of a cut states an amount in 元 behind 单价 that is below the line's own unit price, the cut must be \
            (unit price − that price) × quantity, rounded to the fen; it is held against the amount as proposed. Of several prices one \
            will do; a line with several deductions is left out. Correct the amount, or say what else it was computed from.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              deductions:
                - {line: L1, kind: cut, amount: ↓5000.00, reason: 三家询价的最低单价为 240.00 元}
            """,
            zh: "\"餐箱\"按单价 240.00 元核定，应核减 5,400.00 元（(285.00 − 240.00) × 120 = 5,400.00），实际核减 5,000.00 元",
            en: "\"餐箱\" at 240.00 is a cut of 5,400.00 ((285.00 − 240.00) × 120 = 5,400.00), not of 5,000.00"
        ),
        .good(
            """
            # (285.00 − 240.00) × 120 = 5,400.00
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              deductions:
                - {line: L1, kind: cut, amount: 5400.00, reason: 三家询价的最低单价为 240.00 元}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    for deduction in audit.deductions where deduction.kind == .cut {
        guard audit.deductionsByLine[deduction.line]?.count == 1, let line = audit.line[deduction.line] else {
            continue
        }
        // Of what is given as one amount nobody knows how many there are: 扫描加工费, 单价由 18 元/卷调减为 16.5 元/卷.
        let isLump = line.quantity == 1 && line.unitPrice == line.amount
        let least = isLump ? try line.unitPrice * ExactDecimal(significand: 1, places: 1) : .zero
        let prices = statedPrices(in: deduction.reason).filter { $0 > least && $0 < line.unitPrice }
        var cuts: [ExactDecimal] = []
        for price in prices {
            var cheaper = line
            cheaper.unitPrice = try line.unitPrice - price
            cuts.append(try cheaper.product().rounded(to: 2))
        }
        if let first = cuts.first, !cuts.contains(deduction.proposed) {
            findings.add(try otherCut(deduction, line, prices[0], first))
        }
    }
}

/// The amounts in 元 that stand within a few words behind 单价.
private func statedPrices(in reason: String) -> [ExactDecimal] {
    var (prices, rest) = ([ExactDecimal](), reason.folded[...])
    while let found = rest.firstRange(of: "单价") {
        rest = rest[found.upperBound...]
        let lead = rest.prefix { !$0.isNumber && !"，。；".contains($0) }
        let number = rest.dropFirst(lead.count).prefix { $0.isNumber || $0 == "." }
        let unit = rest.dropFirst(lead.count + number.count).first
        if lead.count <= 6, unit == "元", let price = ExactDecimal(String(number)) { prices.append(price) }
    }
    return prices
}

// MARK: - Messages

private func otherCut(
    _ deduction: Deduction,
    _ line: BudgetLine,
    _ price: ExactDecimal,
    _ expected: ExactDecimal
) throws(DecimalOverflow) -> Finding {
    let (own, stated) = (Money.yuan(line.unitPrice), Money.yuan(price))
    let quantity = ([line.quantity] + line.factors).map { Money.grouped($0.withoutTrailingZeros) }
        .joined(separator: " × ")
    let calculation = "(\(own) − \(stated)) × \(quantity) = \(Money.yuan(expected))"
    return priceStandard.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(line.label)\"按单价 \(stated) 元核定，应核减 \(Money.yuan(expected)) 元（\(calculation)），实际核减 \(Money.yuan(deduction.proposed)) 元",
            en:
                "\"\(line.label)\" at \(stated) is a cut of \(Money.yuan(expected)) (\(calculation)), not of \(Money.yuan(deduction.proposed))"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "amount", deduction.pointer / "reason", line.pointer / "unit_price"],
        expected: Money.yuan(expected),
        found: Money.yuan(deduction.proposed),
        difference: Money.yuan(try deduction.proposed - expected),
        proof: Proof(
            [
                Proof.Figure(
                    LocalizedText(zh: "申报单价", en: "unit price as requested"),
                    own,
                    at: line.pointer / "unit_price"
                ),
                Proof.Figure(
                    LocalizedText(zh: "核定单价", en: "price of the reason"),
                    stated,
                    at: deduction.pointer / "reason"
                ),
                Proof.Figure(LocalizedText(zh: "数量", en: "quantity"), quantity, at: line.pointer / "quantity"),
            ],
            calculation: calculation
        ),
        hint: LocalizedText(zh: "请更正核减金额或所述单价", en: "correct the cut or the price")
    )
}
