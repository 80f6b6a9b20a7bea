import BudgetReview
import ReviewModel

/// A measured target that can no longer be measured after the review.
let measureLost = Rule(
    "target/measure-lost",
    .warning,
    title: LocalizedText(zh: "可衡量的目标评审后不可衡量", en: "a measured target is no longer measured"),
    manual: LocalizedText(
        zh: """
            申报时目标值可以衡量、评审后同名目标的值不能衡量的逐个列出。评审应使目标更明确，不应相反。请恢复可以\
            衡量的目标值。
            """,
        en: """
            A declared target whose value could be measured, and whose namesake after the review has one that \
            cannot. A review should make targets clearer. Restore a value that can be measured.
            """
    )
)

func noLongerMeasured(_ declared: Target, _ reviewed: Target) -> Finding {
    measureLost.finding(
        message: LocalizedText(
            zh: "\"\(declared.name)\"申报时为 \(declared.value.text)，评审后成为\"\(reviewed.value.text)\"，不再量化",
            en:
                "\"\(declared.name)\" was \(declared.value.text) when declared and is \"\(reviewed.value.text)\" after the review"
        ),
        subject: declared.name,
        pointers: [reviewed.pointer / "value", declared.pointer / "value"],
        expected: declared.value.text,
        found: reviewed.value.text,
        hint: LocalizedText(zh: "请恢复数值", en: "restore the figure")
    )
}
