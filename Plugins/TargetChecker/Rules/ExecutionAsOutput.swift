import ReviewModel
import Targets

/// How much of the money is spent, given as what the project brings forth.
let executionAsOutput = TargetRule(
    "target/execution-as-output",
    .warning,
    title: LocalizedText(zh: "以预算执行率作为产出或效益指标", en: "spending given as an output"),
    manual: LocalizedText(
        zh: """
            产出指标、效益指标中名称是预算执行率、资金支付率之类（words）的列出：执行率已在资金栏单独计分，重复计算且不反映做了什么。
            """,
        en: """
            Lists output and benefit targets whose name is a rate of spending (`words`): it has its points among the funds already, and says nothing of what was done.
            """
    ),
    parameters: [
        Rule.Parameter(
            "words",
            LocalizedText(zh: "表明执行率的字样", en: "words for a rate of spending"),
            standard: ["预算执行率", "资金执行率", "预算完成率", "资金支付率", "资金使用率", "支出进度", "支付进度", "预算支出率", "资金支出率"]
        )
    ],
    examples: [
        .bad(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: ↓预算执行率, value: ≥95%, basis: 工作计划}
            """,
            zh: "产出指标\"预算执行率\"是支出的比例，不是产出",
            en: "\"预算执行率\" under 产出指标 is a rate of spending, not an output"
        ),
        .good(
            """
            tables:
              targets:
                - {level1: 产出指标, level2: 数量指标, name: 活动场次, value: ≥20场, basis: 工作计划}
            """
        ),
    ],
    check: { review, findings in
        let words = findings.texts("words")
        // A table without levels calls it no output: 预算执行率 is the first row of a self-evaluation.
        for item in review.lists.flatMap(\.items)
        where words.contains(where: item.target.key.contains) && !item.target.level1.isEmpty {
            findings.add(spending(item.target))
        }
    }
)

private func spending(_ target: Target) -> Finding {
    executionAsOutput.rule.finding(
        message: LocalizedText(
            zh: "\(target.level1)\"\(target.name)\"是支出的比例，不是产出",
            en: "\"\(target.name)\" under \(target.level1) is a rate of spending, not an output"
        ),
        subject: target.name,
        pointers: [target.pointer / "name"],
        found: target.name,
        hint: LocalizedText(zh: "请改为反映工作内容的指标", en: "measure what is done instead")
    )
}
