import BudgetLines
import ReviewModel
import Rubrics

/// A criterion lost points with neither a reason nor evidence.
let lossUnexplained = ScoreRule(
    "rubric/loss-unexplained",
    .warning,
    title: LocalizedText(zh: "扣分没有说明", en: "a loss without a reason"),
    manual: LocalizedText(
        zh: """
            评分人给没有下级的指标评分，得分低于分值，既没有写 reason，该指标及其各上级在表 evidence 中也没有依据。\
            由数据算出的得分不在此列；理由或依据是否说明了扣分，不作判断。请补充扣分说明或依据。
            """,
        en: """
            A rater has scored an item without parts below what it is worth, with no `reason` and no row of the table \
            `evidence` for it or for anything above it. Scores that the dossier computes are left out, and whether a reason \
            explains the loss is not judged. Add a reason or the evidence.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: ↓8}
            """,
            zh: "A扣 2 分，没有说明也没有依据：课程",
            en: "A loses 2 points with neither reason nor evidence: 课程"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8}
              evidence:
                - {code: A, text: 课程记录 160 节，计划 200 节}
            """
        ),
    ],
    check: check
)

/// A criterion that loses points without a word is a flaw of the sheet.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) throws {
    for sheet in scoring.raters {
        for loss in try sheet.unreasonedLosses() where loss.parts.isEmpty && !sheet.hasEvidence(loss.item) {
            let name = scoring.node[loss.item.code]?.shortName ?? LocalizedText(loss.item.code)
            findings.add(unexplained(loss.item, loss.lost, name, sheet.rater, scoring.cell(of: loss.pointer)))
        }
    }
}

private func unexplained(
    _ item: ScoreItem,
    _ lost: ExactDecimal,
    _ name: LocalizedText,
    _ rater: String,
    _ pointer: JSONPointer
) -> Finding {
    lossUnexplained.rule.finding(
        message: LocalizedText(
            zh: "\(item.code)扣 \(Money.points(lost)) 分，没有说明也没有依据：\(name.zh)",
            en:
                "\(item.code) loses \(Money.points(lost)) \(lost == 1 ? "point" : "points") with neither reason nor evidence: \(name.en)"
        ),
        subject: "\(rater)/\(item.code)",
        pointers: [pointer],
        expected: item.max.map(Money.points) ?? "",
        found: item.points.map(Money.points) ?? "",
        hint: LocalizedText(zh: "请补充扣分说明", en: "add a reason")
    )
}
