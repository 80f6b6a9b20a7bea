import Markup
import ReportDocument

/// What stands in the margins of every page but a cover's: the running head above, the page's number below.
struct MarginParts {
    struct Part {
        var name: String
        var id: String
        var isHeader: Bool
        /// `default` or `even`: the left pages.
        var pages: String
        var xml: String
    }

    let parts: [Part]

    init(_ document: Document, _ house: HouseStyle) {
        var parts: [Part] = []
        if !document.properties.runningHead.isEmpty {
            parts += Self.pages(document).map { pages in
                Self.part("header", pages, document, house) { writer in
                    writer.paragraph(.header) { $0.runs(document.properties.runningHead, isAgain: true) }
                }
            }
        }
        if document.properties.pageNumbers != .none {
            parts += Self.pages(document).map { pages in
                Self.part("footer", pages, document, house) { Self.number(document, pages, &$0) }
            }
        }
        self.parts = parts
    }

    /// The parts as elements of `w:sectPr`: headers first.
    var references: String {
        parts.map {
            "<w:\($0.isHeader ? "header" : "footer")Reference w:type=\"\($0.pages)\" r:id=\"\($0.id)\"/>"
        }.joined()
    }

    /// Numbers in dashes stand at the outer edges of left and right pages.
    private static func pages(_ document: Document) -> [String] {
        document.properties.pageNumbers == .dashed ? ["default", "even"] : ["default"]
    }

    private static func part(
        _ kind: String,
        _ pages: String,
        _ document: Document,
        _ house: HouseStyle,
        _ content: (inout BodyWriter) -> Void
    ) -> Part {
        var writer = BodyWriter(document, house: house, pages: PageSetup(measure: house.page))
        content(&writer)
        let element = kind == "header" ? "w:hdr" : "w:ftr"
        let number = pages == "default" ? 1 : 2
        return Part(
            name: "report-\(kind)\(number)",
            id: "rIdReport\(kind == "header" ? "Header" : "Footer")\(number)",
            isHeader: kind == "header",
            pages: pages,
            xml: WordNamespaces.declaration
                + "<\(element) \(WordNamespaces.main) \(WordNamespaces.relationships)>\(writer.xml.markup)</\(element)>"
        )
    }

    private static func number(_ document: Document, _ pages: String, _ writer: inout BodyWriter) {
        let isDashed = document.properties.pageNumbers == .dashed
        // GB/T 9704-2012, 7.5: on odd pages one character from the right edge, on even ones from the left.
        let outer =
            pages == "even"
            ? "<w:ind w:left=\"280\"/><w:jc w:val=\"left\"/>"
            : "<w:ind w:right=\"280\"/><w:jc w:val=\"right\"/>"
        let words = isDashed ? "— {page} —" : writer.house.words.page
        writer.paragraph(.footer, after: isDashed ? outer : "") { writer in
            // Number and total as fields, in the order of the language.
            for part in words.split(separator: "{").enumerated() {
                let pieces = part.element.split(separator: "}", maxSplits: 1, omittingEmptySubsequences: false)
                guard pieces.count == 2 || part.offset > 0 || words.hasPrefix("{") else {
                    writer.text(String(part.element))
                    continue
                }
                let field = pieces[0] == "page" ? "PAGE" : pieces[0] == "pages" ? "NUMPAGES" : nil
                if let field { writer.field(field) { $0.text("1") } }
                if pieces.count == 2, !pieces[1].isEmpty { writer.text(String(pieces[1])) }
            }
        }
    }
}
