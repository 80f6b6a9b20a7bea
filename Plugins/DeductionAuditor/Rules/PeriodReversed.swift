import ReviewModel

/// A project that ends before it begins.
let periodReversed = AuditRule(
    "project/period-reversed",
    .error,
    title: LocalizedText(zh: "完成日期早于开始日期", en: "the project ends before it begins"),
    manual: LocalizedText(
        zh: """
            项目的计划完成日期（project.ends_on）早于计划开始日期（project.starts_on）。两个日期都填写的才核对；请更正填错的一个。
            """,
        en: """
            The planned end (`project.ends_on`) lies before the planned start (`project.starts_on`). Checked where both are given; \
            correct the one that is wrong.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              project: {starts_on: 2026-03-01, ends_on: ↓2026-02-01}
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 20, unit_price: 350.00, amount: 7000.00}
            """,
            zh: "计划完成日期 2026-02-01 早于计划开始日期 2026-03-01",
            en: "the planned end 2026-02-01 is before the planned start 2026-03-01"
        ),
        .good(
            """
            fields:
              project: {starts_on: 2026-03-01, ends_on: 2026-03-01}
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 20, unit_price: 350.00, amount: 7000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    let project = audit.dossier.field("project")
    guard let start = project?["starts_on"]?.scalarText, let end = project?["ends_on"]?.scalarText,
        let first = CalendarDate(written: start), let last = CalendarDate(written: end),
        last.dayNumber < first.dayNumber
    else { return }
    findings.add(
        periodReversed.rule.finding(
            message: LocalizedText(
                zh: "计划完成日期 \(end) 早于计划开始日期 \(start)",
                en: "the planned end \(end) is before the planned start \(start)"
            ),
            pointers: [
                JSONPointer(["fields", "project", "ends_on"]), JSONPointer(["fields", "project", "starts_on"]),
            ],
            expected: "≥ \(start)",
            found: end
        )
    )
}
