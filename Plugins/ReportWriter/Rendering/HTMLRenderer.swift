import ReviewModel

/// Writes a document as one self-contained HTML page: no script, nothing fetched, all text escaped.
///
/// With the review that it is of, the numbers of the page can be followed and its findings stand below it, on a screen.
struct HTMLRenderer {
    let document: Document
    private let review: Review?
    private let figures: HTMLFigures?

    init(_ document: Document, of review: Review? = nil) {
        self.document = document
        self.review = review
        figures = review.map(HTMLFigures.init)
    }

    func render() -> String {
        var parts = document.sections.enumerated().map { section($1, number: $0 + 1) }
        if let review { parts.append(HTMLFindings(review: review).section()) }
        // The entries are those that the page has linked to.
        if let figures { parts.append(figures.section()) }
        let body = parts.filter { !$0.isEmpty }.joined(separator: "\n")
        return """
            <!doctype html>
            <html lang="\(HTMLText.escaped(document.language))">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <title>\(HTMLText.escaped(document.title))</title>
            <style>
            \(HTMLStyle.sheet)
            </style>
            </head>
            <body>
            <main>
            \(body)
            </main>
            </body>
            </html>

            """
    }

    private func section(_ section: DocumentSection, number: Int) -> String {
        let blocks = section.blocks.enumerated().map { block($1, id: "s\(number)-\($0 + 1)") }
        return
            "<section class=\"sheet \(section.orientation.rawValue)\">\n\(blocks.joined(separator: "\n"))\n</section>"
    }

    private func block(_ block: DocumentBlock, id: String) -> String {
        switch block {
        case .cover(let lines): "<header class=\"cover\">\n\(lines.map(paragraph).joined(separator: "\n"))\n</header>"
        case .signature(let lines):
            "<footer class=\"signature\">\n\(lines.map(paragraph).joined(separator: "\n"))\n</footer>"
        case .contents(let contents): self.contents(contents)
        case .heading(let heading): self.heading(heading)
        case .paragraph(let paragraph): self.paragraph(paragraph)
        case .table(let table): HTMLTable(table: table, id: id, figures: figures).render()
        case .chart(let chart): figure(SVGChart(chart, id: id).render(), caption: chart.caption)
        case .flow(let flow): figure(SVGFlow(flow, id: id).render(), caption: flow.caption)
        }
    }

    private func heading(_ heading: Heading) -> String {
        let tag = "h\(heading.level + 1)"
        let attributes = "class=\"look-\(heading.look.rawValue)\" id=\"\(HTMLText.escaped(heading.anchor))\""
        return "<\(tag) \(attributes)>\(HTMLText.runs(heading.text))</\(tag)>"
    }

    private func paragraph(_ paragraph: Paragraph) -> String {
        let text = HTMLText.runs(paragraph.runs, figures)
        return switch paragraph.style {
        case .body: "<p>\(text)</p>"
        case .quote: "<blockquote><p>\(text)</p></blockquote>"
        default: "<p class=\"\(paragraph.style.rawValue)\">\(text)</p>"
        }
    }

    private func contents(_ contents: Contents) -> String {
        let title =
            contents.title.isEmpty ? "" : "<p class=\"contents-title\">\(HTMLText.escaped(contents.title))</p>\n"
        let entries = contents.entries.map { entry in
            let link = "<a href=\"#\(HTMLText.escaped(entry.anchor))\">\(HTMLText.runs(entry.text))</a>"
            return "<li class=\"level-\(entry.level)\">\(link)</li>"
        }
        let label = contents.title.isEmpty ? "" : " aria-label=\"\(HTMLText.escaped(contents.title))\""
        return "<nav class=\"contents\"\(label)>\n\(title)<ol>\n\(entries.joined(separator: "\n"))\n</ol>\n</nav>"
    }

    private func figure(_ drawing: String, caption: [Run]) -> String {
        let caption = caption.isEmpty ? "" : "\n<figcaption>\(HTMLText.runs(caption))</figcaption>"
        return "<figure>\n\(drawing)\(caption)\n</figure>"
    }
}

/// Plain text as HTML.
enum HTMLText {
    /// Escaped for text and for quoted attributes.
    static func escaped(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// - Parameter figures: those that numbers are to lead to.
    static func runs(_ runs: [Run], _ figures: HTMLFigures? = nil) -> String {
        runs.map { run in
            switch run.kind {
            case .text: figures?.marked(run.text) ?? escaped(run.text)
            case .lineBreak: "<br>"
            case .missing: "<mark>〔?\(escaped(run.text))〕</mark>"
            }
        }.joined()
    }
}
