import BudgetLines
import PrintedReports
import ReviewModel

/// Quantities times prices of a table that the data are not made of: what it breaks down is one of their lines.
func checkProducts(_ table: PrintedTable, _ dossier: Dossier) throws(DecimalOverflow) -> [Finding] {
    let known = Set(dossier.rows(of: "budget_lines").flatMap { [$0.text("detail").folded, $0.text("group").folded] })
    let lines = table.budgetLines
    let isInData = lines.count { known.contains(($0.detail.isEmpty || $0.detail == "/" ? $0.group : $0.detail).folded) }
    // The lines of the data are reckoned by another step.
    guard !known.isEmpty, isInData * 3 < lines.count else { return [] }
    var findings: [Finding] = []
    for line in lines where !line.isLumpSum {
        let made = try line.quantity * line.unitPrice
        let slack = try line.amountStep + line.quantity * line.priceStep
        guard made != line.amount, try (made - line.amount).magnitude > slack else { continue }
        // Amounts are rounded to cents.
        guard made.rounded(to: 2) != line.amount else { continue }
        if try table.prints(made, slack, in: line) { continue }
        findings.append(otherProduct(line, made, table))
    }
    return findings
}

extension PrintedTable {
    /// Whether another cell of a line's row is the amount: of those of 送审 and of 审定 only one is the line's.
    fileprivate func prints(
        _ amount: ExactDecimal,
        _ slack: ExactDecimal,
        in line: PrintedBudgetLine
    ) throws(DecimalOverflow) -> Bool {
        for cell in rows.first(where: { $0.line.number == line.line })?.cells ?? [] {
            guard let value = NumberGrid.Cell(cell)?.value else { continue }
            for value in [value, try value * 10_000] {
                if try (value - amount).magnitude <= slack || value == amount.rounded(to: 2) { return true }
            }
        }
        return false
    }
}

private func otherProduct(_ line: PrintedBudgetLine, _ made: ExactDecimal, _ table: PrintedTable) -> Finding {
    let name = line.detail.isEmpty || line.detail == "/" ? line.group : line.detail
    let product = "\(Money.grouped(line.quantity)) × \(Money.yuan(line.unitPrice)) = \(Money.yuan(made))"
    return tableSum.rule.finding(
        message: LocalizedText(
            zh: "\(table.name.zh)的\"\(name)\"：\(product)，表中金额为 \(Money.yuan(line.amount))",
            en: "\"\(name)\" of \"\(table.name.en)\": \(product), the table has \(Money.yuan(line.amount))"
        ),
        subject: "\(table.caption) \(name) product",
        lines: [ReportText.spot(line: line.line)],
        expected: Money.yuan(made),
        found: Money.yuan(line.amount)
    )
}
