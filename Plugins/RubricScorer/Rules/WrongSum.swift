import BudgetLines
import ReviewModel
import Rubrics

/// An item is scored otherwise than its parts make it.
let wrongSum = ScoreRule(
    "rubric/wrong-sum",
    .error,
    title: LocalizedText(zh: "小计与各项之和不符", en: "a subtotal that is not the sum of its items"),
    manual: LocalizedText(
        zh: """
            上级指标已评分，而由其适用的各部分按评分标准（相加、平均、取最低等）也能得出分时，两者应完全相等；不等的，以所给得分为准。\
            部分未评的由 rubric/out-of-reach 核对；由数据计算的指标和不由各部分得出（aggregate: none）的指标不核对。请更正其中一处。
            """,
        en: """
            Where an item is scored and its parts that apply also make it by the rubric (their sum, mean, weakest and so on), \
            both must be exactly the same; otherwise the given points count. With gaps among the parts it is \
            rubric/out-of-reach; items that the dossier computes or that do not follow from their parts (`aggregate: none`) \
            are left out. Correct one of them.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10, items: [{code: A1, name: 依据, max: 5}, {code: A2, name: 程序, max: 5}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: ↓9, reason: 程序不全}
                - {rater: review, code: A1, points: 5, reason: 齐全}
                - {rater: review, code: A2, points: 3, reason: 缺论证}
            """,
            zh: "A\"决策\"评 9 分，各部分之和为 8",
            en: "A \"决策\" is given 9 points, its parts add up to 8"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 决策, max: 10, items: [{code: A1, name: 依据, max: 5}, {code: A2, name: 程序, max: 5}]}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 程序不全}
                - {rater: review, code: A1, points: 5, reason: 齐全}
                - {rater: review, code: A2, points: 3, reason: 缺论证}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .differsFromSum(let node, let entry, let answer) in scoring.remarks {
        let isLevel = node.isRating && answer.level != nil
        findings.add(isLevel ? differsFromLevels(node, entry, answer) : differsFromSum(node, entry, answer.points ?? 0))
    }
}

private func differsFromLevels(_ node: RubricNode, _ entry: ScoreEntry, _ answer: Answer) -> Finding {
    wrongSum.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name.zh)\"评为 \(entry.answer.text)，由各部分得出 \(answer.text)",
            en: "\(node.code) \"\(node.name.en)\" is given \(entry.answer.text), its parts make it \(answer.text)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / entry.key],
        expected: answer.text,
        found: entry.answer.text,
        hint: LocalizedText(zh: "请更正其中一处", en: "correct one of them")
    )
}

private func differsFromSum(_ node: RubricNode, _ entry: ScoreEntry, _ sum: ExactDecimal) -> Finding {
    wrongSum.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(node.name.zh)\"评 \(Money.points(entry.points)) 分，各部分之和为 \(Money.points(sum))",
            en:
                "\(node.code) \"\(node.name.en)\" is given \(Money.points(entry.points)) points, its parts add up to \(Money.points(sum))"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / entry.key],
        expected: Money.points(sum),
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请更正其中一处", en: "correct one of them")
    )
}
