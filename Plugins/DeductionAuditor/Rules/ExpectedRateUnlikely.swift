import BudgetLines
import ReviewModel

/// A year's expected execution rate that takes a pace which the year has not shown.
let expectedRateUnlikely = AuditRule(
    "history/expected-rate-unlikely",
    .warning,
    title: LocalizedText(zh: "预期执行率难以达到", en: "an expected execution rate that is out of reach"),
    manual: LocalizedText(
        zh: """
            数据截至年中某日而报告预期了全年执行率（history_years 的 expected_rate）时，算出其余日子每天须支付多少，与此前日均支付相比；达到 times 倍的列出。\
            不考虑已签合同和付款节点：若年底集中付款，请在评审中说明。
            """,
        en: """
            Where the figures of a year run to a cut-off and a rate is expected of the whole year (`expected_rate`), holds what must be \
            paid a day from then on against what was paid a day before. `times` as much is a finding. Contracts and dates of payment \
            are not known here: where payments fall due at the end of the year, say so in the review.
            """
    ),
    parameters: [
        Rule.Parameter("times", LocalizedText(zh: "日均支付的倍数", en: "times the pace so far"), standard: 2)
    ],
    examples: [
        .bad(
            """
            # 前 304 天支付 50.00，预期后 61 天再支付 45.00。
            # 50.00 in the first 304 days, another 45.00 expected in the last 61.
            tables:
              history_years:
                - {year: 2025, cut_off: 2025-10-31, expected_rate: ↓95.00%}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 50.00}
            """,
            zh: "2025 年预期执行率 95.00%，须在 2025-10-31 之后再支付 45.00 元，日均为此前的 4.49 倍",
            en: "95.00% of 2025 takes another 45.00 after 2025-10-31, 4.49 times as much a day as before"
        ),
        .good(
            """
            tables:
              history_years:
                - {year: 2025, cut_off: 2025-10-31, expected_rate: 60.00%}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 50.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    let times = findings.decimal("times") ?? 2
    for row in audit.dossier.rows(of: "history_years") {
        guard let expected = row.decimal("expected_rate"), let cutOff = row.optionalText("cut_off"),
            let passed = daysPassed(by: cutOff), passed < 365,
            let year = audit.years.first(where: { $0.year == row.integer("year") })
        else { continue }
        let (adjusted, paid) = (try year.adjusted(), try year.paid())
        let due = try (adjusted * expected).divided(by: 100, places: 2) ?? 0
        guard due > paid, paid > 0 else { continue }
        let left = ExactDecimal(365 - passed)
        // (due − paid) ÷ days left, over paid ÷ days passed.
        guard let pace = try ((due - paid) * ExactDecimal(passed)).divided(by: paid * left, places: 2), pace >= times
        else { continue }
        findings.add(try outOfReach(row, expected, due, paid, cutOff, pace))
    }
}

/// The days of a year of 365 up to a date, `2025-10-31`.
private func daysPassed(by date: String) -> Int? {
    let parts = date.split(separator: "-").compactMap { Int($0) }
    guard parts.count == 3, (1...12).contains(parts[1]) else { return nil }
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    return months.prefix(parts[1] - 1).reduce(0, +) + min(parts[2], months[parts[1] - 1])
}

private func outOfReach(
    _ row: TableRow,
    _ expected: ExactDecimal,
    _ due: ExactDecimal,
    _ paid: ExactDecimal,
    _ cutOff: String,
    _ pace: ExactDecimal
) throws(DecimalOverflow) -> Finding {
    let (rate, rest) = (Money.percent(expected), Money.yuan(try due - paid))
    return expectedRateUnlikely.rule.finding(
        message: LocalizedText(
            zh:
                "\(row.text("year")) 年预期执行率 \(rate)，须在 \(cutOff) 之后再支付 \(rest) 元，日均为此前的 \(pace) 倍",
            en:
                "\(rate) of \(row.text("year")) takes another \(rest) after \(cutOff), \(pace) times as much a day as before"
        ),
        subject: row.text("year"),
        pointers: [row.pointer("expected_rate")],
        found: rate,
        proof: Proof(
            [
                Proof.Figure(
                    LocalizedText(zh: "预期支付", en: "expected payments"),
                    Money.yuan(due),
                    at: row.pointer("expected_rate")
                ),
                Proof.Figure(LocalizedText(zh: "已支付", en: "paid"), Money.yuan(paid), at: row.pointer("declared_paid")),
            ],
            calculation: "\(Money.yuan(due)) − \(Money.yuan(paid)) = \(rest)"
        ),
        hint: LocalizedText(zh: "请说明年底前的付款安排，或调整预期", en: "say what falls due before the end of the year, or lower it")
    )
}
