import BudgetReview
import ReviewModel

/// The review takes points and names no problem at all.
let lossWithoutProblem = Rule(
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
    )
)

/// A review that takes points and names no problem leaves the applicant guessing.
func checkProblems(_ sheets: [ScoreSheet], _ dossier: Dossier) throws(DecimalOverflow) -> [Finding] {
    guard let sheet = sheets.first(where: { $0.rater == ScoreSheet.reviewRater }), sheet.total < sheet.max,
        dossier.rows(of: "problems").isEmpty
    else { return [] }
    return [noProblem(sheet, try sheet.max - sheet.total)]
}

private func noProblem(_ sheet: ScoreSheet, _ lost: ExactDecimal) -> Finding {
    lossWithoutProblem.finding(
        message: LocalizedText(
            zh: "评审扣了 \(Money.points(lost)) 分，但没有列出任何问题",
            en: "the review takes \(Money.points(lost)) points but names no problem"
        ),
        subject: sheet.rater,
        pointers: [JSONPointer(["tables", "problems"])],
        expected: Money.points(sheet.max),
        found: Money.points(sheet.total),
        hint: LocalizedText(zh: "请在存在问题与改进建议中说明", en: "name the problems and what to do about them")
    )
}
