import ReviewModel
import Rubrics

/// A query of the rubric gives no row, or several values.
let notOneValue = ScoreRule(
    "rubric/not-one-value",
    .error,
    title: LocalizedText(zh: "查询结果不是一个值", en: "a query that gives no single value"),
    manual: LocalizedText(
        zh: """
            评分标准中的每一个查询（compute、compute_level，以及 overrides 和 rules 的条件）应恰好得出一行一列；否则列出行数和列数，按没有结果处理：\
            指标不由数据得分，条件不算成立也不算不成立。这一个值能否作得分，由 rubric/not-computable 核对。请用 sum、count 等汇总。
            """,
        en: """
            Every query of the rubric (`compute`, `compute_level`, the conditions of `overrides` and `rules`) must give one \
            row of one column. Otherwise it has no answer: the item is not scored by the data, and the condition is neither \
            true nor false. Whether the one value can be a score is up to rubric/not-computable. Use sum, count or the like.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [↓{code: A, name: 执行率, max: 10, compute: SELECT paid FROM history}]}
            tables:
              scores: []
              history:
                - {year: 2024, item: 课程, adjusted: 100.00, paid: 80.00}
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """,
            zh: "A的查询应得出一个值，实得 2 行 1 列",
            en: "the query of A should give one value, it gives 2 row(s) of 1 column(s)"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric: {id: r, items: [{code: A, name: 执行率, max: 10, compute: SELECT max(paid) / 10 FROM history}]}
            tables:
              scores: []
              history:
                - {year: 2024, item: 课程, adjusted: 100.00, paid: 80.00}
                - {year: 2025, item: 课程, adjusted: 100.00, paid: 90.00}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    // Of many things each is asked the same.
    var told = Set<JSONPointer>()
    for case .notOneValue(let query, let rows, let columns) in scoring.remarks
    where told.insert(query.pointer).inserted {
        findings.add(otherThanOneValue(query, of: scoring.rubric, rows: rows, columns: columns))
    }
}

private func otherThanOneValue(_ query: RubricQuery, of rubric: Rubric, rows: Int, columns: Int) -> Finding {
    // A condition is known by the verdict that it gives.
    let path = query.pointer.description
    let verdict = rubric.overrides.first { path.hasPrefix($0.pointer.description + "/") }?.verdict.code
    let name =
        query.node.map { LocalizedText($0.code) }
        ?? verdict.map { LocalizedText(zh: "结论\"\($0)\"的条件", en: "the condition of \"\($0)\"") }
        ?? LocalizedText(zh: "条件", en: "a condition")
    return notOneValue.rule.finding(
        message: LocalizedText(
            zh: "\(name.zh)的查询应得出一个值，实得 \(rows) 行 \(columns) 列",
            en:
                "the query of \(name.en) should give one value, it gives \(rows) row(s) of \(columns) column(s)"
        ),
        subject: query.node?.code ?? verdict ?? "",
        pointers: [JSONPointer(["config"] + (query.node?.pointer ?? query.pointer).tokens)],
        hint: LocalizedText(zh: "请用 sum、count 等汇总", en: "use sum, count or the like")
    )
}
