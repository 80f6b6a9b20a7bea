public import ReviewModel

/// How far a sheet's verdict is from the others, and what would change it.
public struct Sensitivity: Sendable, Hashable {
    /// One verdict that the sheet does not have.
    public struct Distance: Sendable, Hashable {
        public var verdict: Verdict
        /// The points that would have to be gained, or lost where negative; the verdict begins at that total.
        public var points: ExactDecimal
        /// Whether the verdict is one of more points, or of the sheet's own total where one of its own rules stands in its way.
        public var isBetter: Bool
        /// Whether the total must be more than that, not just as much. With no points at all, any point will do.
        public var isBeyond: Bool
        /// For a better verdict, the fewest items whose better scores would do; empty when all together would not.
        public var items: [Gain]
        /// Whether nothing but these items leads there: to a verdict of a rule, and among letters. Their points together are
        /// ``points`` then.
        public var isOfItems = false
        /// Whether all better scores together do not lead there.
        public var isOutOfReach = false
        /// Whether better scores lead to a better verdict yet, and none stops at this one.
        public var isPassedBy = false
    }

    /// Points that an item would gain, or lose where negative.
    public struct Gain: Sendable, Hashable {
        public var code: String
        public var name: String
        /// The points; `nil` for a letter.
        public var points: ExactDecimal?
        /// The level that it would be, where it is scored by levels.
        public var level: String?
        /// What the item itself would gain or lose, where ``points``, those of the total, are others.
        public var ownPoints: ExactDecimal?
        /// Whether the item follows from the dossier: other data would have to give its points, and which these can give is not known.
        public var isComputed = false
    }

    /// Better verdicts nearest first, then worse ones nearest first.
    public var distances: [Distance]

    public init(_ sheet: ScoreSheet) throws(DecimalOverflow) {
        let gains = try Gains(sheet)
        var ofItems: [Distance] = []
        for change in sheet.changes.prefix(Self.maximumVerdicts) where change.isLoss || sheet.total == nil {
            if let distance = try gains.distance(change, sheet) { ofItems.append(distance) }
        }
        // Without a total no points lead from one verdict to another, only what whoever scored says of it.
        guard let total = sheet.total else {
            distances = ofItems
            return
        }
        // A verdict of rules of its own stands for the one that the total has.
        let isOverridden = sheet.verdict.map { !$0.isBand } ?? false
        // Where a rule has given the verdict of a band, only what lies above that is better.
        let given =
            !isOverridden ? nil : sheet.bands.first { $0.code == sheet.verdict?.code }.flatMap { Interval($0.band) }
        var (better, worse) = ([Distance](), [Distance]())
        for verdict in sheet.bands.prefix(Self.maximumVerdicts) where verdict.code != sheet.verdict?.code {
            guard let band = Interval(verdict.band), given.map({ $0.lower < band.lower }) ?? true else { continue }
            let (lower, upper) = (try band.first(sheet.verdictPlaces), try band.last(sheet.verdictPlaces))
            if lower.isAbove(total) || (isOverridden && !upper.isBelow(total)) {
                let points = lower.isAbove(total) ? try lower.end - total : 0
                let isBeyond = lower.isAbove(total) && !lower.isIncluded
                let told = gains.change(to: verdict)
                let isOutOfReach = gains.isOutOfReach(verdict)
                // Better scores that lead past a verdict which a rule stands in the way of are told of the one they lead to; that none
                // leads there at all is said.
                if isOverridden, told == [], !isOutOfReach { continue }
                var distance = Distance(
                    verdict: verdict,
                    points: points.withoutTrailingZeros,
                    isBetter: true,
                    isBeyond: isBeyond,
                    items: told ?? (isOverridden ? [] : gains.fewest(reaching: points, beyond: isBeyond))
                )
                distance.isPassedBy = told == [] && !isOutOfReach
                distance.isOutOfReach = isOutOfReach || told == nil && distance.items.isEmpty && gains.isFew
                better.append(distance)
            } else if isOverridden {
                // Once that rule no longer holds another one may give a verdict which the total has passed.
                let isTold = { (change: ScoreSheet.Change) in
                    !change.isLoss && !change.items.isEmpty && change.verdict == verdict.code
                }
                if let change = sheet.changes.first(where: isTold),
                    let distance = try gains.distance(change, sheet)
                {
                    better.append(distance)
                }
            } else {
                // With fewer points a rule that has given the verdict gives it still.
                let points = try upper.end - total
                worse.append(
                    Distance(
                        verdict: verdict,
                        points: points.withoutTrailingZeros,
                        isBetter: false,
                        isBeyond: !upper.isIncluded,
                        items: []
                    )
                )
            }
        }
        distances = better.nearestFirst + worse.sorted { $0.points > $1.points } + ofItems
    }

    /// No sheet has more verdicts; each may name all items.
    private static let maximumVerdicts = 100
}

/// What each item of a sheet has lost, most first, as deep as points of an item are points of the total: the parts of a mean or of
/// a weakest link are not.
private struct Gains {
    private let all: [Sensitivity.Gain]
    /// What the first ones have lost together, up to each.
    private let sums: [ExactDecimal]
    private let names: [String: String]
    private let changes: [String: ScoreSheet.Change]
    private let computed: Set<String>

    init(_ sheet: ScoreSheet) throws(DecimalOverflow) {
        names = Dictionary(sheet.items.map { ($0.code, $0.name) }) { first, _ in first }
        computed = Set(sheet.items.filter { $0.status == .computed }.map(\.code))
        changes = Dictionary(sheet.changes.filter { !$0.isLoss }.map { ($0.verdict, $0) }) { first, _ in first }
        // Of ten thousand items each is looked at once, however deep they lie; who is its own part is not looked at again.
        var parts: [String: [Int]] = [:]
        for (index, item) in sheet.items.enumerated() {
            if let parent = item.parent { parts[parent, default: []].append(index) }
        }
        var found: [Sensitivity.Gain] = []
        // The last comes next: from the top to the bottom, parts before what follows their whole.
        var open = Array(sheet.items.indices.filter { sheet.items[$0].parent == nil }.reversed())
        var seen = Set(open)
        while let index = open.popLast() {
            let item = sheet.items[index]
            let below = parts[item.code, default: []].filter {
                ![.notApplicable, .pooled].contains(sheet.items[$0].status)
            }
            if try item.isSum(of: below.map { sheet.items[$0] }) {
                open += below.filter { seen.insert($0).inserted }.reversed()
            } else if let points = item.points, let max = item.max, points < max {
                let lost = try (max - points).withoutTrailingZeros
                var gain = Sensitivity.Gain(code: item.code, name: item.name, points: lost)
                gain.isComputed = item.status == .computed
                found.append(gain)
            }
        }
        all = found.enumerated().sorted {
            ($1.element.points ?? 0, $0.offset) < ($0.element.points ?? 0, $1.offset)
        }.map(\.element)
        var (sums, sum) = ([ExactDecimal](), 0 as ExactDecimal)
        for gain in all {
            sum = try sum + (gain.points ?? 0)
            sums.append(sum)
        }
        self.sums = sums
    }

    /// Beyond so many items nothing is said of them.
    private static let mostNamed = 300

    /// The fewest that reach so many points, or pass them; none where all together do not.
    func fewest(reaching points: ExactDecimal, beyond: Bool) -> [Sensitivity.Gain] {
        func does(_ sum: ExactDecimal) -> Bool { beyond ? sum > points : sum >= points }
        // Nobody changes so many scores one by one, nor has whoever scored gone through them.
        guard all.count <= Self.mostNamed else { return [] }
        // One item that just does is less of a change than the one that has lost most.
        if let single = all.last(where: { does($0.points ?? 0) }) { return [single] }
        guard let last = sums.firstIndex(where: does) else { return [] }
        return Array(all[...last])
    }

    /// Whether there are few enough to be named.
    var isFew: Bool { all.count <= Self.mostNamed }

    /// Whether whoever scored says that there is no way to a verdict.
    func isOutOfReach(_ verdict: Verdict) -> Bool { changes[verdict.code]?.isOutOfReach ?? false }

    /// What whoever scored says of the way to a verdict; `nil` where nothing is said.
    func change(to verdict: Verdict) -> [Sensitivity.Gain]? { changes[verdict.code].map(gains) }

    private func gains(_ change: ScoreSheet.Change) -> [Sensitivity.Gain] {
        change.items.map { item in
            Sensitivity.Gain(
                code: item.code,
                name: names[item.code] ?? item.code,
                points: item.gain,
                level: item.level,
                ownPoints: item.ownGain,
                isComputed: computed.contains(item.code)
            )
        }
    }

    /// A change by the items that are changed, whatever the points are.
    func distance(_ change: ScoreSheet.Change, _ sheet: ScoreSheet) throws(DecimalOverflow) -> Sensitivity.Distance? {
        let items = gains(change)
        let known = sheet.bands.first { $0.code == change.verdict }
        guard !items.isEmpty || change.isOutOfReach, change.verdict != sheet.verdict?.code,
            let verdict = known ?? change.name.map({ Verdict(code: change.verdict, name: $0, band: "") })
        else { return nil }
        let points = try ExactDecimal.sum(items.compactMap(\.points)).withoutTrailingZeros
        return Sensitivity.Distance(
            verdict: verdict,
            points: points,
            isBetter: !change.isLoss,
            isBeyond: false,
            items: items,
            isOfItems: true,
            isOutOfReach: change.isOutOfReach
        )
    }
}

extension [Sensitivity.Distance] {
    /// By the points that are wanting; of several that no points are wanting for, the worse verdict.
    fileprivate var nearestFirst: [Sensitivity.Distance] {
        sorted { left, right in
            let points = [left, right].map { $0.isOfItems ? 0 : $0.points }
            if points[0] != points[1] { return points[0] < points[1] }
            guard let first = Interval(left.verdict.band), let second = Interval(right.verdict.band) else {
                return false
            }
            return first.lower < second.lower
        }
    }
}

extension ScoreItem {
    /// Whether its points are those of its parts together.
    fileprivate func isSum(of parts: [ScoreItem]) throws(DecimalOverflow) -> Bool {
        guard !parts.isEmpty, status != .given, parts.contains(where: { $0.points != nil }) else { return false }
        return try ExactDecimal.sum(parts.compactMap(\.max)) == max
    }
}

extension Verdict {
    /// Whether it is that of a total rather than of a rule.
    fileprivate var isBand: Bool { Interval(band) != nil }
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
    /// An end of the totals that a verdict has, before they are rounded.
    struct End {
        var end: ExactDecimal
        var isIncluded: Bool

        /// Whether a total must be raised to come to it.
        func isAbove(_ total: ExactDecimal) -> Bool { total < end || (total == end && !isIncluded) }
        /// Whether a total lies beyond it.
        func isBelow(_ total: ExactDecimal) -> Bool { total > end || (total == end && !isIncluded) }
    }

    /// With rounding half up before the look-up, half a unit less is enough to reach an end that belongs to it, and half a unit
    /// more is needed beyond one that does not.
    func first(_ places: Int?) throws(DecimalOverflow) -> End {
        guard let half = Self.half(places) else { return End(end: lower, isIncluded: includesLower) }
        return End(end: try includesLower ? lower - half : lower + half, isIncluded: true)
    }

    func last(_ places: Int?) throws(DecimalOverflow) -> End {
        guard let half = Self.half(places) else { return End(end: upper, isIncluded: includesUpper) }
        return End(end: try includesUpper ? upper + half : upper - half, isIncluded: false)
    }

    /// Half of the last place that a total is rounded to; `nil` where rounding changes nothing. A file may say any number, which
    /// rounding brings to the nearer end.
    private static func half(_ places: Int?) -> ExactDecimal? {
        guard let places, places < ExactDecimal.maximumPlaces else { return nil }
        return ExactDecimal(significand: 5, places: max(places, 0) + 1)
    }
}
