import ReviewModel
import Rubrics

/// A look at the ways to a verdict that taking the weightiest scores first does not find: of fewer scores, where an override, a weakest
/// link or a table asks for others; to a verdict that each score alone leads past; and through tables in which a better letter does not
/// always make a better one.
struct ChangeSearch {
    /// What may change, what the data give last, else the weightiest first.
    let gains: [LeastChange.Gain]
    private let change: LeastChange
    /// Whether a better score may lead to a worse verdict, so that what all together do not reach is reached by less.
    private let turns: Bool
    /// Sheets that are still made up for it; what lies beyond is not looked at.
    private var looks = 1500

    /// Scores that change together, and the combinations of their steps that are tried one by one.
    private static let (mostTogether, mostCombinations) = (4, 256)

    init(_ change: LeastChange, gains: [LeastChange.Gain]) {
        (self.change, self.gains, turns) = (change, gains, change.rubric.turns)
    }

    /// Whether there may be a way of fewer scores, or one where none was found: it costs more to look than to say no.
    static func mayFindFewer(than way: LeastChange.Way?, _ change: LeastChange) -> Bool {
        guard let way, !way.isPassed else { return way != nil || change.rubric.turns }
        let changed = zip(way.entries, change.entries).count { $0.points != $1.points }
        return changed > (change.rubric.turns ? 1 : 2)
    }

    /// Scores that lead to that verdict, fewer of them than were found; `nil` where it finds none.
    mutating func fewer(than way: LeastChange.Way?, as verdict: Verdict) throws -> [ScoreEntry]? {
        // What all of them do not reach, and no table makes of less, nobody reaches.
        guard way != nil || turns else { return nil }
        let found = way.flatMap { $0.isPassed ? nil : $0.entries }.map(changed) ?? gains
        let isOfData = found.contains { change.entries[$0.position].isComputed }
        let usable = isOfData ? gains : gains.filter { !change.entries[$0.position].isComputed }
        let isFound = way.map { !$0.isPassed } ?? false
        let most = min(isFound ? found.count - 1 : usable.count, Self.mostTogether)
        // One score alone is looked for by halving, which a table may lead astray.
        let least = turns ? 1 : 2
        guard least <= most else { return nil }
        for count in least...most {
            var chosen = Array(0..<count)
            repeat {
                if let entries = try change(of: chosen.map { usable[$0] }, to: verdict) { return entries }
                if looks <= 0 { return nil }
            } while Self.next(&chosen, of: usable.count)
        }
        return nil
    }

    private func changed(_ entries: [ScoreEntry]) -> [LeastChange.Gain] {
        gains.filter { entries[$0.position].points != change.entries[$0.position].points }
    }

    /// What it takes of all of these scores to lead to that verdict: the fewest steps where they can be tried one by one, else the last
    /// as little as will do.
    private mutating func change(of gains: [LeastChange.Gain], to verdict: Verdict) throws -> [ScoreEntry]? {
        let best = try change.entries(with: gains, gains.map(\.count))
        guard try leads(best, to: verdict, orFurther: true) || turns else { return nil }
        guard let combinations = Self.combinations(gains.map(\.count)) else { return try filled(gains, to: verdict) }
        for steps in combinations {
            guard looks > 0 else { return nil }
            let entries = try change.entries(with: gains, steps)
            if try leads(entries, to: verdict) { return entries }
        }
        return nil
    }

    /// The first ones at their best, as little of the last as will do, and then of each; from both ends, as one of them may lead past it.
    private mutating func filled(_ gains: [LeastChange.Gain], to verdict: Verdict) throws -> [ScoreEntry]? {
        let goal = LeastChange.Goal(total: nil) { [change] found in
            found.map { change.isAsGood($0, as: verdict) } ?? false
        }
        for order in [gains, gains.reversed()] {
            looks -= 40
            guard let entries = try change.filled(order, reaching: goal) else { return nil }
            if try leads(entries, to: verdict) { return entries }
        }
        return nil
    }

    private mutating func leads(_ entries: [ScoreEntry], to verdict: Verdict, orFurther: Bool = false) throws -> Bool {
        looks -= 1
        guard let found = try change.outcome(entries)?.verdict else { return false }
        return found.code == verdict.code || orFurther && change.isAsGood(found, as: verdict)
    }

    /// The next choice of as many out of `total`, in the order of what is chosen first.
    private static func next(_ chosen: inout [Int], of total: Int) -> Bool {
        guard let index = chosen.indices.last(where: { chosen[$0] < total - chosen.count + $0 }) else { return false }
        chosen[index] += 1
        for later in chosen.indices where later > index { chosen[later] = chosen[later - 1] + 1 }
        return true
    }

    /// All choices of a step for each, the fewest steps first; `nil` where there are too many.
    private static func combinations(_ counts: [Int]) -> [[Int]]? {
        var all: [[Int]] = [[]]
        for count in counts {
            guard all.count * count <= mostCombinations else { return nil }
            all = all.flatMap { steps in (1...count).map { steps + [$0] } }
        }
        return all.enumerated().sorted {
            ($0.element.reduce(0, +), $0.offset) < ($1.element.reduce(0, +), $1.offset)
        }.map(\.element)
    }
}

extension Rubric {
    /// Whether a better letter may make a worse one of the whole: in tables, which say what they like.
    fileprivate var turns: Bool {
        ([aggregation] + all.map(\.aggregation)).contains {
            switch $0 {
            case .table, .matrix: true
            default: false
            }
        }
    }
}

extension LeastChange {
    /// Whether a verdict is that one, or of a band above it.
    func isAsGood(_ verdict: Verdict, as other: Verdict) -> Bool {
        guard let own = rubric.place(of: verdict), let least = rubric.place(of: other) else {
            return verdict.code == other.code
        }
        return own <= least
    }
}
