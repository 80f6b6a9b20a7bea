import ReviewModel
import Targets

/// A declared target that seems to have got another name.
let reworded = TargetRule(
    "target/reworded",
    .info,
    title: LocalizedText(zh: "目标似被改名", en: "a target seems reworded"),
    manual: LocalizedText(
        zh: """
            申报的目标在评审后没有同名的，但有同类而名称相似达 60% 的，列为改名。相似只看字，是否同一目标由评审\
            人判断。
            """,
        en: """
            A declared target has no namesake after the review, but one of its kind whose name is at least 60 % \
            alike. Only characters are compared: whether it is the same target is for the reviewer to say.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: ↓课程开展数量, value: 200 节, basis: 工作计划}
            """,
            zh: "申报的\"课程开展数\"在评审后似改为\"课程开展数量\"",
            en: "the declared \"课程开展数\" seems to have become \"课程开展数量\""
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 志愿者人数, value: 50 人, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    for (before, after) in review.changes?.reworded ?? [] {
        findings.add(inOtherWords(before.target, after.target))
    }
}

private func inOtherWords(_ declared: Target, _ reviewed: Target) -> Finding {
    reworded.rule.finding(
        message: LocalizedText(
            zh: "申报的\"\(declared.name)\"在评审后似改为\"\(reviewed.name)\"",
            en: "the declared \"\(declared.name)\" seems to have become \"\(reviewed.name)\""
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "name", declared.pointer / "name"],
        expected: declared.name,
        found: reviewed.name
    )
}
