import BudgetReview
import ReviewModel

/// A year whose printed total or rate does not add up.
let yearTotal = Rule(
    "history/year-total",
    .error,
    title: LocalizedText(zh: "年度合计或执行率算错", en: "a year's total or rate that does not add up"),
    manual: LocalizedText(
        zh: """
            history_years 所印调整后预算合计、支付合计和执行率应等于各项之和与其比率，金额一分不差，比率两位小数\
            。请更正合计或明细。
            """,
        en: """
            The printed totals and rate of a year must be the sums of its items and their ratio: amounts to the \
            fen, the rate to two places. Correct the total or an item.
            """
    )
)

func wrongTotal(
    _ year: HistoryYear,
    _ name: LocalizedText,
    _ found: String,
    _ expected: String,
    at pointer: JSONPointer
) -> Finding {
    yearTotal.finding(
        message: LocalizedText(
            zh: "\(year.year) 年\(name.zh)为 \(expected)，表中为 \(found)",
            en: "the \(name.en) of \(year.year) is \(expected), the table says \(found)"
        ),
        subject: "\(year.year)",
        pointers: [pointer],
        expected: expected,
        found: found
    )
}
