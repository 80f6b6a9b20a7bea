import BudgetReview
import ReviewModel

/// A query of the rubric gives no row, or several values.
let notOneValue = Rule(
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
    )
)

func otherThanOneValue(_ node: RubricNode?, rows: Int, columns: Int) -> Finding {
    notOneValue.finding(
        message: LocalizedText(
            zh: "\(node?.code ?? "条件")的查询应得出一个值，实得 \(rows) 行 \(columns) 列",
            en:
                "the query of \(node?.code ?? "a condition") should give one value, it gives \(rows) row(s) of \(columns)"
        ),
        subject: node?.code ?? "",
        pointers: [JSONPointer(["config"] + (node?.pointer.tokens ?? ["rubric"]))],
        hint: LocalizedText(zh: "请用 sum、count 等汇总", en: "use sum, count or the like")
    )
}
