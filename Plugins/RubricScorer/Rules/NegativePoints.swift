import BudgetLines
import ReviewModel
import Rubrics

/// A score is below zero.
let negativePoints = ScoreRule(
    "rubric/negative-points",
    .error,
    title: LocalizedText(zh: "得分为负", en: "points below zero"),
    manual: LocalizedText(
        zh: """
            表 scores 中每一条可用的得分应不小于 0。评分标准中没有的指标另由 rubric/unknown-code 提示，不看得分；负分仍照写的计入。\
            请更正得分：扣分写在得分与分值的差里，不写成负数。
            """,
        en: """
            Every usable score of the table `scores` must be 0 or more. Codes that the rubric does not have are those of \
            rubric/unknown-code, whatever their points; a negative score counts as it stands. Correct the points: what an item \
            loses is the difference to its maximum, not a negative number.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: ↓-1, reason: 未开课}
            """,
            zh: "A\"课程\"的得分为负",
            en: "A \"课程\" has negative points"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 0, reason: 未开课}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for entry in scoring.given {
        guard let node = scoring.node[entry.code], node.kind != .criterion || entry.points < node.scale.minimum
        else { continue }
        let least = node.leastPoints(places: scoring.rubric.places)
        if entry.points < least { findings.add(belowTheLeast(entry, node, least: least)) }
    }
}

private func belowTheLeast(_ entry: ScoreEntry, _ node: RubricNode, least: ExactDecimal) -> Finding {
    let (code, name) = (entry.code, node.shortName)
    let message =
        least.isZero
        ? LocalizedText(zh: "\(code)\"\(name.zh)\"的得分为负", en: "\(code) \"\(name.en)\" has negative points")
        : LocalizedText(
            zh: "\(code)\"\(name.zh)\"得 \(Money.points(entry.points)) 分，低于下限 \(Money.points(least))",
            en:
                "\(code) \"\(name.en)\" has \(Money.points(entry.points)) points, less than its minimum \(Money.points(least))"
        )
    return negativePoints.rule.finding(
        message: message,
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: "≥ \(Money.points(least))",
        found: Money.points(entry.points)
    )
}
