import ReviewModel
import Rubrics

/// A condition that asks the data and has no answer from them.
let conditionUnknown = ScoreRule(
    "rubric/condition-unknown",
    .warning,
    title: LocalizedText(zh: "条件无从判断", en: "a condition that is not known"),
    manual: LocalizedText(
        zh: """
            评分标准 overrides 和 rules 中按查询判断的条件，查询得出空值的，不算成立也不算不成立：结论不因它改变，规则不因它报错。\
            多半是所查的数据没有填写。请补上数据，或在查询中写明空值算什么（coalesce）。
            """,
        en: """
            A query in the conditions of `overrides` and `rules` that gives an empty value is neither true nor false: the verdict is not \
            replaced, and the rule is not broken. Mostly a cell that it looks at is empty. Fill it in, or say in the query what \
            an empty one counts for (`coalesce`).
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
                    overrides: [{code: late, name: 逾期, when: ↓{query: SELECT max(paid) > 80 FROM history WHERE year = 2025}}]
                    items: [{code: A, name: 执行率, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 10}
              history:
                - {year: 2024, item: 课程, adjusted: 100.00, paid: 80.00}
            """,
            zh: "结论\"late\"的条件中，查询得出空值，既不算成立也不算不成立",
            en: "a query in the condition of \"late\" gives an empty value, which is neither true nor false"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    overrides: [{code: late, name: 逾期, when: {query: SELECT max(paid) > 80 FROM history WHERE year = 2025}}]
                    items: [{code: A, name: 执行率, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 10}
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 80.00}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .unknownCondition(let query, let of) in scoring.remarks {
        findings.add(notKnown(query, of: scoring.rubric, of.map { ($0, scoring.name(of: $0)) }))
    }
}

private func notKnown(_ query: RubricQuery, of rubric: Rubric, _ of: (key: String, name: String)?) -> Finding {
    // A condition is known by the verdict that it gives.
    let path = query.pointer.description
    let verdict = rubric.overrides.first { path.hasPrefix($0.pointer.description + "/") }?.verdict.code
    let (thingZh, thingEn) = of.map { ("对\"\($0.name)\"", " for \"\($0.name)\"") } ?? ("", "")
    let message =
        verdict.map {
            LocalizedText(
                zh: "结论\"\($0)\"的条件中，查询\(thingZh)得出空值，既不算成立也不算不成立",
                en:
                    "a query in the condition of \"\($0)\" gives an empty value\(thingEn), which is neither true nor false"
            )
        }
        ?? LocalizedText(
            zh: "规则的条件中，查询\(thingZh)得出空值，既不算成立也不算不成立",
            en: "a query in the condition of a rule gives an empty value\(thingEn), which is neither true nor false"
        )
    return conditionUnknown.rule.finding(
        message: message,
        subject: [of?.key, verdict].compactMap(\.self).joined(separator: "/"),
        pointers: [JSONPointer(["config"] + query.pointer.tokens.dropLast())],
        hint: LocalizedText(
            zh: "请补上所查的数据，或用 coalesce 写明空值算什么",
            en: "fill in what it looks at, or say by coalesce what an empty value counts for"
        )
    )
}
