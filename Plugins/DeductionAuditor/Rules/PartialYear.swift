import BudgetLines
import ReviewModel

/// Figures of a part of a year.
let partialYear = AuditRule(
    "history/partial-year",
    .info,
    title: LocalizedText(zh: "数据不满一年", en: "figures of part of a year"),
    manual: LocalizedText(
        zh: """
            history_years 写有 cut_off 且早于年末：该年的执行率和金额不能与全年直接比较。引用这些数字时请注明截\
            止日。
            """,
        en: """
            A year has a `cut_off` before its end: its rate and amounts cannot be compared with those of whole \
            years. Name the day wherever they are used.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              history_years:
                - {year: 2025, cut_off: ↓2025-10-31}
            """,
            zh: "2025 年数据截至 2025-10-31，不能与全年数据直接比较",
            en: "the figures of 2025 end on 2025-10-31 and do not compare with whole years"
        ),
        .good(
            """
            tables:
              history_years:
                - {year: 2025, cut_off: 2025-12-31}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    for year in audit.years where year.isPartial { findings.add(notOverYet(year)) }
}

private func notOverYet(_ year: HistoryYear) -> Finding {
    let cutOff = year.cutOff ?? ""
    return partialYear.rule.finding(
        message: LocalizedText(
            zh: "\(year.year) 年数据截至 \(cutOff)，不能与全年数据直接比较",
            en: "the figures of \(year.year) end on \(cutOff) and do not compare with whole years"
        ),
        subject: "\(year.year)",
        pointers: year.pointer.map { [$0 / "cut_off"] } ?? [],
        found: cutOff
    )
}
