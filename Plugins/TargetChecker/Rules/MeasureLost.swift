import ReviewModel
import Targets

/// A measured target that can no longer be measured after the review.
let measureLost = TargetRule(
    "target/measure-lost",
    .warning,
    title: LocalizedText(zh: "可衡量的目标评审后不可衡量", en: "a measured target is no longer measured"),
    manual: LocalizedText(
        zh: """
            申报时目标值可以衡量、评审后同名目标的值不能衡量的逐个列出。评审应使目标更明确，不应相反。请恢复可以\
            衡量的目标值。
            """,
        en: """
            A declared target whose value could be measured, and whose namesake after the review has one that \
            cannot. A review should make targets clearer. Restore a value that can be measured.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: 100%, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: ↓合格, basis: 工作计划}
            """,
            zh: "\"验收合格率\"申报时为 100%，评审后成为\"合格\"，不再量化",
            en: "\"验收合格率\" was 100% when declared and is \"合格\" after the review"
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: 100%, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: ≥95%, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let told = findings.told(by: [quantificationLost.rule.id])
    for (before, after) in review.changes?.kept ?? [] {
        let (old, new) = (before.target, after.target)
        guard old.value.isMeasurable, !new.value.isMeasurable, !told.contains(old.pointer / "value") else { continue }
        findings.add(noLongerMeasured(old, new))
    }
}

private func noLongerMeasured(_ declared: Target, _ reviewed: Target) -> Finding {
    measureLost.rule.finding(
        message: LocalizedText(
            zh: "\"\(declared.name)\"申报时为 \(declared.value.text)，评审后成为\"\(reviewed.value.text)\"，不再量化",
            en:
                "\"\(declared.name)\" was \(declared.value.text) when declared and is \"\(reviewed.value.text)\" after the review"
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "value", declared.pointer / "value"],
        expected: declared.value.text,
        found: reviewed.value.text,
        hint: LocalizedText(zh: "请恢复数值", en: "restore the figure")
    )
}
