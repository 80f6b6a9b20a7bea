import BudgetLines
import ReviewModel

/// A chosen place that holds no text.
let noText = Rule(
    "prose/no-text",
    .warning,
    title: LocalizedText(zh: "没有可核对的文字", en: "no text to check"),
    manual: LocalizedText(
        zh: """
            设置 texts 中写的位置没有文字，可能写错。请核对写法。
            """,
        en: """
            A place in the setting `texts` holds no text: likely a slip. Check how it is spelt.
            """
    )
)

func nothingChosen(_ selector: TextSelector, at pointer: JSONPointer) -> Finding {
    noText.finding(
        message: LocalizedText(zh: "\"\(selector.written)\"处没有文字", en: "there is no text at \"\(selector.written)\""),
        subject: selector.written,
        pointers: [pointer],
        hint: LocalizedText(zh: "请核对 texts 的写法", en: "check how it is spelt in texts")
    )
}
