import Markup
import ReportDocument
import ReviewModel

/// Writes a document as one self-contained HTML page: no script, nothing fetched, all text escaped.
///
/// With the review that it is of, the figures of the page can be followed and its findings stand below it, on a screen.
struct HTMLRenderer {
    private let document: Document
    private let review: Review?
    private let areas: [String: LocalizedText]
    private var page = MarkupWriter(.html, reserving: 1 << 18)
    private var figures: HTMLFigures

    /// - Parameter areas: what readers call the areas of rules, the words before the stroke in their ids.
    init(_ document: Document, of review: Review? = nil, areas: [String: LocalizedText] = [:]) {
        (self.document, self.review, self.areas) = (document, review, areas)
        figures = HTMLFigures(review)
    }

    /// The page.
    static func page(_ document: Document, of review: Review? = nil, areas: [String: LocalizedText] = [:]) -> String {
        var renderer = HTMLRenderer(document, of: review, areas: areas)
        renderer.write()
        return renderer.page.markup
    }

    private mutating func write() {
        page.raw("<!doctype html>\n<html")
        page.attribute("lang", document.language)
        page.raw(">\n<head>\n<meta charset=\"utf-8\">\n")
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        page.raw("<meta name=\"color-scheme\" content=\"light dark\">\n")
        page.element("title", text: document.title)
        page.raw("\n<style>\n")
        page.raw(HTMLStyle.sheet)
        page.raw("\n</style>\n</head>\n<body>\n<main>")
        for (position, section) in document.sections.enumerated() { write(section, number: position + 1) }
        if let review {
            HTMLFindings(review: review, areas: areas).write(to: &page)
            // The entries are those that the page has linked to.
            figures.writeEntries(to: &page)
        }
        if document.sections.isEmpty, review == nil { page.raw("\n") }
        page.raw("\n</main>\n</body>\n</html>\n")
    }

    private mutating func write(_ section: DocumentSection, number: Int) {
        page.raw("\n")
        page.open("section", ["class": "sheet \(section.orientation.rawValue)"])
        for (position, block) in section.blocks.enumerated() {
            page.raw("\n")
            write(block, id: "s\(number)-\(position + 1)")
        }
        page.raw("\n")
        page.close("section")
    }

    private mutating func write(_ block: DocumentBlock, id: String) {
        switch block {
        case .cover(let lines): write(lines, in: "header", "cover")
        case .signature(let lines): write(lines, in: "footer", "signature")
        case .contents(let contents): write(contents)
        case .heading(let heading): write(heading)
        case .paragraph(let paragraph): write(paragraph)
        case .table(let table): HTMLTable(table: table, id: id).write(to: &page, figures)
        case .chart(let chart): write(SVGChart(chart, id: id).drawing(), caption: chart.caption)
        case .flow(let flow): write(SVGFlow(flow, id: id).drawing(), caption: flow.caption)
        case .letterhead(let head): write(head)
        case .picture(let picture):
            var words = MarkupWriter(.html)
            words.element("p", ["class": "picture"], text: picture.alternative)
            write(words, caption: picture.caption)
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
        page.open("header", ["class": "letterhead"])
        for (name, runs) in [("issuer", head.issuer), ("number", head.number), ("signer", head.signer)]
        where !runs.isEmpty {
            page.open("p", ["class": name])
            page.write(runs)
            page.close("p")
        }
        page.close("header")
    }

    private mutating func write(_ signing: Signing) {
        page.open("dl", ["class": "signing"])
        for field in signing.fields {
            page.raw("<dt>")
            page.write(field.label)
            page.raw("</dt>")
            page.open("dd", ["class": field.kind.rawValue])
            page.write(field.value)
            page.close("dd")
        }
        page.close("dl")
    }

    private mutating func write(_ heading: Heading) {
        let tag = "h\(heading.level + 1)"
        page.open(tag, ["class": "look-\(heading.look.rawValue)", "id": heading.anchor])
        page.write(heading.text)
        page.close(tag)
    }

    private mutating func write(_ paragraph: Paragraph) {
        switch paragraph.style {
        case .body: page.raw("<p>")
        case .quote: page.raw("<blockquote><p>")
        default: page.open("p", ["class": paragraph.style.rawValue])
        }
        page.write(paragraph.runs, figures)
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
            page.open("a", ["href": "#" + entry.anchor])
            page.write(entry.text)
            page.raw("</a></li>")
        }
        page.raw("\n</ol>\n</nav>")
    }

    private mutating func write(_ drawing: MarkupWriter, caption: [Run]) {
        page.raw("<figure>\n")
        page.raw(drawing)
        if !caption.isEmpty {
            page.raw("\n<figcaption>")
            page.write(caption)
            page.raw("</figcaption>")
        }
        page.raw("\n</figure>")
    }
}

extension MarkupWriter {
    /// Runs as they print.
    ///
    /// - Parameter figures: makes links of figures that can be followed; `nil` where links would be in the way.
    mutating func write(_ runs: [Run], _ figures: HTMLFigures? = nil) {
        for run in runs {
            switch run {
            case .text(let text): self.text(text)
            case .figure(let figure):
                if let figures { figures.write(figure, to: &self) } else { text(figure.text) }
            case .lineBreak: raw("<br>")
            case .missing(let name):
                raw("<mark>〔?")
                text(name)
                raw("〕</mark>")
            case .footnote(let note):
                raw("<span class=\"footnote\">（")
                write(note.runs, figures)
                raw("）</span>")
            case .counter(let counter): text(String(counter.number))
            }
        }
    }
}
