import BudgetLines
import ReviewModel
import Targets

/// Stretches that nobody has written as sentences or figures.
let unread = ProseRule(
    "prose/unread",
    .info,
    title: LocalizedText(zh: "过长的句子或数字没有核对", en: "a sentence or number too long to be looked at"),
    manual: LocalizedText(
        zh: """
            一句话超过 \(ProseText.longestSentence) 字而没有句号、分号、换行，或一串数字超过 \(ProseText.longestNumeral) 位，都不像是人写的，其中的数字没有核对。\
            多为转换出错。请断句，或重新导出文字。
            """,
        en: """
            A sentence of more than \(ProseText.longestSentence) characters without a full stop, a semicolon or the end of a line, or more \
            than \(ProseText.longestNumeral) digits in a row: nobody writes so, and its numbers were not checked. Most often a converter has \
            slipped. End the sentences, or export the text anew.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {opinion: ↓编号为 12345678901234567890123456789012345678901234567890 的项目予以支持。}
            """,
            zh: "文字中有 1 处过长，其中的数字没有核对：12345678901234567890…（50 字）",
            en:
                "1 stretch(es) of the text are too long, and their numbers were not checked: 12345678901234567890… (50 characters)"
        ),
        .good(
            """
            fields:
              texts: {opinion: 编号为 1234567890 的项目予以支持，其余部分按规定办理即可。}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// What was not looked at in a text, by the first of it.
func notRead(_ ranges: [Range<Int>], in text: DossierText) -> Finding {
    let longest = ranges.max { $0.count < $1.count } ?? ranges[0]
    let start = text.prose.phrase(longest.lowerBound..<min(longest.lowerBound + 20, longest.upperBound))
    return unread.rule.finding(
        message: LocalizedText(
            zh: "文字中有 \(ranges.count) 处过长，其中的数字没有核对：\(start)…（\(longest.count) 字）",
            en:
                "\(ranges.count) stretch(es) of the text are too long, and their numbers were not checked: \(start)… "
                + "(\(longest.count) characters)"
        ),
        subject: text.pointer.dotted,
        pointers: [text.pointer],
        found: start,
        hint: LocalizedText(zh: "请断句，或重新导出文字", en: "end the sentences, or export the text anew")
    )
}
