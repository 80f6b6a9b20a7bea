import BudgetLines
import ReviewModel
import Targets

/// Money that no target speaks of.
let lineWithoutTarget = TargetRule(
    "target/line-without-target",
    .info,
    title: LocalizedText(zh: "明细没有对应的目标", en: "money without a target"),
    manual: LocalizedText(
        zh: """
            预算明细没有被任何目标的 lines 引用。没有一个目标填写 lines 时不检查。请补充目标，或说明由哪个目标涵\
            盖。
            """,
        en: """
            A budget line that the `lines` of no target name. Nothing is said while no target names any line. \
            Add a target, or name the line in the one that covers it.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - ↓{id: L2, group: 场租, quantity: 2, unit_price: 500.00, amount: 1000.00}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划, lines: [L1]}
            """,
            zh: "预算明细\"场租\"（1,000.00 元）没有对应的绩效目标",
            en: "no target speaks of the budget line \"场租\" (1,000.00 yuan)"
        ),
        .good(
            """
            # 没有任何目标写明对应的明细时，不作核对。
            # Nothing is said while no target names its lines.
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - {id: L2, group: 场租, quantity: 2, unit_price: 500.00, amount: 1000.00}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

/// Nothing is said while no target names its lines.
private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let served = Set(review.judged.items.flatMap(\.target.lines))
    if !served.isEmpty { findings.add(review.lines.filter { !served.contains($0.id) }.map(unserved)) }
}

private func unserved(_ line: BudgetLine) -> Finding {
    lineWithoutTarget.rule.finding(
        message: LocalizedText(
            zh: "预算明细\"\(line.label)\"（\(Money.yuan(line.amount)) 元）没有对应的绩效目标",
            en: "no target speaks of the budget line \"\(line.label)\" (\(Money.yuan(line.amount)) yuan)"
        ),
        subject: line.id,
        pointers: [line.pointer],
        found: Money.yuan(line.amount),
        hint: LocalizedText(zh: "请补充对应的绩效目标", en: "add a target for it, or name the line at one")
    )
}
