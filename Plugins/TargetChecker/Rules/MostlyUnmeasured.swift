import ReviewModel
import Targets

/// Targets of which most cannot be measured.
let mostlyUnmeasured = TargetRule(
    "target/mostly-unmeasured",
    .warning,
    title: LocalizedText(zh: "多数指标没有量化", en: "most targets cannot be measured"),
    manual: LocalizedText(
        zh: """
            评审后的绩效目标（没有的，看申报的）中不能衡量的指标超过 percent 的列出，只列一条。不足 4 个指标的不计。
            """,
        en: """
            Of the targets as reviewed (or as declared, where there are no others) more than `percent` cannot be measured: one finding. Fewer than 4 targets are passed over.
            """
    ),
    parameters: [
        Rule.Parameter("percent", LocalizedText(zh: "比例", en: "share"), standard: 50, unit: "percent")
    ],
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 活动场次, value: ≥20场, basis: 工作计划}
                - {level1: 产出指标, level2: 质量指标, name: 活动质量, value: ↓有保障, basis: 工作计划}
                - {level1: 效益指标, level2: 社会效益指标, name: 文化氛围, value: 浓厚, basis: 工作计划}
                - {level1: 效益指标, level2: 可持续影响指标, name: 长效机制, value: 健全, basis: 工作计划}
            """,
            zh: "评审后的绩效目标 4 个指标中有 3 个没有量化",
            en: "the reviewed targets: 3 of 4 cannot be measured"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 活动场次, value: ≥20场, basis: 工作计划}
                - {level1: 产出指标, level2: 质量指标, name: 活动达标率, value: 100%, basis: 工作计划}
                - {level1: 效益指标, level2: 社会效益指标, name: 文化氛围, value: 浓厚, basis: 工作计划}
                - {level1: 满意度指标, level2: 服务对象满意度指标, name: 居民满意度, value: ≥90%, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let list = review.judged
    let targets = list.items.map(\.target).filter { $0.value.reading != .empty }
    let unmeasured = targets.filter { !$0.value.isMeasurable }
    guard let percent = findings.integer("percent"), targets.count >= fewest,
        unmeasured.count * 100 > targets.count * percent
    else { return }
    findings.add(
        mostlyUnmeasured.rule.finding(
            message: LocalizedText(
                zh: "\(list.stage.name.zh) \(targets.count) 个指标中有 \(unmeasured.count) 个没有量化",
                en: "\(list.stage.name.en): \(unmeasured.count) of \(targets.count) cannot be measured"
            ),
            subject: list.stage.rawValue,
            pointers: unmeasured.map { $0.pointer / "value" },
            found: "\(unmeasured.count) / \(targets.count)",
            hint: LocalizedText(zh: "请尽量用数量、比例或期限表述", en: "use numbers, shares or dates as far as you can")
        )
    )
}

private let fewest = 4
