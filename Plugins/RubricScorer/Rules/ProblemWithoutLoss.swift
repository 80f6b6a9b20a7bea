import BudgetLines
import ReviewModel
import Rubrics

/// A problem names an item that has lost nothing in the review.
let problemWithoutLoss = ScoreRule(
    "rubric/problem-without-loss",
    .warning,
    title: LocalizedText(zh: "提出问题而没有扣分", en: "a problem without a loss"),
    manual: LocalizedText(
        zh: """
            表 problems 每一行所涉及的指标（codes），在评审（review）的评分表中不应是满分，评等级的不应是最高档。没有评审评分表、得分不明或不适用的指标不核对；\
            扣了分的是否就是因为这一问题，不作判断。请核对扣分，或改写所涉及的指标。
            """,
        en: """
            The items that a row of the table `problems` names (`codes`) must not have full marks, nor the best level of a rating, on the sheet of the rater \
            `review`. Without that sheet, and for items that have no points on it, nothing is compared; whether a loss is due \
            to the problem is not judged. Check the points, or the items that the problem names.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 10, reason: 如期}
              problems:
                - {problem: 课程没有按计划开足, codes: [↓A]}
            """,
            zh: "问题\"课程没有按计划开足\"涉及A，该项却得满分",
            en: "the problem \"课程没有按计划开足\" is about A, which has all its points"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
              problems:
                - {problem: 课程没有按计划开足, codes: [A]}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    let items = Dictionary(scoring.reviewSheet?.items.map { ($0.code, $0) } ?? []) { first, _ in first }
    for row in scoring.problems {
        for (index, code) in row.texts("codes").enumerated() {
            guard let node = scoring.node[code], let item = items[code] else { continue }
            let pointer = row.pointer("codes") / index
            if node.isRating {
                guard let best = node.scale.order.first?.name, item.level == best else { continue }
                findings.add(bestLevel(best, row, item, at: pointer))
            } else if let max = item.max, item.points == max {
                findings.add(nothingLost(row, item, of: max, at: pointer))
            }
        }
    }
}

private func bestLevel(_ level: String, _ row: TableRow, _ item: ScoreItem, at pointer: JSONPointer) -> Finding {
    problemWithoutLoss.rule.finding(
        message: LocalizedText(
            zh: "问题\"\(row.text("problem"))\"涉及\(item.code)，该项却为最高档\(level)",
            en: "the problem \"\(row.text("problem"))\" is about \(item.code), which has the best level, \(level)"
        ),
        subject: item.code,
        pointers: [pointer] + [item.pointer].compactMap { $0 },
        found: level,
        hint: LocalizedText(zh: "请核对档次，或改写所涉及的指标", en: "check the level, or the items that the problem names")
    )
}

private func nothingLost(_ row: TableRow, _ item: ScoreItem, of max: ExactDecimal, at pointer: JSONPointer) -> Finding {
    problemWithoutLoss.rule.finding(
        message: LocalizedText(
            zh: "问题\"\(row.text("problem"))\"涉及\(item.code)，该项却得满分",
            en: "the problem \"\(row.text("problem"))\" is about \(item.code), which has all its points"
        ),
        subject: item.code,
        pointers: [pointer] + [item.pointer].compactMap { $0 },
        expected: "< \(Money.points(max))",
        found: item.points.map(Money.points) ?? "",
        hint: LocalizedText(zh: "请核对扣分，或改写所涉及的指标", en: "check the points, or the items that the problem names")
    )
}
