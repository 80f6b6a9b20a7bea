import BudgetLines
import ReviewModel
import Targets

/// A target for a budget line that there is not.
let unknownLine = TargetRule(
    "target/unknown-line",
    .error,
    title: LocalizedText(zh: "目标对应的明细不存在", en: "a target for a line that is not there"),
    manual: LocalizedText(
        zh: """
            目标的 lines 中写有预算明细没有的编号。请更正编号。
            """,
        en: """
            The `lines` of a target name an id that no budget line has. Correct it.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L10, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划, lines: [↓L1O]}
            """,
            zh: "\"课程开展数\"对应的预算明细\"L1O\"不存在",
            en: "\"课程开展数\" names the budget line \"L1O\", which does not exist"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L10, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划, lines: [L10]}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    if review.lines.isEmpty { return }
    let known = review.lines.map(\.id)
    let ids = Set(known)
    for target in review.judged.items.map(\.target) {
        for (offset, id) in target.lines.enumerated() where !ids.contains(id) {
            findings.add(servesNoLine(id, target, at: target.pointer / "lines" / offset, known: known))
        }
    }
}

private func servesNoLine(_ id: String, _ target: Target, at pointer: JSONPointer, known: [String]) -> Finding {
    unknownLine.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"对应的预算明细\"\(id)\"不存在",
            en: "\"\(target.name)\" names the budget line \"\(id)\", which does not exist"
        ),
        subject: target.name,
        pointers: [pointer],
        found: id,
        hint: suggestion(for: id, among: known)
    )
}
