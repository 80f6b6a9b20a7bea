import BudgetReview
import ReviewModel

/// Quantity × unit price against the amount, and amounts below zero.
func checkLines(_ lines: [BudgetLine]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for line in lines {
        let product = try line.quantity * line.unitPrice
        // Prices of more than two places give amounts that are rounded to 分.
        if product.rounded(to: 2) != line.amount { findings.append(wrongProduct(line, product)) }
        if line.amount.isNegative { findings.append(negativeAmount(line)) }
    }
    return findings
}

/// The funding by level must add up to the request.
func checkFunding(_ dossier: Dossier, _ lines: [BudgetLine]) throws(DecimalOverflow) -> [Finding] {
    let rows = dossier.rows(of: "funding")
    guard !rows.isEmpty else { return [] }
    let funded = try ExactDecimal.sum(rows.compactMap { $0.decimal("amount") })
    let requested = try ExactDecimal.sum(lines.map(\.amount))
    return funded == requested ? [] : [wrongFunding(funded, requested, rows.map { $0.pointer("amount") })]
}

// MARK: - Messages

private func wrongProduct(_ line: BudgetLine, _ product: ExactDecimal) -> Finding {
    let calculation = "\(line.quantity.withoutTrailingZeros) × \(Money.yuan(line.unitPrice))"
    return Finding(
        rule: "arithmetic/line-product",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(line.label)\"：\(calculation) = \(Money.yuan(product))，表中金额为 \(Money.yuan(line.amount))",
            en: "\"\(line.label)\": \(calculation) = \(Money.yuan(product)), the table says \(Money.yuan(line.amount))"
        ),
        subject: line.id,
        pointers: [line.pointer / "amount"],
        expected: Money.yuan(product),
        found: Money.yuan(line.amount),
        hint: LocalizedText(zh: "请核对数量、单价和金额", en: "check quantity, unit price and amount")
    )
}

private func negativeAmount(_ line: BudgetLine) -> Finding {
    Finding(
        rule: "arithmetic/negative-amount",
        severity: .error,
        message: LocalizedText(zh: "\"\(line.label)\"的金额为负", en: "the amount of \"\(line.label)\" is negative"),
        subject: line.id,
        pointers: [line.pointer / "amount"],
        expected: "≥ 0",
        found: Money.yuan(line.amount)
    )
}

private func wrongFunding(_ funded: ExactDecimal, _ requested: ExactDecimal, _ pointers: [JSONPointer]) -> Finding {
    Finding(
        rule: "arithmetic/funding-sum",
        severity: .error,
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
