import BudgetReview
import ReviewModel

/// Points that no level of the rubric gives: 4 of 5 where a criterion has all, half or nothing.
func checkLevels(_ entries: [ScoreEntry], _ rubric: Rubric) -> [Finding] {
    guard !rubric.levels.isEmpty else { return [] }
    return entries.compactMap { entry in
        guard let node = rubric.node(entry.code), node.kind == .criterion, let max = node.max,
            !entry.points.isNegative, entry.points <= max
        else { return nil }
        let possible = rubric.levels.compactMap { try? (max * $0.share).divided(by: 100, places: 4) }
        return possible.contains(entry.points) ? nil : noSuchLevel(entry, node, possible)
    }
}

// MARK: - Messages

private func noSuchLevel(_ entry: ScoreEntry, _ node: RubricNode, _ possible: [ExactDecimal]) -> Finding {
    let list = possible.map(Money.points).joined(separator: " / ")
    return Finding(
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
