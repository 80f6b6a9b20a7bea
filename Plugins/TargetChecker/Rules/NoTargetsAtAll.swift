import BudgetReview
import ReviewModel

/// No targets at all, neither declared nor reviewed.
let noTargetsAtAll = Rule(
    "target/none",
    .warning,
    title: LocalizedText(zh: "没有绩效目标", en: "no targets at all"),
    manual: LocalizedText(
        zh: """
            申报和评审后的目标表都没有一行。没有目标的资金无从考核。请补充绩效目标。
            """,
        en: """
            Neither the declared nor the reviewed table has a row. Money without a target cannot be judged \
            later. Add the targets.
            """
    )
)

func noTargets(_ list: TargetList) -> Finding {
    noTargetsAtAll.finding(
        message: LocalizedText(zh: "没有绩效目标", en: "there are no performance targets"),
        subject: "targets",
        pointers: [list.pointer],
        hint: LocalizedText(zh: "请补充绩效目标", en: "add the targets")
    )
}
