import ReviewModel
import Targets

/// A share of more than the whole.
let aboveHundred = TargetRule(
    "target/above-hundred",
    .warning,
    title: LocalizedText(zh: "比率超过 100%", en: "a share above 100 %"),
    manual: LocalizedText(
        zh: """
            目标值是比率或百分数而超过 100% 的列出；名称含增长、提升、同比等字样的不算，因为变化可以超过一倍。请\
            核对目标值，或在名称中写明是增长。
            """,
        en: """
            Lists values that are shares and are above 100 %. Names that speak of growth (增长, 提升, 同比 and \
            the like) are left out, for a change can be more than the whole. Check the value, or say in the \
            name that it is a change.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 质量指标, name: 验收合格率, value: ↓110%, basis: 工作计划}
            """,
            zh: "\"验收合格率\"的目标值 110% 超过 100%",
            en: "\"验收合格率\": 110% is more than 100%"
        ),
        .good(
            """
            # 变化可以超过一倍。
            # A change can be more than the whole.
            tables:
              targets:
                - {level1: 效益指标, level2: 社会效益指标, name: 参与人数增长率, value: 110%, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let told = findings.toldOfWholes
    for target in review.judged.items.map(\.target) where !told.contains(target.pointer / "value") {
        guard let share = target.value.share, share > 100, !namesGrowth(target.key) else { continue }
        findings.add(aboveWhole(target))
    }
}

/// A change can be more than 100 %, a part of something cannot.
private func namesGrowth(_ name: String) -> Bool {
    ["增长", "增幅", "增加", "提升", "提高", "超额", "同比", "环比"].contains { name.contains($0) }
}

private func aboveWhole(_ target: Target) -> Finding {
    aboveHundred.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标值 \(target.value.text) 超过 100%",
            en: "\"\(target.name)\": \(target.value.text) is more than 100%"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        expected: "≤ 100%",
        found: target.value.text,
        hint: LocalizedText(zh: "请核对目标值", en: "check the value")
    )
}
