import ReviewModel

/// A document is called national in one place and the town's in another.
let citedLevel = Rule(
    "document/cited-level",
    .error,
    title: LocalizedText(zh: "文件的层级前后矛盾", en: "a document at two levels"),
    manual: LocalizedText(
        zh: "\"国家、市级、区级、镇级层面\"之后、下一个层级之前所引的文件，其层级应与立项依据清单的 level 相同。",
        en:
            "The documents cited after 国家/市级/区级/镇级层面, and before the next of these, must have that level in the list of legal bases."
    )
)
