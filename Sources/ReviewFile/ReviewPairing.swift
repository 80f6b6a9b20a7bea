public import ReviewModel

/// Which reviews of two batches belong together: the same project looked at twice, or in two years.
///
/// Reviews of one id do. Of the others those whose ids are the same without the years in them, and then those whose projects are,
/// as long as that means one review on either side. What is said of a project is not known here, so a year is any number from 1900 to
/// 2199 that stands alone.
public struct ReviewPairing: Sendable, Hashable {
    /// A review by what it is known by.
    public struct Known: Sendable, Hashable {
        public var id: String
        public var project: Value

        public init(id: String, project: Value) { (self.id, self.project) = (id, project) }
    }

    /// Positions in the earlier and the later batch.
    public struct Pair: Sendable, Hashable {
        public var before: Int
        public var after: Int

        public init(before: Int, after: Int) { (self.before, self.after) = (before, after) }
    }

    /// In the order of the later batch.
    public private(set) var pairs: [Pair] = []
    /// Positions of those that the later batch does not have.
    public private(set) var removed: [Int]
    /// Positions of those that only the later batch has.
    public private(set) var added: [Int]

    public init(_ before: [Known], _ after: [Known]) {
        (removed, added) = (Array(before.indices), Array(after.indices))
        pair(before, after) { $0.id }
        pair(before, after) { $0.id.withoutYears }
        pair(before, after) { known in
            known.project.isNull ? "" : String(decoding: JSONWriter.line(known.project), as: UTF8.self).withoutYears
        }
        pairs.sort { $0.after < $1.after }
    }

    /// Pairs those of which each side has one with a key.
    private mutating func pair(_ before: [Known], _ after: [Known], by key: (Known) -> String) {
        let earlier = Dictionary(grouping: removed) { key(before[$0]) }
        let later = Dictionary(grouping: added) { key(after[$0]) }
        for (word, positions) in later where !word.isEmpty && positions.count == 1 {
            guard let others = earlier[word], others.count == 1 else { continue }
            pairs.append(Pair(before: others[0], after: positions[0]))
        }
        let (old, new) = (Set(pairs.map(\.before)), Set(pairs.map(\.after)))
        removed.removeAll(where: old.contains)
        added.removeAll(where: new.contains)
    }
}

extension String {
    /// The text with `#` for each number from 1900 to 2199 that is no part of a longer one.
    fileprivate var withoutYears: String {
        var (text, digits) = ([UInt8](), [UInt8]())
        func isYear() -> Bool {
            digits.count == 4 && [[0x31, 0x39], [0x32, 0x30], [0x32, 0x31]].contains(Array(digits.prefix(2)))
        }
        for byte in Array(utf8) + [0] {
            if (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) {
                digits.append(byte)
                continue
            }
            text += isYear() ? [UInt8(ascii: "#")] : digits
            digits = []
            if byte != 0 { text.append(byte) }
        }
        return String(decoding: text, as: UTF8.self)
    }
}
