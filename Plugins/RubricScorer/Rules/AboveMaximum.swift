import BudgetLines
import ReviewModel
import Rubrics

/// A score has more points than its item is worth.
let aboveMaximum = ScoreRule(
    "rubric/above-maximum",
    .error,
    title: LocalizedText(zh: "得分超过分值", en: "points above the maximum"),
    manual: LocalizedText(
        zh: """
            把表 scores 中每一条得分与评分标准中该指标的分值（max）相比，大于分值的列出。没有自己分值的指标和汇总多人得出的分不在此核对；\
            得分仍照写的计入。请更正得分；确有附加分的，请改评分标准。
            """,
        en: """
            Holds each score of the table `scores` against the points that its item is worth (`max`) and lists what is more. \
            Items without points of their own and scores that were combined from several raters are not looked at; the \
            score counts as it stands. Correct the points, or the rubric where more can be had.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: ↓10.5, reason: 如期}
            """,
            zh: "A\"课程\"得 10.5 分，超过分值 10",
            en: "A \"课程\" has 10.5 points, more than its maximum 10"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 10, reason: 如期}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for entry in scoring.given {
        if let node = scoring.node[entry.code], let max = node.max, entry.points > max {
            findings.add(tooManyPoints(entry, node, max))
        }
    }
}

private func tooManyPoints(_ entry: ScoreEntry, _ node: RubricNode, _ max: ExactDecimal) -> Finding {
    aboveMaximum.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)\"\(node.shortName.zh)\"得 \(Money.points(entry.points)) 分，超过分值 \(Money.points(max))",
            en:
                "\(entry.code) \"\(node.shortName.en)\" has \(Money.points(entry.points)) points, more than its maximum \(Money.points(max))"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: "≤ \(Money.points(max))",
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正得分", en: "correct the points")
    )
}
