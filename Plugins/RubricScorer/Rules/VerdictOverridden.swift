import BudgetReview
import ReviewModel

/// A rule of the rubric replaces the verdict that the total would have.
let verdictOverridden = Rule(
    "rubric/verdict-overridden",
    .info,
    title: LocalizedText(zh: "结论被规则改变", en: "the verdict is overridden by a rule"),
    manual: LocalizedText(
        zh: """
            对每一张评分表，依次判断评分标准 overrides 的条件，以第一个成立的结论代替总分所得的结论，并在此说明两者；总分不变。\
            因缺得分、字段或查询结果而无从判断的，按不成立计；没有总分的评分不判断。不须更正，请核对条件所依据的得分或字段。
            """,
        en: """
            Goes through the `overrides` of the rubric for every sheet; the first whose condition holds replaces the verdict of \
            the total, and the finding names both. The total stays. A condition that cannot be known counts as not holding, and \
            scores without a total are not looked at. Nothing need be corrected; check the scores or fields that the condition \
            rests on.
            """
    )
)

/// Replaces the verdict of the sheet by the first override that holds, and says so.
func override(
    _ sheet: inout ScoreSheet?,
    _ rubric: Rubric,
    _ dossier: Dossier,
    _ answers: [String: Value]
) -> Finding? {
    guard let scored = sheet else { return nil }
    let known = Dictionary(scored.items.map { ($0.code, $0) }) { first, _ in first }
    guard let found = rubric.overrides.first(where: { $0.when.holds(known, dossier, answers: answers) == true }) else {
        return nil
    }
    sheet?.verdict = found.verdict
    return overridden(found, scored)
}

private func overridden(_ override: RubricOverride, _ sheet: ScoreSheet) -> Finding {
    verdictOverridden.finding(
        message: LocalizedText(
            zh:
                "总分 \(Money.points(sheet.total)) 本应为\"\(sheet.verdict?.name.zh ?? "—")\"，按规则改为\"\(override.verdict.name.zh)\"",
            en:
                "a total of \(Money.points(sheet.total)) would be \"\(sheet.verdict?.name.en ?? "nothing")\"; by a rule of the rubric it is \"\(override.verdict.name.en)\""
        ),
        subject: sheet.rater,
        pointers: [JSONPointer(["config"] + override.pointer.tokens)],
        expected: override.verdict.code,
        found: sheet.verdict?.code ?? ""
    )
}
