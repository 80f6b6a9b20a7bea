import ReviewModel
import Rubrics

/// A rater whose scores are to be combined has given none.
let absentRater = ScoreRule(
    "rubric/absent-rater",
    .error,
    title: LocalizedText(zh: "缺少一位评分人", en: "a rater is absent"),
    manual: LocalizedText(
        zh: """
            评分标准的 combine 列出 raters 时，其中每一位在表 scores 中至少应有一条可用的得分。没有列出 raters 的，不知道缺谁，不作核对；\
            只缺某几项的由 rubric/missing-rater 提示。请补评，或从 raters 中删去。
            """,
        en: """
            Where `combine` of the rubric lists its `raters`, each of them must have at least one usable score in the table \
            `scores`. Without that list nobody can be missed; single items that a rater has left out are those of \
            rubric/missing-rater. Add the scores, or take the rater from the list.
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
                    combine: {into: review, raters: [甲, 乙], method: mean}
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                ↓- {rater: 甲, code: A, points: 9, reason: 少一场}
            """,
            zh: "评分人\"乙\"没有评分",
            en: "the rater \"乙\" has given no scores"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    combine: {into: review, raters: [甲, 乙], method: mean}
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                - {rater: 甲, code: A, points: 9, reason: 少一场}
                - {rater: 乙, code: A, points: 9, reason: 少一场}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .absentRater(let rater, let of) in scoring.remarks {
        var found = gaveNoScores(rater, scoring.words.name(of: rater), of.map { ($0, scoring.name(of: $0)) })
        if let combination = scoring.rubric.combination, combination.method == .trimmedMean {
            let others = Set(scoring.given.filter { $0.of == of }.map(\.rater)).intersection(combination.raters)
            if (1...2).contains(others.count) {
                found.message = LocalizedText(
                    zh: found.message.zh + plainMean.zh,
                    en: found.message.en + plainMean.en
                )
            }
        }
        findings.add(found)
    }
}

private func gaveNoScores(_ rater: String, _ name: LocalizedText, _ of: (key: String, name: String)?) -> Finding {
    absentRater.rule.finding(
        message: LocalizedText(
            zh: "评分人\"\(name.zh)\"没有\(of.map { "对\"\($0.name)\"" } ?? "")评分",
            en: "the rater \"\(name.en)\" has given no scores" + (of.map { " of \"\($0.name)\"" } ?? "")
        ),
        subject: of.map { "\(rater)/\($0.key)" } ?? rater,
        pointers: [JSONPointer(["tables", "scores"])],
        hint: LocalizedText(
            zh: "请补评，或从 combine 的 raters 中删去",
            en: "add its scores, or take it from the raters of combine"
        )
    )
}
