import BudgetLines
import ReviewModel
import Rubrics

/// An item with parts was scored as a whole and lost points, and nobody says on which part.
let lossNotItemised = ScoreRule(
    "rubric/loss-not-itemised",
    .info,
    title: LocalizedText(zh: "扣分没有列明扣在何处", en: "points lost, nowhere said where"),
    manual: LocalizedText(
        zh: """
            评分人直接给上级指标评分、得分低于分值、没有写 reason，而其下级都没有得分：无从知道扣在何处。依据（evidence）不能代替；\
            只要有一个下级有得分，就不在此提示。请补充逐项评分，或写明扣分说明。
            """,
        en: """
            A rater has scored an item with parts as a whole, below what it is worth and without a `reason`, and no part of it \
            has points: nobody can tell where they were lost. Evidence does not make up for it; one part with points is enough \
            for the rule to be silent. Add scores by part, or a reason.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10, items: [{code: A1, name: 依据, max: 5}, {code: A2, name: 程序, max: 5}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: ↓8}
            """,
            zh: "A\"决策\"扣 2 分，没有列明扣在哪个下级指标",
            en: "A \"决策\" loses 2 points without saying on which of its items"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10, items: [{code: A1, name: 依据, max: 5}, {code: A2, name: 程序, max: 5}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 程序缺一次论证}
            """
        ),
    ],
    check: check
)

/// A score given for a section as a whole, with nothing below it, loses points that no item accounts for.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) throws {
    for sheet in scoring.raters {
        for loss in try sheet.unreasonedLosses()
        where !loss.parts.isEmpty && loss.parts.allSatisfy({ $0.points == nil }) {
            let name = scoring.node[loss.item.code]?.name ?? LocalizedText(loss.item.name)
            findings.add(notItemised(loss.item, name, loss.lost, sheet.rater, scoring.cell(of: loss.pointer)))
        }
    }
}

private func notItemised(
    _ item: ScoreItem,
    _ name: LocalizedText,
    _ lost: ExactDecimal,
    _ rater: String,
    _ pointer: JSONPointer
) -> Finding {
    lossNotItemised.rule.finding(
        message: LocalizedText(
            zh: "\(item.code)\"\(name.zh)\"扣 \(Money.points(lost)) 分，没有列明扣在哪个下级指标",
            en: "\(item.code) \"\(name.en)\" loses \(Money.points(lost)) points without saying on which of its items"
        ),
        subject: "\(rater)/\(item.code)",
        pointers: [pointer],
        expected: item.max.map(Money.points) ?? "",
        found: item.points.map(Money.points) ?? "",
        hint: LocalizedText(zh: "请补充逐项评分或扣分说明", en: "add scores by item, or a reason")
    )
}
