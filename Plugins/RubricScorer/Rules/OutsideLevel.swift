import BudgetLines
import ReviewModel
import Rubrics

/// A row names a level and has points that the level does not give.
let outsideLevel = ScoreRule(
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
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    scales: {judged: {levels: [{name: 达成, share: "[80%, 100%]"}, {name: 未达成, share: "[0%, 80%]"}]}}
                    items: [{code: A, name: 课程, max: 10, scale: judged}]
            tables:
              scores:
                - {rater: review, code: A, level: 达成, points: ↓7.5, reason: 少一场}
            """,
            zh: "A得 7.5 分，档次\"达成\"是 8–10 分",
            en: "A has 7.5 points, the level \"达成\" gives 8–10"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    scales: {judged: {levels: [{name: 达成, share: "[80%, 100%]"}, {name: 未达成, share: "[0%, 80%]"}]}}
                    items: [{code: A, name: 课程, max: 10, scale: judged}]
            tables:
              scores:
                - {rater: review, code: A, level: 达成, points: 8, reason: 少一场}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .outsideLevel(let entry, let name, let range) in scoring.remarks {
        findings.add(outsideRange(entry, name, range))
    }
}

private func outsideRange(_ entry: ScoreEntry, _ name: String, _ range: ClosedRange<ExactDecimal>) -> Finding {
    let allowed =
        range.lowerBound == range.upperBound
        ? Money.points(range.lowerBound) : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return outsideLevel.rule.finding(
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
