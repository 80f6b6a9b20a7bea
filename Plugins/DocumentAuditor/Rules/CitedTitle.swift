import ReviewModel

/// A document is cited under another title than the list of legal bases has.
let citedTitle = Rule(
    "document/cited-title",
    .warning,
    title: LocalizedText(zh: "引用的文件与立项依据清单不符", en: "a cited document that the list of legal bases does not have so"),
    manual: LocalizedText(
        zh: """
            正文（附件之前）书名号中的每个文件与立项依据清单（legal_bases）的标题相比，空格和标点全半角不计。标题不同的列出，\
            并指出清单中最相近的一个；清单中没有的也列出。
            """,
        en: """
            Holds every title in 《》 of the body (before the annexes) against the list of legal bases, blanks and the width of \
            punctuation aside. One that differs is listed with the nearest of the list, and so is one that the list does not have.
            """
    )
)
