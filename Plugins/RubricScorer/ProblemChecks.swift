import BudgetReview
import ReviewModel

/// A review that takes points and names no problem leaves the applicant guessing.
func checkProblems(_ sheets: [ScoreSheet], _ dossier: Dossier) throws(DecimalOverflow) -> [Finding] {
    guard let sheet = sheets.first(where: { $0.rater == ScoreSheet.reviewRater }), sheet.total < sheet.max,
        dossier.rows(of: "problems").isEmpty
    else { return [] }
    return [noProblem(sheet, try sheet.max - sheet.total)]
}

// MARK: - Messages

private func noProblem(_ sheet: ScoreSheet, _ lost: ExactDecimal) -> Finding {
    Finding(
        rule: "rubric/loss-without-problem",
        severity: .warning,
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
