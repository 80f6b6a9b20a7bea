import BudgetReview
import ReviewModel

/// The audit table as printed against what the deductions give: approved, deducted and rate of every line.
func checkPrintedAudit(_ dossier: Dossier, _ adjustments: [Adjustment]) throws(DecimalOverflow) -> [Finding] {
    let rows = dossier.rows(of: "printed_audit")
    let bySubject = Dictionary(adjustments.map { ($0.subject, $0) }) { first, _ in first }
    var findings: [Finding] = []
    for row in rows {
        guard let adjustment = bySubject[row.text("line")] else {
            findings.append(printedUnknown(row, known: adjustments.map(\.subject)))
            continue
        }
        let amounts = try adjustment.amounts()
        let columns: [(String, LocalizedText, ExactDecimal?, (ExactDecimal) -> String)] = [
            ("requested", LocalizedText(zh: "预算金额", en: "requested amount"), amounts.requested, Money.yuan),
            ("approved", LocalizedText(zh: "审核金额", en: "approved amount"), amounts.approved, Money.yuan),
            ("deducted", LocalizedText(zh: "核减金额", en: "deduction"), amounts.deducted, Money.yuan),
            ("rate", LocalizedText(zh: "核减率", en: "deduction rate"), try amounts.deductionRate(), Money.percent),
        ]
        for (column, name, expected, print) in columns {
            guard let printed = row.decimal(column), let expected, printed != expected else { continue }
            findings.append(
                printsOtherwise(adjustment, name, print(expected), print(printed), at: row.pointer(column))
            )
        }
    }
    let printed = Set(rows.map { $0.text("line") })
    if !rows.isEmpty { findings += adjustments.filter { !printed.contains($0.subject) }.map(leftOut) }
    return findings
}
