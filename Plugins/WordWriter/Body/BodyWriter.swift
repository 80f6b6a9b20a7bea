import Markup
import ReportDocument
import ReviewModel

/// Writes the body of `word/document.xml`, and gathers what it needs of other parts.
///
/// A writer writes one document. What a firm's own document brings (ids that are taken, its styles and pages) is given to it;
/// it knows nothing of packages.
struct BodyWriter {
    /// The document with its tables on pages that hold them.
    let document: Document
    /// What had to be done with tables that no page holds.
    let tableNotices: [LocalizedText]
    let house: HouseStyle
    let styles: StyleIDs
    let pages: PageSetup
    /// On which page each heading stands, by its anchor; empty where nobody has laid the document out.
    let headingPages: [String: Int]

    var xml = MarkupWriter(.xml, reserving: 1 << 20)
    var bookmarks: Bookmarks
    /// The highest id of a drawing so far.
    var drawings: Int
    var notes: NotesPart
    var charts: [Chart] = []
    var pictures = PictureStore()
    /// The bookmark of each heading, by its anchor.
    let headingBookmarks: [String: String]
    /// The place of each counted caption among all of them; those whose bookmark stands already.
    let captions: [Counter: Int]
    var led: Set<Counter> = []
    /// The section properties that the last paragraph of the block that is being written carries.
    var ending: String?
    /// The same, for the paragraph that is written next.
    var closing: String?
    /// The width of the type area of the section that is being written.
    var textWidth: Int
    var textHeight: Int

    /// The type of tables.
    let tableType: TableType
    /// Whether the file is only to be laid out by LibreOffice, and nobody reads it.
    let isForLayout: Bool

    init(
        _ document: Document,
        house: HouseStyle,
        styles: StyleIDs = StyleIDs(),
        pages: PageSetup,
        headingPages: [String: Int] = [:],
        taken: TakenIDs = TakenIDs(),
        isForLayout: Bool = false
    ) {
        (self.house, self.styles, self.pages) = (house, styles, pages)
        (self.headingPages, self.isForLayout) = (headingPages, isForLayout)
        tableType = styles.tableType(house)
        let fitted = FittedTables(document, type: tableType, upright: pages.measure, turned: pages.turned)
        self.document = fitted.document
        tableNotices = fitted.notices
        bookmarks = Bookmarks(after: taken.bookmark)
        drawings = taken.drawing
        notes = NotesPart(after: taken.footnote)
        headingBookmarks = Dictionary(
            document.headings.enumerated().map { ($1.anchor, Bookmarks.heading($0 + 1)) }
        ) { first, _ in first }
        captions = document.captionOrder
        (textWidth, textHeight) = (pages.measure.textWidth, pages.measure.textHeight)
    }

    /// Whether nothing of its section stands behind what is written: then no room is left that would begin an empty page.
    private(set) var endsSection = false
    /// Whether the paragraph that is written is of a list that stays with the place to sign below it.
    private(set) var staysWithNext = false

    /// Writes all sections.
    mutating func write() {
        let sections = document.sections.filter { !$0.blocks.isEmpty }
        for (position, section) in sections.enumerated() {
            let measure = section.orientation == .portrait ? pages.measure : pages.turned
            (textWidth, textHeight) = (measure.textWidth, measure.textHeight)
            let end = position < sections.count - 1 ? pages.properties(of: position, in: sections) : nil
            write(section, end)
        }
    }

    private mutating func write(_ section: DocumentSection, _ end: String?) {
        var blocks = section.blocks
        if pages.isFirm { blocks.removeAll { if case .letterhead = $0 { true } else { false } } }
        let signed = Self.signedLists(in: blocks)
        for (position, block) in blocks.enumerated() {
            let isLast = position == blocks.count - 1
            staysWithNext = signed.contains(position)
            if isLast, endsWithParagraph(block) { ending = end }
            let next = isLast ? nil : blocks[position + 1]
            endsSection = isLast
            write(block, next)
            if isLast, let end, !endsWithParagraph(block) {
                xml.raw(
                    "<w:p><w:pPr><w:spacing w:before=\"0\" w:after=\"0\" w:line=\"20\" w:lineRule=\"exact\"/>"
                )
                xml.raw(end)
                xml.raw("</w:pPr></w:p>")
            }
        }
    }

    /// The lines of a short list right above a place to sign, as that of the annexes: it stands with its heading on the page that people
    /// sign, and no part of it on another (GB/T 9704-2012, 7.3.4).
    private static func signedLists(in blocks: [DocumentBlock]) -> Set<Int> {
        var found = Set<Int>()
        for (position, block) in blocks.enumerated() {
            guard block.isSigned else { continue }
            let above = blocks[..<position].reversed().prefix { block in
                if case .paragraph(let paragraph) = block {
                    paragraph.runs.plainText.count <= longestListed
                } else {
                    false
                }
            }
            guard (1...mostListed).contains(above.count), position > above.count,
                case .heading = blocks[position - above.count - 1]
            else { continue }
            found.formUnion(position - above.count..<position)
        }
        return found
    }

    private static let (longestListed, mostListed) = (60, 8)

    /// Whether the block's last paragraph can carry the end of a section.
    private func endsWithParagraph(_ block: DocumentBlock) -> Bool {
        switch block {
        case .heading, .paragraph: true
        case .cover(let lines), .signature(let lines): !lines.isEmpty
        default: false
        }
    }

    private mutating func write(_ block: DocumentBlock, _ next: DocumentBlock?) {
        switch block {
        case .cover(let lines): cover(lines)
        case .contents(let contents): self.contents(contents)
        case .heading(let heading): self.heading(heading)
        case .paragraph(let paragraph): self.paragraph(paragraph, next)
        case .table(let table): self.table(table)
        case .chart(let chart): self.chart(chart)
        case .flow(let flow): self.flow(flow)
        case .signature(let lines): signature(lines)
        case .letterhead(let head): letterhead(head)
        case .picture(let picture): self.picture(picture)
        case .signing(let signing): self.signing(signing)
        }
    }
}

/// The ids of styles in the document that is written: those of the house, or a firm's.
struct StyleIDs: Sendable, Hashable {
    var own: [StyleRole: String] = [:]
    /// The roles whose styles count by themselves, as a firm's headings may.
    var counted: Set<StyleRole> = []
    /// The type of a firm's own styles.
    var types: [StyleRole: Face] = [:]
    /// How wide digits are on the machine that lays the document out, where that is known.
    var measured: Int?
    /// The type of a firm's running text, by which styles that its document lacks go.
    var running: Face?
    /// The names of a firm's own styles for headings, where they are not Word's.
    var headingNames: [StyleRole: String] = [:]
    /// Whether a firm's style for subtitles stands below titles in the house's, which are centred: it is then centred as well.
    var centresSubtitle = false

    struct Face: Sendable, Hashable {
        /// In half points.
        var size: Int
        /// Of digits.
        var font: String?
    }

    subscript(role: StyleRole) -> String { own[role] ?? role.id }

    /// The fonts that tables are set in.
    func tableFonts(_ house: HouseStyle) -> [String] {
        let (text, head) = (types[.tableText]?.font, types[.tableHead]?.font)
        let own = house.isFirm ? running?.font : house.table.latin
        let standing = [text ?? own, head ?? own].compactMap(\.self)
        // Where nothing names one, Word takes Times.
        return standing.isEmpty ? ["Times New Roman"] : Set(standing).sorted()
    }

    /// The type of tables: a firm's where it has a style for them, else the house's.
    func tableType(_ house: HouseStyle) -> TableType {
        let (text, head) = (types[.tableText], types[.tableHead])
        let widths = [text, head].compactMap(\.self).map { LatinWidth.of($0.font) }
        return TableType(
            size: text?.size ?? house.table.size,
            headSize: head?.size ?? house.table.size,
            narrow: max(
                widths.max() ?? 0,
                text == nil ? LatinWidth.of(house.isFirm ? running?.font : house.table.latin) : 0,
                measured ?? 0
            )
        )
    }
}

/// The highest numbers that a firm's document uses already.
struct TakenIDs: Sendable, Hashable {
    var bookmark = 0
    var drawing = 0
    var footnote = 0
}

extension DocumentBlock {
    /// Whether people sign there.
    fileprivate var isSigned: Bool {
        switch self {
        case .signing, .signature: true
        default: false
        }
    }
}
