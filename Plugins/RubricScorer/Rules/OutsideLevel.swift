import BudgetReview
import ReviewModel

/// A row names a level and has points that the level does not give.
let outsideLevel = Rule(
    "rubric/outside-level",
    .error,
    title: LocalizedText(zh: "得分不在所给档次内", en: "points outside their level"),
    manual: LocalizedText(
        zh: """
            表 scores 的一行同时写了 level 和 points 时，得分应等于该档次的分数，或在其范围内；不符的列出，该行不计入。\
            "不适用"档次旁的得分不核对；只写得分的由 rubric/no-such-level 核对。请更正得分或档次。
            """,
        en: """
            Where a row of the table `scores` has both a `level` and `points`, the points must be those of the level, or \
            within its range; otherwise the row does not count. Points beside a level "not applicable" are not looked at, and \
            points alone are up to rubric/no-such-level. Correct the points or the level.
            """
    )
)

func outsideRange(_ entry: ScoreEntry, _ name: String, _ range: ClosedRange<ExactDecimal>) -> Finding {
    let allowed =
        range.lowerBound == range.upperBound
        ? Money.points(range.lowerBound) : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return outsideLevel.finding(
        message: LocalizedText(
            zh: "\(entry.code)得 \(Money.points(entry.points)) 分，档次\"\(name)\"是 \(allowed) 分",
            en: "\(entry.code) has \(Money.points(entry.points)) points, the level \"\(name)\" gives \(allowed)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: allowed,
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正得分或档次", en: "correct the points or the level")
    )
}
