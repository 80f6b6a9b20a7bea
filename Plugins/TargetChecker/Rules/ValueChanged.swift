import ReviewModel
import Targets

/// A target kept under its name with another value.
let valueChanged = TargetRule(
    "target/value-changed",
    .info,
    title: LocalizedText(zh: "评审后目标值不同", en: "the value is another after the review"),
    manual: LocalizedText(
        zh: """
            申报与评审后同名目标的值不同（读数不同，写法不同不算）。改目标值是评审的职责，此条只为让改动看得见。
            """,
        en: """
            A target of one name has another value after the review (another reading; another way to write it \
            is none). Changing values is what a review is for: this only makes it visible.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: ↓180 节, basis: 工作计划}
            """,
            zh: "\"课程开展数\"的目标值由 200 节 改为 180 节",
            en: "the value of \"课程开展数\" was changed from 200 节 to 180 节"
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let told = findings.toldOfWholes
    for (before, after) in review.changes?.kept ?? [] where !told.contains(before.target.pointer / "value") {
        if after.target.value.reading != before.target.value.reading {
            findings.add(revalued(before.target, after.target))
        }
    }
}

private func revalued(_ declared: Target, _ reviewed: Target) -> Finding {
    valueChanged.rule.finding(
        message: LocalizedText(
            zh: "\"\(declared.name)\"的目标值由 \(declared.value.text) 改为 \(reviewed.value.text)",
            en: "the value of \"\(declared.name)\" was changed from \(declared.value.text) to \(reviewed.value.text)"
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "value", declared.pointer / "value"],
        expected: declared.value.text,
        found: reviewed.value.text
    )
}
