import ReviewModel

/// A document under another number than the list of legal bases has.
let citedNumber = Rule(
    "document/cited-number",
    .error,
    title: LocalizedText(zh: "引用的文号与立项依据清单不符", en: "a cited document under another number"),
    manual: LocalizedText(
        zh: "书名号之后紧跟的括号中以\"号\"结尾的文号，应与立项依据清单中同名文件的文号相同，空格不计。",
        en:
            "A number in parentheses right behind a title, ending in 号, must be that of the list of legal bases, blanks aside."
    )
)
