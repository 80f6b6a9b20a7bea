import BudgetReview
import ReviewModel

/// Points that were lost: with a reason or evidence beside them, or else named as unexplained.
///
/// A score given for a section as a whole, with nothing below it, loses points that no item accounts for; that is worth
/// knowing. A criterion that loses points without a word is a flaw of the sheet.
func checkLosses(_ items: [ScoreItem], rater: String, _ rubric: Rubric) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for item in items where item.status == .given {
        guard let points = item.points, points < item.max, let pointer = item.pointer, item.reason.isEmpty else {
            continue
        }
        let lost = try item.max - points
        let below = items.filter { $0.parent == item.code }
        if !below.isEmpty, below.allSatisfy({ $0.points == nil }) {
            findings.append(notItemised(item, lost, rater, pointer))
        } else if below.isEmpty, !hasEvidence(item, items) {
            let name = rubric.node(item.code)?.shortName ?? item.code
            findings.append(unexplained(item, lost, name, rater, pointer))
        }
    }
    return findings
}

/// A review that takes points and names no problem leaves the applicant guessing.
func checkProblems(_ sheets: [ScoreSheet], _ dossier: Dossier) throws(DecimalOverflow) -> [Finding] {
    guard let sheet = sheets.first(where: { $0.rater == ScoreSheet.reviewRater }), sheet.total < sheet.max,
        dossier.rows(of: "problems").isEmpty
    else { return [] }
    return [noProblem(sheet, try sheet.max - sheet.total)]
}

/// Whether the item or one above it has evidence.
private func hasEvidence(_ item: ScoreItem, _ items: [ScoreItem]) -> Bool {
    if !item.evidence.isEmpty { return true }
    guard let parent = items.first(where: { $0.code == item.parent }) else { return false }
    return hasEvidence(parent, items)
}

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

private func notItemised(
    _ item: ScoreItem,
    _ lost: ExactDecimal,
    _ rater: String,
    _ pointer: JSONPointer
) -> Finding {
    Finding(
        rule: "rubric/loss-not-itemised",
        severity: .info,
        message: LocalizedText(
            zh: "\(item.code)\"\(item.name)\"扣 \(Money.points(lost)) 分，没有列明扣在哪个下级指标",
            en: "\(item.code) \"\(item.name)\" loses \(Money.points(lost)) points without saying on which of its items"
        ),
        subject: "\(rater)/\(item.code)",
        pointers: [pointer / "points"],
        expected: Money.points(item.max),
        found: item.points.map(Money.points) ?? "",
        hint: LocalizedText(zh: "请补充逐项评分或扣分说明", en: "add scores by item, or a reason")
    )
}

private func noProblem(_ sheet: ScoreSheet, _ lost: ExactDecimal) -> Finding {
    Finding(
        rule: "rubric/loss-without-problem",
        severity: .warning,
        message: LocalizedText(
            zh: "评审扣了 \(Money.points(lost)) 分，但没有列出任何问题",
            en: "the review takes \(Money.points(lost)) points but names no problem"
        ),
        subject: sheet.rater,
        pointers: [JSONPointer(["tables", "problems"])],
        expected: Money.points(sheet.max),
        found: Money.points(sheet.total),
        hint: LocalizedText(zh: "请在存在问题与改进建议中说明", en: "name the problems and what to do about them")
    )
}

private func unexplained(
    _ item: ScoreItem,
    _ lost: ExactDecimal,
    _ name: String,
    _ rater: String,
    _ pointer: JSONPointer
) -> Finding {
    Finding(
        rule: "rubric/loss-unexplained",
        severity: .warning,
        message: LocalizedText(
            zh: "\(item.code)扣 \(Money.points(lost)) 分，没有说明也没有依据：\(name)",
            en: "\(item.code) loses \(Money.points(lost)) points with neither reason nor evidence: \(name)"
        ),
        subject: "\(rater)/\(item.code)",
        pointers: [pointer / "points"],
        expected: Money.points(item.max),
        found: item.points.map(Money.points) ?? "",
        hint: LocalizedText(zh: "请补充扣分说明", en: "add a reason")
    )
}

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
