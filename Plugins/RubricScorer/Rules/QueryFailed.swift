import ReviewModel
import Rubrics

/// A query of the rubric has no answer.
let queryFailed = ScoreRule(
    "rubric/query-failed",
    .error,
    title: LocalizedText(zh: "查询失败", en: "a query that failed"),
    manual: LocalizedText(
        zh: """
            评分标准中的查询（compute、compute_level，以及 overrides 和 rules 的条件）没能执行，原因写在提示中：指标不由数据得分，\
            条件不算成立也不算不成立。执行了但结果不合用的，见 rubric/not-one-value 和 rubric/not-computable。请按原因更正查询或所用的表。
            """,
        en: """
            A query of the rubric (`compute`, `compute_level`, a condition of `overrides` or `rules`) could not be answered; \
            the message says why. The item is not scored by the data, and the condition is neither true nor false. Answers of \
            no use are those of rubric/not-one-value and rubric/not-computable. Correct the query, or the tables that it reads.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [{code: A, name: 执行率, max: 10, compute: SELECT sum(↓pade) FROM history}]}
            tables:
              scores: []
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """,
            zh:
                "A的查询没有结果：查询第 1 行第 12 列：没有列\"pade\"（可用的有：paid, adjusted, declared_rate, history_key, item, year）",
            en:
                "the query of A has no answer: line 1, column 12 of the query: there is no column \"pade\" (known here: paid, adjusted, declared_rate, history_key, item, year)"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [{code: A, name: 执行率, max: 10, compute: SELECT 10 * sum(paid) / sum(adjusted) FROM history}]}
            tables:
              scores: []
              history:
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .queryFailed(let query, let why) in scoring.remarks { findings.add(withoutAnswer(query, why)) }
}

private func withoutAnswer(_ query: RubricQuery, _ why: Unanswered) -> Finding {
    let pointer = JSONPointer(["config"] + query.pointer.tokens)
    let (stepZh, stepEn) = why.step.isEmpty ? ("", "") : ("步骤\"\(why.step)\"中", "step \"\(why.step)\": ")
    return queryFailed.rule.finding(
        message: LocalizedText(
            zh: "\(stepZh)\(query.node?.code ?? "条件")的查询没有结果：\(why.reason.zh)",
            en: "\(stepEn)the query of \(query.node?.code ?? "a condition") has no answer: \(why.reason.en)"
        ),
        subject: query.node?.code ?? "",
        lines: why.place.map { [.line(of: pointer, line: $0.line, column: $0.column)] } ?? [],
        pointers: why.place == nil ? [pointer] : [],
        hint: LocalizedText(zh: "查询语言见 Docs/QUERIES.md", en: "Docs/QUERIES.md describes the language")
    )
}
