import ReviewModel
import Targets

/// A target without a value.
let noValue = TargetRule(
    "target/no-value",
    .error,
    title: LocalizedText(zh: "目标没有目标值", en: "a target without a value"),
    manual: LocalizedText(
        zh: """
            目标值为空或只有"/"、"-"的列出；"无"用于事故数之类时不算空。请填写目标值。
            """,
        en: """
            Lists targets whose value is empty or a dash; 无 counts as a value. State the value.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: ↓/, basis: 工作计划}
            """,
            zh: "\"课程开展数\"没有目标值",
            en: "\"课程开展数\" has no target value"
        ),
        .good(
            """
            # 安全事故的目标值写"无"，也是目标值。
            # 无 for a number of accidents is a value.
            tables:
              targets:
                - {level1: 产出指标, level2: 质量指标, name: 安全事故, value: 无, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let told = findings.toldOfWholes
    for target in review.judged.items.map(\.target) where !told.contains(target.pointer / "value") {
        // 无 for a number of accidents is a value, though one that a number would state better.
        if target.value.reading == .empty, canonicalText(target.value.text) != "无" {
            findings.add(withoutValue(target))
        }
    }
}

private func withoutValue(_ target: Target) -> Finding {
    noValue.rule.finding(
        message: LocalizedText(zh: "\"\(target.name)\"没有目标值", en: "\"\(target.name)\" has no target value"),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(zh: "请写明目标值", en: "state the value")
    )
}
