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
