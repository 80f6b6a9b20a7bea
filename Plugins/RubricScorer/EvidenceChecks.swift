import BudgetReview
import ReviewModel

/// Criteria with all their points and no evidence, neither their own nor that of the item above.
func checkEvidence(_ entries: [ScoreEntry], _ evidence: Evidence, _ rubric: Rubric) -> [Finding] {
    var covered = Set<String>()
    func cover(_ node: RubricNode, _ isCovered: Bool) {
        let isCovered = isCovered || !evidence[node.code].isEmpty
        if isCovered { covered.insert(node.code) }
        for child in node.children { cover(child, isCovered) }
    }
    for item in rubric.items { cover(item, false) }
    var reported = Set<String>()
    return entries.compactMap { entry in
        // What is scored as a whole has no parts that evidence could stand at; a section's evidence stands at its parts.
        guard let node = rubric.node(entry.code), node.kind == .criterion || node.kind == .pooled,
            entry.points == node.max, entry.points > 0, !node.all.contains(where: { covered.contains($0.code) }),
            entry.reason.isEmpty,
            reported.insert(node.code).inserted
        else { return nil }
        return fullMarksWithoutEvidence(entry, node)
    }
}

// MARK: - Messages

private func fullMarksWithoutEvidence(_ entry: ScoreEntry, _ node: RubricNode) -> Finding {
    Finding(
        rule: "rubric/no-evidence",
        severity: .warning,
        message: LocalizedText(
            zh: "\(entry.code)得满分，但没有评分依据：\(node.shortName)",
            en: "\(entry.code) has full marks but no evidence: \(node.shortName)"
        ),
        subject: entry.code,
        pointers: [entry.pointer],
        hint: LocalizedText(zh: "请补充评分依据", en: "add the evidence")
    )
}
