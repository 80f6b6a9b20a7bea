import ReviewModel
import Targets

/// A value that can be told at the end, but by judgement.
let unmeasuredValue = TargetRule(
    "target/unmeasured-value",
    .info,
    title: LocalizedText(zh: "目标值是定性描述", en: "a value in words"),
    manual: LocalizedText(
        zh: """
            目标值是"及时、建立健全、完善"之类的词（unmeasured_words）或其他没有数量的文字：期末可以判断，但没有\
            量化标准。同类同词列为一条。能量化的请量化。
            """,
        en: """
            The value is a word such as 及时 or 建立健全 (`unmeasured_words`), or other words without a number: \
            it can be told at the end, but by judgement. One word for several targets of a kind is one finding. \
            Put a number to it where one is to be had.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 时效指标, name: 完成时间, value: 12 月底前, basis: 工作计划}
                - {level1: 产出指标, level2: 时效指标, name: 拨付时间, value: ↓按时, basis: 工作计划}
            """,
            zh: "\"拨付时间\"的目标值\"按时\"是定性描述，没有量化标准",
            en: "\"拨付时间\": \"按时\" is a judgement, no measure"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 时效指标, name: 完成时间, value: 12 月底前, basis: 工作计划}
                - {level1: 产出指标, level2: 时效指标, name: 拨付时间, value: 10 个工作日内, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    for (use, targets) in wordUses(in: review.judged, except: findings.toldOfWholes)
    where !review.settings.isVague(use.word) {
        findings.add(unmeasured(use, targets))
    }
}

private func unmeasured(_ use: WordUse, _ targets: [Target]) -> Finding {
    let names = Target.list(targets.map(\.name))
    return unmeasuredValue.rule.finding(
        message: LocalizedText(
            zh: "\(names.zh)的目标值\"\(use.word)\"是定性描述，没有量化标准",
            en: "\(names.en): \"\(use.word)\" is a judgement, no measure"
        ),
        subject: "\(use.kind)/\(use.word)",
        pointers: targets.map { $0.pointer / "value" },
        found: use.word,
        hint: use.word == "无"
            ? LocalizedText(zh: "如指不发生，请写 0", en: "write 0 if it means that none may happen")
            : LocalizedText(zh: "如可能，请写明期限或数值", en: "state a date or a number where possible")
    )
}
