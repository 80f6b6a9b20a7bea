/// Words by their scalars, so that those which stand at a place of a text are found in one walk, however many words there
/// are and however alike they begin.
struct WordTree<Meaning: Sendable>: Sendable {
    /// The node that a scalar leads to from another node; the root is 0.
    private var edges: [UInt64: Int] = [:]
    private var meanings: [Meaning?] = [nil]

    static var root: Int { 0 }

    /// Changes what `word` means, which may be nothing yet.
    mutating func update(_ word: some Sequence<Unicode.Scalar>, _ change: (inout Meaning?) -> Void) {
        var node = Self.root
        for scalar in word {
            let edge = Self.edge(node, scalar)
            if let next = edges[edge] {
                node = next
            } else {
                edges[edge] = meanings.count
                node = meanings.count
                meanings.append(nil)
            }
        }
        change(&meanings[node])
    }

    /// The node behind `node` for one more scalar of the text; `nil` where no word goes on so.
    func next(_ node: Int, _ scalar: Unicode.Scalar) -> Int? { edges[Self.edge(node, scalar)] }

    /// What the word that ends at `node` means; `nil` where none does.
    func meaning(at node: Int) -> Meaning? { meanings[node] }

    /// The longest word that `text` begins with.
    func longest(in text: ArraySlice<Unicode.Scalar>) -> (meaning: Meaning, length: Int)? {
        var (node, found) = (Self.root, (meaning: Meaning, length: Int)?.none)
        for (offset, scalar) in text.enumerated() {
            guard let next = next(node, scalar) else { break }
            node = next
            if let meaning = meanings[node] { found = (meaning, offset + 1) }
        }
        return found
    }

    /// All words that `text` begins with, the shortest first.
    func all(in text: ArraySlice<Unicode.Scalar>) -> [(meaning: Meaning, length: Int)] {
        var (node, found) = (Self.root, [(meaning: Meaning, length: Int)]())
        for (offset, scalar) in text.enumerated() {
            guard let next = next(node, scalar) else { break }
            node = next
            if let meaning = meanings[node] { found.append((meaning, offset + 1)) }
        }
        return found
    }

    private static func edge(_ node: Int, _ scalar: Unicode.Scalar) -> UInt64 {
        // Titles in English begin large in a head and small in a sentence.
        let value = (0x41...0x5A).contains(scalar.value) ? scalar.value + 0x20 : scalar.value
        return UInt64(node) << 32 | UInt64(value)
    }
}
