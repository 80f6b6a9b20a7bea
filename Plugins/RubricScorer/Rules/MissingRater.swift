import ReviewModel
import Rubrics

/// An item that some raters have scored lacks the points of another.
let missingRater = ScoreRule(
    "rubric/missing-rater",
    .warning,
    title: LocalizedText(zh: "某项缺少一位评分人的得分", en: "an item lacks a rater's points"),
    manual: LocalizedText(
        zh: """
            评分标准有 combine 时，对每一个有人评分的指标，比较评分的条数与参与汇总、且至少有一条得分的评分人数，少的列出缺谁；汇总只用已有的得分。\
            选"不适用"档次的按没有评分计；合议人（into）自己写了得分的指标不核对。请补评，或由合议人另写一条。
            """,
        en: """
            Where the rubric has `combine`, the scores of each item that anybody has scored are counted against the raters \
            that take part and have scored anything; fewer is a finding, and what is there is combined. A level that says "not \
            applicable" counts as no score; items that the combined rater (`into`) has scored itself are left out. Add the \
            score, or write down what was agreed.
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
                    combine: {into: review, raters: [甲, 乙], method: mean}
                    items: [{code: A, name: 课程, max: 10}, {code: B, name: 维护, max: 10}]
            tables:
              scores:
                ↓- {rater: 甲, code: A, points: 9, reason: 少一场}
                - {rater: 甲, code: B, points: 9, reason: 少一次}
                - {rater: 乙, code: A, points: 9, reason: 少一场}
            """,
            zh: "B\"维护\"只有 1 人评分，缺：乙",
            en: "B \"维护\" is scored by 1 rater, without 乙"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    combine: {into: review, raters: [甲, 乙], method: mean}
                    items: [{code: A, name: 课程, max: 10}]
            tables:
              scores:
                - {rater: 甲, code: A, points: 9, reason: 少一场}
                - {rater: 乙, code: A, points: 9, reason: 少一场}
            """
        ),
    ],
    check: check
)

private func check(_ scoring: Scoring, _ findings: inout RuleFindings) {
    for case .combined(let node, let scores, let raters) in scoring.remarks where scores.count < raters.count {
        let of = scores.first?.of
        // Who says that it does not apply has answered.
        let others = scoring.given.filter { $0.code == node.code && $0.of == of && $0.isNotApplicable }.map(\.rater)
        let have = scores.map(\.rater) + others
        // Who does not score the item is not missing.
        let raters = node.raters.isEmpty ? raters : raters.filter(node.raters.contains)
        if raters.allSatisfy(have.contains) { continue }
        let isPlain = scoring.rubric.combination?.method == .trimmedMean && scores.count < 3
        let missing = scoring.words.names(of: raters.filter { !have.contains($0) })
        let found = withoutRater(
            node,
            of.map { ($0, scoring.name(of: $0)) },
            have.count,
            of: raters.count,
            missing,
            isPlain
        )
        findings.add(found)
    }
}

/// What stands in the place of a trimmed mean where less than three have scored.
let plainMean = LocalizedText(
    zh: "；不足三人，无法去掉最高和最低，按平均计",
    en: "; with less than three nobody can be left out, so it is the plain mean"
)

private func withoutRater(
    _ node: RubricNode,
    _ of: (key: String, name: String)?,
    _ have: Int,
    of all: Int,
    _ missing: LocalizedText,
    _ isPlain: Bool
) -> Finding {
    let (zh, en) = of.map { ("（\($0.name)）", " of \"\($0.name)\"") } ?? ("", "")
    let name = node.shortName
    return missingRater.rule.finding(
        message: LocalizedText(
            zh: "\(node.code)\"\(name.zh)\"\(zh)只有 \(have) 人评分，缺：\(missing.zh)" + (isPlain ? plainMean.zh : ""),
            en:
                "\(node.code) \"\(name.en)\"\(en) is scored by \(have == 1 ? "1 rater" : "\(have) raters"), without \(missing.en)"
                + (isPlain ? plainMean.en : "")
        ),
        subject: of.map { "\($0.key)/\(node.code)" } ?? node.code,
        pointers: [JSONPointer(["tables", "scores"])],
        expected: "\(all)",
        found: "\(have)"
    )
}
