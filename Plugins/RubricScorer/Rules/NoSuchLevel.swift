import BudgetLines
import ReviewModel
import Rubrics

/// A criterion has points that its levels or its step do not give.
let noSuchLevel = ScoreRule(
    "rubric/no-such-level",
    .warning,
    title: LocalizedText(zh: "打分标准不允许的得分", en: "points that no level gives"),
    manual: LocalizedText(
        zh: """
            没有下级的指标只写了得分、没有写档次的，得分应是评分标准某一档次的分数（或在其范围内），或是间隔（step）的整数倍。负分和超过分值的另有规则；\
            上级指标、汇总多人得出的分和不限得分的指标不核对。请按档次给分。
            """,
        en: """
            Points given to a criterion without naming a level must be those of one of its levels, or within its range, or a \
            multiple of its `step`. Negative points and those above the maximum have rules of their own; items with parts, \
            scores that were combined from several raters and criteria with free points are not looked at. Give the points of \
            one of the levels.
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
                    levels: [{name: 是, share: 100%}, {name: 部分, share: 50%}, {name: 否, share: 0%}]
                    items: [{code: A, name: 依据, max: 10, criteria: [{code: A-1, text: 有批复, max: 10}]}]
            tables:
              scores:
                - {rater: review, code: A-1, points: ↓8, reason: 缺一份}
            """,
            zh: "A-1得 8 分，打分标准只允许 10 / 5 / 0：有批复",
            en: "A-1 has 8 points, the levels give only 10 / 5 / 0: 有批复"
        ),
        .good(
            """
            pipeline:
              score:
                use: rubric-scorer
                with:
                  rubric:
                    id: r
                    levels: [{name: 是, share: 100%}, {name: 部分, share: 50%}, {name: 否, share: 0%}]
                    items: [{code: A, name: 依据, max: 10, criteria: [{code: A-1, text: 有批复, max: 10}]}]
            tables:
              scores:
                - {rater: review, code: A-1, points: 5, reason: 缺一份}
            """
        ),
    ],
    check: check
)

/// Points that no level of the rubric gives: 4 of 5 where a criterion has all, half or nothing.
private func check(_ scoring: Scoring, _ findings: inout RuleFindings) throws {
    for entry in scoring.given {
        guard let node = scoring.node[entry.code], node.kind == .criterion, let max = node.max,
            !entry.isNotApplicable, entry.level == nil, entry.points >= node.scale.minimum, entry.points <= max,
            let list = try allowed(instead: entry.points, of: max, node.scale)
        else { continue }
        findings.add(betweenLevels(entry, node, list))
    }
}

/// The points that a scale gives, where `points` are not among them.
private func allowed(instead points: ExactDecimal, of max: ExactDecimal, _ scale: RubricScale) throws -> String? {
    switch scale {
    case .free: return nil
    case .steps(let step, let least):
        let beyond = try points - least
        let steps = try beyond.divided(by: step, places: 0)
        let list = least.isZero ? "\(Money.points(step)) × n" : "\(Money.points(least)) + \(Money.points(step)) × n"
        return try steps.map { try $0 * step } == beyond ? nil : list
    case .levels(let levels):
        let possible = try levels.compactMap { try scale.points(of: $0, max: max) }
        if possible.isEmpty || possible.contains(where: { $0.contains(points) }) { return nil }
        return possible.map { range in
            range.lowerBound == range.upperBound
                ? Money.points(range.lowerBound)
                : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
        }.joined(separator: " / ")
    }
}

private func betweenLevels(_ entry: ScoreEntry, _ node: RubricNode, _ list: String) -> Finding {
    noSuchLevel.rule.finding(
        message: LocalizedText(
            zh: "\(entry.code)得 \(Money.points(entry.points)) 分，打分标准只允许 \(list)：\(node.shortName.zh)",
            en:
                "\(entry.code) has \(Money.points(entry.points)) points, the levels give only \(list): \(node.shortName.en)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: list,
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请按档次给分", en: "give the points of one of the levels")
    )
}
