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
            zh: "评分人\"评审\"的评分不完整，无法得出总分：B",
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
        let all = missing(in: scoring.rubric.items, sheet.items)
        // What others score is nobody's gap.
        let codes = all.flatMap { scoring.own($0, of: sheet.baseRater, sheet.items) }
        if codes.isEmpty, !all.isEmpty { continue }
        // What a query should have given is told of the query.
        let uncomputed = scoring.uncomputed(of: sheet.of)
        if !codes.isEmpty, codes.allSatisfy({ uncomputed.contains($0.code) }) { continue }
        // Without a total to be had, everything stands for itself, and nothing need be missing.
        if codes.isEmpty, !scoring.rubric.hasTotal, !scoring.rubric.aggregation.isByLevel { continue }
        let name = scoring.words.name(of: sheet.rater)
        findings.add(gaps(sheet.rater, name, codes, hasTotal: scoring.rubric.hasTotal))
    }
    let judged = Set(scoring.raters.compactMap(\.of))
    // Where nobody has scored anything that is told otherwise.
    let forgotten = judged.isEmpty ? [] : scoring.subjects.filter { !judged.contains($0.key) }
    if !forgotten.isEmpty { findings.add(unscored(forgotten)) }
}

/// Of many things those that nobody has scored.
private func unscored(_ subjects: [(key: String, name: String)]) -> Finding {
    let names = subjects.prefix(20).map { $0.key == $0.name ? $0.key : "\($0.key) \($0.name)" }
    let (zh, en) = subjects.count > 20 ? (" 等 \(subjects.count) 个", " and \(subjects.count - 20) more") : ("", "")
    return incomplete.rule.finding(
        message: LocalizedText(
            zh: "没有任何人评分的对象：\(names.joined(separator: "、"))\(zh)",
            en: "nobody has scored \(names.joined(separator: ", "))\(en)"
        ),
        subject: subjects.map(\.key).joined(separator: ", "),
        pointers: [JSONPointer(["tables", "scores"])],
        hint: LocalizedText(zh: "请补评，或从表中删去", en: "score them, or take them out of the table")
    )
}

extension Scoring {
    /// What of a gap a rater was to score; of a section that others share, the parts of it.
    fileprivate func own(_ gap: Gap, of rater: String, _ items: [ScoreItem]) -> [Gap] {
        guard let node = node[gap.code], rubric.hasOwnItems(rater, words) else { return [gap] }
        if node.isScored(by: rater) {
            return node.all.allSatisfy { $0.isScored(by: rater) } ? [gap] : ends(node, rater)
        }
        return ends(node, rater)
    }

    private func ends(_ node: RubricNode, _ rater: String) -> [Gap] {
        node.all.dropFirst().filter { $0.kind == .criterion && $0.isScored(by: rater) }.map { Gap(code: $0.code) }
    }

    /// The items whose query gave nothing that could be a score.
    fileprivate func uncomputed(of subject: String?) -> Set<String> {
        Set(
            remarks.compactMap { remark in
                guard case .notComputable(let node, let of, _, _) = remark, of == subject else { return nil }
                return node.code
            }
        )
    }
}

private func gaps(_ rater: String, _ name: LocalizedText, _ codes: [Gap], hasTotal: Bool) -> Finding {
    let zh = codes.map { $0.code + ($0.levels.map { "（表中没有 \($0) 的结果）" } ?? "") }.joined(separator: "、")
    let en = codes.map { $0.code + ($0.levels.map { " (its table says nothing of \($0))" } ?? "") }.joined(
        separator: ", "
    )
    if codes.isEmpty { return nothingApplies(rater, name, hasTotal: hasTotal) }
    let (noTotalZh, noTotalEn) = hasTotal ? ("，无法得出总分", ", there is no total") : ("", "")
    return incomplete.rule.finding(
        message: LocalizedText(
            zh: "评分人\"\(name.zh)\"的评分不完整\(noTotalZh)：\(zh)",
            en: "the scores of \"\(name.en)\" are incomplete\(noTotalEn): \(en)"
        ),
        subject: rater,
        pointers: [JSONPointer(["tables", "scores"])],
        hint: LocalizedText(zh: "请补评所列部分", en: "score what is missing there")
    )
}

private func nothingApplies(_ rater: String, _ name: LocalizedText, hasTotal: Bool) -> Finding {
    // Of letters there is no total anyway.
    let (noTotalZh, noTotalEn) = hasTotal ? ("，无法得出总分", ", there is no total") : ("", "")
    return incomplete.rule.finding(
        message: LocalizedText(
            zh: "评分人\"\(name.zh)\"的各项都不适用\(noTotalZh)",
            en: "nothing applies by the scores of \"\(name.en)\"\(noTotalEn)"
        ),
        subject: rater,
        pointers: [JSONPointer(["tables", "scores"])]
    )
}

/// An item whose score is missing.
private struct Gap {
    var code: String
    /// The levels of its parts, where all are known and no level follows from them.
    var levels: String?
}

/// The items whose scores would complete the nodes: a node itself where nothing below it is scored, or all that applies is and
/// nothing follows from it; else its parts.
private func missing(in nodes: [RubricNode], _ items: [ScoreItem]) -> [Gap] {
    let known = Dictionary(items.map { ($0.code, $0) }) { first, _ in first }
    func isOpen(_ node: RubricNode) -> Bool {
        guard let item = known[node.code] else { return false }
        return !item.isScored && item.status == .unscored
    }
    func search(_ node: RubricNode) -> [Gap] {
        guard isOpen(node) else { return [] }
        let isUntouched = node.all.dropFirst().allSatisfy { known[$0.code]?.isScored != true }
        if isUntouched, !node.isHeading { return [Gap(code: node.code)] }
        let below = node.children.flatMap(search)
        // Which alternative applies is not known.
        if below.isEmpty, node.kind == .alternatives { return [Gap(code: node.code)] }
        guard below.isEmpty, node.aggregation.isByLevel else { return below }
        let levels = node.children.compactMap { known[$0.code] }.filter(\.isScored).compactMap(\.level)
        return [Gap(code: node.code, levels: levels.joined(separator: " "))]
    }
    return nodes.flatMap(search)
}
