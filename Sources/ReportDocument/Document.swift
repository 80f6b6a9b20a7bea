/// A finished report as a tree of plain values: what every back end (Markdown, HTML, Word, and what others add) writes out.
///
/// Nothing in it knows a format: text is plain, figures are numbers, tables are grids with spans, charts are figures with
/// labels. Back ends escape for themselves.
public struct Document: Sendable, Hashable {
    public var title: String
    /// A BCP 47 tag: `zh-CN`.
    public var language: String
    public var properties: DocumentProperties
    public var sections: [DocumentSection]
    /// What back ends say in that language.
    public var words: DocumentWords

    /// - Parameter words: those of the language, where that is neither Chinese nor English.
    public init(
        title: String,
        language: String,
        properties: DocumentProperties = DocumentProperties(),
        sections: [DocumentSection],
        words: DocumentWords? = nil
    ) {
        self.words = words ?? DocumentWords(tag: language)
        (self.title, self.language, self.properties, self.sections) = (title, language, properties, sections)
    }

    /// All headings, in order.
    public var headings: [Heading] {
        sections.flatMap(\.blocks).compactMap { if case .heading(let heading) = $0 { heading } else { nil } }
    }

    /// The place of each counted caption among all of them, from 1; where two have one number, the first is meant.
    public var captionOrder: [Counter: Int] {
        var order: [Counter: Int] = [:]
        for block in sections.lazy.flatMap(\.blocks) {
            for case .counter(let counter) in block.caption where order[counter] == nil {
                order[counter] = order.count + 1
            }
        }
        return order
    }

    /// Fills every table of contents, once all headings are there.
    public mutating func fillContents() {
        let listed = headings.filter(\.isListed)
        for section in sections.indices {
            for position in sections[section].blocks.indices {
                guard case .contents(var contents) = sections[section].blocks[position] else { continue }
                contents.entries = listed.filter { (1...max(1, contents.depth)).contains($0.level) }
                sections[section].blocks[position] = .contents(contents)
            }
        }
    }
}

/// Pages of one orientation. Every section begins on a new page.
public struct DocumentSection: Sendable, Hashable {
    public var orientation: PageOrientation
    public var blocks: [DocumentBlock]

    public init(orientation: PageOrientation, blocks: [DocumentBlock]) {
        (self.orientation, self.blocks) = (orientation, blocks)
    }
}

public enum PageOrientation: String, Sendable, Hashable, CaseIterable {
    case portrait, landscape
}

public enum DocumentBlock: Sendable, Hashable {
    case cover([Paragraph])
    case contents(Contents)
    case heading(Heading)
    case paragraph(Paragraph)
    case table(DocumentTable)
    case chart(Chart)
    case flow(FlowDiagram)
    case signature([Paragraph])
    case letterhead(Letterhead)
    case picture(Picture)
    case signing(Signing)
}

extension DocumentBlock {
    /// The caption of what has one.
    public var caption: [Run] {
        switch self {
        case .table(let table): table.caption
        case .chart(let chart): chart.caption
        case .flow(let flow): flow.caption
        case .picture(let picture): picture.caption
        case .cover, .contents, .heading, .paragraph, .signature, .letterhead, .signing: []
        }
    }
}

/// A heading. Level 0 is the report's title, 1 its parts (一、), 2 （一）, 3 1., 4 anything below.
public struct Heading: Sendable, Hashable {
    public var level: Int
    public var text: [Run]
    /// Unique in the document, as GitHub makes anchors.
    public var anchor: String
    /// Whether the contents name it.
    public var isListed: Bool
    public var look: HeadingLook

    public init(level: Int, text: [Run], anchor: String, isListed: Bool = true, look: HeadingLook) {
        (self.level, self.text, self.anchor) = (level, text, anchor)
        (self.isListed, self.look) = (isListed, look)
    }
}

/// How a heading is set, which need not follow its level: a description annexed to a report has parts of its own.
public enum HeadingLook: String, Sendable, Hashable, CaseIterable {
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
    public init(level: Int) {
        let usual: [HeadingLook] = [.title, .part, .section, .item, .point]
        self = usual[min(max(level, 0), usual.count - 1)]
    }
}

/// The table of contents: its entries are the listed headings of levels 1 to `depth`.
public struct Contents: Sendable, Hashable {
    public var title: String
    public var depth: Int
    public var entries: [Heading]

    public init(title: String, depth: Int, entries: [Heading] = []) {
        (self.title, self.depth, self.entries) = (title, depth, entries)
    }
}

public struct Paragraph: Sendable, Hashable {
    public var style: ParagraphStyle
    public var runs: [Run]

    public init(style: ParagraphStyle, runs: [Run]) { (self.style, self.runs) = (style, runs) }
}

public enum ParagraphStyle: String, Sendable, Hashable, CaseIterable {
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
