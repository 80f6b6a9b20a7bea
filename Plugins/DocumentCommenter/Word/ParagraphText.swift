import OfficeFiles

/// The text of a paragraph as it stands, character by character, with the bytes of each: for who parts a run at one of them.
///
/// What people propose with change tracking counts as done, as one reads it on the screen; what Pingshen itself has proposed does not.
/// What stands in text boxes is no text of the paragraph.
struct ParagraphText {
    struct Character {
        /// U+FFFC stands for what is no text: a picture, the number of a footnote.
        var scalar: Unicode.Scalar
        /// Where it, or the element that it comes from, stands in the part.
        var range: Range<Int>
        /// The plain run that it belongs to; nil in links, fields, proposals, where nothing is parted.
        var run: Int?
        /// The text element that it stands in.
        var text: Int?
    }

    /// A run that is a child of the paragraph.
    struct Run {
        var whole: Range<Int>
        var startTag: Range<Int>
        /// Empty where it has none.
        var properties: Range<Int>
    }

    /// `<w:t>…</w:t>`.
    struct TextElement {
        var whole: Range<Int>
        var startTag: Range<Int>
        /// Whether blanks at its ends count.
        var keepsBlanks: Bool
    }

    private(set) var characters: [Character] = []
    private(set) var runs: [Run] = []
    private(set) var texts: [TextElement] = []

    /// The length of the longest paragraph that is looked into; comments on a longer one are about the whole of it.
    static let maximumBytes = 1 << 18

    /// - Parameter own: the name under which Pingshen proposes changes.
    /// - Returns: nil for a paragraph that is too long, or that cannot be read.
    init?(_ body: [UInt8], _ spot: WordSpot, own author: String) {
        guard spot.whole.count <= Self.maximumBytes, body.indices.contains(spot.whole.lowerBound),
            spot.whole.upperBound <= body.count
        else { return nil }
        do throws(OfficeFileError) {
            var reader = try ParagraphScanner(Array(body[spot.whole]), offset: spot.whole.lowerBound, own: author)
            try reader.read()
            (characters, runs, texts) = (reader.characters, reader.runs, reader.texts)
        } catch { return nil }
    }
}

/// Walks through the tags of a paragraph.
private struct ParagraphScanner {
    private let bytes: [UInt8]
    private let offset: Int
    private let author: String
    private var scanner: XMLScanner
    private(set) var characters: [ParagraphText.Character] = []
    private(set) var runs: [ParagraphText.Run] = []
    private(set) var texts: [ParagraphText.TextElement] = []
    /// How many complex fields are open, and in which of them the result has not begun.
    private var fields: [Bool] = []

    init(_ bytes: [UInt8], offset: Int, own author: String) throws(OfficeFileError) {
        (self.bytes, self.offset, self.author) = (bytes, offset, author)
        scanner = try XMLScanner(bytes)
    }

    mutating func read() throws(OfficeFileError) {
        _ = try scanner.next()
        while let token = try scanner.next() {
            switch (token.kind, token.localName) {
            case (.start, "r"): try readRun(token)
            case (.start, _): if isLeftOut(token) { try skip() } else { try readOther() }
            default: break
            }
        }
    }

    /// Properties, instructions of fields, text boxes, and what does not count of proposed changes.
    private func isLeftOut(_ token: XMLScanner.Token) -> Bool {
        let isOwn = token.attributes.contains { $0.name.hasSuffix(":author") && $0.value == author }
        return switch token.localName {
        case "txbxContent", "Fallback", "pPr", "rPr", "instrText": true
        case "ins", "moveTo": isOwn
        case "del", "moveFrom": !isOwn
        default: false
        }
    }

    /// Passes over the element that has begun.
    private mutating func skip() throws(OfficeFileError) {
        var depth = 1
        while depth > 0, let token = try scanner.next() {
            if token.kind == .start { depth += 1 }
            if token.kind == .end { depth -= 1 }
        }
    }

    /// A link, a content control, a deletion: its text is text, but no place to part a run at.
    private mutating func readOther() throws(OfficeFileError) {
        var (depth, inText) = (1, 0)
        while depth > 0, let token = try scanner.next() {
            switch token.kind {
            case .start:
                if isLeftOut(token) {
                    try skip()
                    continue
                }
                depth += 1
                if token.localName == "t" || token.localName == "delText" { inText = depth }
            case .end:
                if inText == depth { inText = 0 }
                depth -= 1
            case .empty: addEmpty(token, run: nil)
            case .text: if inText > 0 { add(token, run: nil, text: nil) }
            }
        }
    }

    private mutating func readRun(_ start: XMLScanner.Token) throws(OfficeFileError) {
        let number = runs.count
        let first = characters.count
        let tag = placed(start.range)
        runs.append(
            ParagraphText.Run(whole: tag, startTag: tag, properties: tag.upperBound..<tag.upperBound)
        )
        var isPlain = fields.isEmpty
        while let token = try scanner.next() {
            if token.kind == .end {
                runs[number].whole = tag.lowerBound..<placed(token.range).upperBound
                break
            }
            switch (token.kind, token.localName) {
            case (.empty, "fldChar"): meetField(token.attributes.first { $0.name.hasSuffix("fldCharType") }?.value)
            case (.empty, "rPr"): runs[number].properties = placed(token.range)
            case (.empty, "lastRenderedPageBreak"): break
            case (.empty, _): addEmpty(token, run: number, other: "\u{FFFC}")
            case (.start, "rPr"): if try !readProperties(token, number) { isPlain = false }
            case (.start, "t"): if try !readText(token, number) { isPlain = false }
            case (.start, "fldChar"):
                meetField(token.attributes.first { $0.name.hasSuffix("fldCharType") }?.value)
                try skip()
            case (.start, "instrText"): try skip()
            case (.start, _):
                addEmpty(token, run: number, other: "\u{FFFC}")
                try skip()
            default: break
            }
            if !fields.isEmpty { isPlain = false }
        }
        if !isPlain { for index in first..<characters.count { characters[index].run = nil } }
    }

    /// - Returns: whether the run may be parted: one whose look somebody proposes to change is not copied.
    private mutating func readProperties(_ start: XMLScanner.Token, _ run: Int) throws(OfficeFileError) -> Bool {
        var (depth, isPlain, last) = (1, true, start.range)
        while depth > 0, let token = try scanner.next() {
            if token.localName == "rPrChange" { isPlain = false }
            if token.kind == .start { depth += 1 }
            if token.kind == .end { depth -= 1 }
            last = token.range
        }
        runs[run].properties = placed(start.range.lowerBound..<last.upperBound)
        return isPlain
    }

    /// - Returns: whether it is text and nothing else.
    private mutating func readText(_ start: XMLScanner.Token, _ run: Int) throws(OfficeFileError) -> Bool {
        let number = texts.count
        let keeps = start.attribute("xml:space") == "preserve"
        let tag = placed(start.range)
        texts.append(ParagraphText.TextElement(whole: tag, startTag: tag, keepsBlanks: keeps))
        var isPlain = true
        while let token = try scanner.next() {
            if token.kind == .end {
                texts[number].whole = tag.lowerBound..<placed(token.range).upperBound
                break
            }
            guard token.kind == .text, bytes[token.range.lowerBound] != UInt8(ascii: "<") else {
                if token.kind == .text { add(token, run: run, text: nil) }
                if token.kind == .start { try skip() }
                isPlain = false
                continue
            }
            add(token, run: run, text: number)
        }
        return isPlain
    }

    // MARK: Characters

    private mutating func meetField(_ type: String?) {
        switch type {
        case "begin": if fields.count < 100 { fields.append(false) }
        case "separate": if !fields.isEmpty { fields[fields.count - 1] = true }
        case "end": _ = fields.popLast()
        default: break
        }
    }

    /// What is no text but stands among it; `other` for an element that is not known.
    private mutating func addEmpty(_ token: XMLScanner.Token, run: Int?, other: Unicode.Scalar? = nil) {
        let scalar: Unicode.Scalar? =
            switch token.localName {
            case "tab", "ptab": "\t"
            case "br", "cr": "\n"
            case "noBreakHyphen": "\u{2011}"
            case "softHyphen": "\u{AD}"
            case "drawing", "pict", "object", "sym", "footnoteReference", "endnoteReference": "\u{FFFC}"
            default: other
            }
        guard let scalar else { return }
        characters.append(ParagraphText.Character(scalar: scalar, range: placed(token.range), run: run, text: nil))
    }

    /// The characters of a text token, each with its own bytes: an entity is one character of several.
    private mutating func add(_ token: XMLScanner.Token, run: Int?, text: Int?) {
        if fields.contains(false) { return }
        if bytes[token.range.lowerBound] == UInt8(ascii: "<") {
            for scalar in token.text.unicodeScalars {
                characters.append(
                    ParagraphText.Character(scalar: scalar, range: placed(token.range), run: nil, text: nil)
                )
            }
            return
        }
        var position = token.range.lowerBound
        for scalar in token.text.unicodeScalars {
            var next = position + UTF8.width(scalar)
            if bytes[position] == UInt8(ascii: "&") {
                next = position
                while next < token.range.upperBound, bytes[next] != UInt8(ascii: ";") { next += 1 }
                next += 1
            }
            characters.append(
                ParagraphText.Character(scalar: scalar, range: placed(position..<next), run: run, text: text)
            )
            position = next
        }
    }

    private func placed(_ range: Range<Int>) -> Range<Int> { range.lowerBound + offset..<range.upperBound + offset }
}

extension XMLScanner.Token {
    /// Its name without the prefix.
    var localName: Substring { name.firstIndex(of: ":").map { name[name.index(after: $0)...] } ?? name[...] }
}
