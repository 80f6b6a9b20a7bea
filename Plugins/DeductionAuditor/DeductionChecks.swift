import BudgetReview
import ReviewModel

/// Cuts that cannot be: of lines that do not exist, of nothing or less, of more than was requested.
func checkDeductions(_ deductions: [Deduction], of lines: [BudgetLine]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    let ids = Set(lines.map(\.id))
    for deduction in deductions {
        if !ids.contains(deduction.line) {
            findings.append(deductedFromNothing(deduction, known: lines.map(\.id)))
        }
        if deduction.proposed <= 0 { findings.append(notAboveZero(deduction)) }
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
        if sum > line.amount { findings.append(moreThanRequested(line, sum, own)) }
    }
    return findings
}
