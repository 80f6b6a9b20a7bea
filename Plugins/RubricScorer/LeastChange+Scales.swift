import ReviewModel
import Rubrics

/// The scores that an item can have, one after another.
extension LeastChange {
    /// How a score may be better, by the scale of its item.
    func gain(_ entry: ScoreEntry) throws -> Gain? {
        guard let position = entries.firstIndex(where: { $0.code == entry.code }), let node = rubric.node(entry.code),
            let max = node.max, !entry.isNotApplicable, entry.points < max || node.isRating
        else { return nil }
        if node.kind == .criterion && node.scale.givesLevelsOnly || entry.isLevelOfData {
            return try levels(entry, position, node, max, isBetter: true)
        }
        let unit = unit(of: node)
        // What the data give may stand between two steps.
        let first = try step(at: entry.points, unit, node, isAbove: false)
        guard let steps = try (max - first).divided(by: unit, places: 0).flatMap({ Value.decimal($0).integer }),
            (1...1_000_000).contains(steps)
        else { return nil }
        return Gain(position: position, count: steps) { step in
            var better = entry
            better.points = try ExactDecimal.minimum(max, first + ExactDecimal(step) * unit)
            return better
        }
    }

    /// How a score may be worse, by the scale of its item.
    func loss(_ entry: ScoreEntry) throws -> Gain? {
        guard let position = entries.firstIndex(where: { $0.code == entry.code }), let node = rubric.node(entry.code),
            let max = node.max, !entry.isNotApplicable
        else { return nil }
        if (node.kind == .criterion || node.isRating) && node.scale.givesLevelsOnly || entry.isLevelOfData {
            return try levels(entry, position, node, max, isBetter: false)
        }
        let (unit, least) = (unit(of: node), node.leastPoints(places: rubric.places))
        let first = try step(at: entry.points, unit, node, isAbove: true)
        guard entry.points > least,
            let steps = try (first - least).divided(by: unit, places: 0).flatMap({ Value.decimal($0).integer }),
            (1...1_000_000).contains(steps)
        else { return nil }
        return Gain(position: position, count: steps) { step in
            var worse = entry
            let points = try first - ExactDecimal(step) * unit
            (worse.points, worse.level) = (points < least ? least : points, nil)
            return worse
        }
    }

    /// The least that a score can be better by.
    private func unit(of node: RubricNode) -> ExactDecimal {
        if case .steps(let step, _) = node.scale, node.kind == .criterion { return step }
        return ExactDecimal(significand: 1, places: rubric.places)
    }

    /// Points that stand between two steps of a scale of steps, brought to the one below or above; others as they are.
    private func step(at points: ExactDecimal, _ unit: ExactDecimal, _ node: RubricNode, isAbove: Bool) throws
        -> ExactDecimal
    {
        guard case .steps(_, let least) = node.scale, node.kind == .criterion,
            let whole = try (points - least).divided(by: unit, places: 0)
        else { return points }
        let near = try least + whole * unit
        if near == points { return points }
        if isAbove { return near < points ? try near + unit : near }
        return near > points ? try near - unit : near
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
            guard let range = try node.scale.points(of: level, max: max) else { continue }
            // Of a range the data give the least.
            let points = entry.isComputed ? range.lowerBound : range.upperBound
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

extension ScoreEntry {
    /// Whether the data say which level it is.
    fileprivate var isLevelOfData: Bool { isComputed && isLevelAlone }
}

extension RubricScale {
    /// Whether only some points can be given, and none between.
    fileprivate var givesLevelsOnly: Bool {
        !levels.isEmpty && !levels.contains { level in level.share.map { $0.lower < $0.upper } ?? false }
    }
}
