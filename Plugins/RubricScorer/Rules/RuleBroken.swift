import BudgetLines
import ReviewModel
import Rubrics

/// The scores of a sheet break a rule of the rubric between items.
let ruleBroken = ScoreRule(
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
    ),
    examples: [
        .bad(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    rules:
                      - when: {item: A, below: 60%}
                        then: {item: B, below: 80%}
                        message: {zh: 依据不足的项目，方案不可能完善, en: without a basis the plan cannot be sound}
                    items: [{code: A, name: 依据, max: 10}, {code: B, name: 方案, max: 10}]
            tables:
              scores:
                - ↓{rater: review, code: A, points: 5, reason: 缺文件}
                - {rater: review, code: B, points: 9, reason: 缺进度}
            """,
            zh: "依据不足的项目，方案不可能完善",
            en: "without a basis the plan cannot be sound"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    rules:
                      - when: {item: A, below: 60%}
                        then: {item: B, below: 80%}
                    items: [{code: A, name: 依据, max: 10}, {code: B, name: 方案, max: 10}]
            tables:
              scores:
                - {rater: review, code: A, points: 6, reason: 缺文件}
                - {rater: review, code: B, points: 9, reason: 缺进度}
            """
        ),
    ],
    check: check
)

/// Rules between items that a sheet breaks: a "no" on 2.1 that leaves a "yes" on 2.2.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for sheet in scoring.raters where !scoring.rubric.rules.isEmpty {
        let answers = scoring.answers(about: sheet.of)
        let known = scoring.leveled(sheet.items)
        for rule in scoring.rubric.rules
        where rule.when.holds(known, scoring.dossier, answers: answers) == true
            && rule.then.holds(known, scoring.dossier, answers: answers) == false
        {
            let codes = (rule.when.codes + rule.then.codes).map(\.code)
            findings.add(broken(rule, sheet.rater, codes, codes.compactMap { known[$0] }))
        }
    }
}

private func broken(_ rule: RubricRule, _ rater: String, _ codes: [String], _ items: [ScoreItem]) -> Finding {
    let list = items.map { "\($0.code) \($0.level ?? $0.points.map(Money.points) ?? "")" }.joined(separator: ", ")
    return ruleBroken.rule.finding(
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
