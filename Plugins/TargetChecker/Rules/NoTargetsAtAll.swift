import BudgetLines
import ReviewModel
import Targets

/// No targets at all, neither declared nor reviewed.
let noTargetsAtAll = TargetRule(
    "target/none",
    .warning,
    title: LocalizedText(zh: "没有绩效目标", en: "no targets at all"),
    manual: LocalizedText(
        zh: """
            申报和评审后的目标表都没有一行。没有目标的资金无从考核。请补充绩效目标。从报告读取而没有读到目标表的，不下此结论。
            """,
        en: """
            Neither the declared nor the reviewed table has a row. Money without a target cannot be judged \
            later. Add the targets. Where a report was read, and no table of targets in it, nothing is concluded.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              ↓budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """,
            zh: "没有绩效目标",
            en: "there are no performance targets"
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    if review.lists.isEmpty, !review.areUnread { findings.add(noTargets(review.reviewed)) }
}

private func noTargets(_ list: TargetList) -> Finding {
    noTargetsAtAll.rule.finding(
        message: LocalizedText(zh: "没有绩效目标", en: "there are no performance targets"),
        subject: "targets",
        pointers: [list.pointer],
        hint: LocalizedText(zh: "请补充绩效目标", en: "add the targets")
    )
}
