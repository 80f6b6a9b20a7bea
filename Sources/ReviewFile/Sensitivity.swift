public import ReviewModel

/// How far a sheet's verdict is from the others, and what would change it.
public struct Sensitivity: Sendable, Hashable {
    /// One verdict that the sheet does not have.
    public struct Distance: Sendable, Hashable {
        public var verdict: Verdict
        /// The points that would have to be gained, or lost where negative; the verdict begins at that total.
        public var points: ExactDecimal
        /// Whether the total must be more than that, not just as much.
        public var isBeyond: Bool
        /// For a better verdict, the fewest items whose lost points would do, most lost first; empty when all together
        /// would not.
        public var items: [Gain]
    }

    /// Points that an item has lost.
    public struct Gain: Sendable, Hashable {
        public var code: String
        public var name: String
        public var lost: ExactDecimal
    }

    /// Better verdicts nearest first, then worse ones nearest first.
    public var distances: [Distance]

    public init(_ sheet: ScoreSheet) throws(DecimalOverflow) {
        // Without a total no points lead from one verdict to another.
        guard let total = sheet.total else {
            distances = []
            return
        }
        let gains = try Self.gains(sheet)
        var (better, worse) = ([Distance](), [Distance]())
        for verdict in sheet.bands where verdict.code != sheet.verdict?.code {
            guard let band = Interval(verdict.band) else { continue }
            // With rounding before the look-up, half a unit less is enough to reach a lower end, and just enough to fall.
            let slack = try Self.slack(sheet.verdictPlaces)
            if total < band.lower || (total == band.lower && !band.includesLower) {
                let points = try band.lower - slack - total
                let isBeyond = !band.includesLower && sheet.verdictPlaces == nil
                better.append(
                    Distance(
                        verdict: verdict,
                        points: points.withoutTrailingZeros,
                        isBeyond: isBeyond,
                        items: try Self.fewest(gains, reaching: points, beyond: isBeyond)
                    )
                )
            } else {
                let points = try band.upper - slack - total
                let isBeyond = !band.includesUpper || sheet.verdictPlaces != nil
                worse.append(
                    Distance(verdict: verdict, points: points.withoutTrailingZeros, isBeyond: isBeyond, items: [])
                )
            }
        }
        distances = better.sorted { $0.points < $1.points } + worse.sorted { $0.points > $1.points }
    }

    /// Half of the last place that a total is rounded to.
    private static func slack(_ places: Int?) throws(DecimalOverflow) -> ExactDecimal {
        guard let places else { return 0 }
        return ExactDecimal(significand: 5, places: places + 1)
    }

    /// What each item has lost, most first, as deep as points of an item are points of the total: the parts of a mean or of
    /// a weakest link are not.
    private static func gains(_ sheet: ScoreSheet) throws(DecimalOverflow) -> [Gain] {
        var gains: [Gain] = []
        func visit(_ item: ScoreItem) throws(DecimalOverflow) {
            let parts = sheet.items.filter {
                $0.parent == item.code && ![.notApplicable, .pooled].contains($0.status)
            }
            let isSum = try ExactDecimal.sum(parts.compactMap(\.max)) == item.max && parts.contains { $0.points != nil }
            if !parts.isEmpty, isSum, item.status != .given {
                for part in parts { try visit(part) }
            } else if let points = item.points, let max = item.max, points < max {
                gains.append(Gain(code: item.code, name: item.name, lost: try (max - points).withoutTrailingZeros))
            }
        }
        for item in sheet.items where item.parent == nil { try visit(item) }
        return gains.enumerated().sorted { ($1.element.lost, $0.offset) < ($0.element.lost, $1.offset) }.map(\.element)
    }

    private static func fewest(
        _ gains: [Gain],
        reaching points: ExactDecimal,
        beyond: Bool
    ) throws(DecimalOverflow) -> [Gain] {
        // One item that just does is less of a change than the one that has lost most.
        if let single = gains.last(where: { beyond ? $0.lost > points : $0.lost >= points }) { return [single] }
        var (chosen, sum): ([Gain], ExactDecimal) = ([], 0)
        for gain in gains {
            chosen.append(gain)
            sum = try sum + gain.lost
            if beyond ? sum > points : sum >= points { return chosen }
        }
        return []
    }
}

/// A band as it is written: `[70, 90)`.
private struct Interval {
    var lower: ExactDecimal
    var upper: ExactDecimal
    var includesLower: Bool
    var includesUpper: Bool

    init?(_ text: String) {
        let ends = text.dropFirst().dropLast().split(separator: ",").map {
            ExactDecimal(String($0.filter { $0 != " " }))
        }
        guard ends.count == 2, let lower = ends[0], let upper = ends[1] else { return nil }
        (self.lower, self.upper) = (lower, upper)
        (includesLower, includesUpper) = (text.hasPrefix("["), text.hasSuffix("]"))
    }
}
