import BudgetReview
import ReviewModel

/// One target that stands twice.
let duplicate = Rule(
    "target/duplicate",
    .error,
    title: LocalizedText(zh: "目标重复", en: "a target twice"),
    manual: LocalizedText(
        zh: """
            同一张表中级别和名称都相同的目标出现两次：目标值相同为提醒，不同为错误。空格和全半角不计。请删去一条\
            ，或改为不同的名称。
            """,
        en: """
            Two targets of one table with the same levels and name: a warning where their values agree, an \
            error where they do not. Blanks and the width of characters aside. Remove one, or give it a name of \
            its own.
            """
    )
)

func standsTwice(_ target: Target, _ first: Target) -> Finding {
    let agree = target.value.reading == first.value.reading
    return Finding(
        rule: duplicate.id,
        severity: agree ? .warning : .error,
        message: LocalizedText(
            zh: "\"\(target.name)\"重复" + (agree ? "" : "，目标值不一致：\(first.value.text) 和 \(target.value.text)"),
            en: "\"\(target.name)\" stands twice"
                + (agree ? "" : ", with different values: \(first.value.text) and \(target.value.text)")
        ),
        subject: target.name,
        pointers: [target.pointer, first.pointer],
        expected: first.value.text,
        found: target.value.text,
        hint: LocalizedText(zh: "请删去一条", en: "remove one of them")
    )
}
