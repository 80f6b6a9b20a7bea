import Markup
import ReportDocument
import ReviewModel

/// Writes a document as one self-contained HTML page: no script, nothing fetched, all text escaped.
///
/// With the review that it is of, the figures of the page can be followed to ``HTMLApparatus``, a page of its own: what is
/// signed holds nothing that the program says about it.
struct HTMLRenderer {
    private let document: Document
    private var page = MarkupWriter(.html, reserving: 1 << 18)
    private let text: HTMLText
    /// What headings are called inside the page, by their anchors: an anchor in Chinese is too long for some readers once
    /// it is encoded.
    private let anchors: [String: String]

    private init(_ document: Document, _ figures: HTMLFigures?) {
        self.document = document
        text = HTMLText(figures, captions: document.captionOrder)
        let numbered = document.headings.enumerated().map { ($1.anchor, "part-\($0 + 1)") }
        anchors = Dictionary(numbered) { first, _ in first }
    }

    /// The page; what it links to gathers in `figures`.
    static func page(_ document: Document, _ figures: HTMLFigures? = nil) -> String {
        var renderer = HTMLRenderer(document, figures)
        renderer.write()
        return renderer.page.markup
    }

    private mutating func write() {
        page.beginPage(
            document.title,
            language: document.language,
            PageMargins(document),
            author: document.properties.author,
            keywords: document.properties.keywords
        )
        for (position, section) in document.sections.enumerated() { write(section, number: position + 1) }
        if document.sections.isEmpty { page.raw("\n") }
        page.endPage()
    }

    private mutating func write(_ section: DocumentSection, number: Int) {
        page.raw("\n")
        page.open("section", ["class": "sheet \(section.orientation.rawValue)"])
        for (position, block) in section.blocks.enumerated() {
            page.raw("\n")
            write(block, id: "s\(number)-\(position + 1)", section.orientation)
        }
        text.writeNotes(to: &page)
        page.raw("\n")
        page.close("section")
    }

    private mutating func write(_ block: DocumentBlock, id: String, _ orientation: PageOrientation) {
        switch block {
        case .cover(let lines): write(lines, in: "header", "cover")
        case .signature(let lines): write(lines, in: "footer", "signature")
        case .contents(let contents): write(contents)
        case .heading(let heading): write(heading)
        case .paragraph(let paragraph): write(paragraph)
        case .table(let table): HTMLTable(table: table, id: id, orientation: orientation).write(to: &page, text)
        case .chart(let chart): write(SVGChart(chart, id: id, words: document.words).drawings(), caption: chart.caption)
        case .flow(let flow): write([SVGFlow(flow, id: id).drawing()], caption: flow.caption)
        case .letterhead(let head): write(head)
        case .picture(let picture): write(picture)
        case .signing(let signing): write(signing)
        }
    }

    private mutating func write(_ lines: [Paragraph], in element: String, _ name: String) {
        page.open(element, ["class": name])
        for line in lines {
            page.raw("\n")
            write(line)
        }
        page.raw("\n")
        page.close(element)
    }

    private mutating func write(_ head: Letterhead) {
        page.raw("<header class=\"letterhead\">")
        write(head.issuer, in: "p", "issuer")
        if !head.number.isEmpty || !head.signer.isEmpty {
            page.raw("<div>")
            write(head.number, in: "p", "number")
            if !head.signer.isEmpty {
                page.raw("<p class=\"signer\">")
                page.text(document.words.signedOff)
                text.write(head.signer, to: &page, linked: false)
                page.raw("</p>")
            }
            page.raw("</div>")
        }
        page.raw("</header>")
    }

    private mutating func write(_ runs: [Run], in element: String, _ name: String) {
        if runs.isEmpty { return }
        page.open(element, ["class": name])
        text.write(runs, to: &page, linked: false)
        page.close(element)
    }

    private mutating func write(_ signing: Signing) {
        // Chinese and English have theirs in the style sheet.
        let colon = document.words.colon
        let isKnown = ["zh", "en"].contains { document.language.lowercased().hasPrefix($0) }
        let name = "signing columns-\(signing.columns)"
        if isKnown {
            page.open("div", ["class": name])
        } else {
            let text = colon.filter { $0 != "\"" && $0 != "\\" && $0 != ";" }
            page.open("div", ["class": name, "style": "--colon: \"\(text)\""])
        }
        for field in signing.fields {
            page.raw("\n<div class=\"\(field.kind.rawValue)\">")
            write(field.label, in: "span", "label")
            page.raw("<span class=\"value\">")
            if field.value.isEmpty, field.kind == .date {
                page.raw(document.language.hasPrefix("zh") ? "　　　　年　　月　　日" : "")
            } else {
                text.write(field.value, to: &page, linked: false)
            }
            page.raw("</span></div>")
        }
        page.raw("\n</div>")
    }

    private mutating func write(_ heading: Heading) {
        let tag = "h\(heading.level + 1)"
        page.open(tag, ["class": "look-\(heading.look.rawValue)", "id": anchors[heading.anchor] ?? heading.anchor])
        text.write(heading.text, to: &page, linked: false)
        page.close(tag)
    }

    private mutating func write(_ paragraph: Paragraph) {
        switch paragraph.style {
        case .body: page.raw("<p>")
        case .quote: page.raw("<blockquote><p>")
        default: page.open("p", ["class": paragraph.style.rawValue])
        }
        text.write(paragraph.runs, to: &page)
        page.raw(paragraph.style == .quote ? "</p></blockquote>" : "</p>")
    }

    private mutating func write(_ contents: Contents) {
        page.raw("<nav class=\"contents\"")
        if !contents.title.isEmpty { page.attribute("aria-label", contents.title) }
        page.raw(">\n")
        if !contents.title.isEmpty {
            page.element("p", ["class": "contents-title"], text: contents.title)
            page.raw("\n")
        }
        page.raw("<ol>\n")
        for (position, entry) in contents.entries.enumerated() {
            if position > 0 { page.raw("\n") }
            page.open("li", ["class": "level-\(entry.level)"])
            page.open("a", ["href": "#" + (anchors[entry.anchor] ?? entry.anchor)])
            page.text(entry.text.plainText)
            page.raw("</a></li>")
        }
        page.raw("\n</ol>\n</nav>")
    }

    /// The picture inside the page; one that cannot be read leaves its words, and the report says so among its findings.
    private mutating func write(_ picture: Picture) {
        var drawing = MarkupWriter(.html)
        if let file = try? PictureFile(path: picture.path) {
            drawing.raw("<img")
            drawing.attribute("src", file.dataAddress)
            drawing.attribute("alt", picture.alternative)
            drawing.attribute("style", "width:\(picture.width)%")
            drawing.raw(">")
        } else {
            drawing.element("p", ["class": "picture"], text: picture.alternative)
        }
        write([drawing], caption: picture.caption, class: picture.alignment.rawValue)
    }

    private mutating func write(_ drawings: [MarkupWriter], caption: [Run], class name: String = "") {
        page.raw("<figure")
        if !name.isEmpty { page.attribute("class", name) }
        page.raw(">")
        for drawing in drawings {
            page.raw("\n")
            page.raw(drawing)
        }
        if !caption.isEmpty {
            page.raw("\n<figcaption>")
            text.write(caption, to: &page, linked: false)
            page.raw("</figcaption>")
        }
        page.raw("\n</figure>")
    }
}

extension MarkupWriter {
    /// Everything up to the first element of `main`.
    mutating func beginPage(
        _ title: String,
        language: String,
        _ margins: PageMargins,
        author: String = "",
        keywords: [String] = []
    ) {
        raw("<!doctype html>\n<html")
        attribute("lang", language)
        raw(">\n<head>\n<meta charset=\"utf-8\">\n")
        raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        for (name, content) in [("author", author), ("keywords", keywords.joined(separator: ", "))]
        where !content.isEmpty {
            raw("<meta name=\"\(name)\"")
            attribute("content", content)
            raw(">\n")
        }
        element("title", text: title)
        raw("\n<style>\n")
        raw(HTMLStyle.sheet(margins))
        raw("\n</style>\n</head>\n<body>\n<main>")
    }

    mutating func endPage() { raw("\n</main>\n</body>\n</html>\n") }
}
