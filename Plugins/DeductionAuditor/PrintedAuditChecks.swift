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
                printedDiffers(adjustment, name, print(expected), print(printed), at: row.pointer(column))
            )
        }
    }
    let printed = Set(rows.map { $0.text("line") })
    if !rows.isEmpty { findings += adjustments.filter { !printed.contains($0.subject) }.map(notPrinted) }
    return findings
}

// MARK: - Messages

private func printedDiffers(
    _ adjustment: Adjustment,
    _ name: LocalizedText,
    _ expected: String,
    _ found: String,
    at pointer: JSONPointer
) -> Finding {
    Finding(
        rule: "deduction/printed-differs",
        severity: .error,
        message: LocalizedText(
            zh: "预算审核表中\"\(adjustment.label)\"的\(name.zh)为 \(found)，应为 \(expected)",
            en: "the audit table prints \(found) as the \(name.en) of \"\(adjustment.label)\", it should be \(expected)"
        ),
        subject: adjustment.subject,
        pointers: [pointer],
        expected: expected,
        found: found,
        hint: LocalizedText(zh: "请更正表格或核减明细", en: "correct the table or the deductions")
    )
}

private func printedUnknown(_ row: TableRow, known: [String]) -> Finding {
    let line = row.text("line")
    return Finding(
        rule: "deduction/printed-unknown-line",
        severity: .error,
        message: LocalizedText(
            zh: "预算审核表所列\"\(line)\"不在预算明细中",
            en: "the audit table prints \"\(line)\", which is no budget line"
        ),
        subject: line,
        pointers: [row.pointer("line")],
        found: line,
        hint: suggestion(for: line, among: known)
    )
}

private func notPrinted(_ adjustment: Adjustment) -> Finding {
    Finding(
        rule: "deduction/not-printed",
        severity: .error,
        message: LocalizedText(
            zh: "预算审核表中没有预算明细\"\(adjustment.label)\"",
            en: "the audit table leaves out the budget line \"\(adjustment.label)\""
        ),
        subject: adjustment.subject,
        pointers: adjustment.pointer.map { [$0] } ?? [],
        expected: Money.yuan(adjustment.requested),
        hint: LocalizedText(zh: "请在审核表中补上这一行", en: "add the line to the audit table")
    )
}
