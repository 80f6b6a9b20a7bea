import Groundwork
import OfficeFiles

/// Puts comments and proposals at their paragraphs, and gives them numbers that the file does not have yet.
struct CommentPlacing {
    /// The comments that were placed, as the part with their words lists them.
    private(set) var entries: [CommentsPart.Entry] = []
    private let body: [UInt8]
    private let author: String
    private let identity: String
    private let paragraphs: [Place: [WordSpot]]
    private let title: WordSpot?
    private var edits: BodyEdits
    private var texts: [WordSpot: ParagraphText] = [:]
    /// Comments on whole paragraphs, in the order of the paragraphs: a paragraph of one tag takes all of its own at once.
    private var whole: [WordSpot: [Int]] = [:]
    private var nextComment: Int
    private var nextRevision: Int
    /// How many characters may still be compared while words are looked for.
    private var search = 50_000_000

    init(_ document: WordDocument, _ body: [UInt8], _ markup: WordMarkup, author: String, identity: String) {
        (self.body, self.author, self.identity) = (body, author, identity)
        paragraphs = Self.paragraphs(of: document.blocks)
        title = Self.title(of: document.blocks)
        edits = BodyEdits(body, markup)
        nextComment = Self.next(after: document.comments.compactMap { Int($0.id) })
        nextRevision = Self.next(after: Self.numbers(in: body))
    }

    /// Adds a comment: at its words, at its paragraph, or where the place is none of this file's, at the title.
    mutating func add(_ comment: DocumentComment) {
        let place = comment.place.inFile("")
        guard let spot = paragraphs[place]?.first ?? title else { return }
        let id = nextComment
        var lines = comment.lines
        if paragraphs[place] == nil, !comment.elsewhere.isEmpty {
            lines.insert(comment.elsewhere, at: min(1, lines.count))
        }
        nextComment += 1
        entries.append(CommentsPart.Entry(id: id, lines: lines))
        if let (text, range) = passage(comment.passage, at: place), edits.comment(id, on: range, of: text) { return }
        whole[spot, default: []].append(id)
    }

    /// Proposes the correction of a comment, if its words stand exactly once in its place, as plain text.
    mutating func propose(_ comment: DocumentComment) {
        guard let correction = comment.correction,
            let (text, range) = passage(correction.found, at: comment.place.inFile(""))
        else { return }
        let found = text.text(range)
        guard found != correction.expected else { return }
        let ids = (deletion: nextRevision, insertion: nextRevision + 1)
        if edits.propose(correction.expected, for: range, of: text, ids: ids, identity: identity) { nextRevision += 2 }
    }

    /// The part with all of it.
    func applied() -> [UInt8] {
        var edits = edits
        for (spot, ids) in whole { edits.comment(ids, on: spot) }
        return edits.applied()
    }

    // MARK: Places

    /// Where words stand at a place, if they do so exactly once in all of its paragraphs.
    private mutating func passage(_ words: String, at place: Place) -> (ParagraphText, Range<Int>)? {
        guard !words.isEmpty, let spots = paragraphs[place] else { return nil }
        var found: (ParagraphText, Range<Int>)?
        for spot in spots {
            guard let text = text(of: spot) else { return nil }
            search -= text.characters.count + 100
            if search < 0 { return nil }
            let places = text.places(of: words)
            if places.isEmpty { continue }
            // Twice in one paragraph, or in two of a cell, is not once.
            if places.count > 1 || found != nil { return nil }
            found = (text, places[0])
        }
        return found
    }

    private mutating func text(of spot: WordSpot) -> ParagraphText? {
        if let known = texts[spot] { return known }
        let text = ParagraphText(body, spot, own: author)
        texts[spot] = text
        return text
    }

    /// The paragraphs at each place, those with text first. What stands in text boxes belongs to the paragraph that they hang on,
    /// because Word has no comments in them.
    private static func paragraphs(of blocks: [WordBlock]) -> [Place: [WordSpot]] {
        var (full, empty) = ([Place: [WordSpot]](), [Place: [WordSpot]]())
        func add(_ blocks: [WordBlock]) {
            for block in blocks {
                switch block {
                case .paragraph(let paragraph):
                    if paragraph.hasText {
                        full[paragraph.place, default: []].append(paragraph.spot)
                    } else {
                        empty[paragraph.place, default: []].append(paragraph.spot)
                    }
                case .table(let table): for row in table.rows { row.cells.forEach { add($0.blocks) } }
                }
            }
        }
        add(blocks)
        return full.merging(empty) { $0 + $1 }
    }

    /// The first paragraph with text, also one in a table; the first of all where none has any.
    private static func title(of blocks: [WordBlock]) -> WordSpot? {
        func paragraphs(_ blocks: [WordBlock]) -> [WordParagraph] {
            blocks.flatMap { block -> [WordParagraph] in
                switch block {
                case .paragraph(let paragraph): [paragraph]
                case .table(let table): table.rows.flatMap { $0.cells.flatMap { paragraphs($0.blocks) } }
                }
            }
        }
        let all = paragraphs(blocks)
        return (all.first { $0.hasText } ?? all.first)?.spot
    }

    // MARK: Numbers

    /// Word's numbers have 31 bits.
    private static func next(after numbers: [Int]) -> Int {
        1 + (numbers.filter { (0..<1 << 30).contains($0) }.max() ?? -1)
    }

    /// Whatever any element of the part has as its `w:id`.
    private static func numbers(in body: [UInt8]) -> [Int] {
        let mark = Array(":id=\"".utf8)
        var (numbers, position) = ([Int](), 0)
        while position + mark.count < body.count {
            guard body[position] == mark[0], body[position..<position + mark.count].elementsEqual(mark) else {
                position += 1
                continue
            }
            position += mark.count
            let digits = body[position...].prefix(10).prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            if let number = Int(String(decoding: digits, as: UTF8.self)) { numbers.append(number) }
        }
        return numbers
    }
}

extension WordParagraph {
    fileprivate var hasText: Bool { !runs.allSatisfy { $0.text.allSatisfy(\.isWhitespace) } }
}
