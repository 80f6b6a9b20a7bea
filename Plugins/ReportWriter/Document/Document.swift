/// A finished report as a tree of plain values: what every back end (Markdown, HTML, later DOCX, XLSX, PDF) writes out.
///
/// Nothing in it knows a format: text is plain, tables are grids with spans, charts are figures with labels.
struct Document: Hashable {
    var title: String
    /// A BCP 47 tag: `zh-CN`.
    var language: String
    var sections: [DocumentSection]

    /// All headings that have a place to link to, in order.
    var headings: [Heading] {
        sections.flatMap(\.blocks).compactMap { if case .heading(let heading) = $0 { heading } else { nil } }
    }
}

/// Pages of one orientation. Every section begins on a new page.
struct DocumentSection: Hashable {
    var orientation: PageOrientation
    var blocks: [DocumentBlock]
}

enum PageOrientation: String, Hashable, CaseIterable {
    case portrait, landscape
}

enum DocumentBlock: Hashable {
    case cover([Paragraph])
    case contents(Contents)
    case heading(Heading)
    case paragraph(Paragraph)
    case table(DocumentTable)
    case chart(Chart)
    case flow(FlowDiagram)
    case signature([Paragraph])
}

/// A heading. Level 0 is the report's title, 1 its parts (一、), 2 （一）, 3 1., 4 anything below.
struct Heading: Hashable {
    var level: Int
    var text: [Run]
    /// Unique in the document, as GitHub makes anchors.
    var anchor: String
    /// Whether the contents name it.
    var isListed = true
    var look: HeadingLook
}

/// How a heading is set, which need not follow its level: a description annexed to a report has parts of its own.
enum HeadingLook: String, Hashable, CaseIterable {
    /// 2 号小标宋, centred.
    case title
    /// 一、黑体.
    case part
    /// （一）楷体.
    case section
    /// 1. 仿宋, bold.
    case item
    /// 仿宋.
    case point
    /// 附件1, 黑体 without indent.
    case annex

    /// The usual look of a level.
    init(level: Int) {
        let usual: [HeadingLook] = [.title, .part, .section, .item, .point]
        self = usual[min(max(level, 0), usual.count - 1)]
    }
}

/// The table of contents: its entries are the listed headings of levels 1 to `depth`.
struct Contents: Hashable {
    var title: String
    var depth: Int
    var entries: [Heading] = []
}

struct Paragraph: Hashable {
    var style: ParagraphStyle
    var runs: [Run]
}

enum ParagraphStyle: String, Hashable, CaseIterable {
    /// Indented by two characters.
    case body
    /// Without indent.
    case plain
    case centred
    case right
    /// A line that leads into what follows it, set bold.
    case lead
    /// Small, under a table or figure.
    case note
    case quote
    /// The largest line of a cover.
    case title
    case subtitle
}

/// A stretch of text of one kind.
struct Run: Hashable {
    enum Kind: Hashable {
        case text
        /// The name of something that the model does not have: never to be overlooked.
        case missing
        case lineBreak
    }

    var kind: Kind
    var text: String

    static func text(_ text: String) -> Run { Run(kind: .text, text: text) }
    static let lineBreak = Run(kind: .lineBreak, text: "")
}

extension [Run] {
    /// The text without its kinds; line breaks become a space.
    var plainText: String { map { $0.kind == .lineBreak ? " " : $0.text }.joined() }
}
