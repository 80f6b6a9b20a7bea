import BudgetLines
import ReviewModel

/// The points of every rater's sheet, each from those of its parts, and the verdict of the review's.
func scoreFacts(_ sheets: [ScoreSheet], _ queries: QuerySources) -> [Fact] {
    let verdict = sheets.first(where: \.isReview).flatMap { sheet in
        sheet.verdict.map { verdict in
            var fact = Fact(
                id: "verdict",
                label: LocalizedText(zh: "评审结论", en: "verdict"),
                value: .text(verdict.code)
            )
            fact.inputs = ["scores.\(sheet.rater).total"]
            if let total = sheet.total { fact.calculation = "\(Money.points(total)) ∈ \(verdict.band)" }
            return fact
        }
    }
    return (verdict.map { [$0] } ?? []) + sheets.flatMap { facts(of: $0, queries) }
}

private func facts(of sheet: ScoreSheet, _ queries: QuerySources) -> [Fact] {
    let parts = Dictionary(grouping: sheet.items.filter(\.isScored)) { $0.parent ?? "" }
    let items = sheet.items.compactMap { item -> Fact? in
        guard item.isScored else { return nil }
        var fact = fact(
            "scores.\(sheet.rater).\(item.code)",
            LocalizedText(item.name),
            points: item.points,
            level: item.level
        )
        fact.sources = item.pointer.map { [$0 / (item.level == nil ? "points" : "level")] } ?? []
        if item.status == .summed { fact.explain(item.points, by: parts[item.code] ?? [], of: sheet.rater) }
        return queries.traced(fact, of: item, about: sheet.subject?.key)
    }
    guard sheet.total != nil || sheet.level != nil else { return items }
    let label =
        sheet.total == nil
        ? LocalizedText(zh: "总评", en: "overall level") : LocalizedText(zh: "总分", en: "total score")
    var total = fact("scores.\(sheet.rater).total", label, points: sheet.total, level: sheet.level)
    total.explain(sheet.total, by: parts[""] ?? [], of: sheet.rater)
    return [total] + items
}

/// Points, or the level where there are none.
private func fact(_ id: String, _ label: LocalizedText, points: ExactDecimal?, level: String?) -> Fact {
    guard let points else { return Fact(id: id, label: label, value: Value(level)) }
    return Fact(id: id, label: label, value: .decimal(points), unit: "points")
}

extension Fact {
    /// The arithmetic is written out where the parts are summed; a mean or a weakest link names its parts only.
    fileprivate mutating func explain(_ points: ExactDecimal?, by parts: [ScoreItem], of rater: String) {
        inputs = parts.map { "scores.\(rater).\($0.code)" }
        let numbers = parts.compactMap(\.points)
        guard let points, numbers.count > 1, (try? ExactDecimal.sum(numbers)) == points else { return }
        calculation = "\(numbers.map(Money.points).joined(separator: " + ")) = \(Money.points(points))"
    }
}
