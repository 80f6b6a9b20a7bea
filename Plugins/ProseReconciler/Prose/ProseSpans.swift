/// Names that a text may hold, blanks anywhere in them.
struct ProseNames: Sendable {
    private var tree = WordTree<Bool>()

    init(_ names: some Sequence<String>) {
        for name in names where !name.isEmpty { tree.update(name.unicodeScalars) { $0 = true } }
    }

    /// The end of the longest name that begins at `start`, blanks in the text passed over. It is a word of its own where its ends are
    /// letters or digits: of "is 240" the room S2 is no part.
    func end(in text: ProseText, from start: Int) -> Int? {
        if text.isLetter(start), text.isLetter(start - 1) { return nil }
        var (node, index, end) = (WordTree<Bool>.root, start, Int?.none)
        while index < text.count, let next = tree.next(node, text[index]) {
            node = next
            index += 1
            if tree.meaning(at: node) != nil, !(text.isDigit(index - 1) && text.isDigit(index)) { end = index }
            index = text.skippingBlanks(index)
        }
        return end
    }
}

/// Which scalars of a text stand in a title, in a slot, or in a name, and which of the three counts.
struct ProseSpans {
    private var rules: [ProseExclusion?]

    init(_ text: ProseText, names: ProseNames) {
        rules = Array(repeating: nil, count: text.count)
        mark("《", "》", .name, in: text)
        mark("{{", "}}", .slot, in: text)
        for start in 0..<text.count {
            if let end = names.end(in: text, from: start) { mark(start..<end, .name) }
        }
    }

    subscript(index: Int) -> ProseExclusion? { rules[index] }

    private mutating func mark(_ range: Range<Int>, _ rule: ProseExclusion) {
        for index in range where rules[index] == nil { rules[index] = rule }
    }

    private mutating func mark(_ open: String, _ close: String, _ rule: ProseExclusion, in text: ProseText) {
        var start = Int?.none
        for index in 0..<text.count {
            if let begun = start, text.hasWord(close, at: index) {
                mark(begun..<index + close.unicodeScalars.count, rule)
                start = nil
            } else if start == nil, text.hasWord(open, at: index) {
                start = index
            }
        }
    }
}
