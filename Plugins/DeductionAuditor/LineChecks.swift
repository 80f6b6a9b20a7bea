import BudgetReview
import ReviewModel

/// Quantity × unit price against the amount, amounts below zero, and ids that stand twice.
func checkLines(_ lines: [BudgetLine]) -> [Finding] {
    var (findings, seen) = ([Finding](), [String: BudgetLine]())
    for line in lines {
        if let first = seen[line.id] { findings.append(idTwice(line, first)) } else { seen[line.id] = line }
        if let product = try? line.quantity * line.unitPrice {
            // Prices of more than two places give amounts that are rounded to 分.
            if product.rounded(to: 2) != line.amount { findings.append(wrongProduct(line, product)) }
        } else {
            findings.append(beyondComputing(line))
        }
        if line.amount.isNegative { findings.append(belowZero(line)) }
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
