import BudgetLines

/// A text with one comparable scalar for each that was written, so that offsets hold in both: full-width digits and signs
/// read as plain ones. A full-width comma stays a comma between clauses, save between full-width digits.
///
/// Scalars, not characters: nothing that is looked for here is made of several, and to compare them is a tenth of the work.
struct ProseText {
    let original: [Unicode.Scalar]
    let scalars: [Unicode.Scalar]
    /// What the form calls its own units.
    let measures: [ProseMeasure]

    init(_ text: String, measures: [ProseMeasure] = []) {
        self.measures = measures
        let written = Array(text.unicodeScalars)
        var scalars = written
        for (index, scalar) in written.enumerated() where !scalar.isASCII {
            if scalar == "，" {
                let between = index > 0 && index + 1 < written.count
                if between && isWideDigit(written[index - 1]) && isWideDigit(written[index + 1]) {
                    scalars[index] = ","
                }
            } else {
                scalars[index] = plain(scalar)
            }
        }
        (original, self.scalars) = (written, scalars)
    }

    var count: Int { scalars.count }

    /// The comparable scalar at `index`, or a line break outside of the text.
    subscript(index: Int) -> Unicode.Scalar { index >= 0 && index < scalars.count ? scalars[index] : "\n" }

    func phrase(_ range: Range<Int>) -> String { original[range].string }

    /// The scalars of a range without blanks.
    func bare(_ range: Range<Int>) -> [Unicode.Scalar] { scalars[range].filter { !$0.isBlank } }

    /// The same as a string.
    func words(_ range: Range<Int>) -> String { bare(range).string }

    func isDigit(_ index: Int) -> Bool { self[index].isDigit }

    func isLetter(_ index: Int) -> Bool { ("a"..."z").contains(self[index]) || ("A"..."Z").contains(self[index]) }

    /// A blank within a line. A tab is none: it parts the cells of a table.
    func isBlank(_ index: Int) -> Bool {
        let scalar = self[index]
        // French parts thousands by a narrow blank that does not break.
        return scalar == " " || scalar == "\u{A0}" || scalar == "\u{202F}" || scalar == "\u{3000}"
    }

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
        for scalar in word.unicodeScalars {
            guard self[position] == scalar else { return false }
            position += 1
        }
        return true
    }

    /// Whether the text before `index`, blanks passed over, ends with `word`.
    func hasWord(_ word: String, endingBefore index: Int) -> Bool {
        let start = before(index) + 1 - word.unicodeScalars.count
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

    /// The paragraph or cell around `index`.
    func paragraph(around index: Int) -> Range<Int> {
        func ends(_ place: Int) -> Bool { self[place].isNewline || self[place] == "\t" }
        var (start, end) = (index, index)
        while start > 0, !ends(start - 1) { start -= 1 }
        while end < count, !ends(end) { end += 1 }
        return start..<end
    }

    /// What is longer than anybody writes: sentences without an end, and numerals of more places than any figure has. Their
    /// numbers would be looked for from each place, and to the end each time.
    var overlong: [Range<Int>] {
        var ranges: [Range<Int>] = []
        var (sentence, numeral) = (0, 0)
        func endNumeral(_ index: Int) { if index - numeral > Self.longestNumeral { ranges.append(numeral..<index) } }
        for index in 0...count {
            let isEnd = index == count || isStop(index)
            if isEnd || !scalars[index].mayBeginNumber {
                endNumeral(index)
                numeral = index + 1
            }
            if isEnd {
                if index - sentence > Self.longestSentence {
                    while let last = ranges.last, last.lowerBound >= sentence { ranges.removeLast() }
                    ranges.append(sentence..<index)
                }
                sentence = index + 1
            }
        }
        return ranges
    }

    /// Scalars without a full stop, a semicolon, the end of a line or of a cell.
    static let longestSentence = 3_000
    /// Digits or Chinese numerals, one after the other.
    static let longestNumeral = 40

    private func isStop(_ index: Int) -> Bool {
        switch self[index] {
        case "。", "!", "?", ";", "\t": true
        // A full stop in English, not the point of `800. 23`.
        case ".":
            isLetter(index - 1) && !isLetter(index + 1) && !isDigit(index + 1) && !endsLatinShort(index)
                || (isDigit(index - 1) || self[index - 1].isOne(of: ")%\"”")) && isBlank(index + 1)
                    && isLetter(skippingBlanks(index + 1))
        default: self[index].isNewline
        }
    }

    /// Whether a point is the second one of `i.e.` or `e.g.`.
    private func endsLatinShort(_ index: Int) -> Bool {
        guard index >= 3, self[index - 2] == ".", !isLetter(index - 4) else { return false }
        return (self[index - 3], self[index - 1]) == ("i", "e") || (self[index - 3], self[index - 1]) == ("e", "g")
    }
}

extension Unicode.Scalar {
    var isNewline: Bool {
        switch value {
        case 0x0A...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    func isOne(of signs: String) -> Bool { signs.unicodeScalars.contains(self) }
}

extension BidirectionalCollection<Unicode.Scalar> {
    var string: String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: self)
        return String(view)
    }

    func begins(with word: String) -> Bool { starts(with: word.unicodeScalars) }

    func ends(with word: String) -> Bool { reversed().starts(with: word.unicodeScalars.reversed()) }
}

extension RandomAccessCollection<Unicode.Scalar> where Index == Int {
    /// Where `word` stands last.
    func lastRange(of word: String) -> Range<Int>? {
        let length = word.unicodeScalars.count
        guard length <= count else { return nil }
        for start in (startIndex...endIndex - length).reversed() where self[start...].begins(with: word) {
            return start..<start + length
        }
        return nil
    }

    func has(_ word: String) -> Bool { lastRange(of: word) != nil }
}

private func isWideDigit(_ scalar: Unicode.Scalar) -> Bool { ("０"..."９").contains(scalar) }

private func plain(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
    switch scalar {
    case "﹪": "%"
    case "〜", "∼": "~"
    case "–", "—", "−", "‐": "-"
    case "￥": "¥"
    case "≧", "⩾": "≥"
    case "≦", "⩽": "≤"
    case "〇": "零"
    case "\u{FF01}"..."\u{FF5E}": Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar
    default: scalar
    }
}
