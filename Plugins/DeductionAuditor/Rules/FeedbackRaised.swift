import ReviewModel

/// A deduction that grew in the feedback round.
let feedbackRaised = Rule(
    "feedback/raised",
    .warning,
    title: LocalizedText(zh: "反馈之后核减增加", en: "a deduction that grew with the reply"),
    manual: LocalizedText(
        zh: "最终核减金额大于初审核减金额的列出：反馈是为听取意见，加重须有新的事实，并再次征求意见。",
        en:
            "Lists deductions whose final amount is above the proposed one: the round is there to hear the applicant, so more takes new facts and another round."
    )
)
