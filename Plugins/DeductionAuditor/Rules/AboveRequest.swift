import BudgetLines
import ReviewModel

/// More deducted from a line than it asks for.
let aboveRequest = AuditRule(
    "deduction/above-request",
    .error,
    title: LocalizedText(zh: "核减超过申报金额", en: "more deducted than requested"),
    manual: LocalizedText(
        zh: """
            一条明细的核减和缓付之和（反馈之后以最终金额计）超过其申报金额。请更正核减金额。
            """,
        en: """
            The cuts and deferrals of a line, after the feedback round, are more than it asks for. Correct them.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: ↓2900.00, reason: 重复申报}
                - {line: L1, kind: deferral, amount: 100.01, reason: 质保金}
            """,
            zh: "\"课程\"核减 3,000.01，超过申报金额 3,000.00",
            en: "\"课程\" loses 3,000.01, more than the 3,000.00 requested"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 3000.00, reason: 重复申报}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    // Of two lines with one id the first has the deductions.
    for line in audit.lines where audit.line[line.id]?.pointer == line.pointer {
        let cuts = (audit.deductionsByLine[line.id] ?? []).filter { $0.kind != .increase }
        let sum = try ExactDecimal.sum(cuts.map(\.amount))
        if !cuts.isEmpty, sum > line.amount { findings.add(moreThanRequested(line, sum, cuts)) }
    }
}

private func moreThanRequested(_ line: BudgetLine, _ sum: ExactDecimal, _ deductions: [Deduction]) -> Finding {
    aboveRequest.rule.finding(
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
