public import Groundwork

/// A document that somebody has handed in, whatever program wrote it: its text and its tables in the order in which people read
/// them, each with the place where it stands in the file.
///
///     let document = try GivenDocument.read("report.docx")
///     for block in document.blocks { … }
///
/// What the file does not say is not made up: what is lost on the way from the file is listed under ``losses``.
public struct GivenDocument: Sendable, Hashable {
    /// The file, as places in it name it.
    public var file: String
    public var kind: DocumentKind
    public var blocks: [GivenBlock] = []
    public var losses: [GivenLoss] = []

    public init(file: String, kind: DocumentKind) { (self.file, self.kind) = (file, kind) }
}

/// A paragraph or a table.
public enum GivenBlock: Sendable, Hashable {
    case paragraph(GivenParagraph)
    case table(GivenTable)
}

/// A paragraph, also a heading, without a line break in it.
public struct GivenParagraph: Sendable, Hashable {
    /// As it is printed, with the number that the program puts before it.
    public var text: String
    /// 1 for the headings of chapters, up to 9; nil for text, and where the file does not tell headings from text.
    public var level: Int?
    /// Whether it is an entry of a table of contents; its page stands behind a tab.
    public var isInContents = false
    /// Whether the file says where the paragraph ends. In a file of printed lines a sentence may go on in the next.
    public var isWhole = true
    public var place: Place

    public init(_ text: String, level: Int? = nil, at place: Place) {
        (self.text, self.level, self.place) = (text, level, place)
    }
}

/// A table with its merged cells.
public struct GivenTable: Sendable, Hashable {
    public var rowCount: Int
    public var columnCount: Int
    /// By rows, then by columns; what a merged cell covers is in no other cell.
    public var cells: [GivenCell]
    public var place: Place

    public init(rowCount: Int, columnCount: Int, cells: [GivenCell], at place: Place) {
        (self.rowCount, self.columnCount, self.cells, self.place) = (rowCount, columnCount, cells, place)
    }
}

/// A cell; rows and columns count from 1.
public struct GivenCell: Sendable, Hashable {
    public var row: Int
    public var column: Int
    public var rowSpan: Int
    public var columnSpan: Int
    /// Its paragraphs are parted by line ends.
    public var text: String
    public var place: Place

    public init(row: Int, column: Int, rowSpan: Int = 1, columnSpan: Int = 1, text: String, at place: Place) {
        (self.row, self.column, self.rowSpan, self.columnSpan) = (row, column, rowSpan, columnSpan)
        (self.text, self.place) = (text, place)
    }
}

/// Something that the file has and the document has not.
public struct GivenLoss: Sendable, Hashable {
    public enum Kind: String, Sendable, Hashable, CaseIterable {
        /// A page that is a picture.
        case scannedPage = "scanned-page"
        /// A page whose text a program has recognised in a picture, or a figure on it that it is not sure of.
        case recognised = "ocr"
        /// Text that nobody sees who reads the file.
        case hiddenText = "hidden-text"
        /// Changes that somebody proposed, read as if they were accepted.
        case trackedChanges = "tracked-changes"
        /// A table that the file does not give back.
        case table
        /// Characters whose meaning the file does not say.
        case unknownCharacters = "unknown-characters"
        /// Text in an encoding that the file does not name.
        case guessedEncoding = "guessed-encoding"
        /// Pictures, in which there may be text.
        case pictures
    }

    public var kind: Kind
    public var message: LocalizedText
    public var place: Place?

    public init(_ kind: Kind, _ message: LocalizedText, at place: Place? = nil) {
        (self.kind, self.message, self.place) = (kind, message, place)
    }
}
