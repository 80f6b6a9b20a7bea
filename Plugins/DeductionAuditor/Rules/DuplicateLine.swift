import BudgetReview
import ReviewModel

/// Two budget lines with one id.
let duplicateLine = Rule(
    "arithmetic/duplicate-line",
    .error,
    title: LocalizedText(zh: "明细编号重复", en: "two lines with one id"),
    manual: LocalizedText(
        zh: """
            预算明细的 id 出现两次。核减、目标等按 id 引用，重复时只算第一条。请给每行不同的编号。
            """,
        en: """
            An id stands at two budget lines. Deductions and targets name lines by id, and of two the first \
            counts. Give every line an id of its own.
            """
    )
)

func idTwice(_ line: BudgetLine, _ first: BudgetLine) -> Finding {
    duplicateLine.finding(
        message: LocalizedText(
            zh: "预算明细的编号\"\(line.id)\"重复：\"\(first.label)\"和\"\(line.label)\"",
            en: "two budget lines have the id \"\(line.id)\": \"\(first.label)\" and \"\(line.label)\""
        ),
        subject: line.id,
        pointers: [line.pointer / "id", first.pointer / "id"],
        found: line.id,
        hint: LocalizedText(
            zh: "请给每行一个不同的编号；核减只算在第一行",
            en: "give every line an id of its own; deductions count for the first only"
        )
    )
}
