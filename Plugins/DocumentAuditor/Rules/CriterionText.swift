import ReviewModel

/// A criterion that the indicator system and the criterion table word differently.
let criterionText = Rule(
    "document/criterion-text",
    .info,
    title: LocalizedText(zh: "评分标准两处文字不同", en: "a criterion in two wordings"),
    manual: LocalizedText(
        zh: """
            同一代码的评分标准，在指标体系表（打分标准）与评分附表（A1…C3）中应为同样的文字；空格、标点和换行不计。不同的代码列在一条之中。评分以哪一处为准，须由评审人确定。
            """,
        en: """
            The criterion of a code must read the same in the indicator system (打分标准) and in its criterion table (A1…C3), blanks \
            and punctuation aside. The codes that differ make one finding. Which of the two was scored by is for the reviewer to say.
            """
    )
)
