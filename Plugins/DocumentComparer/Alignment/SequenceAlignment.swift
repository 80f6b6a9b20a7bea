/// Which elements of one sequence are those of another: by anchors that stand once in both, by the longest common subsequence in the
/// small gaps between them, and by likeness for what has changed.
///
/// The work grows with the length, not with its square: gaps are cut so that a comparison looks at no more than a hundred
/// elements of the other side for each of one.
struct SequenceAlignment {
    enum Pair: Sendable, Hashable {
        case same(Int, Int)
        case changed(Int, Int)
        case removed(Int)
        case added(Int)
    }

    /// In order; where something was removed and something added, the removed comes first.
    private(set) var pairs: [Pair] = []
    /// How many pairs of elements were looked at.
    private(set) var steps = 0

    private let old: [Int]
    private let new: [Int]
    private let likeness: (Int, Int) -> Double
    /// Two elements less alike than this are not one that has changed.
    private let threshold: Double

    /// Elements of a gap that are compared each with each.
    private static let window = 100
    private static let depth = 40

    /// - Parameters:
    ///   - old, new: the elements as numbers; equal ones have the same.
    ///   - likeness: of an element of the old and one of the new sequence, from 0 to 1.
    init(_ old: [Int], _ new: [Int], threshold: Double = 0.4, likeness: @escaping (Int, Int) -> Double) {
        (self.old, self.new, self.threshold, self.likeness) = (old, new, threshold, likeness)
        align(0..<old.count, 0..<new.count, depth: 0)
    }

    private mutating func align(_ a: Range<Int>, _ b: Range<Int>, depth: Int) {
        var (a, b) = (a, b)
        while let i = a.first, let j = b.first, old[i] == new[j] {
            pairs.append(.same(i, j))
            (a, b) = (i + 1..<a.upperBound, j + 1..<b.upperBound)
            steps += 1
        }
        var tail: [Pair] = []
        while let i = a.last, let j = b.last, old[i] == new[j] {
            tail.append(.same(i, j))
            (a, b) = (a.lowerBound..<i, b.lowerBound..<j)
            steps += 1
        }
        if a.isEmpty || b.isEmpty {
            pairs += a.map { .removed($0) } + b.map { .added($0) }
        } else if depth < Self.depth, case let anchors = anchors(a, b), !anchors.isEmpty {
            var (i, j) = (a.lowerBound, b.lowerBound)
            for (x, y) in anchors {
                align(i..<x, j..<y, depth: depth + 1)
                pairs.append(.same(x, y))
                (i, j) = (x + 1, y + 1)
            }
            align(i..<a.upperBound, j..<b.upperBound, depth: depth + 1)
        } else {
            fill(a, b)
        }
        pairs += tail.reversed()
    }

    /// Elements that stand once on each side, as many as keep their order.
    private mutating func anchors(_ a: Range<Int>, _ b: Range<Int>) -> [(Int, Int)] {
        var counts: [Int: (a: Int, b: Int, position: Int)] = [:]
        for i in a { counts[old[i], default: (0, 0, 0)].a += 1 }
        for j in b where counts[new[j]] != nil {
            counts[new[j]]?.b += 1
            counts[new[j]]?.position = j
        }
        steps += a.count + b.count
        let common = a.compactMap { i -> (Int, Int)? in
            guard let count = counts[old[i]], count.a == 1, count.b == 1 else { return nil }
            return (i, count.position)
        }
        return longestIncreasing(common)
    }

    /// The longest part of `pairs` whose second members grow, by piles of patience.
    private func longestIncreasing(_ pairs: [(Int, Int)]) -> [(Int, Int)] {
        var (piles, before) = ([Int](), [Int](repeating: -1, count: pairs.count))
        for (index, pair) in pairs.enumerated() {
            var (low, high) = (0, piles.count)
            while low < high {
                let middle = (low + high) / 2
                if pairs[piles[middle]].1 < pair.1 { low = middle + 1 } else { high = middle }
            }
            if low > 0 { before[index] = piles[low - 1] }
            if low < piles.count { piles[low] = index } else { piles.append(index) }
        }
        var (found, index) = ([(Int, Int)](), piles.last ?? -1)
        while index >= 0 {
            found.append(pairs[index])
            index = before[index]
        }
        return found.reversed()
    }

    /// A gap without anchors, in pieces that are small enough.
    private mutating func fill(_ a: Range<Int>, _ b: Range<Int>) {
        let pieces = max(1, (min(a.count, b.count) + Self.window - 1) / Self.window)
        for piece in 0..<pieces {
            let i = a.lowerBound + a.count * piece / pieces..<a.lowerBound + a.count * (piece + 1) / pieces
            let j = b.lowerBound + b.count * piece / pieces..<b.lowerBound + b.count * (piece + 1) / pieces
            match(Array(i), Array(j))
        }
    }

    /// The pairing with the greatest sum of likeness.
    private mutating func match(_ a: [Int], _ b: [Int]) {
        let width = b.count + 1
        var best = [Double](repeating: 0, count: (a.count + 1) * width)
        var alike = [Double](repeating: 0, count: a.count * b.count)
        steps += alike.count
        for i in a.indices.reversed() {
            for j in b.indices.reversed() {
                let value = old[a[i]] == new[b[j]] ? 1 : likeness(a[i], b[j]) * 0.95
                alike[i * b.count + j] = value
                let paired = value >= threshold ? value + best[(i + 1) * width + j + 1] : -1
                best[i * width + j] = max(paired, best[(i + 1) * width + j], best[i * width + j + 1])
            }
        }
        var (i, j) = (0, 0)
        while i < a.count, j < b.count {
            let value = alike[i * b.count + j]
            let here = best[i * width + j]
            if value >= threshold, here == value + best[(i + 1) * width + j + 1] {
                pairs.append(old[a[i]] == new[b[j]] ? .same(a[i], b[j]) : .changed(a[i], b[j]))
                (i, j) = (i + 1, j + 1)
            } else if here == best[(i + 1) * width + j] {
                pairs.append(.removed(a[i]))
                i += 1
            } else {
                pairs.append(.added(b[j]))
                j += 1
            }
        }
        pairs += a[i...].map { .removed($0) } + b[j...].map { .added($0) }
    }
}

/// Gives equal things equal numbers.
struct Numbering<Thing: Hashable> {
    private var numbers: [Thing: Int] = [:]

    mutating func number(_ thing: Thing) -> Int {
        if let known = numbers[thing] { return known }
        numbers[thing] = numbers.count
        return numbers.count - 1
    }
}

/// The smallest hashes of the parts of something: a sample by which the likeness of two long things is estimated.
struct Sketch: Sendable {
    private var hashes: [UInt64]
    private static let size = 128

    init(_ parts: some Sequence<UInt64>) {
        var sorted = Array(parts)
        sorted.sort()
        hashes = Array(sorted.prefix(Self.size))
    }

    /// Twice what both have, to what both have together: from 0 to 1.
    func likeness(_ other: Sketch) -> Double {
        if hashes.isEmpty || other.hashes.isEmpty { return hashes.isEmpty && other.hashes.isEmpty ? 1 : 0 }
        // Of a sample only what lies below both ends can be compared.
        let top = min(
            hashes.count < Self.size ? .max : hashes[Self.size - 1],
            other.hashes.count < Self.size ? .max : other.hashes[Self.size - 1]
        )
        var (i, j, common, all) = (0, 0, 0, 0)
        while i < hashes.count || j < other.hashes.count {
            let (x, y) = (
                i < hashes.count ? hashes[i] : .max, j < other.hashes.count ? other.hashes[j] : UInt64.max
            )
            if min(x, y) > top { break }
            if x == y {
                (i, j, common, all) = (i + 1, j + 1, common + 1, all + 2)
            } else {
                all += 1
                if x < y { i += 1 } else { j += 1 }
            }
        }
        return all == 0 ? 0 : 2 * Double(common) / Double(all)
    }
}

/// The same hash in every run, which Swift's own is not (FNV-1a).
func stableHash(_ text: some Sequence<UInt8>) -> UInt64 {
    text.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
}
