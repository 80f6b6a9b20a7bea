import BudgetLines
import ReviewModel

/// The way from the applicant's total to the reviewer's, item by item, as facts: `scores.bridge` is a list of
/// `{code, name, self, review, difference}`, top items first to their parts, only where both are known and differ. Where a
/// section's difference is not that of its parts, the rest is `unexplained`.
func bridge(_ sheets: [ScoreSheet]) throws(DecimalOverflow) -> [Fact] {
    guard let own = sheets.first(where: \.isSelf),
        let review = sheets.first(where: \.isReview),
        // From a sheet with gaps no way leads anywhere.
        [own, review].allSatisfy({ $0.total != nil || $0.max == nil })
    else { return [] }
    let mine = Dictionary(own.items.map { ($0.code, $0) }) { first, _ in first }
    var (steps, differences) = ([Value](), [String: ExactDecimal]())
    for item in review.items {
        guard let after = item.points, let before = mine[item.code]?.points else { continue }
        differences[item.code] = try after - before
    }
    for item in review.items {
        guard let difference = differences[item.code], !difference.isZero, let after = item.points else { continue }
        let parts = review.items.filter { $0.parent == item.code }
        var step: Record = [
            "code": .text(item.code), "name": .text(item.name), "self": Value(mine[item.code]?.points),
            "review": .decimal(after), "difference": .decimal(difference),
        ]
        if !parts.isEmpty {
            let explained = try ExactDecimal.sum(parts.compactMap { differences[$0.code] })
            let rest = try difference - explained
            if !rest.isZero { step["unexplained"] = .decimal(rest.withoutTrailingZeros) }
        }
        steps.append(.record(step))
    }
    return [
        Fact(
            id: "scores.bridge",
            label: LocalizedText(zh: "自评到评审的差异", en: "from the self score to the review score"),
            value: .list(steps),
            unit: "points"
        )
    ]
}
