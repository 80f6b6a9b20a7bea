import BudgetReview
import ReviewModel

/// Levels that the taxonomy does not have.
let unknownLevel = Rule(
    "target/unknown-level",
    .warning,
    title: LocalizedText(zh: "分类中没有这一级指标", en: "a level that the taxonomy does not have"),
    manual: LocalizedText(
        zh: """
            一级或二级指标不在分类之中的列出，同一对级别只列一次。请核对写法，或在 taxonomy 中增加该级别。
            """,
        en: """
            Lists a first or second level that the taxonomy does not have, a pair of levels once. Check the \
            spelling, or add the level to `taxonomy`.
            """
    )
)

func notInTaxonomy(_ targets: [Target], _ subject: String, _ column: String, _ known: [String]) -> Finding {
    let level = targets.first.map { column == "level1" ? $0.level1 : $0.level2 } ?? ""
    let names = Target.list(targets.map(\.name))
    return unknownLevel.finding(
        message: LocalizedText(
            zh: "\(names.zh)：目标分类中没有\"\(level)\"",
            en: "\(names.en): the taxonomy has no \"\(level)\""
        ),
        subject: subject,
        pointers: targets.map { $0.pointer / column },
        found: level,
        hint: suggestion(for: level, among: known)
    )
}
