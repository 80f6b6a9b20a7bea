public import ReviewModel

extension RubricNode {
    /// The fewest points: those of the scale, or what the parts can come to, a mean rounded to `places`. What no figure holds is none.
    public func leastPoints(places: Int) -> ExactDecimal {
        let parts = scoredChildren
        guard kind != .criterion, !parts.isEmpty else { return scale.minimum }
        if kind == .alternatives { return parts.map { $0.leastPoints(places: places) }.min() ?? 0 }
        switch aggregation {
        case .sum: return (try? ExactDecimal.sum(parts.map { $0.leastPoints(places: places) })) ?? 0
        case .mean: return (try? Self.leastMean(of: parts, max: max ?? 0, places: places)) ?? 0
        case .weakest, .table, .matrix: return 0
        case .none: return scale.minimum
        }
    }

    /// The least that the mean of items can be: those that may not apply are left out where that makes it less.
    static func leastMean(of parts: [RubricNode], max: ExactDecimal, places: Int) throws(DecimalOverflow)
        -> ExactDecimal
    {
        typealias Part = (weight: ExactDecimal, points: ExactDecimal, most: ExactDecimal)
        var (counted, open): ([Part], [Part]) = ([], [])
        for part in parts {
            guard let most = part.max, most > 0 else { continue }
            let least = Part(part.weight, part.leastPoints(places: places), most)
            if part.mayBeLeftOut { open.append(least) } else { counted.append(least) }
        }
        // The least share first: each that is below the mean of those before it brings the mean down.
        let ordered = try open.map { part throws(DecimalOverflow) in
            (part, try part.points.divided(by: part.most, places: ExactDecimal.maximumPlaces / 2) ?? 0)
        }.sorted { $0.1 < $1.1 }.map(\.0)
        var least = try RubricAggregation.mean(counted, max: max, places: places)
        for part in ordered {
            let with = try RubricAggregation.mean(counted + [part], max: max, places: places)
            guard let with, least.map({ with < $0 }) ?? true else { break }
            counted.append(part)
            least = with
        }
        return least ?? 0
    }

    /// Whether it may not apply, so that what it is a part of goes by the others.
    private var mayBeLeftOut: Bool {
        if kind == .criterion { return scale.levels.contains(where: \.isNotApplicable) }
        return aggregation != .sum && aggregation != .none && children.allSatisfy(\.mayBeLeftOut)
    }
}
