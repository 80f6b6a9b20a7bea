import BudgetLines
import ReviewModel
import Rubrics

/// The raters of an item are further apart than the rubric allows.
let ratersApart = ScoreRule(
    "rubric/raters-apart",
    .warning,
    title: LocalizedText(zh: "评分人相差过大", en: "raters too far apart"),
    manual: LocalizedText(
        zh: """
            评分标准的 combine 写了 max_spread 时，对每一个指标，参与汇总的最高分与最低分之差不应超过分值的这一比例；各分仍照常汇总。\
            没有分值的指标、"不适用"的评分，以及合议人（into）自己写了得分的指标不核对。请商议后重评，或另写一条合议评分。
            """,
        en: """
            Where `combine` of the rubric has `max_spread`, the highest and the lowest of an item's scores that are combined \
            must not be further apart than this share of its points; they are combined all the same. Items without points, \
            scores of "not applicable" and items that the combined rater (`into`) has scored itself are left out. Confer and \
            score again, or write down what was agreed.
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
                    combine: {into: review, raters: [甲, 乙], method: mean, max_spread: 20%}
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                - {rater: 甲, code: A, points: ↓9, reason: 少一场}
                - {rater: 乙, code: A, points: 6, reason: 少四场}
            """,
            zh: "A\"课程\"的评分相差过大（超过分值的 20%）：甲 9、乙 6",
            en: "the raters of A \"课程\" are more than 20% of its points apart: 甲 9, 乙 6"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    combine: {into: review, raters: [甲, 乙], method: mean, max_spread: 20%}
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                - {rater: 甲, code: A, points: 9, reason: 少一场}
                - {rater: 乙, code: A, points: 7, reason: 少三场}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) throws {
    guard let limit = scoring.rubric.combination?.maximumSpread else { return }
    for case .combined(let node, let scores, _) in scoring.remarks {
        let points = scores.map(\.points)
        guard let max = node.max, let low = points.min(), let high = points.max(),
            try (high - low) * 100 > max * limit
        else { continue }
        let of = scores.first?.of.map { ($0, scoring.name(of: $0)) }
        findings.add(tooFarApart(node, of, scores, limit, scoring.words))
    }
}

private func tooFarApart(
    _ node: RubricNode,
    _ of: (key: String, name: String)?,
    _ scores: [ScoreEntry],
    _ limit: ExactDecimal,
    _ words: RaterWords
) -> Finding {
    let (zh, en) = of.map { ("（\($0.name)）", " of \"\($0.name)\"") } ?? ("", "")
    let given = scores.map { (words.name(of: $0.rater), node.isRating ? $0.answer.text : Money.points($0.points)) }
    let list = LocalizedText(
        zh: given.map { "\($0.zh) \($1)" }.joined(separator: "、"),
        en: given.map { "\($0.en) \($1)" }.joined(separator: ", ")
    )
    return ratersApart.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.shortName.zh)\"\(zh)的评分相差过大（超过分值的 \(limit)%）：\(list.zh)",
            en:
                "the raters of \(node.code) \"\(node.shortName.en)\"\(en) are more than \(limit)% of its points apart: \(list.en)"
        ),
        subject: of.map { "\($0.key)/\(node.code)" } ?? node.code,
        pointers: scores.map { $0.pointer / $0.key },
        hint: LocalizedText(zh: "请商议后重评，或另写一条合议评分", en: "confer and score again, or write down what was agreed")
    )
}
