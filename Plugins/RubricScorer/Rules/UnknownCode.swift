import ReviewModel

/// A score or a problem names an item that the rubric does not have.
let unknownCode = Rule(
    "rubric/unknown-code",
    .error,
    title: LocalizedText(zh: "评分标准中没有这一指标", en: "a code that the rubric does not have"),
    manual: LocalizedText(
        zh: """
            表 scores 的 code 和表 problems 的 codes 应是评分标准中的指标代码，一字不差；没有的列出，并提示相近的代码，这样的得分不计入。\
            写错而恰好是另一个指标代码的看不出来。请更正代码，或核对所用的评分标准。
            """,
        en: """
            `code` of the table `scores` and `codes` of the table `problems` must be codes of the rubric, to the letter; \
            others are listed, with one that is near where there is one, and such a score does not count. A slip that is the \
            code of another item is not seen. Correct the code, or check that it is the right rubric.
            """
    )
)

func scoreOfUnknownCode(_ entry: ScoreEntry, known: [String]) -> Finding {
    unknownCode.finding(
        message: LocalizedText(
            zh: "评分表中没有指标\"\(entry.code)\"",
            en: "the rubric has no item \"\(entry.code)\""
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "code"],
        found: entry.code,
        hint: suggestion(for: entry.code, among: known)
    )
}

func problemOfUnknownCode(_ row: TableRow, _ code: String, known: [String], at pointer: JSONPointer) -> Finding {
    unknownCode.finding(
        message: LocalizedText(
            zh: "问题\"\(row.text("problem"))\"所涉及的指标\"\(code)\"不在评分表中",
            en: "the problem \"\(row.text("problem"))\" names the item \"\(code)\", which the rubric has not"
        ),
        subject: code,
        pointers: [pointer],
        found: code,
        hint: suggestion(for: code, among: known)
    )
}
