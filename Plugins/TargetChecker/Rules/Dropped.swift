import BudgetReview
import ReviewModel

/// Declared targets that the reviewed ones no longer have.
let dropped = Rule(
    "target/dropped",
    .info,
    title: LocalizedText(zh: "申报的目标评审后不再列出", en: "a declared target is gone after the review"),
    manual: LocalizedText(
        zh: """
            申报的目标在评审后的目标中没有同名的，也没有相似到可以看作改名的，按类别列为一条。改目标是评审的职责\
            ，此条只为让改动看得见；其他规则已经说明的不再列出。
            """,
        en: """
            Declared targets with no namesake after the review, and none that is alike enough to be the same in \
            other words; one finding a kind. Changing targets is what a review is for: this only makes it \
            visible. What another rule has told is left out.
            """
    )
)

func leftOut(_ targets: [Target], _ kind: TargetKind?) -> Finding {
    let names = Target.list(targets.map(\.name))
    let kindName = kind?.name ?? LocalizedText(zh: "未分类", en: "unknown kind")
    return dropped.finding(
        message: LocalizedText(
            zh: "申报的 \(targets.count) 个\(kindName.zh)指标在评审后不再列出：\(names.zh)",
            en: "\(targets.count) declared of the kind \(kindName.en) are not among the reviewed targets: \(names.en)"
        ),
        subject: kind?.code ?? "",
        pointers: targets.map(\.pointer),
        hint: LocalizedText(zh: "如系有意删改，请在报告中说明", en: "if that is meant, the report should say so")
    )
}
