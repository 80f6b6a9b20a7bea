import BudgetLines
import ReviewModel

/// Two budget lines with one id.
let duplicateLine = AuditRule(
    "arithmetic/duplicate-line",
    .error,
    title: LocalizedText(zh: "明细编号重复", en: "two lines with one id"),
    manual: LocalizedText(
        zh: """
            预算明细的 id 出现两次。核减、目标等按 id 引用，重复时只算第一条。请给每行不同的编号。
            """,
        en: """
            An id stands at two budget lines. Deductions and targets name lines by id, and of two the first \
            counts. Give every line an id of its own.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - {id: ↓L1, group: 场租, quantity: 2, unit_price: 500.00, amount: 1000.00}
            """,
            zh: "预算明细的编号\"L1\"重复：\"课程\"和\"场租\"",
            en: "two budget lines have the id \"L1\": \"课程\" and \"场租\""
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - {id: L2, group: 课程, quantity: 2, unit_price: 500.00, amount: 1000.00}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    var seen: [String: BudgetLine] = [:]
    for line in audit.lines {
        if let first = seen[line.id] { findings.add(idTwice(line, first)) } else { seen[line.id] = line }
    }
}

private func idTwice(_ line: BudgetLine, _ first: BudgetLine) -> Finding {
    duplicateLine.rule.finding(
        message: LocalizedText(
            zh: "预算明细的编号\"\(line.id)\"重复：\"\(first.label)\"和\"\(line.label)\"",
            en: "two budget lines have the id \"\(line.id)\": \"\(first.label)\" and \"\(line.label)\""
        ),
        subject: line.id,
        pointers: [line.pointer / "id", first.pointer / "id"],
        found: line.id,
        hint: LocalizedText(
            zh: "请给每行一个不同的编号；核减只算在第一行",
            en: "give every line an id of its own; deductions count for the first only"
        )
    )
}
