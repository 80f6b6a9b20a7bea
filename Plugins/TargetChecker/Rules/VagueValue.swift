import ReviewModel
import Targets

/// A value that nobody can hold the project to.
let vagueValue = TargetRule(
    "target/vague-value",
    .warning,
    title: LocalizedText(zh: "目标值无法衡量", en: "a value that cannot be measured"),
    manual: LocalizedText(
        zh: """
            目标值含"提升、有效、加强"之类的词（vague_words）而没有数量的列出，同类同词列为一条。请写明提升多少\
            、以什么衡量。
            """,
        en: """
            The value is a word such as 提升 or 有效 (`vague_words`) without a number; one word for several \
            targets of a kind is one finding. Say by how much, and measured by what.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 效益指标, level2: 社会效益指标, name: 党员参与度, value: ↓有效提升, basis: 工作计划}
                - {level1: 效益指标, level2: 社会效益指标, name: 覆盖率, value: 100%, basis: 工作计划}
            """,
            zh: "\"党员参与度\"的目标值\"有效提升\"无法衡量",
            en: "\"党员参与度\": \"有效提升\" cannot be measured"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 效益指标, level2: 社会效益指标, name: 党员参与度, value: 提升 5%, basis: 工作计划}
                - {level1: 效益指标, level2: 社会效益指标, name: 覆盖率, value: 100%, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    for (use, targets) in wordUses(in: review.judged, except: findings.toldOfWholes)
    where review.settings.isVague(use.word) {
        findings.add(saysNothing(use, targets))
    }
}

private func saysNothing(_ use: WordUse, _ targets: [Target]) -> Finding {
    let names = Target.list(targets.map(\.name))
    return vagueValue.rule.finding(
        message: LocalizedText(
            zh: "\(names.zh)的目标值\"\(use.word)\"无法衡量",
            en: "\(names.en): \"\(use.word)\" cannot be measured"
        ),
        subject: "\(use.kind)/\(use.word)",
        pointers: targets.map { $0.pointer / "value" },
        found: use.word,
        hint: LocalizedText(
            zh: "请写明数值、比较的基准或衡量办法",
            en: "state a number, what it is compared with, or how it is measured"
        )
    )
}
