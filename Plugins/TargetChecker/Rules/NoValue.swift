import BudgetReview
import ReviewModel

/// A target without a value.
let noValue = Rule(
    "target/no-value",
    .error,
    title: LocalizedText(zh: "目标没有目标值", en: "a target without a value"),
    manual: LocalizedText(
        zh: """
            目标值为空或只有"/"、"-"的列出；"无"用于事故数之类时不算空。请填写目标值。
            """,
        en: """
            Lists targets whose value is empty or a dash; 无 counts as a value. State the value.
            """
    )
)

func withoutValue(_ target: Target) -> Finding {
    noValue.finding(
        message: LocalizedText(zh: "\"\(target.name)\"没有目标值", en: "\"\(target.name)\" has no target value"),
        subject: target.name,
        pointers: [target.pointer / "value"],
        found: target.value.text,
        hint: LocalizedText(zh: "请写明目标值", en: "state the value")
    )
}
