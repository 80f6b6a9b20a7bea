import ReviewModel

/// A blank inside a number.
let splitNumber = Rule(
    "document/split-number",
    .info,
    title: LocalizedText(zh: "数字中有空格", en: "a blank inside a number"),
    manual: LocalizedText(
        zh: "小数点或千分位之后、数字之前有空格（如 800. 23）：多为转换所致，但复制到表格时会变成两个数。",
        en:
            "A blank between a decimal point or a separator and the next digit (800. 23): mostly from a conversion, but two numbers for whoever copies it."
    )
)
