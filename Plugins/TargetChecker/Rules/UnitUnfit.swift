import ReviewModel
import Targets

/// A value whose unit does not count what the name says, or money where things are counted.
let unitUnfit = TargetRule(
    "target/unit-unfit",
    .warning,
    title: LocalizedText(zh: "目标值的单位与指标不相称", en: "a unit that does not count what the name says"),
    manual: LocalizedText(
        zh: """
            名称以某词结尾的指标，其单位应是相应的几种之一（units，如"人数: 人 人次 名 户"；"率: %"）。没有写单位的不列出。数量指标以金额为目标值的也列出：\
            花多少钱不是做多少事。
            """,
        en: """
            A target whose name ends with a word has one of the units that belong to it (`units`, such as 人数: 人 人次 名 户). A value without a unit is passed over. A quantity target that is \
            an amount of money is listed, too: what is spent is not what is done.
            """
    ),
    parameters: [
        Rule.Parameter(
            "units",
            LocalizedText(zh: "名称结尾与单位", en: "ends of names and their units"),
            standard: [
                "合格率: % ‰ 百分比", "满意率: % 百分比", "满意度: % 分 百分比", "及时率: % ‰ 百分比", "完成率: % ‰ 百分比", "覆盖率: % ‰ 百分比",
                "达标率: % ‰ 百分比", "人数: 人 名 人次 户 位 万人 万人次 人以上 名以上 人次以上", "人次: 人次 人 万人次 名 次 人次以上", "天数: 天 日 个工作日",
                "面积: 平方米 ㎡ m² m2 亩 公顷 平方公里 万平方米 平米 平方千米", "户数: 户 家", "场次: 场 次 场次 期",
                "次数: 次 场 期 人次 批次 次/年 次/月 次/周 次/日 次/天",
            ]
        )
    ],
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 补贴发放人数, value: ↓≥230个, basis: 工作计划}
            """,
            zh: "\"补贴发放人数\"的目标值 ≥230个 的单位是\"个\"，应为人、名、人次等",
            en: "\"补贴发放人数\": the unit of ≥230个 is \"个\", where 人, 名, 人次 … are expected"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 补贴发放人数, value: ≥230人, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let known = findings.texts("units").compactMap(UnitsOfName.init)
    for item in review.lists.flatMap(\.items) {
        let target = item.target
        guard let unit = target.value.unit, !unit.isEmpty else { continue }
        if item.kind?.code == review.settings.quantityKind, isMoney(unit) {
            findings.add(moneyAsQuantity(target))
        } else if let units = known.first(where: { target.key.hasSuffix($0.end) }), !units.units.contains(unit) {
            findings.add(unfit(target, unit, units))
        }
    }
}

/// The units that belong to names with an end: `人数: 人 人次`.
private struct UnitsOfName {
    var end: String
    var units: [String]

    init?(_ text: String) {
        let halves = text.split { $0 == ":" || $0 == "：" }
        guard halves.count == 2 else { return nil }
        end = canonicalText(String(halves[0]))
        units = halves[1].split(separator: " ").map { canonicalText(String($0)) }
    }
}

private func isMoney(_ unit: String) -> Bool { ["元", "万元", "亿元"].contains(unit) }

extension TargetValue {
    /// What is counted; `nil` for dates and words.
    fileprivate var unit: String? {
        switch reading {
        case .quantity(let quantity): quantity.context.isEmpty ? quantity.unit : nil
        case .range(_, _, let unit): unit
        case .deadline, .word, .empty: nil
        }
    }
}

private func unfit(_ target: Target, _ unit: String, _ units: UnitsOfName) -> Finding {
    let shown = units.units.prefix(3)
    return unitUnfit.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标值 \(target.value.text) 的单位是\"\(unit)\"，应为\(shown.joined(separator: "、"))等",
            en:
                "\"\(target.name)\": the unit of \(target.value.text) is \"\(unit)\", where \(shown.joined(separator: ", ")) … are expected"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        expected: units.units.joined(separator: " / "),
        found: unit,
        hint: LocalizedText(zh: "请核对度量单位", en: "look at the unit of measure")
    )
}

private func moneyAsQuantity(_ target: Target) -> Finding {
    unitUnfit.rule.finding(
        message: LocalizedText(
            zh: "数量指标\"\(target.name)\"以金额 \(target.value.text) 为目标值，没有说明做多少事",
            en:
                "the quantity target \"\(target.name)\" is an amount of money, \(target.value.text), and says nothing of what is done"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(zh: "请写明数量，金额列入成本指标", en: "state a number of things; money belongs to the cost targets")
    )
}
