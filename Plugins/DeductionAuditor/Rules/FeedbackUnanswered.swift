import ReviewModel

/// A reply without an answer, or an amount that changed without one.
let feedbackUnanswered = Rule(
    "feedback/unanswered",
    .warning,
    title: LocalizedText(zh: "反馈意见没有答复", en: "a reply without an answer"),
    manual: LocalizedText(
        zh: "申报单位的意见（reply）须有评审答复（answer）；最终金额（final_amount）与初审不同而没有答复的为错误。",
        en:
            "A `reply` of the applicant needs an `answer`; where `final_amount` differs from what was proposed, the missing answer is an error."
    )
)
