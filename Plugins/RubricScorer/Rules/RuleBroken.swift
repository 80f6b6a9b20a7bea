import BudgetReview
import ReviewModel

/// The scores of a sheet break a rule of the rubric between items.
let ruleBroken = Rule(
    "rubric/rule-broken",
    .error,
    title: LocalizedText(zh: "违反指标之间的规则", en: "a rule between items is broken"),
    manual: LocalizedText(
        zh: """
            对每一位评分人的评分，评分标准 rules 中 when 成立的，then 也应成立；when 成立而 then 不成立的列出，并写出所涉及指标的得分。\
            其中一边因缺得分、字段或查询结果而无从判断的，不提示。请更正其中一项评分。
            """,
        en: """
            Where `when` of one of the rubric's `rules` holds for a rater's scores, its `then` must hold too; where it does \
            not, the finding gives the scores of the items concerned. A side that cannot be known, for want of a score, a field \
            or an answer to a query, is no finding. Correct one of the scores.
            """
    )
)

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
        return broken(rule, rater, codes, codes.compactMap { known[$0] })
    }
}

private func broken(_ rule: RubricRule, _ rater: String, _ codes: [String], _ items: [ScoreItem]) -> Finding {
    let list = items.map { "\($0.code) \($0.level ?? $0.points.map(Money.points) ?? "")" }.joined(separator: ", ")
    return ruleBroken.finding(
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
