import ReviewModel
import Targets

/// A second level under a first level where it does not belong.
let levelContradiction = TargetRule(
    "target/level-contradiction",
    .error,
    title: LocalizedText(zh: "指标的级别与类别矛盾", en: "levels that contradict the kind of target"),
    manual: LocalizedText(
        zh: """
            二级指标在分类中只属于其他一级指标时列出，同一对级别只列一次。分类见 taxonomy 设置（默认依据财预〔\
            2015〕88号、财预〔2021〕101号）。请更正级别。
            """,
        en: """
            The second level belongs under other first levels only, by the taxonomy (the setting `taxonomy`; \
            the standard one follows 财预〔2015〕88号 and 财预〔2021〕101号). A pair of levels is told once. \
            Correct one of the two.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: ↓效益指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """,
            zh: "\"课程开展数\"：二级目标\"数量指标\"不属于一级目标\"效益指标\"",
            en: "\"课程开展数\": \"数量指标\" does not belong under \"效益指标\""
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    for list in review.lists {
        for group in list.byLevels {
            guard case .misplaced(_, let under)? = group.items.first?.classification else { continue }
            findings.add(contradiction(group.items.map(\.target), group.subject, under: under))
        }
    }
}

private func contradiction(_ targets: [Target], _ subject: String, under level1: [String]) -> Finding {
    let (first, second) = (targets.first?.level1 ?? "", targets.first?.level2 ?? "")
    let names = Target.list(targets.map(\.name))
    return levelContradiction.rule.finding(
        message: LocalizedText(
            zh: "\(names.zh)：二级目标\"\(second)\"不属于一级目标\"\(first)\"",
            en: "\(names.en): \"\(second)\" does not belong under \"\(first)\""
        ),
        subject: subject,
        pointers: targets.flatMap { [$0.pointer / "level1", $0.pointer / "level2"] },
        expected: level1.joined(separator: " / "),
        found: first,
        hint: LocalizedText(zh: "请更正一级或二级目标", en: "correct one of the two levels")
    )
}
