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
                findings.append(unknownProblemCode(row, code, rubric.all.map(\.code), at: pointer))
            } else if let item = sheet?.items.first(where: { $0.code == code }), item.points == item.max {
                findings.append(nothingLost(row, item, at: pointer))
            }
        }
    }
    return findings
}

/// A review that takes points and names no problem leaves the applicant guessing.
func checkProblems(_ sheets: [ScoreSheet], _ dossier: Dossier) throws(DecimalOverflow) -> [Finding] {
    guard let sheet = sheets.first(where: { $0.rater == ScoreSheet.reviewRater }), sheet.total < sheet.max,
        dossier.rows(of: "problems").isEmpty
    else { return [] }
    return [noProblem(sheet, try sheet.max - sheet.total)]
}

// MARK: - Messages

private func unknownProblemCode(_ row: TableRow, _ code: String, _ known: [String], at pointer: JSONPointer) -> Finding
{
    Finding(
        rule: "rubric/unknown-code",
        severity: .error,
        message: LocalizedText(
            zh: "问题\"\(row.text("problem"))\"所涉及的指标\"\(code)\"不在评分表中",
            en: "the problem \"\(row.text("problem"))\" names the item \"\(code)\", which the rubric has not"
        ),
        subject: code,
        pointers: [pointer],
        found: code,
        hint: suggestion(for: code, among: known)
    )
}

private func nothingLost(_ row: TableRow, _ item: ScoreItem, at pointer: JSONPointer) -> Finding {
    Finding(
        rule: "rubric/problem-without-loss",
        severity: .warning,
        message: LocalizedText(
            zh: "问题\"\(row.text("problem"))\"涉及\(item.code)，该项却得满分",
            en: "the problem \"\(row.text("problem"))\" is about \(item.code), which has all its points"
        ),
        subject: item.code,
        pointers: [pointer] + [item.pointer].compactMap { $0 },
        expected: "< \(Money.points(item.max))",
        found: item.points.map(Money.points) ?? "",
        hint: LocalizedText(zh: "请核对扣分，或改写所涉及的指标", en: "check the points, or the items that the problem names")
    )
}

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
