import ReviewModel
import Rubrics

/// What a sheet with other scores would come to: the whole of the rubric is asked, with its means, weakest links, tables and
/// overrides, rather than the points that have been lost.
struct LeastChange {
    let rubric: Rubric
    /// The scores as they were given, each of which may be better.
    let entries: [ScoreEntry]
    /// The verdict that scores lead to, and their total.
    let outcome: ([ScoreEntry]) throws -> (verdict: Verdict?, total: ExactDecimal)?

    /// Beyond that many scores nobody looks for the least change.
    private static let limit = 300

    /// For every verdict that better scores lead to, the fewest of them: one, where one will do, by as little as the scale
    /// allows; else the weightiest first.
    func changes(to verdicts: [Verdict]) throws -> [ScoreSheet.Change] {
        let gains = try entries.compactMap(gain)
        guard entries.count <= Self.limit, !gains.isEmpty else { return [] }
        return try verdicts.compactMap { verdict in
            let codes = Set(verdicts.drop { $0 != verdict }.map(\.code))
            return try fewest(gains, reaching: codes).map { ScoreSheet.Change(verdict: verdict.code, items: $0) }
        }
    }

    /// A score that may be better, in so many steps.
    private struct Gain {
        var position: Int
        var count: Int
        var entry: @Sendable (Int) throws -> ScoreEntry
    }

    private func fewest(_ gains: [Gain], reaching codes: Set<String>) throws -> [ScoreSheet.Change.Item]? {
        func reaches(_ changed: [ScoreEntry]) throws -> Bool {
            try outcome(changed)?.verdict.map { codes.contains($0.code) } ?? false
        }
        var single: (entries: [ScoreEntry], cost: ExactDecimal, count: Int)?
        for gain in gains {
            guard let step = try least(gain, in: entries, reaches) else { continue }
            let changed = try with(gain, step, in: entries)
            let cost = try self.gain(from: entries, to: changed)
            // Of two that do alike, the one with less to gain is nearer to all its points.
            if single.map({ (cost, gain.count) <= ($0.cost, $0.count) }) ?? true {
                single = (changed, cost, gain.count)
            }
        }
        if let single { return try items(single.entries) }
        var changed = entries
        let weights = try gains.map { gain in try self.gain(from: entries, to: with(gain, gain.count, in: entries)) }
        for (gain, _) in zip(gains, weights).sorted(by: { $0.1 > $1.1 }) {
            if let step = try least(gain, in: changed, reaches) { return try items(with(gain, step, in: changed)) }
            changed = try with(gain, gain.count, in: changed)
        }
        return nil
    }

    /// The fewest steps of one score that will do; better scores never lead to worse verdicts, so halving finds them.
    private func least(_ gain: Gain, in entries: [ScoreEntry], _ reaches: ([ScoreEntry]) throws -> Bool) throws -> Int?
    {
        guard try reaches(with(gain, gain.count, in: entries)) else { return nil }
        var (low, high) = (0, gain.count)
        while high - low > 1 {
            let middle = (low + high) / 2
            if try reaches(with(gain, middle, in: entries)) { high = middle } else { low = middle }
        }
        return high
    }

    private func with(_ gain: Gain, _ step: Int, in entries: [ScoreEntry]) throws -> [ScoreEntry] {
        var entries = entries
        entries[gain.position] = try gain.entry(step)
        return entries
    }

    /// By how much a change raises the total.
    private func gain(from before: [ScoreEntry], to after: [ScoreEntry]) throws -> ExactDecimal {
        guard let before = try outcome(before), let after = try outcome(after) else { return 0 }
        return try (after.total - before.total).withoutTrailingZeros
    }

    /// The better scores one after another, each with what it adds to the total.
    private func items(_ changed: [ScoreEntry]) throws -> [ScoreSheet.Change.Item] {
        var (current, items) = (entries, [ScoreSheet.Change.Item]())
        for position in entries.indices where entries[position].points != changed[position].points {
            let before = current
            current[position] = changed[position]
            let entry = changed[position]
            items.append(
                ScoreSheet.Change.Item(
                    code: entry.code,
                    gain: rubric.hasTotal ? try gain(from: before, to: current) : nil,
                    level: entry.isLevelAlone ? entry.level : nil
                )
            )
        }
        return items
    }

    /// How a score may be better, by the scale of its item.
    private func gain(_ entry: ScoreEntry) throws -> Gain? {
        guard let position = entries.firstIndex(where: { $0.code == entry.code }), let node = rubric.node(entry.code),
            let max = node.max, !entry.isNotApplicable, entry.points < max || node.isRating
        else { return nil }
        if node.kind == .criterion, node.scale.givesLevelsOnly { return try levels(entry, position, node, max) }
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

    /// The least that a score can be better by.
    private func unit(of node: RubricNode) -> ExactDecimal {
        if case .steps(let step, _) = node.scale, node.kind == .criterion { return step }
        return ExactDecimal(significand: 1, places: rubric.places)
    }

    private func levels(_ entry: ScoreEntry, _ position: Int, _ node: RubricNode, _ max: ExactDecimal) throws -> Gain? {
        var better: [(name: String, points: ExactDecimal)] = []
        for level in node.scale.order.reversed() {
            if let points = try node.scale.points(of: level, max: max)?.upperBound, points > entry.points {
                better.append((level.name, points))
            }
        }
        guard !better.isEmpty else { return nil }
        return Gain(position: position, count: better.count) { [better] step in
            var changed = entry
            (changed.level, changed.points, changed.isLevelAlone) = (
                better[step - 1].name, better[step - 1].points, true
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
