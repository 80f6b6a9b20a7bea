import BudgetReview
import ReviewModel

/// Rules between items that a sheet breaks: a "no" on 2.1 that leaves a "yes" on 2.2.
func checkRules(
    _ items: [ScoreItem],
    rater: String,
    _ rubric: Rubric,
    _ dossier: Dossier,
    _ answers: [String: Value]
) -> [Finding] {
    let known = Dictionary(items.map { ($0.code, $0) }) { first, _ in first }
    return rubric.rules.compactMap { rule in
        guard rule.when.holds(known, dossier, answers: answers) == true,
            rule.then.holds(known, dossier, answers: answers) == false
        else { return nil }
        let codes = (rule.when.codes + rule.then.codes).map(\.code)
        return ruleBroken(rule, rater, codes, codes.compactMap { known[$0] })
    }
}

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

// MARK: - Messages

private func ruleBroken(_ rule: RubricRule, _ rater: String, _ codes: [String], _ items: [ScoreItem]) -> Finding {
    let list = items.map { "\($0.code) \($0.level ?? $0.points.map(Money.points) ?? "")" }.joined(separator: ", ")
    return Finding(
        rule: "rubric/rule-broken",
        severity: .error,
        message: rule.message
            ?? LocalizedText(
                zh: "\(codes.joined(separator: "、"))的评分不相容",
                en: "the scores of \(codes.joined(separator: ", ")) do not go together"
            ),
        subject: "\(rater)/\(codes.first ?? "")",
        pointers: items.compactMap(\.pointer) + [JSONPointer(["config"] + rule.pointer.tokens)],
        found: list,
        hint: LocalizedText(zh: "请更正其中一项评分", en: "correct one of the scores")
    )
}

private func overridden(_ override: RubricOverride, _ sheet: ScoreSheet) -> Finding {
    Finding(
        rule: "rubric/verdict-overridden",
        severity: .info,
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
