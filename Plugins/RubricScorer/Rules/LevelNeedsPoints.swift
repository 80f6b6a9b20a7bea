import BudgetLines
import ReviewModel
import Rubrics

/// A level that stands for a range of points was given without saying how many.
let levelNeedsPoints = ScoreRule(
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
                - ↓{rater: review, code: A, level: 达成, reason: 少一场}
            """,
            zh: "A的档次\"达成\"是 8–10 分，须写明得分",
            en: "the level \"达成\" of A gives 8–10 points; say how many"
        ),
        .good(
            """
            # 只对应一个分数的档次不须写得分。
            # A level of one share needs none.
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    scales: {judged: {levels: [{name: 达成, share: 100%}, {name: 未达成, share: 0%}]}}
                    items: [{code: A, name: 课程, max: 10, scale: judged}]
            tables:
              scores:
                - {rater: review, code: A, level: 达成, reason: 如期}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .levelNeedsPoints(let entry, let name, let range) in scoring.remarks {
        findings.add(needsPoints(entry, name, range))
    }
}

private func needsPoints(_ entry: ScoreEntry, _ name: String, _ range: ClosedRange<ExactDecimal>) -> Finding {
    let allowed = "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
    return levelNeedsPoints.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)的档次\"\(name)\"是 \(allowed) 分，须写明得分",
            en: "the level \"\(name)\" of \(entry.code) gives \(allowed) points; say how many"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        expected: allowed,
        hint: LocalizedText(zh: "请补上得分（points）", en: "add points")
    )
}
