internal import BudgetLines
internal import ReviewModel

/// A text without blanks, its letters, digits and signs of full width as plain ones: what units, amounts and words are looked for
/// in.
struct PlainText: Sendable {
    let scalars: [Unicode.Scalar]

    init(_ text: String) {
        scalars = text.unicodeScalars.compactMap { scalar in
            if scalar.isBlank { return nil }
            guard ("\u{FF01}"..."\u{FF5E}").contains(scalar) else { return scalar }
            return Unicode.Scalar(scalar.value - 0xFEE0)
        }
    }

    init(_ scalars: some Sequence<Unicode.Scalar>) { self.scalars = Array(scalars) }

    func has(_ word: [Unicode.Scalar], at position: Int) -> Bool {
        guard !word.isEmpty, position >= 0, position + word.count <= scalars.count else { return false }
        for offset in 0..<word.count where scalars[position + offset] != word[offset] { return false }
        return true
    }

    func hasAny(of words: [String]) -> Bool {
        words.contains { word in
            let word = PlainText(word).scalars
            return scalars.indices.contains { has(word, at: $0) }
        }
    }

    /// The number that begins here, with the position behind it: `1,000.5`.
    func number(at start: Int) -> (value: ExactDecimal, end: Int)? {
        var (text, end, hasPoint) = ("", start, false)
        while end < scalars.count {
            let scalar = scalars[end]
            if ("0"..."9").contains(scalar) {
                text.unicodeScalars.append(scalar)
            } else if scalar == ".", !hasPoint, !text.isEmpty, isDigit(at: end + 1) {
                hasPoint = true
                text.unicodeScalars.append(scalar)
            } else if scalar == ",", !hasPoint, !text.isEmpty, isDigit(at: end + 1), isDigit(at: end + 2),
                isDigit(at: end + 3), !isDigit(at: end + 4)
            {
                // A separator of thousands.
            } else {
                break
            }
            end += 1
        }
        guard let value = ExactDecimal(text) else { return nil }
        return (value, end)
    }

    func isDigit(at position: Int) -> Bool {
        scalars.indices.contains(position) && ("0"..."9").contains(scalars[position])
    }
}

/// Words of several owners, found in texts. Of two words that lie within each other only the longer one stands there: 会议室 is not
/// 会议.
struct WordIndex: Sendable {
    struct Occurrence: Sendable {
        var owner: String
        var range: Range<Int>
    }

    private var words: [Unicode.Scalar: [(word: [Unicode.Scalar], owner: String)]] = [:]

    mutating func add(_ texts: [String], of owner: String) {
        for text in texts {
            let word = PlainText(text).scalars
            if let first = word.first { words[first, default: []].append((word, owner)) }
        }
    }

    func occurrences(in text: PlainText) -> [Occurrence] {
        var found: [Occurrence] = []
        for (position, scalar) in text.scalars.enumerated() {
            for (word, owner) in words[scalar] ?? [] where text.has(word, at: position) {
                found.append(Occurrence(owner: owner, range: position..<position + word.count))
            }
        }
        // In the order in which they begin, the longest first, whatever holds another stands before it.
        found.sort { ($0.range.lowerBound, $1.range.upperBound) < ($1.range.lowerBound, $0.range.upperBound) }
        var (kept, farthest) = ([Occurrence](), Range<Int>?.none)
        for occurrence in found {
            if let farthest, farthest != occurrence.range, farthest.upperBound >= occurrence.range.upperBound {
                continue
            }
            kept.append(occurrence)
            farthest = occurrence.range
        }
        return kept
    }
}
