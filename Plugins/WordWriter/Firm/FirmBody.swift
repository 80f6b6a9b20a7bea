import OfficeFiles

/// The text of a firm's document as pieces of its bytes: what stands directly in the body, and the properties of sections.
struct FirmBody {
    /// Something that stands directly in the body: a paragraph, a table.
    struct Piece: Hashable {
        var name: String
        var range: Range<Int>
        /// Where the properties of the section stand that it ends.
        var section: Range<Int>?
        var isPlaceholder = false
        /// Whether there is anything to see in it.
        var isEmpty = true
    }

    let bytes: [UInt8]
    let pieces: [Piece]
    /// Where the end tag of the body begins.
    let end: Int
    /// Where the name of the root element ends: attributes can be added there.
    let rootNameEnd: Int
    /// The namespaces that the root element declares, by their prefixes.
    let namespaces: [String: String]
    let taken: TakenIDs
    /// The ids of relationships that it refers to.
    let references: Set<String>
    /// Whether changes stand in it that nobody has accepted or refused.
    let hasRevisions: Bool

    /// The piece in whose place the report goes; `nil` where it goes to the end of the text.
    var placeholder: Int? { pieces.firstIndex { $0.isPlaceholder } }

    init(_ bytes: [UInt8]) throws(OfficeFileError) {
        var reading = Reading()
        var scanner = try XMLScanner(bytes)
        while let token = try scanner.next() { try reading.take(token) }
        guard let end = reading.end, let rootNameEnd = reading.rootNameEnd else { throw .noWordFile }
        if reading.namespaces["w"] != WordNamespaces.mainName { throw .isStrict }
        // Its bookmarks would stand twice, and so would its charts.
        if reading.hasFigures { throw .isReport }
        guard reading.pieces.filter(\.isPlaceholder).count <= 1 else { throw .placeholderTwice }
        (self.bytes, pieces, self.end, self.rootNameEnd) = (bytes, reading.pieces, end, rootNameEnd)
        (namespaces, taken) = (reading.namespaces, reading.taken)
        (references, hasRevisions) = (reading.references, reading.hasRevisions)
    }

    func text(_ range: Range<Int>) -> String { String(decoding: bytes[range], as: UTF8.self) }

    /// A number that an element has; 0 for what is none, or beyond all that Word itself counts to.
    static func number(_ token: XMLScanner.Token, _ name: String) -> Int {
        token.attribute(name).flatMap { Int($0) }.flatMap { (0...1_000_000_000).contains($0) ? $0 : nil } ?? 0
    }

    private struct Reading {
        var pieces: [Piece] = []
        var end: Int?
        var rootNameEnd: Int?
        var namespaces: [String: String] = [:]
        var taken = TakenIDs()
        /// Whether figures of a report are marked in it.
        var hasFigures = false
        var references: Set<String> = []
        var hasRevisions = false
        private var depth = 0
        private var piece: Piece?
        private var sectionStart: (position: Int, depth: Int)?
        /// The texts of the paragraphs that are open, innermost last.
        private var paragraphs: [String] = []

        mutating func take(_ token: XMLScanner.Token) throws(OfficeFileError) {
            switch token.kind {
            case .text:
                if !paragraphs.isEmpty { paragraphs[paragraphs.count - 1] += token.text }
                if piece != nil, token.text.utf8.contains(where: { $0 > 0x20 }) { piece?.isEmpty = false }
            case .start, .empty:
                if token.name == "w:altChunk" { throw .hasChunk }
                begin(token)
                if token.kind == .start { depth += 1 } else { try finish(token) }
            case .end:
                depth -= 1
                try finish(token)
            }
        }

        private mutating func begin(_ token: XMLScanner.Token) {
            if depth == 0 {
                rootNameEnd = token.range.lowerBound + 1 + token.name.utf8.count
                for attribute in token.attributes where attribute.name.hasPrefix("xmlns:") {
                    namespaces[String(attribute.name.dropFirst(6))] = attribute.value
                }
            }
            if depth == 2 { piece = Piece(name: token.name, range: token.range) }
            for attribute in token.attributes where attribute.name.hasPrefix("r:") && !attribute.value.isEmpty {
                references.insert(attribute.value)
            }
            if FirmRemark.changeElements.contains(token.name) { hasRevisions = true }
            switch token.name {
            case "w:p": paragraphs.append("")
            case "w:sectPr": if sectionStart == nil { sectionStart = (token.range.lowerBound, depth) }
            case "w:drawing", "w:pict", "w:object": piece?.isEmpty = false
            case "w:bookmarkStart":
                taken.bookmark = max(taken.bookmark, FirmBody.number(token, "w:id"))
                if token.attribute("w:name").flatMap(FactBookmark.first) != nil { hasFigures = true }
            case "wp:docPr": taken.drawing = max(taken.drawing, FirmBody.number(token, "id"))
            default: break
            }
        }

        private mutating func finish(_ token: XMLScanner.Token) throws(OfficeFileError) {
            if token.name == "w:sectPr", let start = sectionStart, start.depth == depth {
                piece?.section = start.position..<token.range.upperBound
                sectionStart = nil
            }
            if token.name == "w:p", let text = paragraphs.popLast(), try FirmDocument.isPlaceholder(text) {
                guard depth == 2 else { throw .placeholderInside }
                piece?.isPlaceholder = true
            }
            if depth == 2, var piece {
                piece.range = piece.range.lowerBound..<token.range.upperBound
                pieces.append(piece)
                self.piece = nil
            }
            if depth == 1, token.name == "w:body" { end = token.range.lowerBound }
        }
    }
}
