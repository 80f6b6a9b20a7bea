import ReviewModel
import Rubrics

/// A rater's scores do not suffice for a total.
let incomplete = ScoreRule(
    "rubric/incomplete",
    .error,
    title: LocalizedText(zh: "评分不完整", en: "a score sheet with gaps"),
    manual: LocalizedText(
        zh: """
            对每一位评分人，由其得分、数据算出的得分和各部分的汇总求总分；求不出总分的，列出补评后可以补全的指标，该评分人没有总分，除规则（overrides）已有结论外也没有结论。\
            下级全未评的，只列上级。不适用的和共用分值的指标不要求评分；总分求得出的，缺下级得分不在此提示。请补评所列的指标。
            """,
        en: """
            Works out every rater's total from the scores, from what the dossier computes and from what adds up. Where \
            there is none, it lists the codes whose scores would complete it, the item alone where nothing below it is known; \
            the rater then has no total and, unless an override gives one, no verdict. What does not apply or shares its points need not be scored, and \
            gaps below a total that is known are not looked at. Score what is listed.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}, {code: B, name: 维护, max: 10}]}}}}
            tables:
              scores:
                ↓- {rater: review, code: A, points: 10, reason: 如期}
            """,
            zh: "评分人\"review\"的评分不完整，无法得出总分：B",
            en: "the scores of \"review\" are incomplete, there is no total: B"
        ),
        .good(
            """
            pipeline: {score: {use: rubric-scorer, with: {rubric: {id: r, items: [{code: A, name: 课程, max: 10}, {code: B, name: 维护, max: 10}]}}}}
            tables:
              scores:
                - {rater: review, code: A, points: 10, reason: 如期}
                - {rater: review, code: B, points: 10, reason: 如期}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    let known = scoring.rubric.raters
    for sheet in scoring.raters where sheet.total == nil {
        // Of a rater whom the rubric does not name that is told, and that is enough.
        if !known.isEmpty, !known.contains(sheet.baseRater) { continue }
        let codes = missing(in: scoring.rubric.items, sheet.items)
        // Without a total to be had, everything stands for itself, and nothing need be missing.
        if codes.isEmpty, !scoring.rubric.hasTotal, !scoring.rubric.aggregation.isByLevel { continue }
        findings.add(gaps(sheet.rater, codes, hasTotal: scoring.rubric.hasTotal))
    }
}

private func gaps(_ rater: String, _ codes: [String], hasTotal: Bool) -> Finding {
    let (zh, en) = (codes.joined(separator: "、"), codes.joined(separator: ", "))
    let (noTotalZh, noTotalEn) = hasTotal ? ("，无法得出总分", ", there is no total") : ("", "")
    return incomplete.rule.finding(
        message: LocalizedText(
            zh: "评分人\"\(rater)\"的评分不完整\(noTotalZh)：\(zh)",
            en: "the scores of \"\(rater)\" are incomplete\(noTotalEn): \(en)"
        ),
        subject: rater,
        pointers: [JSONPointer(["tables", "scores"])],
        hint: LocalizedText(zh: "请补评所列部分", en: "score what is missing there")
    )
}

/// The codes whose scores would complete the nodes: a node's own where nothing below it is scored, else those of its parts.
private func missing(in nodes: [RubricNode], _ items: [ScoreItem]) -> [String] {
    let known = Dictionary(items.map { ($0.code, $0) }) { first, _ in first }
    func isOpen(_ node: RubricNode) -> Bool {
        guard let item = known[node.code] else { return false }
        return !item.isScored && item.status == .unscored
    }
    func search(_ node: RubricNode) -> [String] {
        guard isOpen(node) else { return [] }
        let isUntouched = node.all.dropFirst().allSatisfy { known[$0.code]?.isScored != true }
        return isUntouched && !node.isHeading ? [node.code] : node.children.flatMap(search)
    }
    return nodes.flatMap(search)
}
