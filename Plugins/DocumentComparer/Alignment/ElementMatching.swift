/// What became of the elements of a sequence: which are still there, changed or moved, which are gone, which are new, which stand
/// there twice.
struct ElementMatching {
    struct Match: Hashable {
        var old: Int
        var new: Int
        var isSame: Bool
        var isMoved = false
    }

    private(set) var matches: [Match] = []
    /// Elements that are gone, each with the new element before which it would stand.
    private(set) var removed: [(old: Int, before: Int)] = []
    private(set) var added: [Int] = []
    /// New elements that say what another one says which was there before.
    private(set) var doubled: [Int] = []
    private(set) var steps: Int

    /// Gone and new elements beyond this number are not held against each other for likeness.
    private static let fewMoved = 64
    /// How alike something is that has moved and changed.
    private static let movedThreshold = 0.75

    /// - Parameter keys: what the elements say; blanks are not told to have moved.
    init(
        _ old: [String],
        _ new: [String],
        threshold: Double = 0.4,
        likeness: @escaping (Int, Int) -> Double
    ) {
        var numbering = Numbering<String>()
        let (a, b) = (old.map { numbering.number($0) }, new.map { numbering.number($0) })
        let alignment = SequenceAlignment(a, b, threshold: threshold, likeness: likeness)
        steps = alignment.steps
        var next = 0
        for pair in alignment.pairs {
            switch pair {
            case .same(let i, let j):
                matches.append(Match(old: i, new: j, isSame: true))
                next = j + 1
            case .changed(let i, let j):
                matches.append(Match(old: i, new: j, isSame: false))
                next = j + 1
            case .removed(let i): removed.append((i, next))
            case .added(let j):
                added.append(j)
                next = j + 1
            }
        }
        if !removed.isEmpty && !added.isEmpty { findMoved(a, b, likeness) }
        let known = Set(a)
        let (twice, fresh) = (added.filter { known.contains(b[$0]) }, added.filter { !known.contains(b[$0]) })
        (doubled, added) = (twice.filter { !new[$0].isEmpty }, fresh)
    }

    private mutating func findMoved(_ a: [Int], _ b: [Int], _ likeness: (Int, Int) -> Double) {
        var free: [Int: [Int]] = [:]
        for j in added.reversed() { free[b[j], default: []].append(j) }
        var counts: [Int: Int] = [:]
        for number in a + b { counts[number, default: 0] += 1 }
        take { i in
            guard let j = free[a[i]]?.popLast() else { return nil }
            // Of things that stand there several times nobody can say which one moved.
            return Match(old: i, new: j, isSame: true, isMoved: counts[a[i]] == 2)
        }
        guard removed.count <= Self.fewMoved, added.count <= Self.fewMoved else { return }
        steps += removed.count * added.count
        var open = added
        take { i in
            let best = open.map { ($0, likeness(i, $0)) }.max { $0.1 < $1.1 }
            guard let (j, value) = best, value >= Self.movedThreshold else { return nil }
            open.removeAll { $0 == j }
            return Match(old: i, new: j, isSame: false, isMoved: true)
        }
    }

    private mutating func take(_ match: (Int) -> Match?) {
        var taken: Set<Int> = []
        removed = removed.filter { gone in
            guard let found = match(gone.old) else { return true }
            matches.append(found)
            taken.insert(found.new)
            return false
        }
        added.removeAll { taken.contains($0) }
    }
}
