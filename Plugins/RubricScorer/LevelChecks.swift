import BudgetReview
import ReviewModel

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
                ? nil : noSuchLevel(entry, node, "\(Money.points(step)) × n")
        case .levels(let levels):
            let possible = try levels.compactMap { try node.scale.points(of: $0, max: max) }
            if possible.isEmpty || possible.contains(where: { $0.contains(entry.points) }) { return nil }
            let list = possible.map { range in
                range.lowerBound == range.upperBound
                    ? Money.points(range.lowerBound)
                    : "\(Money.points(range.lowerBound))–\(Money.points(range.upperBound))"
            }
            return noSuchLevel(entry, node, list.joined(separator: " / "))
        }
    }
}

// MARK: - Messages

private func noSuchLevel(_ entry: ScoreEntry, _ node: RubricNode, _ list: String) -> Finding {
    Finding(
        rule: "rubric/no-such-level",
        severity: .warning,
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
