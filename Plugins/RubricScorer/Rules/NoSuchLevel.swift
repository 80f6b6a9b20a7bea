import BudgetReview
import ReviewModel

/// A criterion has points that its levels or its step do not give.
let noSuchLevel = Rule(
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
    )
)

/// Points that no level of the rubric gives: 4 of 5 where a criterion has all, half or nothing.
func checkLevels(_ entries: [ScoreEntry], _ rubric: Rubric) throws -> [Finding] {
    try entries.compactMap { entry in
        guard let node = rubric.node(entry.code), node.kind == .criterion, let max = node.max, !entry.isNotApplicable,
            entry.level == nil, !entry.points.isNegative, entry.points <= max
        else { return nil }
        switch node.scale {
        case .free: return nil
        case .steps(let step):
            let steps = try entry.points.divided(by: step, places: 0)
            return try steps.map { try $0 * step } == entry.points
                ? nil : betweenLevels(entry, node, "\(Money.points(step)) × n")
        case .levels(let levels):
            let possible = try levels.compactMap { try node.scale.points(of: $0, max: max) }
            if possible.isEmpty || possible.contains(where: { $0.contains(entry.points) }) { return nil }
            let list = possible.map { range in
                range.lowerBound == range.upperBound
                    ? Money.points(range.lowerBound)
                    : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
            }
            return betweenLevels(entry, node, list.joined(separator: " / "))
        }
    }
}

private func betweenLevels(_ entry: ScoreEntry, _ node: RubricNode, _ list: String) -> Finding {
    noSuchLevel.finding(
        message: LocalizedText(
            zh: "\(entry.code)得 \(Money.points(entry.points)) 分，打分标准只允许 \(list)：\(node.shortName)",
            en:
                "\(entry.code) has \(Money.points(entry.points)) points, the levels give only \(list): \(node.shortName)"
        ),
        subject: entry.subject,
        pointers: [entry.pointer / "points"],
        expected: list,
        found: Money.points(entry.points),
        hint: LocalizedText(zh: "请按档次给分", en: "give the points of one of the levels")
    )
}
