import BudgetLines
import ReviewModel

/// A printed figure of the audit table that is not what was computed.
let printedDiffers = AuditRule(
    "deduction/printed-differs",
    .error,
    title: LocalizedText(zh: "预算审核表所印与计算不符", en: "the printed audit table differs from what was computed"),
    manual: LocalizedText(
        zh: """
            printed_audit 每行的申报、审核、核减金额和核减率应等于由 deductions 算出的数，金额一分不差，核减率两\
            位小数。请更正原表或核减。
            """,
        en: """
            Each figure of `printed_audit` must be the one computed from `deductions`: amounts to the fen, \
            rates to two places. Correct the table or the deduction.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
              printed_audit:
                - {line: L1, requested: 3000.00, approved: 2700.00, deducted: 300.00, rate: ↓1.00%}
            """,
            zh: "预算审核表中\"课程\"的核减率为 1.00%，应为 10.00%",
            en: "the audit table prints 1.00% as the deduction rate of \"课程\", it should be 10.00%"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
              printed_audit:
                - {line: L1, requested: 3000.00, approved: 2700.00, deducted: 300.00, rate: 10.00%}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    func scale(_ column: String) -> AmountScale { AmountScale(column, of: "printed_audit", in: audit.dossier) }
    let scales = Dictionary(uniqueKeysWithValues: ["requested", "approved", "deducted"].map { ($0, scale($0)) })
    // In a table of 万元 requested, approved and cut are rounded each by itself, and so is what two of them make.
    let step = audit.dossier.field("report", "rounded_to")?.decimal ?? .zero
    let slack = try step * ExactDecimal(significand: 15, places: 1)
    for row in audit.printed {
        guard let adjustment = audit.adjustment[row.text("line")] else { continue }
        let amounts = try adjustment.amounts()
        let columns: [(String, LocalizedText, ExactDecimal?, (ExactDecimal) -> String)] = [
            ("requested", LocalizedText(zh: "预算金额", en: "requested amount"), amounts.requested, Money.yuan),
            ("approved", LocalizedText(zh: "审核金额", en: "approved amount"), amounts.approved, Money.yuan),
            ("deducted", LocalizedText(zh: "核减金额", en: "deduction"), amounts.deducted, Money.yuan),
            ("rate", LocalizedText(zh: "核减率", en: "deduction rate"), try amounts.deductionRate(), Money.percent),
        ]
        for (column, name, expected, print) in columns {
            let stated = row.decimal(column)
            guard let printed = scales[column].map({ $0(stated) }) ?? stated, let expected, printed != expected else {
                continue
            }
            // What was added may be taken off what was cut, where it has a column of its own.
            if column == "deducted", !amounts.increased.isZero,
                try printed == amounts.deducted - amounts.increased
            {
                continue
            }
            let reach =
                column == "rate" ? try ExactDecimal.percentage(slack, of: amounts.requested, places: 4) ?? .zero : slack
            if !slack.isZero, try (printed - expected).magnitude <= reach { continue }
            findings.add(printsOtherwise(adjustment, name, print(expected), print(printed), at: row.pointer(column)))
        }
    }
}

private func printsOtherwise(
    _ adjustment: Adjustment,
    _ name: LocalizedText,
    _ expected: String,
    _ found: String,
    at pointer: JSONPointer
) -> Finding {
    printedDiffers.rule.finding(
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
