import ReviewModel
import Targets

/// A target that repeats itself, or the name of the project.
let saysNothing = TargetRule(
    "target/says-nothing",
    .warning,
    title: LocalizedText(zh: "目标与项目名称或目标值相同", en: "a target that repeats its name or the project's"),
    manual: LocalizedText(
        zh: "指标名称就是项目名称，或目标值、依据与指标名称相同的列出：没有说明要达到什么。空格和标点全半角不计。",
        en: """
            Lists targets whose name is the project's, or whose value is the name again: they do not say what is to be reached. Blanks and the width of punctuation aside.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              project: {name: 河道保洁, town: 望舒镇, year: 2026}
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: ↓河道保洁, value: 河道保洁, basis: 工作计划}
            """,
            zh: "指标\"河道保洁\"与项目名称相同，没有说明要达到什么",
            en: "the target \"河道保洁\" is the project's name, and does not say what is to be reached"
        ),
        .good(
            """
            fields:
              project: {name: 河道保洁, town: 望舒镇, year: 2026}
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 保洁河道长度, value: ≥42公里, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let project = canonicalText(review.project)
    for target in review.lists.flatMap(\.items).map(\.target) where target.key.count > 1 {
        if !project.isEmpty, target.key == project || target.key == project + "项目" {
            findings.add(repeats(target, LocalizedText(zh: "项目名称", en: "the project's name")))
        } else if canonicalText(target.value.text) == target.key {
            findings.add(repeats(target, LocalizedText(zh: "目标值", en: "its own value")))
        }
    }
}

private func repeats(_ target: Target, _ what: LocalizedText) -> Finding {
    saysNothing.rule.finding(
        message: LocalizedText(
            zh: "指标\"\(target.name)\"与\(what.zh)相同，没有说明要达到什么",
            en: "the target \"\(target.name)\" is \(what.en), and does not say what is to be reached"
        ),
        subject: target.name,
        pointers: [target.pointer / "name"],
        found: target.name,
        hint: LocalizedText(zh: "请写明具体内容和数量", en: "say what, and how much of it")
    )
}
