import BudgetReview
import ReviewModel

/// A value without a basis where others have one.
let noBasis = Rule(
    "target/no-basis",
    .warning,
    title: LocalizedText(zh: "目标值没有依据", en: "a value without a basis"),
    manual: LocalizedText(
        zh: """
            目标值依据为空、"/"、"-"或"无"的列出；整张表都没有依据时不检查，因为表格可能没有这一列。请写明依据。
            """,
        en: """
            Lists targets whose basis is empty, /, - or 无. Where a whole table has none nothing is said: the \
            form may have no such column. State the basis.
            """
    )
)

func withoutBasis(_ target: Target) -> Finding {
    noBasis.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"没有目标值依据",
            en: "\"\(target.name)\" does not say what its value is based on"
        ),
        subject: target.name,
        pointers: [target.pointer / "basis"],
        hint: LocalizedText(
            zh: "请注明计划、行业标准、历史数据等依据",
            en: "name the plan, standard or history that it comes from"
        )
    )
}
