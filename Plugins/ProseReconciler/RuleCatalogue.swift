import ReviewModel

/// The checks of the prose reconciler, in the order of their ids.
let proseRules: [Rule] = [
    Rule(
        "prose/mismatch",
        .error,
        title: LocalizedText(zh: "文字与数据不一致", en: "a sentence's number differs from its figure")
    ),
    Rule("prose/no-text", .warning, title: LocalizedText(zh: "没有可核对的文字", en: "no text to check")),
    Rule(
        "prose/sum-of-parts",
        .error,
        title: LocalizedText(zh: "合计与所列各项不符", en: "a sum that its named parts do not make")
    ),
    Rule("prose/unbound", .info, title: LocalizedText(zh: "数字没有对应的数据", en: "a number that no figure stands behind")),
]
