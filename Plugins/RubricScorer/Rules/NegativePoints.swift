import BudgetReview
import ReviewModel

/// A score is below zero.
let negativePoints = Rule(
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
    )
)

func belowZero(_ entry: ScoreEntry, _ node: RubricNode) -> Finding {
    negativePoints.finding(
        message: LocalizedText(
            zh: "\(entry.code)\"\(node.shortName)\"的得分为负",
            en: "\(entry.code) \"\(node.shortName)\" has negative points"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: "≥ 0",
        found: Money.points(entry.points)
    )
}
