import BudgetReview
import ReviewModel

/// Countable quantities that are gone after the review.
let quantificationLost = Rule(
    "target/quantification-lost",
    .warning,
    title: LocalizedText(zh: "量化的目标评审后不再计数", en: "quantities lost between declared and reviewed"),
    manual: LocalizedText(
        zh: """
            申报的数量指标中有可计数的值（个、人、节、次等），而评审后的数量指标没有一个可计数（例如都成了完成率\
            ），列为一条。请保留可计数的数量目标。
            """,
        en: """
            The declared quantity targets had values to count (个, 人, 节, 次 …) and none of the reviewed ones \
            has, for they became rates, say: one finding. Keep quantities that can be counted.
            """
    )
)

func countsLost(_ declared: [Target], _ reviewed: [Target]) -> Finding {
    let lost = declared.map { "\($0.name) \($0.value.text)" }
    let values = reviewed.map(\.value.text)
    let left = values.enumerated().filter { values.firstIndex(of: $1) == $0 }.map(\.element).joined(separator: " / ")
    return quantificationLost.finding(
        message: LocalizedText(
            zh: "申报时可计数的数量目标（\(lost.joined(separator: "、"))）评审后不再计数",
            en: "what was counted when declared (\(lost.joined(separator: ", "))) is counted no longer after the review"
        ),
        subject: "quantity",
        pointers: reviewed.map { $0.pointer / "value" } + declared.map { $0.pointer / "value" },
        expected: declared.map(\.value.text).joined(separator: " / "),
        found: left,
        hint: LocalizedText(zh: "请在数量指标中保留具体数量", en: "keep the counts among the quantity targets")
    )
}
