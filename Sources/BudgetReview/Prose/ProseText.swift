/// A text with one comparable character for each that was written, so that offsets hold in both: full-width digits and
/// signs read as plain ones. A full-width comma stays a comma between clauses, save between full-width digits.
struct ProseText {
    let original: [Character]
    let characters: [Character]

    init(_ text: String) {
        let written = Array(text)
        original = written
        characters = written.indices.map { index in
            if written[index] == "，" {
                let between = index > 0 && index + 1 < written.count
                return between && isWideDigit(written[index - 1]) && isWideDigit(written[index + 1]) ? "," : "，"
            }
            return plain(written[index])
        }
    }

    var count: Int { characters.count }

    /// The comparable character at `index`, or a line break outside of the text.
    subscript(index: Int) -> Character { characters.indices.contains(index) ? characters[index] : "\n" }

    func phrase(_ range: Range<Int>) -> String { String(original[range]) }

    func isDigit(_ index: Int) -> Bool { ("0"..."9").contains(self[index]) }

    func isLetter(_ index: Int) -> Bool { ("a"..."z").contains(self[index]) || ("A"..."Z").contains(self[index]) }

    /// A blank within a line. A tab is none: it parts the cells of a table.
    func isBlank(_ index: Int) -> Bool { [" ", "\u{A0}", "\u{3000}"].contains(self[index]) }

    /// The first index from `index` on that is no blank.
    func skippingBlanks(_ index: Int) -> Int {
        var next = index
        while isBlank(next) { next += 1 }
        return next
    }

    /// The last index before `index` that is no blank; -1 at the beginning.
    func before(_ index: Int) -> Int {
        var previous = index - 1
        while previous >= 0, isBlank(previous) { previous -= 1 }
        return previous
    }

    /// How many digits stand from `index` on.
    func digits(from index: Int) -> Int {
        var end = index
        while isDigit(end) { end += 1 }
        return end - index
    }

    func hasWord(_ word: String, at index: Int) -> Bool {
        var position = index
        for character in word {
            guard self[position] == character else { return false }
            position += 1
        }
        return true
    }

    /// Whether the text before `index`, blanks passed over, ends with `word`.
    func hasWord(_ word: String, endingBefore index: Int) -> Bool {
        let start = before(index) + 1 - word.count
        return start >= 0 && hasWord(word, at: start)
    }

    /// Whether nothing but blanks stands between `index` and the beginning of its line or cell.
    func isLineStart(_ index: Int) -> Bool { self[before(index)].isNewline || self[before(index)] == "\t" }

    /// The sentence around `index`: from behind the last full stop, semicolon or line break to the next one.
    func sentence(around index: Int) -> Range<Int> {
        var (start, end) = (index, index)
        while start > 0, !isStop(start - 1) { start -= 1 }
        while end < count, !isStop(end) { end += 1 }
        return start..<end
    }

    private func isStop(_ index: Int) -> Bool {
        switch self[index] {
        case "。", "!", "?", ";", "\t": true
        // A full stop in English, not the point of `800. 23`.
        case ".": isLetter(index - 1) && !isLetter(index + 1) && !isDigit(index + 1)
        default: self[index].isNewline
        }
    }
}

private func isWideDigit(_ character: Character) -> Bool { ("０"..."９").contains(character) }

private func plain(_ character: Character) -> Character {
    if let variant = variants[character] { return variant }
    guard character.unicodeScalars.count == 1, let scalar = character.unicodeScalars.first,
        (0xFF01...0xFF5E).contains(scalar.value), let ascii = Unicode.Scalar(scalar.value - 0xFEE0)
    else { return character }
    return Character(ascii)
}

private let variants: [Character: Character] = [
    "﹪": "%", "〜": "~", "∼": "~", "–": "-", "—": "-", "−": "-", "‐": "-", "￥": "¥", "≧": "≥", "⩾": "≥", "≦": "≤",
    "⩽": "≤", "〇": "零",
]
