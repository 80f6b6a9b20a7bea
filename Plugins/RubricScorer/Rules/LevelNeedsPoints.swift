import BudgetReview
import ReviewModel

/// A level that stands for a range of points was given without saying how many.
let levelNeedsPoints = Rule(
    "rubric/level-needs-points",
    .error,
    title: LocalizedText(zh: "该档次须写明得分", en: "a level that needs points beside it"),
    manual: LocalizedText(
        zh: """
            所给档次在评分标准中对应一段分数（如分值的 80% 至 100%），而该行没有写 points：得分不明，该行不计入。\
            只对应一个分数的档次不须写。请在该行补上这一范围内的 points。
            """,
        en: """
            The level of a row stands for a range of points (80 % to 100 % of the item's, say), and the row has no `points`: \
            the score is not known and the row does not count. Levels that stand for one number need none. Add `points` within \
            the range.
            """
    )
)

func needsPoints(_ entry: ScoreEntry, _ name: String, _ range: ClosedRange<ExactDecimal>) -> Finding {
    let allowed = "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return levelNeedsPoints.finding(
        message: LocalizedText(
            zh: "\(entry.code)的档次\"\(name)\"是 \(allowed) 分，须写明得分",
            en: "the level \"\(name)\" of \(entry.code) gives \(allowed) points; say how many"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        expected: allowed,
        hint: LocalizedText(zh: "请补上 points", en: "add points")
    )
}
