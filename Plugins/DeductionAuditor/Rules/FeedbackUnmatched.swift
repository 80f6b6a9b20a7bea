import ReviewModel

/// A reply to a deduction that there is not, or that could be several.
let feedbackUnmatched = Rule(
    "feedback/unmatched",
    .error,
    title: LocalizedText(zh: "反馈意见没有对应的核减", en: "a reply to no deduction"),
    manual: LocalizedText(
        zh: "feedback 的每一行须对应 deductions 中的一行：line 相同；一条明细有几笔核减时，还须写明 kind。对不上的不计入金额。",
        en:
            "Every row of `feedback` must be about one row of `deductions`: the same `line`, and the `kind` where a line has several. One that is not changes no amount."
    )
)
