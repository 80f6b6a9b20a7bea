import ReviewModel
import Rubrics

/// A row of the scores has neither points nor a level.
let nothingGiven = ScoreRule(
    "rubric/nothing-given",
    .error,
    title: LocalizedText(zh: "没有给出得分", en: "neither points nor a level"),
    manual: LocalizedText(
        zh: """
            表 scores 的每一行，指标在评分标准中的，应有 points 或 level；两者都没有的列出，该行不计入。\
            只写 reason 不算；评分标准中没有的指标另由 rubric/unknown-code 提示。请填写得分或档次，不评的请删去该行。
            """,
        en: """
            Every row of the table `scores` whose code the rubric has needs `points` or a `level`; one with neither does not \
            count, whatever its reason says. Codes that the rubric does not have are those of rubric/unknown-code. Give points \
            or a level, or remove the row.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}, {code: B, name: 维护, max: 10}]}}}}
            tables:
              scores:
                - ↓{rater: review, code: A, reason: 如期}
                - {rater: review, code: B, points: 10, reason: 如期}
            """,
            zh: "A既没有得分，也没有档次",
            en: "A has neither points nor a level"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}, {code: B, name: 维护, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 0, reason: 未开课}
                - {rater: review, code: B, points: 10, reason: 如期}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .nothingGiven(let entry) in scoring.remarks { findings.add(neitherPointsNorLevel(entry)) }
}

private func neitherPointsNorLevel(_ entry: ScoreEntry) -> Finding {
    nothingGiven.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)既没有得分，也没有档次",
            en: "\(entry.code) has neither points nor a level"
        ),
        subject: entry.subject,
        pointers: [entry.pointer],
        hint: LocalizedText(zh: "请填写得分（points）或档次（level）", en: "give points or a level")
    )
}
