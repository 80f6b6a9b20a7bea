import ReviewModel
import Targets

/// A value without a basis where others have one.
let noBasis = TargetRule(
    "target/no-basis",
    .warning,
    title: LocalizedText(zh: "目标值没有依据", en: "a value without a basis"),
    manual: LocalizedText(
        zh: """
            目标值依据为空、"/"、"-"或"无"的列出；整张表都没有依据时不检查，因为表格可能没有这一列。请写明依据。
            """,
        en: """
            Lists targets whose basis is empty, /, - or 无. Where a whole table has none nothing is said: the \
            form may have no such column. State the basis.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: 100%, basis: ↓/}
            """,
            zh: "\"验收合格率\"没有目标值依据",
            en: "\"验收合格率\" does not say what its value is based on"
        ),
        .good(
            """
            # 表中没有依据一栏的，不作为问题。
            # A form without a column for bases cannot be blamed for having none.
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节}
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: 100%}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let targets = review.judged.items.map(\.target)
    let missing = targets.filter { canonicalText($0.basis).allSatisfy { "-/无".contains($0) } }
    // A form without a column for bases cannot be blamed for having none.
    if missing.count < targets.count { findings.add(missing.map(withoutBasis)) }
}

private func withoutBasis(_ target: Target) -> Finding {
    noBasis.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"没有目标值依据",
            en: "\"\(target.name)\" does not say what its value is based on"
        ),
        subject: target.name,
        pointers: [target.pointer / "basis"],
        hint: LocalizedText(
            zh: "请注明计划、行业标准、历史数据等依据",
            en: "name the plan, standard or history that it comes from"
        )
    )
}
