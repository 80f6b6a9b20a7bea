import ReviewModel
import Rubrics

/// What a sheet with other scores would come to: the whole of the rubric is asked, with its means, weakest links, tables and
/// overrides, rather than the points that have been lost.
struct LeastChange {
    let rubric: Rubric
    /// The scores as they were given, each of which may be better.
    let entries: [ScoreEntry]
    /// The verdict that scores lead to, and their total.
    let outcome: ([ScoreEntry]) throws -> (verdict: Verdict?, total: ExactDecimal?)?

    /// Beyond that many scores nobody looks for the least change.
    private static let limit = 300

    /// For every verdict that better scores lead to, the fewest of them: one, where one will do, by as little as the scale
    /// allows; else the weightiest first.
    func changes(to verdicts: [Verdict]) throws -> [ScoreSheet.Change] {
        let gains = try entries.compactMap(gain)
        guard entries.count <= Self.limit, !gains.isEmpty else { return [] }
        let total = try outcome(entries)?.total
        return try verdicts.compactMap { verdict in
            let codes = Set(verdicts.drop { $0 != verdict }.map(\.code))
            let bands = rubric.bands.filter { codes.contains($0.verdict.code) }
            let goal = Goal(total: bands.map(\.range.lower).min()) { codes.contains($0.code) }
            return try fewest(gains, from: total, reaching: goal).map {
                ScoreSheet.Change(verdict: verdict.code, items: $0)
            }
        }
    }

    /// What is to be reached.
    private struct Goal {
        /// About where it begins, as far as totals decide it.
        var total: ExactDecimal?
        var holds: (Verdict) -> Bool

        func isReached(by outcome: (verdict: Verdict?, total: ExactDecimal?)?) -> Bool {
            outcome?.verdict.map(holds) ?? false
        }
    }

    /// The least change to each other verdict that one worse score leads to, or one better, the smallest first.
    func others(from own: Verdict?, isBetter: Bool, besides isSaid: (Verdict) -> Bool) throws -> [ScoreSheet.Change] {
        guard entries.count <= Self.limit else { return [] }
        var found: [(verdict: Verdict, entries: [ScoreEntry], cost: ExactDecimal, steps: Int)] = []
        for loss in try entries.compactMap(isBetter ? gain : loss) {
            let leaving = Goal(total: nil) { $0.code != own?.code }
            guard let step = try least(loss, in: entries, from: nil, leaving) else { continue }
            let changed = try with(loss, step, in: entries)
            guard let verdict = try outcome(changed)?.verdict, !isSaid(verdict) else { continue }
            let cost = try gain(from: outcome(changed)?.total, to: entries)
            // Letters cost the whole alike: the one that goes down the fewest of them is the least change.
            let steps = rubric.hasTotal ? 0 : step
            if let index = found.firstIndex(where: { $0.verdict.code == verdict.code }) {
                if (cost, steps) < (found[index].cost, found[index].steps) {
                    found[index] = (verdict, changed, cost, steps)
                }
            } else {
                found.append((verdict, changed, cost, steps))
            }
        }
        let sorted = found.enumerated().sorted { ($0.element.cost, $0.offset) < ($1.element.cost, $1.offset) }
        return try sorted.map { _, loss in
            var change = ScoreSheet.Change(verdict: loss.verdict.code, items: try items(loss.entries))
            change.isLoss = !isBetter
            if !rubric.bands.contains(where: { $0.code == loss.verdict.code }) { change.name = loss.verdict.name }
            return change
        }
    }

    /// A score that may be better, or worse, in so many steps.
    private struct Gain {
        var position: Int
        var count: Int
        var entry: @Sendable (Int) throws -> ScoreEntry
    }

    /// - Parameter total: of the scores as they are.
    private func fewest(
        _ gains: [Gain],
        from total: ExactDecimal?,
        reaching goal: Goal
    ) throws -> [ScoreSheet.Change.Item]? {
        var single: (entries: [ScoreEntry], cost: ExactDecimal, count: Int)?
        for gain in gains {
            guard let step = try least(gain, in: entries, from: total, goal) else { continue }
            let changed = try with(gain, step, in: entries)
            let cost = try self.gain(from: total, to: changed)
            // Of two that do alike, the one with less to gain is nearer to all its points.
            if single.map({ (cost, gain.count) <= ($0.cost, $0.count) }) ?? true {
                single = (changed, cost, gain.count)
            }
        }
        if let single { return try items(single.entries) }
        var changed = entries
        let weights = try gains.map { gain in try self.gain(from: total, to: with(gain, gain.count, in: entries)) }
        for (gain, _) in zip(gains, weights).sorted(by: { $0.1 > $1.1 }) {
            let reached = try outcome(changed)?.total
            if let step = try least(gain, in: changed, from: reached, goal) {
                return try items(with(gain, step, in: changed))
            }
            changed = try with(gain, gain.count, in: changed)
        }
        return nil
    }

    /// The fewest steps of one score that will do; better scores never lead to worse verdicts, so halving finds them.
    ///
    /// Mostly a total rises by as much with each step, so it is there first where the goal would be then: each look is a whole sheet.
    private func least(
        _ gain: Gain,
        in entries: [ScoreEntry],
        from total: ExactDecimal?,
        _ goal: Goal
    ) throws -> Int? {
        let most = try outcome(with(gain, gain.count, in: entries))
        guard goal.isReached(by: most) else { return nil }
        var (low, high) = (0, gain.count)
        func look(_ step: Int) throws {
            if goal.isReached(by: try outcome(with(gain, step, in: entries))) { high = step } else { low = step }
        }
        if let first = guess(gain, from: total, to: most?.total, goal.total) {
            for step in [first, first - 1, first + 1] where low < step && step < high { try look(step) }
        }
        while high - low > 1 { try look((low + high) / 2) }
        return high
    }

    private func guess(
        _ gain: Gain,
        from first: ExactDecimal?,
        to last: ExactDecimal?,
        _ goal: ExactDecimal?
    ) -> Int? {
        // What has too many digits is found by halving.
        guard let first, let last, let goal, last > first, let whole = try? last - first, let part = try? goal - first,
            let way = try? part * ExactDecimal(gain.count), let step = try? way.divided(by: whole, places: 0)
        else { return nil }
        return Value.decimal(step).integer
    }

    private func with(_ gain: Gain, _ step: Int, in entries: [ScoreEntry]) throws -> [ScoreEntry] {
        var entries = entries
        entries[gain.position] = try gain.entry(step)
        return entries
    }

    /// By how much a change raises the total.
    private func gain(from total: ExactDecimal?, to after: [ScoreEntry]) throws -> ExactDecimal {
        guard let total, let after = try outcome(after)?.total else { return 0 }
        return try (after - total).withoutTrailingZeros
    }

    /// The better scores one after another, each with what it adds to the total.
    private func items(_ changed: [ScoreEntry]) throws -> [ScoreSheet.Change.Item] {
        var (current, items) = (entries, [ScoreSheet.Change.Item]())
        for position in entries.indices where entries[position].points != changed[position].points {
            let before = rubric.hasTotal ? try outcome(current)?.total : nil
            let (own, entry) = (current[position].points, changed[position])
            current[position] = entry
            var item = ScoreSheet.Change.Item(
                code: entry.code,
                gain: rubric.hasTotal ? try gain(from: before, to: current) : nil,
                level: entry.isLevelAlone ? entry.level : nil
            )
            // A point of a part of a mean is less than a point of the total.
            let step = try (entry.points - own).withoutTrailingZeros
            if item.level == nil, item.gain != nil, item.gain != step { item.ownGain = step }
            items.append(item)
        }
        return items
    }

    /// How a score may be better, by the scale of its item.
    private func gain(_ entry: ScoreEntry) throws -> Gain? {
        guard let position = entries.firstIndex(where: { $0.code == entry.code }), let node = rubric.node(entry.code),
            let max = node.max, !entry.isNotApplicable, entry.points < max || node.isRating
        else { return nil }
        if node.kind == .criterion, node.scale.givesLevelsOnly {
            return try levels(entry, position, node, max, isBetter: true)
        }
        let unit = unit(of: node)
        guard let steps = try (max - entry.points).divided(by: unit, places: 0).flatMap({ Value.decimal($0).integer }),
            (1...1_000_000).contains(steps)
        else { return nil }
        return Gain(position: position, count: steps) { step in
            var better = entry
            better.points = try ExactDecimal.minimum(max, entry.points + ExactDecimal(step) * unit)
            return better
        }
    }

    /// How a score may be worse, by the scale of its item.
    private func loss(_ entry: ScoreEntry) throws -> Gain? {
        guard let position = entries.firstIndex(where: { $0.code == entry.code }), let node = rubric.node(entry.code),
            let max = node.max, !entry.isNotApplicable
        else { return nil }
        if node.kind == .criterion || node.isRating, node.scale.givesLevelsOnly {
            return try levels(entry, position, node, max, isBetter: false)
        }
        let (unit, least) = (unit(of: node), node.leastPoints)
        guard entry.points > least,
            let steps = try (entry.points - least).divided(by: unit, places: 0).flatMap({ Value.decimal($0).integer }),
            (1...1_000_000).contains(steps)
        else { return nil }
        return Gain(position: position, count: steps) { step in
            var worse = entry
            let points = try entry.points - ExactDecimal(step) * unit
            (worse.points, worse.level) = (points < least ? least : points, nil)
            return worse
        }
    }

    /// The least that a score can be better by.
    private func unit(of node: RubricNode) -> ExactDecimal {
        if case .steps(let step, _) = node.scale, node.kind == .criterion { return step }
        return ExactDecimal(significand: 1, places: rubric.places)
    }

    private func levels(
        _ entry: ScoreEntry,
        _ position: Int,
        _ node: RubricNode,
        _ max: ExactDecimal,
        isBetter: Bool
    ) throws -> Gain? {
        var others: [(name: String, points: ExactDecimal)] = []
        let order = node.scale.order
        for level in isBetter ? order.reversed() : order {
            guard let points = try node.scale.points(of: level, max: max)?.upperBound else { continue }
            if isBetter ? points > entry.points : points < entry.points { others.append((level.name, points)) }
        }
        guard !others.isEmpty else { return nil }
        return Gain(position: position, count: others.count) { [others] step in
            var changed = entry
            (changed.level, changed.points, changed.isLevelAlone) = (
                others[step - 1].name, others[step - 1].points, true
            )
            return changed
        }
    }
}

extension ExactDecimal {
    fileprivate static func minimum(_ left: ExactDecimal, _ right: ExactDecimal) -> ExactDecimal {
        left < right ? left : right
    }
}

extension RubricScale {
    /// Whether only some points can be given, and none between.
    fileprivate var givesLevelsOnly: Bool {
        !levels.isEmpty && !levels.contains { level in level.share.map { $0.lower < $0.upper } ?? false }
    }
}
