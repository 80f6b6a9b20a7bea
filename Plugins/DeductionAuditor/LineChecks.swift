import BudgetReview
import ReviewModel

/// Quantity × unit price against the amount, amounts below zero, and ids that stand twice.
func checkLines(_ lines: [BudgetLine]) -> [Finding] {
    var (findings, seen) = ([Finding](), [String: BudgetLine]())
    for line in lines {
        if let first = seen[line.id] { findings.append(duplicateLine(line, first)) } else { seen[line.id] = line }
        if let product = try? line.quantity * line.unitPrice {
            // Prices of more than two places give amounts that are rounded to 分.
            if product.rounded(to: 2) != line.amount { findings.append(wrongProduct(line, product)) }
        } else {
            findings.append(beyondComputing(line))
        }
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

private func duplicateLine(_ line: BudgetLine, _ first: BudgetLine) -> Finding {
    Finding(
        rule: "arithmetic/duplicate-line",
        severity: .error,
        message: LocalizedText(
            zh: "预算明细的编号\"\(line.id)\"重复：\"\(first.label)\"和\"\(line.label)\"",
            en: "two budget lines have the id \"\(line.id)\": \"\(first.label)\" and \"\(line.label)\""
        ),
        subject: line.id,
        pointers: [line.pointer / "id", first.pointer / "id"],
        found: line.id,
        hint: LocalizedText(
            zh: "请给每行一个不同的编号；核减只算在第一行",
            en: "give every line an id of its own; deductions count for the first only"
        )
    )
}

private func beyondComputing(_ line: BudgetLine) -> Finding {
    Finding(
        rule: "arithmetic/line-product",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(line.label)\"的数量与单价之积超出可计算的范围",
            en: "\"\(line.label)\": the product of quantity and unit price has too many digits to be computed"
        ),
        subject: line.id,
        pointers: [line.pointer / "quantity", line.pointer / "unit_price"],
        found: "\(line.quantity) × \(line.unitPrice)",
        hint: LocalizedText(zh: "请核对数量和单价", en: "check quantity and unit price")
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
