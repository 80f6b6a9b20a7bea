import ReviewModel
import Rubrics

/// What a sheet with other scores would come to: the whole of the rubric is asked, with its means, weakest links, tables and
/// overrides, rather than the points that have been lost.
struct LeastChange {
    let rubric: Rubric
    /// The scores as they were given, each of which may be better, and those that the data give: these are changed only where the others
    /// do not suffice, for what their queries can give is not known.
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
        let byHand = gains.filter { !entries[$0.position].isComputed }
        var search: ChangeSearch?
        return try verdicts.map { verdict in
            let codes = Set(verdicts.drop { $0 != verdict }.map(\.code))
            let bands = rubric.bands.filter { codes.contains($0.verdict.code) }
            let goal = Goal(total: bands.map(\.range.lower).min()) { verdict in
                verdict.map { codes.contains($0.code) } ?? false
            }
            // What the data give changes only where nothing that is scored by hand will do.
            var found = try fewest(byHand, from: total, reaching: goal, as: verdict)
            if found?.isPassed ?? true, byHand.count < gains.count {
                found = try fewest(gains, from: total, reaching: goal, as: verdict) ?? found
            }
            if ChangeSearch.mayFindFewer(than: found, self) {
                var looking = try search ?? ChangeSearch(self, gains: weightiestFirst(gains, from: total))
                if let fewer = try looking.fewer(than: found, as: verdict) { found = Way(entries: fewer) }
                search = looking
            }
            let change = found?.entries
            var told = ScoreSheet.Change(verdict: verdict.code, items: try change.map(items) ?? [])
            told.isOutOfReach = change == nil
            return told
        }
    }

    /// What is to be reached.
    struct Goal {
        /// About where it begins, as far as totals decide it.
        var total: ExactDecimal?
        /// Whether a verdict is it, or `nil`: that there is none.
        var holds: (Verdict?) -> Bool

        func isReached(by outcome: (verdict: Verdict?, total: ExactDecimal?)?) -> Bool {
            outcome.map { holds($0.verdict) } ?? false
        }
    }

    /// The least change to each other verdict that one worse score leads to, or one better, the smallest first.
    ///
    /// - Parameter isSaid: whether a verdict that scores of that total have got needs no word, for points alone lead there.
    func others(
        from own: Verdict?,
        isBetter: Bool,
        besides isSaid: (Verdict, ExactDecimal?) -> Bool
    ) throws -> [ScoreSheet.Change] {
        guard entries.count <= Self.limit else { return [] }
        var found: [Other] = []
        for loss in try entries.compactMap(isBetter ? gain : loss) {
            var seen: Set<String?> = [own?.code]
            // Behind the first verdict there may be one of a rule, or none; each is looked for anew.
            while let step = try least(loss, in: entries, from: nil, Goal(total: nil) { !seen.contains($0?.code) }) {
                let changed = try with(loss, step, in: entries)
                guard let now = try outcome(changed), seen.insert(now.verdict?.code).inserted else { break }
                let verdict = now.verdict ?? withoutVerdict
                if !isSaid(verdict, now.total) { try add(verdict, changed, of: loss, step, to: &found) }
                guard entries.count <= Self.mostEntries, loss.count <= Self.mostSteps else { break }
            }
        }
        let sorted = found.enumerated().sorted {
            $0.element.cost == $1.element.cost ? $0.offset < $1.offset : $0.element.cost < $1.element.cost
        }
        return try sorted.map { _, loss in
            var change = ScoreSheet.Change(verdict: loss.verdict.code, items: try items(loss.entries))
            change.isLoss = !isBetter
            if !rubric.bands.contains(where: { $0.code == loss.verdict.code }) { change.name = loss.verdict.name }
            return change
        }
    }

    /// Beyond so many scores, or steps of one, only the first other verdict of each is looked for.
    private static let (mostEntries, mostSteps) = (60, 1000)

    /// A verdict that one other score leads to.
    private struct Other {
        var verdict: Verdict
        var entries: [ScoreEntry]
        var cost: Cost
    }

    private func add(
        _ verdict: Verdict,
        _ changed: [ScoreEntry],
        of loss: Gain,
        _ step: Int,
        to found: inout [Other]
    ) throws {
        // Letters have no points: the one that goes the fewest of them up or down is the least change.
        let cost = Cost(
            isOfData: entries[loss.position].isComputed,
            points: rubric.hasTotal ? try gain(from: outcome(changed)?.total, to: entries) : 0,
            steps: rubric.hasTotal ? 0 : step
        )
        guard let index = found.firstIndex(where: { $0.verdict.code == verdict.code }) else {
            return found.append(Other(verdict: verdict, entries: changed, cost: cost))
        }
        if cost < found[index].cost { found[index] = Other(verdict: verdict, entries: changed, cost: cost) }
    }

    /// What speaks against a change: first that the data would have to be others.
    private struct Cost: Comparable {
        var isOfData: Bool
        var points: ExactDecimal
        var steps: Int

        static func < (left: Cost, right: Cost) -> Bool {
            if left.isOfData != right.isOfData { return right.isOfData }
            return (left.points, left.steps) < (right.points, right.steps)
        }
    }

    /// A score that may be better, or worse, in so many steps.
    struct Gain {
        var position: Int
        var count: Int
        var entry: @Sendable (Int) throws -> ScoreEntry
    }

    /// A way that was found to a verdict; `isPassed` where every change that was tried leads further at once.
    struct Way {
        var entries: [ScoreEntry]
        var isPassed = false
    }

    /// - Parameters:
    ///   - total: of the scores as they are.
    ///   - verdict: what is to come of it; nothing is told where every change leads further at once.
    /// - Returns: `nil` where no better scores reach it.
    private func fewest(
        _ gains: [Gain],
        from total: ExactDecimal?,
        reaching goal: Goal,
        as verdict: Verdict
    ) throws -> Way? {
        // Those of which one alone leads further than to the verdict.
        var further: Set<Int> = []
        var single: (entries: [ScoreEntry], cost: Cost)?
        for gain in gains {
            guard let step = try least(gain, in: entries, from: total, goal) else { continue }
            let changed = try with(gain, step, in: entries)
            guard try outcome(changed)?.verdict?.code == verdict.code else {
                further.insert(gain.position)
                continue
            }
            // Of two that do alike, the one with less to gain is nearer to all its points. Letters have no points but steps.
            let cost = Cost(
                isOfData: entries[gain.position].isComputed,
                points: rubric.hasTotal ? try self.gain(from: total, to: changed) : ExactDecimal(step),
                steps: gain.count
            )
            if single.map({ cost <= $0.cost }) ?? true { single = (changed, cost) }
        }
        if let single { return Way(entries: single.entries) }
        let usable = try weightiestFirst(gains, from: total).filter { !further.contains($0.position) }
        guard let least = try filled(usable, reaching: goal) else {
            return further.isEmpty ? nil : Way(entries: entries, isPassed: true)
        }
        let isIt = try outcome(least)?.verdict?.code == verdict.code
        return isIt ? Way(entries: least) : Way(entries: entries, isPassed: true)
    }

    /// What the data give last, else the weightiest first.
    private func weightiestFirst(_ gains: [Gain], from total: ExactDecimal?) throws -> [Gain] {
        let weights = try gains.map { gain in try self.gain(from: total, to: with(gain, gain.count, in: entries)) }
        return zip(gains, weights).sorted { left, right in
            let isOfData = (entries[left.0.position].isComputed, entries[right.0.position].isComputed)
            return isOfData.0 == isOfData.1 ? left.1 > right.1 : isOfData.1
        }.map(\.0)
    }

    /// One after another at its best until the goal is reached, and then no more of each than it takes; `nil` where all together do not.
    func filled(_ gains: [Gain], reaching goal: Goal) throws -> [ScoreEntry]? {
        var changed = entries
        var made: [(gain: Gain, step: Int)] = []
        for gain in gains {
            let reached = try outcome(changed)?.total
            if let step = try least(gain, in: changed, from: reached, goal) {
                made.append((gain, step))
                return try without(needless: made, reaching: goal)
            }
            changed = try with(gain, gain.count, in: changed)
            made.append((gain, gain.count))
        }
        return nil
    }

    /// The scores with those changes alone, and as much of them, that it takes: a weakest link may ask for less than all of each.
    private func without(needless made: [(gain: Gain, step: Int)], reaching goal: Goal) throws -> [ScoreEntry] {
        let gains = made.map(\.gain)
        var steps = made.map(\.step)
        for index in gains.indices {
            let before = steps[index]
            steps[index] = 0
            let rest = try entries(with: gains, steps)
            if goal.isReached(by: try outcome(rest)) { continue }
            steps[index] = try least(gains[index], in: rest, from: nil, goal) ?? before
        }
        return try entries(with: gains, steps)
    }

    /// The scores with so many steps of each gain.
    func entries(with gains: [Gain], _ steps: [Int]) throws -> [ScoreEntry] {
        var changed = entries
        for (index, gain) in gains.enumerated() where steps[index] > 0 {
            changed = try with(gain, steps[index], in: changed)
        }
        return changed
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
            if item.level == nil, item.gain != step { item.ownGain = step }
            items.append(item)
        }
        return items
    }
}

// MARK: - Messages

/// What is left where no override holds any more, and nothing else gives a verdict.
private let withoutVerdict = Verdict(code: "", name: LocalizedText(zh: "无结论", en: "no verdict"), band: "")
