import BudgetReview
import ReviewModel

/// Cuts that cannot be: of lines that do not exist, of nothing or less, of more than was requested.
func checkDeductions(_ deductions: [Deduction], of lines: [BudgetLine]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    let ids = Set(lines.map(\.id))
    for deduction in deductions {
        if !ids.contains(deduction.line) {
            findings.append(unknownLine(deduction, known: lines.map(\.id)))
        }
        if deduction.proposed <= 0 { findings.append(notPositive(deduction)) }
    }
    var seen: [[String]: Deduction] = [:]
    for deduction in deductions {
        let key = [
            deduction.line, deduction.kind.rawValue, deduction.proposed.withoutTrailingZeros.description,
            deduction.reason,
        ]
        if let first = seen[key] { findings.append(standsTwice(deduction, first)) } else { seen[key] = deduction }
    }
    var cuts = Dictionary(grouping: deductions.filter { $0.kind != .increase }, by: \.line)
    for line in lines {
        // Of two lines with one id the first has the deductions.
        guard let own = cuts.removeValue(forKey: line.id) else { continue }
        let sum = try ExactDecimal.sum(own.map(\.amount))
        if sum > line.amount { findings.append(aboveRequest(line, sum, own)) }
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
        found: Money.yuan(deduction.proposed),
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
        pointers: deductions.map(\.amountPointer),
        expected: "≤ \(Money.yuan(line.amount))",
        found: Money.yuan(sum)
    )
}

private func standsTwice(_ deduction: Deduction, _ first: Deduction) -> Finding {
    Finding(
        rule: "deduction/twice",
        severity: .warning,
        message: LocalizedText(
            zh: "\"\(deduction.line)\"的同一笔核减（核增）\(Money.yuan(deduction.amount)) 列了两次，均已计入",
            en:
                "the same \(Money.yuan(deduction.amount)) of \"\(deduction.line)\" stands twice for the same reason; both count"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer, first.pointer],
        found: Money.yuan(deduction.amount),
        hint: LocalizedText(zh: "如系重复，请删去一条", en: "remove one if it is a slip")
    )
}
