import BudgetReview
import ReviewModel

/// A target for a budget line that there is not.
let unknownLine = Rule(
    "target/unknown-line",
    .error,
    title: LocalizedText(zh: "目标对应的明细不存在", en: "a target for a line that is not there"),
    manual: LocalizedText(
        zh: """
            目标的 lines 中写有预算明细没有的编号。请更正编号。
            """,
        en: """
            The `lines` of a target name an id that no budget line has. Correct it.
            """
    )
)

func servesNoLine(_ id: String, _ target: Target, at pointer: JSONPointer, known: [String]) -> Finding {
    unknownLine.finding(
        message: LocalizedText(
            zh: "\"\(target.name)\"对应的预算明细\"\(id)\"不存在",
            en: "\"\(target.name)\" names the budget line \"\(id)\", which does not exist"
        ),
        subject: target.name,
        pointers: [pointer],
        found: id,
        hint: suggestion(for: id, among: known)
    )
}
