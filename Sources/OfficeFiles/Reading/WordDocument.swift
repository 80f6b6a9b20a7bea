public import Groundwork

/// A Word file as plain values: paragraphs, tables with their spans, notes, comments, properties.
///
///     let document = try WordDocument.read(ZipReader(file: "report.docx"), named: "report.docx")
///     for block in document.blocks { … }
///
/// Any .docx will do, whoever has saved it. Text that somebody has proposed with change tracking stands beside the text that is
/// there and is told apart from it. What has no text (pictures, charts) is left out.
public struct WordDocument: Sendable, Hashable {
    /// The file, as places in it name it.
    public var file: String
    /// The body, in order.
    public var blocks: [WordBlock]
    /// Footnotes, then endnotes, as they are numbered in the file.
    public var notes: [WordNote] = []
    public var comments: [WordComment] = []
    /// The blocks of each header and each footer, by the names of their parts.
    public var headers: [String: [WordBlock]] = [:]
    public var footers: [String: [WordBlock]] = [:]
    /// What the author or a program has noted under names of their own: `pingshen.review`.
    public var customProperties: [String: String] = [:]
    /// `title`, `creator`, `modified` …
    public var coreProperties: [String: String] = [:]

    public init(file: String, blocks: [WordBlock] = []) { (self.file, self.blocks) = (file, blocks) }
}

/// A paragraph or a table.
public indirect enum WordBlock: Sendable, Hashable {
    case paragraph(WordParagraph)
    case table(WordTable)
}

/// A paragraph, also a heading.
public struct WordParagraph: Sendable, Hashable {
    /// The name of its style, as people see it: `heading 1`, `正文`; nil where it names none that the file has.
    public var style: String?
    /// 1 for the headings of chapters, up to 9; nil for text.
    public var outlineLevel: Int?
    /// The list that it belongs to, where Word counts its number; the number itself is not text.
    public var list: WordListPlace?
    /// The number that Word prints before it, `（一）` or `1.2 `; empty where it prints none, or a bullet.
    public var number = ""
    public var runs: [WordRun] = []
    /// The bookmarks that begin in it.
    public var bookmarks: [WordBookmark] = []
    /// What stands in text boxes that are anchored in it.
    public var boxes: [WordBlock] = []
    /// Whether the end of the paragraph itself is proposed to be made or to be taken away.
    public var endRevision: WordRevision?
    /// Whether it is an entry of a table of contents, which Word makes from the headings.
    public var isInContents = false
    public var place: Place
    /// Where it stands in its part.
    public var spot = WordSpot()

    public init(place: Place) { self.place = place }

    /// Its text as it stands: without what is proposed to be added, with what is proposed to be taken away.
    public var text: String {
        runs.reduce(into: "") { if $1.revision?.isInsertion != true { $0 += $1.text } }
    }

    /// Whether its text is none, or white space.
    var isBlank: Bool { runs.allSatisfy { $0.revision?.isInsertion == true || $0.text.allSatisfy(\.isWhitespace) } }

    /// Its text if everything proposed were accepted.
    public var proposedText: String {
        runs.reduce(into: "") { if $1.revision == nil || $1.revision?.isInsertion == true { $0 += $1.text } }
    }

    /// Whether anything in it is proposed.
    public var hasRevisions: Bool { endRevision != nil || runs.contains { $0.revision != nil } }
}

/// A stretch of text with one look.
public struct WordRun: Sendable, Hashable {
    /// Tabs are `\t`, breaks of lines `\n`; a symbol is its character in its font, which may be one of private use.
    public var text: String
    /// Who proposed it, where it is no settled text.
    public var revision: WordRevision?
    /// The first word of the field whose result it is: `PAGEREF`, `SEQ`.
    public var field: String?
    /// The footnote or endnote that is called here, by its id.
    public var note: WordNote.Reference?
    /// The address or the bookmark that it leads to.
    public var link: String?
    /// Whether it is hidden text.
    public var isHidden = false

    public init(_ text: String) { self.text = text }
}

/// A change that somebody proposed with change tracking.
public struct WordRevision: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable { case inserted, deleted, movedFrom, movedTo }

    public var kind: Kind
    public var author: String
    /// As the file writes it: `2026-11-28T10:00:00Z`; empty where it does not.
    public var date: String

    public init(_ kind: Kind, author: String = "", date: String = "") {
        (self.kind, self.author, self.date) = (kind, author, date)
    }

    /// Whether the text would be new, not gone.
    public var isInsertion: Bool { kind == .inserted || kind == .movedTo }
}

/// A stretch of a paragraph under a name.
public struct WordBookmark: Sendable, Hashable {
    public var name: String
    /// The runs that it goes over; up to the paragraph's end where it ends in a later one.
    public var runs: Range<Int>

    public init(_ name: String, _ runs: Range<Int>) { (self.name, self.runs) = (name, runs) }
}

/// Which list, and how deep in it, from 1.
public struct WordListPlace: Sendable, Hashable {
    public var list: String
    public var level: Int

    public init(list: String, level: Int) { (self.list, self.level) = (list, level) }
}

/// A table. Cells under a merged cell are not listed; its spans say how far it goes.
public struct WordTable: Sendable, Hashable {
    /// Counts the tables of the document from 1, those inside others included.
    public var number: Int
    /// Its caption, where one stands above it, or what the table itself says of it.
    public var caption: String?
    /// What places call it: the caption, or its number; no two tables of a document have the same.
    public var title: String
    public var rows: [WordRow] = []

    public init(number: Int, caption: String? = nil, title: String) {
        (self.number, self.caption, self.title) = (number, caption, title)
    }
}

public struct WordRow: Sendable, Hashable {
    public var cells: [WordCell] = []
    /// Whether Word repeats it at the top of each page.
    public var isHead = false
    /// Where somebody proposed to add the row or to take it away.
    public var revision: WordRevision?

    public init() {}
}

public struct WordCell: Sendable, Hashable {
    /// Its first column, from 1.
    public var column: Int
    public var columnSpan: Int
    public var rowSpan: Int
    public var blocks: [WordBlock] = []
    public var place: Place

    public init(column: Int, columnSpan: Int = 1, rowSpan: Int = 1, place: Place) {
        (self.column, self.columnSpan, self.rowSpan, self.place) = (column, columnSpan, rowSpan, place)
    }

    /// The text of its paragraphs as it stands, a line for each.
    public var text: String { blocks.paragraphs.map(\.text).joined(separator: "\n") }
}

/// A footnote or an endnote.
public struct WordNote: Sendable, Hashable {
    public struct Reference: Sendable, Hashable {
        public var isEndnote: Bool
        public var id: String

        public init(isEndnote: Bool, id: String) { (self.isEndnote, self.id) = (isEndnote, id) }
    }

    public var reference: Reference
    public var blocks: [WordBlock]

    public init(_ reference: Reference, _ blocks: [WordBlock]) { (self.reference, self.blocks) = (reference, blocks) }
}

/// A comment that somebody has written into the file.
public struct WordComment: Sendable, Hashable {
    public var id: String
    public var author: String
    public var date: String
    /// Its paragraphs, a line each.
    public var text: String
    /// The id of the comment that it answers.
    public var answers: String?
    /// Whether somebody has marked the matter as settled. Of an answer, what is said of the comment that it answers.
    public var isResolved = false
    /// The id of its last paragraph, by which the file says what it answers.
    var lastParagraph: String?

    public init(id: String, author: String, date: String, text: String) {
        (self.id, self.author, self.date, self.text) = (id, author, date, text)
    }
}

/// Where a paragraph stands in the bytes of its part; for those who add to the file and leave the rest as it is.
public struct WordSpot: Sendable, Hashable {
    /// Everything of it, tags included.
    public var whole = 0..<0
    /// What is between its properties and its end tag; empty in a paragraph that is written as one tag.
    public var content = 0..<0

    public init() {}
}

extension [WordBlock] {
    /// The paragraphs among them and those of their text boxes, not those of tables.
    public var paragraphs: [WordParagraph] {
        flatMap { block -> [WordParagraph] in
            guard case .paragraph(let paragraph) = block else { return [] }
            return paragraph.boxes.isEmpty ? [paragraph] : [paragraph] + paragraph.boxes.paragraphs
        }
    }

    /// Every table among them, those inside others after them.
    public var tables: [WordTable] {
        flatMap { block -> [WordTable] in
            switch block {
            case .paragraph(let paragraph): paragraph.boxes.isEmpty ? [] : paragraph.boxes.tables
            case .table(let table): [table] + table.rows.flatMap { $0.cells.flatMap(\.blocks.tables) }
            }
        }
    }
}
