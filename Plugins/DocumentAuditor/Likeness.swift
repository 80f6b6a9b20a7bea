import BudgetLines

/// Two texts laid beside each other: what is equal, and where they differ.
struct Likeness {
    /// What stands at one place in either text; empty where a text lacks it.
    struct Difference: Equatable {
        var first: String
        var second: String
    }

    /// In the order of the texts.
    private(set) var differences: [Difference] = []
    /// How many characters are equal, in stretches that are long enough to be no chance.
    private(set) var equal = 0

    /// Shorter stretches of equal characters between two differences are chance.
    private static let shortest = 4
    /// Two texts with more steps between them are no copies: what is kept of the way grows with the square of its length.
    private static let mostSteps = 4_000

    /// - Parameter least: where fewer characters than these are equal nobody asks what differs, and the search may end early.
    init(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], least: Int = 0) {
        // Most copies differ in one place: what is equal at both ends needs no search.
        let start = zip(a, b).prefix { $0 == $1 }.count
        let rest = min(a.count, b.count) - start
        let end = zip(a.reversed(), b.reversed()).prefix(rest).prefix { $0 == $1 }.count
        var stretches = [Stretch(a: 0, b: 0, count: start)]
        let (middleA, middleB) = (Array(a[start..<a.count - end]), Array(b[start..<b.count - end]))
        if middleA.count > Self.shortest, middleB.count > Self.shortest {
            // Each character that is equal saves two steps.
            let steps = min(middleA.count + middleB.count - 2 * max(0, least - start - end), Self.mostSteps)
            for stretch in Self.stretches(middleA, middleB, steps) where stretch.count >= Self.shortest {
                stretches.append(Stretch(a: start + stretch.a, b: start + stretch.b, count: stretch.count))
            }
        }
        stretches.append(Stretch(a: a.count - end, b: b.count - end, count: end))
        equal = stretches.reduce(0) { $0 + $1.count }
        for (before, after) in zip(stretches, stretches.dropFirst()) {
            add(Place(a: before.a + before.count..<after.a, b: before.b + before.count..<after.b), a, b)
        }
    }

    /// Characters that are equal one after another.
    private struct Stretch {
        var a: Int
        var b: Int
        var count: Int
    }

    private struct Place {
        var a: Range<Int>
        var b: Range<Int>
    }

    /// Adds what differs; of a number that differs the whole.
    private mutating func add(_ place: Place, _ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) {
        if place.a.isEmpty, place.b.isEmpty { return }
        var place = place
        let cuts = [(a, place.a), (b, place.b)].contains { text, range in
            text[range].contains(where: \.isNumeral) || range.isEmpty && text.isInsideNumber(range.lowerBound)
        }
        if cuts {
            while let before = place.a.lowerBound > 0 ? a[place.a.lowerBound - 1] : nil, before.isNumeral,
                place.b.lowerBound > 0, b[place.b.lowerBound - 1] == before
            {
                place = Place(
                    a: place.a.lowerBound - 1..<place.a.upperBound,
                    b: place.b.lowerBound - 1..<place.b.upperBound
                )
            }
            while place.a.upperBound < a.count, a[place.a.upperBound].isNumeral, place.b.upperBound < b.count,
                b[place.b.upperBound] == a[place.a.upperBound]
            {
                place = Place(
                    a: place.a.lowerBound..<place.a.upperBound + 1,
                    b: place.b.lowerBound..<place.b.upperBound + 1
                )
            }
        }
        differences.append(Difference(first: a[place.a].string, second: b[place.b].string))
    }

    /// The equal stretches of two texts, in order, on a shortest way from one to the other (E. W. Myers, An O(ND) Difference Algorithm and
    /// Its Variations, 1986); none where it has more than `most` steps, each a character that is left out or put in.
    private static func stretches(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar], _ most: Int) -> [Stretch] {
        guard abs(a.count - b.count) <= most else { return [] }
        var reach = Reach(steps: most)
        // How it was before each step, as far as that step looks.
        var before: [Reach] = []
        for steps in 0...most {
            before.append(reach.narrowed(to: steps))
            for diagonal in stride(from: -steps, through: steps, by: 2) {
                var x = reach.entry(to: diagonal, after: steps).x
                while x < a.count, x - diagonal < b.count, a[x] == b[x - diagonal] { x += 1 }
                reach[diagonal] = x
                if x >= a.count, x - diagonal >= b.count { return way(back: before, from: x, on: diagonal) }
            }
        }
        return []
    }

    private static func way(back before: [Reach], from end: Int, on last: Int) -> [Stretch] {
        var (stretches, x, diagonal) = ([Stretch](), end, last)
        for (steps, reach) in before.enumerated().reversed() {
            let entry = reach.entry(to: diagonal, after: steps)
            if x > entry.x { stretches.append(Stretch(a: entry.x, b: entry.x - diagonal, count: x - entry.x)) }
            (x, diagonal) = entry.isPutIn ? (entry.x, diagonal + 1) : (entry.x - 1, diagonal - 1)
        }
        return stretches.reversed()
    }

    /// How far into the first text one comes on each diagonal, which is how far one is ahead in it of the second.
    private struct Reach {
        private var furthest: [Int32]
        private let middle: Int

        /// For diagonals up to `steps`, and one more at either side.
        init(steps: Int) { (furthest, middle) = ([Int32](repeating: 0, count: 2 * steps + 3), steps + 1) }

        private init(_ furthest: ArraySlice<Int32>) { (self.furthest, middle) = (Array(furthest), furthest.count / 2) }

        func narrowed(to steps: Int) -> Reach { Reach(furthest[(middle - steps - 1)...(middle + steps + 1)]) }

        subscript(diagonal: Int) -> Int {
            get { Int(furthest[middle + diagonal]) }
            set { furthest[middle + diagonal] = Int32(truncatingIfNeeded: newValue) }
        }

        /// Where a diagonal is entered: by a character that is put in, or by one that is left out.
        func entry(to diagonal: Int, after steps: Int) -> (x: Int, isPutIn: Bool) {
            if steps == 0 { return (0, true) }
            let isPutIn = diagonal == -steps || diagonal != steps && self[diagonal - 1] < self[diagonal + 1]
            return isPutIn ? (self[diagonal + 1], true) : (self[diagonal - 1] + 1, false)
        }
    }
}

extension Unicode.Scalar {
    /// A digit, or what stands inside a number.
    fileprivate var isNumeral: Bool { isDigit || self == "." || self == "," }
}

extension [Unicode.Scalar] {
    /// Whether digits stand on both sides of a position.
    fileprivate func isInsideNumber(_ position: Int) -> Bool {
        position > 0 && position < count && self[position - 1].isDigit && self[position].isDigit
    }
}

/// Finds texts that share much, without comparing each with each.
enum SharedStretches {
    private static let length = 8
    /// A stretch that stands in more texts than these is a phrase, and tells nothing.
    private static let mostTexts = 8

    /// The pairs of texts that share half the stretches of the shorter one that were looked at.
    static func pairs(_ texts: [[Unicode.Scalar]]) -> Set<[Int]> {
        var (holders, counts) = ([UInt64: [Int]](), [Int](repeating: 0, count: texts.count))
        for (index, text) in texts.enumerated() {
            for stretch in stretches(of: text) {
                counts[index] += 1
                holders[stretch, default: []].append(index)
            }
        }
        var shared: [[Int]: Int] = [:]
        for indices in holders.values where (2...mostTexts).contains(indices.count) {
            for (position, first) in indices.enumerated() {
                for second in indices.dropFirst(position + 1) { shared[[first, second], default: 0] += 1 }
            }
        }
        return Set(shared.filter { $0.value * 2 >= max(1, min(counts[$0.key[0]], counts[$0.key[1]])) }.keys)
    }

    /// One stretch in four, chosen by what it holds, so that both of two copies give the same ones.
    private static func stretches(of text: [Unicode.Scalar]) -> Set<UInt64> {
        guard text.count >= length else { return [] }
        var found: Set<UInt64> = []
        for start in 0...(text.count - length) {
            var hash: UInt64 = 0xcbf2_9ce4_8422_2325
            for scalar in text[start..<start + length] { hash = (hash ^ UInt64(scalar.value)) &* 0x100_0000_01b3 }
            if (hash >> 32) & 3 == 0 { found.insert(hash) }
        }
        return found
    }
}
