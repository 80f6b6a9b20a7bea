import ReviewModel
import Rubrics

/// A score names a level that its item's scale does not have.
let unknownLevel = ScoreRule(
    "rubric/unknown-level",
    .error,
    title: LocalizedText(zh: "没有这一档次", en: "a level that the scale does not have"),
    manual: LocalizedText(
        zh: """
            表 scores 一行的 level 应是评分标准中该指标的一个档次，一字不差；没有的列出，并提示相近的档次，该行即使写了得分也不计入。\
            不按档次打分的指标没有任何档次。请更正档次，或改写 points。
            """,
        en: """
            `level` of a row of the table `scores` must be one of its item's levels in the rubric, to the letter; otherwise \
            the row does not count, even with points, and a level that is near is suggested. An item with free or stepped \
            points has no levels at all. Correct the level, or give points instead.
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
                    scales: {answer: {levels: [{name: 达成, share: 100%}, {name: 未达成, share: 0%}]}}
                    items: [{code: A, name: 课程, max: 10, scale: answer}]
            tables:
              scores:
                - {rater: review, code: A, level: ↓末达成, reason: 未开课}
            """,
            zh: "A没有档次\"末达成\"",
            en: "A has no level \"末达成\""
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    scales: {answer: {levels: [{name: 达成, share: 100%}, {name: 未达成, share: 0%}]}}
                    items: [{code: A, name: 课程, max: 10, scale: answer}]
            tables:
              scores:
                - {rater: review, code: A, level: 未达成, reason: 未开课}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .unknownLevel(let entry, let name, let known) in scoring.remarks {
        findings.add(notOfScale(entry, name, known))
    }
}

private func notOfScale(_ entry: ScoreEntry, _ name: String, _ known: [String]) -> Finding {
    unknownLevel.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)没有档次\"\(name)\"",
            en: "\(entry.code) has no level \"\(name)\""
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "level"],
        expected: known.joined(separator: " / "),
        found: name,
        hint: suggestion(for: name, among: known)
    )
}
