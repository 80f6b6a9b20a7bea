import BudgetReview
import ReviewModel

/// The combined scores of several raters, item by item, and the items on which they are too far apart.
func combine(_ entries: [ScoreEntry], _ rubric: Rubric) throws -> (entries: [ScoreEntry], findings: [Finding]) {
    guard let combination = rubric.combination else { return ([], []) }
    let own = [ScoreSheet.selfRater, combination.into]
    let counted = entries.filter { entry in
        combination.raters.isEmpty ? !own.contains(entry.rater) : combination.raters.contains(entry.rater)
    }
    let raters = counted.reduce(into: [String]()) { if !$0.contains($1.rater) { $0.append($1.rater) } }
    var (combined, findings) = ([ScoreEntry](), combination.raters.filter { !raters.contains($0) }.map(absentRater))
    for node in rubric.all {
        let scores = counted.filter { $0.code == node.code && !$0.isNotApplicable }
        // What was decided together counts as it is.
        if scores.isEmpty || entries.contains(where: { $0.rater == combination.into && $0.code == node.code }) {
            continue
        }
        if scores.count < raters.count { findings.append(missingRater(node, scores.map(\.rater), raters)) }
        if let limit = combination.maximumSpread, let max = node.max, let low = scores.map(\.points).min(),
            let high = scores.map(\.points).max(), try (high - low) * 100 > max * limit
        {
            findings.append(tooFarApart(node, scores, limit))
        }
        guard let points = try combination.combine(scores.map(\.points), places: rubric.places) else { continue }
        combined.append(
            ScoreEntry(
                rater: combination.into,
                code: node.code,
                points: points.withoutTrailingZeros,
                reason: scores.map(\.reason).filter { !$0.isEmpty }.joined(separator: "；"),
                pointer: scores[0].pointer
            )
        )
    }
    return (combined, findings)
}

// MARK: - Messages

private func absentRater(_ rater: String) -> Finding {
    Finding(
        rule: "rubric/absent-rater",
        severity: .error,
        message: LocalizedText(zh: "评分人\"\(rater)\"没有评分", en: "the rater \"\(rater)\" has given no scores"),
        subject: rater,
        pointers: [JSONPointer(["tables", "scores"])],
        hint: LocalizedText(
            zh: "请补评，或从 combine 的 raters 中删去",
            en: "add its scores, or take it from the raters of combine"
        )
    )
}

private func missingRater(_ node: RubricNode, _ have: [String], _ all: [String]) -> Finding {
    let missing = all.filter { !have.contains($0) }.joined(separator: ", ")
    return Finding(
        rule: "rubric/missing-rater",
        severity: .warning,
        message: LocalizedText(
            zh: "\(node.code)只有 \(have.count) 人评分，缺：\(missing)",
            en: "\(node.code) is scored by \(have.count) rater(s), without \(missing)"
        ),
        subject: node.code,
        pointers: [JSONPointer(["tables", "scores"])],
        expected: "\(all.count)",
        found: "\(have.count)"
    )
}

private func tooFarApart(_ node: RubricNode, _ scores: [ScoreEntry], _ limit: ExactDecimal) -> Finding {
    let list = scores.map { "\($0.rater) \(Money.points($0.points))" }.joined(separator: ", ")
    return Finding(
        rule: "rubric/raters-apart",
        severity: .warning,
        message: LocalizedText(
            zh: "\(node.code)\"\(node.shortName)\"的评分相差过大（超过分值的 \(limit)%）：\(list)",
            en: "the raters of \(node.code) \"\(node.shortName)\" are more than \(limit)% of its points apart: \(list)"
        ),
        subject: node.code,
        pointers: scores.map { $0.pointer / "points" },
        hint: LocalizedText(zh: "请商议后重评，或另写一条合议评分", en: "confer and score again, or write down what was agreed")
    )
}
