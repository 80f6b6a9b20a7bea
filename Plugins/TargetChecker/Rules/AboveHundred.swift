import BudgetReview
import ReviewModel

/// A share of more than the whole.
let aboveHundred = Rule(
    "target/above-hundred",
    .warning,
    title: LocalizedText(zh: "比率超过 100%", en: "a share above 100 %"),
    manual: LocalizedText(
        zh: """
            目标值是比率或百分数而超过 100% 的列出；名称含增长、提升、同比等字样的不算，因为变化可以超过一倍。请\
            核对目标值，或在名称中写明是增长。
            """,
        en: """
            Lists values that are shares and are above 100 %. Names that speak of growth (增长, 提升, 同比 and \
            the like) are left out, for a change can be more than the whole. Check the value, or say in the \
            name that it is a change.
            """
    )
)

func aboveWhole(_ target: Target) -> Finding {
    aboveHundred.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"的目标值 \(target.value.text) 超过 100%",
            en: "\"\(target.name)\": \(target.value.text) is more than 100%"
        ),
        subject: target.name,
        pointers: [target.pointer / "value"],
        expected: "≤ 100%",
        found: target.value.text,
        hint: LocalizedText(zh: "请核对目标值", en: "check the value")
    )
}
