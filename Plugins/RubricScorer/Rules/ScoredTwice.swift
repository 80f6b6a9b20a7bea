import BudgetLines
import ReviewModel
import Rubrics

/// One rater has scored one item twice.
let scoredTwice = ScoreRule(
    "rubric/scored-twice",
    .error,
    title: LocalizedText(zh: "同一指标评分两次", en: "an item scored twice"),
    manual: LocalizedText(
        zh: """
            表 scores 中同一评分人对同一指标只应有一条可用的得分；再有的逐条列出，得分相同的也列。该评分人的评分表取第一次。\
            评分人或指标写法不同的认不出来。请删去多余的一条。
            """,
        en: """
            The table `scores` may have one usable score of an item by a rater; every further one is listed, even with the \
            same points. The rater's own sheet takes the first. A rater or a code that is written differently is not \
            recognised. Remove one of them.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 10, reason: 如期}
                - ↓{rater: review, code: A, points: 9, reason: 少一场}
            """,
            zh: "\"A\"被同一评分人评了两次，取第一次",
            en: "\"A\" is scored twice by one rater; the first counts"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: self, code: A, points: 10, reason: 如期}
                - {rater: review, code: A, points: 9, reason: 少一场}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    var seen: [String: ScoreEntry] = [:]
    for entry in scoring.given where scoring.node[entry.code] != nil {
        if let first = seen[entry.subject] {
            findings.add(scoredAgain(entry, first))
        } else {
            seen[entry.subject] = entry
        }
    }
}

private func scoredAgain(_ entry: ScoreEntry, _ first: ScoreEntry) -> Finding {
    scoredTwice.rule.finding(
        message: LocalizedText(
            zh: "\"\(entry.code)\"被同一评分人评了两次，取第一次",
            en: "\"\(entry.code)\" is scored twice by one rater; the first counts"
        ),
        subject: entry.subject,
        pointers: [entry.pointer, first.pointer],
        expected: Money.points(first.points),
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请删去一条", en: "remove one of them")
    )
}
