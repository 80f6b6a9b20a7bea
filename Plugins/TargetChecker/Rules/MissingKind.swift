import BudgetReview
import ReviewModel

/// A kind of target that must be there and is not, or too seldom.
let missingKind = Rule(
    "target/missing-kind",
    .warning,
    title: LocalizedText(zh: "缺少应有的一类指标", en: "a needed kind of target is missing"),
    manual: LocalizedText(
        zh: """
            按 required 设置，每一类指标至少要有规定的个数；不足的列出，申报时有的一并指出。请补充该类指标。
            """,
        en: """
            By the setting `required` each kind needs so many targets; kinds with fewer are listed, with the \
            declared ones where there were any. Add a target of that kind.
            """
    )
)

func tooFew(_ code: String, _ kind: LocalizedText, _ count: Int, _ minimum: Int, _ list: TargetList) -> Finding {
    missingKind.finding(
        message: count == 0
            ? LocalizedText(
                zh: "\(list.stage.name.zh)中没有\(kind.zh)指标",
                en: "\(list.stage.name.en) have no \(kind.en) target"
            )
            : LocalizedText(
                zh: "\(list.stage.name.zh)中\(kind.zh)指标只有 \(count) 个，至少应有 \(minimum) 个",
                en: "\(list.stage.name.en) have \(count) of the kind \(kind.en), there must be \(minimum) at least"
            ),
        subject: "\(list.stage.rawValue)/\(code)",
        pointers: [list.pointer],
        expected: "≥ \(minimum)",
        found: "\(count)",
        hint: LocalizedText(zh: "请补充\(kind.zh)指标", en: "add a target of the kind \(kind.en)")
    )
}
