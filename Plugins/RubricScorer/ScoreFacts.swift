import BudgetLines
import ReviewModel

/// The points of every rater's sheet, each from those of its parts, and the verdict of the review's.
func scoreFacts(_ sheets: [ScoreSheet]) -> [Fact] {
    let verdict = sheets.first { $0.rater == ScoreSheet.reviewRater }.flatMap { sheet in
        sheet.verdict.map { verdict in
            var fact = Fact(
                id: "verdict",
                label: LocalizedText(zh: "评审结论", en: "verdict"),
                value: .text(verdict.code)
            )
            fact.inputs = ["scores.\(sheet.rater).total"]
            fact.calculation = "\(Money.points(sheet.total)) ∈ \(verdict.band)"
            return fact
        }
    }
    return (verdict.map { [$0] } ?? []) + sheets.flatMap(facts)
}

private func facts(of sheet: ScoreSheet) -> [Fact] {
    let parts = Dictionary(grouping: sheet.items.filter { $0.points != nil }) { $0.parent ?? "" }
    var total = Fact(
        id: "scores.\(sheet.rater).total",
        label: LocalizedText(zh: "总分", en: "total score"),
        value: .decimal(sheet.total),
        unit: "points"
    )
    total.explain(sheet.total, by: parts[""] ?? [], of: sheet.rater)
    return [total]
        + sheet.items.compactMap { item -> Fact? in
            guard let points = item.points else { return nil }
            var fact = Fact(
                id: "scores.\(sheet.rater).\(item.code)",
                label: LocalizedText(item.name),
                value: .decimal(points),
                unit: "points",
                sources: item.pointer.map { [$0 / (item.level == nil ? "points" : "level")] } ?? []
            )
            if item.status == .summed { fact.explain(points, by: parts[item.code] ?? [], of: sheet.rater) }
            return fact
        }
}

extension Fact {
    /// The arithmetic is written out where the parts are summed; a mean or a weakest link names its parts only.
    fileprivate mutating func explain(_ points: ExactDecimal, by parts: [ScoreItem], of rater: String) {
        inputs = parts.map { "scores.\(rater).\($0.code)" }
        let numbers = parts.compactMap(\.points)
        guard numbers.count > 1, (try? ExactDecimal.sum(numbers)) == points else { return }
        calculation = "\(numbers.map(Money.points).joined(separator: " + ")) = \(Money.points(points))"
    }
}
