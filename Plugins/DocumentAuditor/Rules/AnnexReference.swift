import ReviewModel

/// A reference to an annex that is not there, or that has no number.
let annexReference = Rule(
    "document/annex-reference",
    .warning,
    title: LocalizedText(zh: "引用的附件不存在或没有编号", en: "a reference to no annex"),
    manual: LocalizedText(
        zh: "文中\"见附件 N\"的编号应有同号的附件标题；\"见附件\"之后没有编号的，读者无从查找。",
        en: "见附件 N must have a heading with that number; a reference without a number leads a reader nowhere."
    )
)
