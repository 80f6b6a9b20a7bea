extension ExclusionRules {
    /// Where titles, slots and the names that `names` lists stand in the text.
    static func spans(
        of text: ProseText,
        _ names: [[Character]]
    ) -> [(range: Range<Int>, rule: ProseExclusion)] {
        var spans = brackets("《", "》", in: text).map { (range: $0, rule: ProseExclusion.name) }
        spans += brackets("{{", "}}", in: text).map { ($0, .slot) }
        var byFirst: [Character: [[Character]]] = [:]
        for name in names where !name.isEmpty { byFirst[name[0], default: []].append(name) }
        for start in text.characters.indices {
            for name in byFirst[text[start]] ?? [] {
                if let end = end(of: name, at: start, in: text) { spans.append((start..<end, .name)) }
            }
        }
        return spans
    }

    private static func brackets(_ open: String, _ close: String, in text: ProseText) -> [Range<Int>] {
        var (ranges, start) = ([Range<Int>](), Int?.none)
        for index in text.characters.indices {
            if let begun = start, text.hasWord(close, at: index) {
                ranges.append(begun..<index + close.count)
                start = nil
            } else if start == nil, text.hasWord(open, at: index) {
                start = index
            }
        }
        return ranges
    }

    /// The end of a name at `start`, blanks in the text passed over.
    private static func end(of name: [Character], at start: Int, in text: ProseText) -> Int? {
        var index = start
        for character in name {
            if index > start { index = text.skippingBlanks(index) }
            guard index < text.count, text[index] == character else { return nil }
            index += 1
        }
        return index
    }
}
