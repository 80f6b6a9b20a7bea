import ReviewModel
import Targets

/// A bound on the wrong side: a satisfaction of 90 % at most is met by none at all.
let wrongBound = TargetRule(
    "target/wrong-bound",
    .error,
    title: LocalizedText(zh: "目标值的上下限方向相反", en: "a bound on the wrong side"),
    manual: LocalizedText(
        zh: """
            越高越好的指标（rising：满意度、合格率、及时率等）写成"≤""不高于"，或越低越好的指标（falling：事故、投诉、差错等）写成"≥""不低于"的列出，成本指标下的金额也是：一项不做也算达到。\
            名称含下降、降低、减少、处理、办结等字样（turns）的，方向随之改变，不列出。
            """,
        en: """
            A target that is the better the higher (`rising`: satisfaction, pass rates) with ≤, or one that is the better the lower (`falling`: accidents, complaints, amounts under 成本指标) with ≥: doing nothing would meet it. \
            Names with a word that turns the direction (`turns`: 下降, 减少, 处理, 办结) are left out.
            """
    ),
    parameters: [
        Rule.Parameter(
            "rising",
            LocalizedText(zh: "越高越好", en: "the better the higher"),
            standard: [
                "满意", "合格率", "达标率", "及时率", "完成率", "覆盖率", "准时率", "准确率", "知晓率", "到位率", "优良率", "完好率", "参与率", "出勤率", "利用率",
            ]
        ),
        Rule.Parameter(
            "falling",
            LocalizedText(zh: "越低越好", en: "the better the lower"),
            standard: ["事故", "投诉", "差错", "损耗", "违规", "违纪", "故障", "超支", "流失", "不满意", "不合格"]
        ),
        Rule.Parameter(
            "turns",
            LocalizedText(zh: "改变方向的字样", en: "words that turn it"),
            standard: [
                "下降", "降低", "减少", "处理", "办结", "办理", "解决", "整改", "响应", "回复", "反馈", "排除", "修复", "查处", "控制", "预防", "演练",
                "保险",
            ]
        ),
    ],
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 满意度指标, level2: 服务对象满意度指标, name: 居民满意度, value: ↓≤90%, basis: 工作计划}
            """,
            zh: "\"居民满意度\"的目标值为 ≤90%，越高越好的指标应写下限",
            en: "\"居民满意度\" is ≤90%, where a lower bound is wanted: the higher the better"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 满意度指标, level2: 服务对象满意度指标, name: 居民满意度, value: ≥90%, basis: 工作计划}
                - {level1: 效益指标, level2: 社会效益指标, name: 投诉下降率, value: ≥10%, basis: 工作计划}
            """
        ),
    ],
    check: check
)

private func check(_ review: TargetReview, _ findings: inout RuleFindings) {
    let (rising, falling) = (findings.texts("rising"), findings.texts("falling"))
    let turns = findings.texts("turns")
    for target in review.lists.flatMap(\.items).map(\.target) {
        guard case .quantity(let quantity) = target.value.reading, quantity.context.isEmpty, !quantity.number.isZero,
            !turns.contains(where: target.key.contains)
        else { continue }
        let falls = falling.contains(where: target.key.contains) || target.isCost(quantity)
        switch quantity.direction {
        case .atMost, .lessThan:
            // All that there is is no bound: ≤100%.
            let isWhole = quantity.number == 100 && quantity.unit == "%"
            if !falls, !isWhole, rising.contains(where: target.key.contains) {
                findings.add(wrong(target, rises: true))
            }
        case .atLeast, .moreThan:
            if falls { findings.add(wrong(target, rises: false)) }
        case .exactly: continue
        }
    }
}

extension Target {
    /// Whether it is an amount of money under 成本指标, which is the better the lower.
    fileprivate func isCost(_ quantity: TargetValue.Quantity) -> Bool {
        (level1 + level2 + name).contains("成本") && ["元", "万元"].contains(quantity.unit)
    }
}

private func wrong(_ target: Target, rises: Bool) -> Finding {
    wrongBound.rule.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标值为 \(target.value.text)，越\(rises ? "高" : "低")越好的指标应写\(rises ? "下" : "上")限",
            en:
                "\"\(target.name)\" is \(target.value.text), where \(rises ? "a lower" : "an upper") bound is wanted: the \(rises ? "higher" : "lower") the better"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        expected: rises ? "≥" : "≤",
        found: target.value.text,
        hint: LocalizedText(zh: "请核对符号", en: "look at the sign")
    )
}
