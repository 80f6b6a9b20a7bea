import ReviewModel

/// A punctuation mark, or the word for a level of government, that stands twice.
let doubledPunctuation = Rule(
    "document/doubled",
    .warning,
    title: LocalizedText(zh: "标点或字重复", en: "a doubled mark or character"),
    manual: LocalizedText(
        zh: "。。、，，、；；、：：、、、等连续两个相同的标点，以及\"市市\"\"区区\"\"的的\"之类重复的字；\"镇镇级\"不算。",
        en: "Two equal punctuation marks in a row, and doubled characters such as 市市."
    )
)
