import ReviewModel
import Targets

/// One target that stands twice.
let duplicate = TargetRule(
    "target/duplicate",
    .error,
    title: LocalizedText(zh: "目标重复", en: "a target twice"),
    manual: LocalizedText(
        zh: """
            同一张表中级别和名称都相同的目标出现两次：目标值相同为提醒，不同为错误。空格和全半角不计。请删去一条\
            ，或改为不同的名称。
            """,
        en: """
            Two targets of one table with the same levels and name: a warning where their values agree, an \
            error where they do not. Blanks and the width of characters aside. Remove one, or give it a name of \
            its own.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
                - ↓{level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 150 节, basis: 工作计划}
            """,
            zh: "\"课程开展数\"重复，目标值不一致：200 节 和 150 节",
            en: "\"课程开展数\" stands twice, with different values: 200 节 and 150 节"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
                - {level1: 产出指标, level2: 数量指标, name: 活动场次, value: 200 场, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    for list in review.lists {
        var seen: [[String]: Target] = [:]
        for target in list.items.map(\.target) {
            let key = [canonicalText(target.level1), canonicalText(target.level2), target.key]
            if let first = seen[key] { findings.add(standsTwice(target, first)) } else { seen[key] = target }
        }
    }
}

private func standsTwice(_ target: Target, _ first: Target) -> Finding {
    let agree = target.value.reading == first.value.reading
    var finding = duplicate.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"重复" + (agree ? "" : "，目标值不一致：\(first.value.text) 和 \(target.value.text)"),
            en: "\"\(target.name)\" stands twice"
                + (agree ? "" : ", with different values: \(first.value.text) and \(target.value.text)")
        ),
        subject: target.name,
        pointers: [target.pointer, first.pointer],
        expected: first.value.text,
        found: target.value.text,
        hint: LocalizedText(zh: "请删去一条", en: "remove one of them")
    )
    if agree { finding.severity = .warning }
    return finding
}
