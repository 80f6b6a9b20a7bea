import ReviewModel
import Targets

/// Countable quantities that are gone after the review.
let quantificationLost = TargetRule(
    "target/quantification-lost",
    .warning,
    title: LocalizedText(zh: "量化的目标评审后不再计数", en: "quantities lost between declared and reviewed"),
    manual: LocalizedText(
        zh: """
            申报的数量指标中有可计数的值（个、人、节、次等），而评审后的数量指标没有一个可计数（例如都成了完成率\
            ），列为一条。请保留可计数的数量目标。
            """,
        en: """
            The declared quantity targets had values to count (个, 人, 节, 次 …) and none of the reviewed ones \
            has, for they became rates, say: one finding. Keep quantities that can be counted.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 计划完成率, value: ↓100%, basis: 工作计划}
            """,
            zh: "申报时可计数的数量目标（课程开展数 200 节）评审后不再计数",
            en: "what was counted when declared (课程开展数 200 节) is counted no longer after the review"
        ),
        .good(
            """
            tables:
              declared_targets:
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 200 节, basis: 工作计划}
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 计划完成率, value: 100%, basis: 工作计划}
                - {level1: 产出指标, level2: 数量指标, name: 课程开展数, value: 180 节, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    guard review.changes != nil else { return }
    let kind = review.settings.quantityKind
    let after = review.reviewed.targets(ofKind: kind)
    let counted = review.declared.targets(ofKind: kind).filter(\.value.isCount)
    // Without any quantity target after the review, it is the kind that is missing.
    if !counted.isEmpty, !after.isEmpty, !after.contains(where: \.value.isCount) {
        findings.add(countsLost(counted, after))
    }
}

private func countsLost(_ declared: [Target], _ reviewed: [Target]) -> Finding {
    let lost = declared.map { "\($0.name) \($0.value.text)" }
    let values = reviewed.map(\.value.text)
    let left = values.enumerated().filter { values.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: " / ")
    return quantificationLost.rule.finding(
        message: LocalizedText(
            zh: "申报时可计数的数量目标（\(lost.joined(separator: "、"))）评审后不再计数",
            en: "what was counted when declared (\(lost.joined(separator: ", "))) is counted no longer after the review"
        ),
        subject: "quantity",
        pointers: reviewed.map { $0.pointer / "value" } + declared.map { $0.pointer / "value" },
        expected: declared.map(\.value.text).joined(separator: " / "),
        found: left,
        hint: LocalizedText(zh: "请在数量指标中保留具体数量", en: "keep the counts among the quantity targets")
    )
}
