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

/// Whether the item or one above it has evidence.
private func hasEvidence(_ item: ScoreItem, _ items: [ScoreItem]) -> Bool {
    if !item.evidence.isEmpty { return true }
    guard let parent = items.first(where: { $0.code == item.parent }) else { return false }
    return hasEvidence(parent, items)
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
