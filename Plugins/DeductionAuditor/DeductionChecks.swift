import BudgetReview
import ReviewModel

/// Cuts that cannot be: of lines that do not exist, of nothing or less, of more than was requested.
func checkDeductions(_ deductions: [Deduction], of lines: [BudgetLine]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for deduction in deductions {
        if !lines.contains(where: { $0.id == deduction.line }) {
            findings.append(unknownLine(deduction, known: lines.map(\.id)))
        }
        if deduction.amount <= 0 { findings.append(notPositive(deduction)) }
    }
    for line in lines {
        let own = deductions.filter { $0.line == line.id && $0.kind != .increase }
        let sum = try ExactDecimal.sum(own.map(\.amount))
        if sum > line.amount { findings.append(aboveRequest(line, sum, own)) }
    }
    return findings
}

/// The audit table as printed against what the deductions give: approved, deducted and rate of every line.
func checkPrintedAudit(_ dossier: Dossier, _ adjustments: [Adjustment]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for row in dossier.rows(of: "printed_audit") {
        guard let adjustment = adjustments.first(where: { $0.subject == row.text("line") }) else { continue }
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
    return findings
}

// MARK: - Messages

private func unknownLine(_ deduction: Deduction, known: [String]) -> Finding {
    Finding(
        rule: "deduction/unknown-line",
        severity: .error,
        message: LocalizedText(
            zh: "核减对应的预算明细\"\(deduction.line)\"不存在",
            en: "there is no budget line \"\(deduction.line)\" to deduct from"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "line"],
        found: deduction.line,
        hint: suggestion(for: deduction.line, among: known)
    )
}

private func notPositive(_ deduction: Deduction) -> Finding {
    Finding(
        rule: "deduction/not-positive",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(deduction.line)\"的核减（核增）金额应大于零",
            en: "the deduction or increase of \"\(deduction.line)\" must be more than zero"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "amount"],
        expected: "> 0",
        found: Money.yuan(deduction.amount),
        hint: LocalizedText(zh: "方向由 kind 表示", en: "the kind says which way it counts")
    )
}

private func aboveRequest(_ line: BudgetLine, _ sum: ExactDecimal, _ deductions: [Deduction]) -> Finding {
    Finding(
        rule: "deduction/above-request",
        severity: .error,
        message: LocalizedText(
            zh: "\"\(line.label)\"核减 \(Money.yuan(sum))，超过申报金额 \(Money.yuan(line.amount))",
            en: "\"\(line.label)\" loses \(Money.yuan(sum)), more than the \(Money.yuan(line.amount)) requested"
        ),
        subject: line.id,
        pointers: deductions.map { $0.pointer / "amount" },
        expected: "≤ \(Money.yuan(line.amount))",
        found: Money.yuan(sum)
    )
}

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
