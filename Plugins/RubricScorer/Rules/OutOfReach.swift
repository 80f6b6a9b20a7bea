import BudgetLines
import ReviewModel
import Rubrics

/// The points of an item are more or less than its scored parts leave room for.
let outOfReach = ScoreRule(
    "rubric/out-of-reach",
    .error,
    title: LocalizedText(zh: "所给总分无法由各项达到", en: "a total that its items cannot reach"),
    manual: LocalizedText(
        zh: """
            上级指标已评分而其下级只知道一部分时，所给得分应不小于已知下级之和，不大于该和加上其余下级的分值；不适用的和共用分值的下级不计。\
            只核对按各部分相加的指标；下级全部已知的由 rubric/wrong-sum 核对，全部未知的不核对。请更正其中一处。
            """,
        en: """
            Where an item is scored and only some of its parts are known, its points must not be less than the sum of those, \
            nor more than that sum with all that the others could have; parts that do not apply or share their points are left \
            out. Only items that add up are looked at; with all parts known it is rubric/wrong-sum, with none nothing can be \
            said. Correct one of them.
            """
    ),
    examples: [
        .bad(
            """
            # A1 得 2 分，A2 最多再得 5 分。
            # A1 has 2 of 5, and A2 could add 5.
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10, items: [{code: A1, name: 依据, max: 5}, {code: A2, name: 程序, max: 5}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: ↓9, reason: 依据不全}
                - {rater: review, code: A1, points: 2, reason: 缺两份文件}
            """,
            zh: "A\"决策\"评 9 分，按已评的部分只可能在 2–7 之间",
            en: "A \"决策\" is given 9 points, its scored parts allow only 2–7"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10, items: [{code: A1, name: 依据, max: 5}, {code: A2, name: 程序, max: 5}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 7, reason: 依据不全}
                - {rater: review, code: A1, points: 2, reason: 缺两份文件}
            """
        ),
    ],
    check: check
)

/// Whether the points given for a node of which only some parts are known lie between what those parts have and what the others
/// could add.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) throws {
    for case .partlyScored(let node, let entry, let parts) in scoring.remarks {
        let least = try ExactDecimal.sum(parts.compactMap(\.points))
        let open = try ExactDecimal.sum(parts.filter { $0.points == nil }.compactMap(\.max))
        let most = try least + open
        if entry.points < least || entry.points > most { findings.add(unreachable(node, entry, least, most)) }
    }
}

private func unreachable(
    _ node: RubricNode,
    _ entry: ScoreEntry,
    _ least: ExactDecimal,
    _ most: ExactDecimal
) -> Finding {
    let range = "\(Money.points(least))–\(Money.points(most))"
    return outOfReach.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.shortName.zh)\"评 \(Money.points(entry.points)) 分，按已评的部分只可能在 \(range) 之间",
            en:
                "\(node.code) \"\(node.shortName.en)\" is given \(Money.points(entry.points)) points, its scored parts allow only \(range)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / entry.key],
        expected: range,
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正其中一处", en: "correct one of them")
    )
}
