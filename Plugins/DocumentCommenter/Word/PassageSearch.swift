extension ParagraphText {
    /// Where words stand in the paragraph: nowhere, once, or two places of several.
    ///
    /// A figure is found as a whole: `5` does not stand in `15` or `5.20`. Where the words do not stand there as they are, blanks are
    /// left out of account.
    func places(of words: String) -> [Range<Int>] {
        let wanted = Array(words.unicodeScalars)
        guard !wanted.isEmpty, wanted.count <= Self.longestPassage else { return [] }
        let exact = places(of: wanted, in: Array(characters.indices))
        if !exact.isEmpty { return exact }
        let tight = wanted.filter { !$0.properties.isWhitespace }
        if tight.isEmpty { return [] }
        return places(of: tight, in: characters.indices.filter { !characters[$0].scalar.properties.isWhitespace })
    }

    /// Longer ones are no passages of a text but all of it.
    static let longestPassage = 300

    /// What stands at characters of the paragraph.
    func text(_ range: Range<Int>) -> String {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: characters[range].map(\.scalar))
        return String(text)
    }

    /// At most two places of the words among the characters with these numbers.
    private func places(of words: [Unicode.Scalar], in numbers: [Int]) -> [Range<Int>] {
        guard numbers.count >= words.count else { return [] }
        var (found, start) = ([Range<Int>](), 0)
        while start + words.count <= numbers.count, found.count < 2 {
            let isHere = words.indices.allSatisfy { characters[numbers[start + $0]].scalar == words[$0] }
            if isHere {
                let range = numbers[start]..<numbers[start + words.count - 1] + 1
                if isWhole(range) { found.append(range) }
            }
            start += 1
        }
        return found
    }

    /// Whether no figure or Latin word goes on beyond the ends.
    private func isWhole(_ range: Range<Int>) -> Bool {
        func scalar(_ index: Int) -> Unicode.Scalar? {
            characters.indices.contains(index) ? characters[index].scalar : nil
        }
        func isJoined(_ left: Unicode.Scalar?, _ right: Unicode.Scalar?) -> Bool {
            guard let left, let right else { return false }
            return left.isDigit && right.isDigit || left.isLatin && right.isLatin
        }
        let (first, last) = (range.lowerBound, range.upperBound - 1)
        if isJoined(scalar(first - 1), scalar(first)) || isJoined(scalar(last), scalar(last + 1)) { return false }
        // A point or a comma between digits belongs to the figure.
        let isPoint = { (scalar: Unicode.Scalar?) in scalar == "." || scalar == "," }
        if isPoint(scalar(first - 1)), isJoined(scalar(first - 2), scalar(first)) { return false }
        if isPoint(scalar(last + 1)), isJoined(scalar(last), scalar(last + 2)) { return false }
        return true
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    fileprivate var isLatin: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) }
}
