import BudgetReview
import ReviewModel

/// One rater has scored one item twice.
let scoredTwice = Rule(
    "rubric/scored-twice",
    .error,
    title: LocalizedText(zh: "同一指标评分两次", en: "an item scored twice"),
    manual: LocalizedText(
        zh: """
            表 scores 中同一评分人对同一指标只应有一条可用的得分；再有的逐条列出，得分相同的也列。该评分人的评分表取第一次。\
            评分人或指标写法不同的认不出来。请删去多余的一条。
            """,
        en: """
            The table `scores` may have one usable score of an item by a rater; every further one is listed, even with the \
            same points. The rater's own sheet takes the first. A rater or a code that is written differently is not \
            recognised. Remove one of them.
            """
    )
)

func scoredAgain(_ entry: ScoreEntry, _ first: ScoreEntry) -> Finding {
    scoredTwice.finding(
        message: LocalizedText(
            zh: "\"\(entry.code)\"被同一评分人评了两次，取第一次",
            en: "\"\(entry.code)\" is scored twice by one rater; the first counts"
        ),
        subject: entry.subject,
        pointers: [entry.pointer, first.pointer],
        expected: Money.points(first.points),
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请删去一条", en: "remove one of them")
    )
}
