import BudgetReview
import ReviewModel

/// The problems by the codes of the items that they cost points.
func problems(in dossier: Dossier) -> [String: [String]] {
    var problems: [String: [String]] = [:]
    for row in dossier.rows(of: "problems") {
        for code in row.texts("codes") { problems[code, default: []].append(row.text("problem")) }
    }
    return problems
}

/// Problems that name an item which the rubric has not, or one that has lost nothing in the review.
func checkProblemCodes(_ sheets: [ScoreSheet], _ rubric: Rubric, _ dossier: Dossier) -> [Finding] {
    let sheet = sheets.first { $0.rater == ScoreSheet.reviewRater }
    var findings: [Finding] = []
    for row in dossier.rows(of: "problems") {
        for (index, code) in row.texts("codes").enumerated() {
            let pointer = row.pointer("codes") / index
            if rubric.node(code) == nil {
                findings.append(problemOfUnknownCode(row, code, known: rubric.all.map(\.code), at: pointer))
            } else if let item = sheet?.items.first(where: { $0.code == code }), item.points == item.max {
                findings.append(nothingLost(row, item, at: pointer))
            }
        }
    }
    return findings
}
