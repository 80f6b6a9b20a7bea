import BudgetLines
import ReviewModel
import Rubrics

// What was lost, and whether it is explained.

extension Scoring.RaterResult {
    /// Points that were lost without a reason beside them, with the parts of the item.
    func unreasonedLosses() throws(DecimalOverflow) -> [(
        item: ScoreItem, lost: ExactDecimal, parts: [ScoreItem], pointer: JSONPointer
    )] {
        var losses: [(item: ScoreItem, lost: ExactDecimal, parts: [ScoreItem], pointer: JSONPointer)] = []
        for item in items where item.status == .given && item.reason.isEmpty {
            guard let points = item.points, let max = item.max, points < max, let pointer = item.pointer else {
                continue
            }
            losses.append((item, try max - points, items.filter { $0.parent == item.code }, pointer))
        }
        return losses
    }

    /// Whether what was given for an item is what the dossier gives: then the data are the evidence.
    func agreesWithData(_ entry: ScoreEntry) -> Bool {
        guard entry.sheet == rater, let item = items.first(where: { $0.code == entry.code }) else { return false }
        return item.computed != nil && item.computed == item.points
    }

    /// Whether the item or one above it has evidence.
    func hasEvidence(_ item: ScoreItem) -> Bool {
        if !item.evidence.isEmpty { return true }
        guard let parent = items.first(where: { $0.code == item.parent }) else { return false }
        return hasEvidence(parent)
    }
}
