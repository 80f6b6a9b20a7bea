import BudgetLines
import ReviewModel

/// Final payments asked for under a name whose final payments were all paid last year.
let tailAlreadyPaid = AuditRule(
    "history/tail-already-paid",
    .warning,
    title: LocalizedText(zh: "同名尾款上年已付清", en: "final payments that were paid in full already"),
    manual: LocalizedText(
        zh: """
            名称含"尾款"的项目内容，与最近一年名称也含"尾款"的历年明细相比：项目内容的字依次全部出现在历年明细名称之中（如"2024氛围提升项目尾款"与\
            "2024年中部地区氛围提升项目尾款"）即为同名。同名的各项在该年全部付清的列出：或名称有误，或重复申报。
            """,
        en: """
            Holds items whose name has 尾款 against those of the latest year that have it too: one name is the other's where all its \
            characters stand in it in order. Where all of them were paid in full in that year, the name is wrong or the request is double.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: ↓2024 氛围项目尾款, detail: 东站, quantity: 1, unit_price: 500.00, amount: 500.00}
              history:
                - {year: 2025, item: 2024 年中部氛围项目尾款, adjusted: 1000.00, paid: 1000.00}
            """,
            zh: "\"2024 氛围项目尾款\"申请 500.00 元，而 2025 年的\"2024 年中部氛围项目尾款\"共 1,000.00 元已全部付清",
            en: "\"2024 氛围项目尾款\" asks for 500.00, but \"2024 年中部氛围项目尾款\" of 2025, 1,000.00, were paid in full"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 2024 氛围项目尾款, detail: 东站, quantity: 1, unit_price: 500.00, amount: 500.00}
              history:
                - {year: 2025, item: 2024 年中部氛围项目尾款, adjusted: 1000.00, paid: 400.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    guard let latest = audit.latest else { return }
    let groups = Dictionary(grouping: audit.lines.filter { $0.group.contains("尾款") }, by: \.group)
    for (group, own) in groups.sorted(by: { $0.key < $1.key }) {
        let items = latest.items.filter {
            $0.name.contains("尾款") && group.folded.isShortForm(of: $0.name.folded)
        }
        guard !items.isEmpty, items.allSatisfy({ $0.adjusted > 0 && $0.paid == $0.adjusted }) else { continue }
        findings.add(try paidAlready(group, own, items, latest.year))
    }
}

private func paidAlready(
    _ group: String,
    _ lines: [BudgetLine],
    _ items: [HistoryItem],
    _ year: Int
) throws(DecimalOverflow) -> Finding {
    let asked = Money.yuan(try .sum(lines.map(\.amount)))
    let paid = Money.yuan(try .sum(items.map(\.paid)))
    return tailAlreadyPaid.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(group)\"申请 \(asked) 元，而 \(year) 年的\(items.map { "\"\($0.name)\"" }.joined(separator: "、"))共 \(paid) 元已全部付清",
            en:
                "\"\(group)\" asks for \(asked), but \(items.map { "\"\($0.name)\"" }.joined(separator: ", ")) of \(year), \(paid), were paid in full"
        ),
        subject: group,
        pointers: [lines[0].pointer / "group"] + items.map { $0.pointer / "paid" },
        found: asked,
        hint: LocalizedText(zh: "请核对项目名称，确认不是重复申报", en: "check the name, and that nothing is asked for twice")
    )
}
