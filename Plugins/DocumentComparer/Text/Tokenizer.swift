import ReviewModel

/// Parts a text into tokens: figures whole, with sign and percent sign; dates whole; words of the vocabulary; words of letters; and
/// else single characters.
struct Tokenizer: Sendable {
    var vocabulary: Vocabulary
    var units: [String: ExactDecimal]

    init(_ words: ComparisonWords, names: [String] = []) {
        (vocabulary, units) = (Vocabulary(words, names: names), words.units)
    }

    func tokens(_ text: [Unicode.Scalar]) -> [Token] {
        var (tokens, position) = ([Token](), 0)
        while position < text.count {
            let scalar = text[position]
            if scalar == " " || scalar == "\n" {
                position += 1
                continue
            }
            let token = token(text, at: position, after: tokens.last)
            tokens.append(token)
            position = token.range.upperBound
        }
        for index in tokens.indices.dropLast() where tokens[index].kind == .figure {
            let next = tokens[index + 1].text
            if let factor = units[next] { tokens[index].unit = Token.Unit(name: next, factor: factor) }
        }
        return tokens
    }

    private func token(_ text: [Unicode.Scalar], at position: Int, after last: Token?) -> Token {
        if let date = date(text, position) { return date }
        if let number = number(text, position, last) { return number }
        if let written = writtenAmount(text, position) { return written }
        if let (kind, count) = vocabulary.word(text, at: position) {
            return Self.token(kind, text, position..<position + count)
        }
        guard text[position].isLetter else { return Self.token(.character, text, position..<position + 1) }
        let end = text[position...].firstIndex { !$0.isLetter && !$0.isDigit } ?? text.count
        return Self.token(.word, text, position..<end)
    }

    private static func token(_ kind: Token.Kind, _ text: [Unicode.Scalar], _ range: Range<Int>) -> Token {
        var characters = String.UnicodeScalarView()
        characters.append(contentsOf: text[range].lazy.filter { $0 != " " && $0 != "\n" })
        return Token(kind: kind, text: String(characters), range: range)
    }

    // MARK: Figures

    /// `14,017,700.00`, `-3.5%`. A sign belongs to it where nothing stands before it that it could join.
    private func number(_ text: [Unicode.Scalar], _ position: Int, _ last: Token?) -> Token? {
        var start = position
        if ["-", "−", "－", "+"].contains(text[position]) {
            let isFree = last.map { $0.range.upperBound < position || ["(", "（", ":", "："].contains($0.text) } ?? true
            guard isFree, position + 1 < text.count else { return nil }
            start += 1
        }
        guard text[start].isDigit else { return nil }
        var end = Self.digits(text, start)
        // Thousands: a comma with three digits behind it.
        while end + 3 < text.count, text[end] == ",", Self.digits(text, end + 1) == end + 4 { end += 4 }
        if end + 1 < text.count, text[end] == ".", text[end + 1].isDigit {
            let fraction = Self.digits(text, end + 1)
            // 1.2.3 is a number of a chapter.
            if fraction >= text.count || text[fraction] != "." || fraction + 1 >= text.count
                || !text[fraction + 1].isDigit
            {
                end = fraction
            }
        }
        let isPercent = end < text.count && (text[end] == "%" || text[end] == "‰")
        var token = Self.token(isPercent ? .percent : .figure, text, position..<end + (isPercent ? 1 : 0))
        let plain = text[start..<end].lazy.filter { $0 != "," }.map { Character($0) }
        token.value = ExactDecimal((start > position && text[position] != "+" ? "-" : "") + String(plain))
        return token
    }

    private static func digits(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start
        while end < text.count, text[end].isDigit { end += 1 }
        return end
    }

    /// An amount in words: 壹仟肆佰万元整.
    private func writtenAmount(_ text: [Unicode.Scalar], _ position: Int) -> Token? {
        guard Self.writtenDigits.contains(text[position]) else { return nil }
        let end = text[position...].firstIndex { !Self.written.contains($0) } ?? text.count
        return end - position >= 3 ? Self.token(.figure, text, position..<end) : nil
    }

    private static let writtenDigits = Set("壹贰叁肆伍陆柒捌玖拾".unicodeScalars)
    private static let written = writtenDigits.union("零佰仟万亿元圆角分整正".unicodeScalars)

    // MARK: Dates

    /// `2025 年 11 月 3 日` and each beginning or end of it, `2025-11-03`, `2025/11/3`.
    private func date(_ text: [Unicode.Scalar], _ position: Int) -> Token? {
        guard text[position].isDigit else { return nil }
        var end = Self.digits(text, position)
        if end - position == 4, end < text.count, ["-", "/", "."].contains(text[end]) {
            let separator = text[end]
            let month = Self.digits(text, end + 1)
            if (1...2).contains(month - end - 1), month < text.count, text[month] == separator {
                let day = Self.digits(text, month + 1)
                if (1...2).contains(day - month - 1) { return Self.token(.date, text, position..<day) }
            }
            return nil
        }
        var found: Int?
        for mark in ["年", "月", "日"] as [Unicode.Scalar] {
            let after = Self.blanks(text, end)
            guard after < text.count, text[after] == mark else {
                if found == nil { continue }
                break
            }
            found = after + 1
            let next = Self.blanks(text, after + 1)
            end = next < text.count && text[next].isDigit ? Self.digits(text, next) : after + 1
            if end == after + 1 { break }
        }
        return found.map { Self.token(.date, text, position..<$0) }
    }

    private static func blanks(_ text: [Unicode.Scalar], _ start: Int) -> Int {
        var end = start
        while end < text.count, text[end] == " " { end += 1 }
        return end
    }
}

extension Unicode.Scalar {
    fileprivate var isDigit: Bool { ("0"..."9").contains(self) }

    /// A letter of a script that parts its words.
    fileprivate var isLetter: Bool {
        switch value {
        case 0x41...0x5A, 0x61...0x7A, 0xC0...0x24F, 0x370...0x52F: true
        default: false
        }
    }
}
