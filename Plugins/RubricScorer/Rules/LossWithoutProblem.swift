import BudgetLines
import ReviewModel
import Rubrics

/// The review takes points and names no problem at all.
let lossWithoutProblem = ScoreRule(
    "rubric/loss-without-problem",
    .warning,
    title: LocalizedText(zh: "扣分而没有提出问题", en: "a loss without a problem"),
    manual: LocalizedText(
        zh: """
            评审（review）的总分低于满分，而表 problems 一行也没有：申报单位无从知道为何扣分。只要有一个问题就不提示，\
            问题是否对应所扣的分不在此核对。请在存在问题与改进建议中说明。
            """,
        en: """
            The total of the rater `review` is less than all there is to be had, and the table `problems` has no row: the \
            applicant is left guessing. One problem is enough, whether or not it is about what was lost. Name the problems and \
            what to do about them.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              ↓scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
            """,
            zh: "评审扣了 2 分，但没有列出任何问题",
            en: "the review takes 2 points but names no problem"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 8, reason: 少开 40 节}
              problems:
                - {problem: 课程没有按计划开足}
            """
        ),
    ],
    check: check
)

/// A review that takes points and names no problem leaves the applicant guessing.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) throws {
    guard scoring.mayHave("problems"), let sheet = scoring.reviewSheet, let total = sheet.total, let max = sheet.max,
        total < max,
        scoring.problems.isEmpty
    else { return }
    findings.add(noProblem(sheet.rater, total, of: max, lost: try max - total))
}

private func noProblem(
    _ rater: String,
    _ total: ExactDecimal,
    of max: ExactDecimal,
    lost: ExactDecimal
) -> Finding {
    lossWithoutProblem.rule.finding(
        message: LocalizedText(
            zh: "评审扣了 \(Money.points(lost)) 分，但没有列出任何问题",
            en: "the review takes \(Money.points(lost)) points but names no problem"
        ),
        subject: rater,
        pointers: [JSONPointer(["tables", "problems"])],
        expected: Money.points(max),
        found: Money.points(total),
        hint: LocalizedText(zh: "请在存在问题与改进建议中说明", en: "name the problems and what to do about them")
    )
}
