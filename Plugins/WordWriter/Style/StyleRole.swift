import ReportDocument

/// What a style is for. Each has one in the house style, and may have one in the firm's own document.
enum StyleRole: String, CaseIterable, Sendable {
    case normal, body, centred, right, lead, note, quote
    case coverTitle, coverSubtitle, coverLine
    case title, heading1, heading2, heading3, heading4
    /// Headings that the contents do not name.
    case part, section, item, point, annex
    case contentsTitle, contents1, contents2, contents3, contents4
    case caption, picture, tableText, tableHead
    case header, footer, footnoteText
    case footnoteReference, link
    case table

    enum Kind: String { case paragraph, character, table }

    var kind: Kind {
        switch self {
        case .footnoteReference, .link: .character
        case .table: .table
        default: .paragraph
        }
    }

    /// The id in the house style.
    var id: String {
        switch self {
        case .normal: "Normal"
        case .body: "NormalIndent"
        case .quote: "Quote"
        case .title: "Title"
        case .coverSubtitle: "Subtitle"
        case .heading1, .heading2, .heading3, .heading4: "Heading" + rawValue.suffix(1)
        case .contentsTitle: "TOCHeading"
        case .contents1, .contents2, .contents3, .contents4: "TOC" + rawValue.suffix(1)
        case .caption: "Caption"
        case .header: "Header"
        case .footer: "Footer"
        case .footnoteText: "FootnoteText"
        case .footnoteReference: "FootnoteReference"
        case .link: "Hyperlink"
        case .table: "TableGrid"
        default: "Report" + rawValue.prefix(1).uppercased() + rawValue.dropFirst()
        }
    }

    /// The name in the house style: Word's own where it has one, which it shows in the language of its reader.
    var name: String { names[0] }

    /// The names that a firm's style for the purpose may have, best first: Word keeps the English ones of its own styles,
    /// WPS and people write Chinese ones.
    var names: [String] {
        switch self {
        case .normal: ["Normal", "正文"]
        case .body:
            ["Normal Indent", "正文缩进", "公文正文", "正文首行缩进", "Body Text First Indent", "Body Text", "正文文本"]
        case .centred: ["报告居中", "居中"]
        case .right: ["报告落款", "落款", "Signature", "签名"]
        case .lead: ["报告引句"]
        case .note: ["报告附注", "附注", "表注"]
        case .quote: ["Quote", "引用"]
        case .coverTitle: ["封面标题", "Cover Title"]
        case .coverSubtitle: ["Subtitle", "副标题"]
        case .coverLine: ["封面文字", "封面"]
        case .title: ["Title", "标题"]
        case .heading1, .heading2, .heading3, .heading4:
            ["heading ", "标题 ", "标题"].map { $0 + rawValue.suffix(1) }
        case .part: ["报告部分"]
        case .section: ["报告小节"]
        case .item: ["报告条目"]
        case .point: ["报告细目"]
        case .annex: ["报告附件", "附件标题"]
        case .contentsTitle: ["TOC Heading", "TOC 标题", "目录标题"]
        case .contents1, .contents2, .contents3, .contents4:
            ["toc ", "目录 ", "TOC "].map { $0 + rawValue.suffix(1) }
        case .caption: ["caption", "题注"]
        case .picture: ["报告图片"]
        case .tableText: ["报告表格文字", "表格文字", "表格正文", "Table Text"]
        case .tableHead: ["报告表头", "表头", "表格标题", "Table Head"]
        case .header: ["header", "页眉"]
        case .footer: ["footer", "页脚"]
        case .footnoteText: ["footnote text", "脚注文本"]
        case .footnoteReference: ["footnote reference", "脚注引用"]
        case .link: ["Hyperlink", "超链接"]
        case .table: ["Table Grid", "网格型"]
        }
    }

    init(_ style: HeadingLook) {
        self =
            switch style {
            case .title: .title
            case .part: .part
            case .section: .section
            case .item: .item
            case .point: .point
            case .annex: .annex
            }
    }

    /// The heading of the contents that one outside them looks like.
    var likeness: StyleRole? {
        switch self {
        case .part, .annex: .heading1
        case .section: .heading2
        case .item: .heading3
        case .point: .heading4
        default: nil
        }
    }

    static func heading(level: Int) -> StyleRole {
        [.title, .heading1, .heading2, .heading3, .heading4][min(max(level, 0), 4)]
    }

    /// The headings that contents name, by their level from 1.
    static let headings: [StyleRole] = [.heading1, .heading2, .heading3, .heading4]

    static func contents(level: Int) -> StyleRole {
        [.contents1, .contents2, .contents3, .contents4][min(max(level, 1), 4) - 1]
    }
}
