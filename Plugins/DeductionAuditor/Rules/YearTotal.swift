import BudgetLines
import ReviewModel

/// A year whose printed total or rate does not add up.
let yearTotal = AuditRule(
    "history/year-total",
    .error,
    title: LocalizedText(zh: "年度合计或执行率算错", en: "a year's total or rate that does not add up"),
    manual: LocalizedText(
        zh: """
            history_years 所印调整后预算合计、支付合计和执行率应等于各项之和与其比率，金额一分不差，比率两位小数\
            。请更正合计或明细。
            """,
        en: """
            The printed totals and rate of a year must be the sums of its items and their ratio: amounts to the \
            fen, the rate to two places. Correct the total or an item.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              history_years:
                - {year: 2025, declared_adjusted: 4000.00, declared_paid: ↓3100.00, declared_rate: 75.00%}
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2000.00}
                - {year: 2025, item: 场租, adjusted: 1000.00, paid: 1000.00}
            """,
            zh: "2025 年支付合计为 3,000.00，表中为 3,100.00",
            en: "the total paid of 2025 is 3,000.00, the table says 3,100.00"
        ),
        .good(
            """
            tables:
              history_years:
                - {year: 2025, declared_adjusted: 4000.00, declared_paid: 3000.00, declared_rate: 75.00%}
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2000.00}
                - {year: 2025, item: 场租, adjusted: 1000.00, paid: 1000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    for year in audit.years {
        // One cell of an item that explains the totals is told of the item.
        guard let pointer = year.pointer, !year.items.isEmpty, try HistorySlip.of(year) == nil else { continue }
        let figures: [(String, LocalizedText, ExactDecimal?, ExactDecimal?, (ExactDecimal) -> String)] = [
            (
                "declared_adjusted", LocalizedText(zh: "调整后预算合计", en: "total adjusted budget"),
                year.declaredAdjusted, try year.adjusted(), Money.yuan
            ),
            (
                "declared_paid", LocalizedText(zh: "支付合计", en: "total paid"), year.declaredPaid, try year.paid(),
                Money.yuan
            ),
            (
                "declared_rate", LocalizedText(zh: "执行率", en: "execution rate"), year.declaredRate, try year.rate(),
                Money.percent
            ),
        ]
        for (column, name, declared, computed, print) in figures {
            guard let declared, let computed, declared != computed else { continue }
            // A rate that is that of the totals as printed follows from them.
            if column == "declared_rate", let paid = year.declaredPaid, let adjusted = year.declaredAdjusted,
                try paid != year.paid() || adjusted != year.adjusted(),
                try ExactDecimal.percentage(paid, of: adjusted) == declared
            {
                continue
            }
            findings.add(wrongTotal(year, name, print(declared), print(computed), at: pointer / column))
        }
    }
}

private func wrongTotal(
    _ year: HistoryYear,
    _ name: LocalizedText,
    _ found: String,
    _ expected: String,
    at pointer: JSONPointer
) -> Finding {
    yearTotal.rule.finding(
        message: LocalizedText(
            zh: "\(year.year) 年\(name.zh)为 \(expected)，表中为 \(found)",
            en: "the \(name.en) of \(year.year) is \(expected), the table says \(found)"
        ),
        subject: "\(year.year)",
        pointers: [pointer],
        expected: expected,
        found: found
    )
}
