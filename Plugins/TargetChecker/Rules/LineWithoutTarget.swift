import BudgetReview
import ReviewModel

/// Money that no target speaks of.
let lineWithoutTarget = Rule(
    "target/line-without-target",
    .info,
    title: LocalizedText(zh: "明细没有对应的目标", en: "money without a target"),
    manual: LocalizedText(
        zh: """
            预算明细没有被任何目标的 lines 引用。没有一个目标填写 lines 时不检查。请补充目标，或说明由哪个目标涵\
            盖。
            """,
        en: """
            A budget line that the `lines` of no target name. Nothing is said while no target names any line. \
            Add a target, or name the line in the one that covers it.
            """
    )
)

func unserved(_ line: BudgetLine) -> Finding {
    lineWithoutTarget.finding(
        message: LocalizedText(
            zh: "预算明细\"\(line.label)\"（\(Money.yuan(line.amount)) 元）没有对应的绩效目标",
            en: "no target speaks of the budget line \"\(line.label)\" (\(Money.yuan(line.amount)) yuan)"
        ),
        subject: line.id,
        pointers: [line.pointer],
        found: Money.yuan(line.amount),
        hint: LocalizedText(zh: "请补充对应的绩效目标", en: "add a target for it, or name the line at one")
    )
}
