import OfficeFiles
import ReportDocument

/// The page set-up that a firm's document has where the report goes: the properties of that section, of which every section of
/// the report gets a copy.
struct FirmSection: Sendable {
    /// Elements in `w:sectPr`, as they are written.
    private struct Element: Sendable {
        var name: String
        var xml: String
        var attributes: [(name: String, value: String)] = []

        func number(_ name: String) -> Int? {
            attributes.first { $0.name == name }.flatMap { Int($0.value) }
        }
    }

    private let start: String
    private let elements: [Element]
    /// Of upright and of turned pages.
    let measure: PageMeasure
    let turnedMeasure: PageMeasure
    let isLandscape: Bool
    /// Whether lines have a number of characters.
    let hasCharacterGrid: Bool
    /// Whether its pages hold so little that tables of amounts do not fit: less than 9 cm across or down.
    let isSmall: Bool
    /// Whether margins leave less than 2 cm of them for text.
    let hasNoRoom: Bool
    /// How many columns of text its pages have.
    let columns: Int

    /// - Parameter xml: `<w:sectPr …>…</w:sectPr>`, with prefixes that were declared elsewhere.
    init(_ xml: String) throws(OfficeFileError) {
        let bytes = Array(xml.utf8)
        var scanner = try XMLScanner(bytes)
        var (elements, depth, start, open) = ([Element](), 0, "<w:sectPr>", nil as (Element, Int)?)
        while let token = try scanner.next() {
            switch token.kind {
            case .text: continue
            case .end:
                depth -= 1
                if depth == 1, let (element, position) = open {
                    let range = position..<token.range.upperBound
                    elements.append(
                        Element(
                            name: element.name,
                            xml: String(decoding: bytes[range], as: UTF8.self),
                            attributes: element.attributes
                        )
                    )
                    open = nil
                }
            case .start, .empty:
                let text = String(decoding: bytes[token.range], as: UTF8.self)
                let element = Element(
                    name: token.name,
                    xml: text,
                    attributes: token.attributes.map { ($0.name, $0.value) }
                )
                if depth == 0 { start = token.kind == .empty ? "<w:sectPr>" : text }
                if depth == 1, token.kind == .empty { elements.append(element) }
                if depth == 1, token.kind == .start { open = (element, token.range.lowerBound) }
                if token.kind == .start { depth += 1 }
            }
        }
        (self.start, self.elements) = (start, elements)
        let page = Self.measure(elements)
        isLandscape = page.width > page.height
        isSmall = min(page.textWidth, page.textHeight) < 5100
        hasNoRoom = min(page.textWidth, page.textHeight) < 1134
        let grid = elements.first { $0.name == "w:docGrid" }?.attributes.first { $0.name == "w:type" }?.value
        hasCharacterGrid = grid == "linesAndChars" || grid == "snapToChars"
        columns = elements.first { $0.name == "w:cols" }?.number("w:num") ?? 1
        var turned = page
        swap(&turned.width, &turned.height)
        (measure, turnedMeasure) = isLandscape ? (turned, page) : (page, turned)
    }

    private static func measure(_ elements: [Element]) -> PageMeasure {
        var page = PageMeasure.gb9704
        if let size = elements.first(where: { $0.name == "w:pgSz" }) {
            page.width = size.number("w:w") ?? page.width
            page.height = size.number("w:h") ?? page.height
        }
        if let margins = elements.first(where: { $0.name == "w:pgMar" }) {
            page.top = abs(margins.number("w:top") ?? page.top)
            page.bottom = abs(margins.number("w:bottom") ?? page.bottom)
            page.left = (margins.number("w:left") ?? page.left) + (margins.number("w:gutter") ?? 0)
            page.right = margins.number("w:right") ?? page.right
        }
        return page
    }

    /// The properties of a section of the report: the firm's, turned where needed. Only the first has the firm's first page;
    /// the others begin on a new page and go on counting.
    func properties(_ orientation: PageOrientation, isFirst: Bool) -> String {
        var xml = start
        var hasType = isFirst
        for element in elements {
            switch element.name {
            case "w:headerReference", "w:footerReference", "w:footnotePr", "w:endnotePr":
                xml += element.xml
            case "w:type": if isFirst { xml += element.xml }
            case "w:titlePg": if isFirst { xml += element.xml }
            // A report has tables as wide as its pages.
            case "w:cols" where columns > 1:
                if !hasType { xml += "<w:type w:val=\"nextPage\"/>" }
                hasType = true
                xml += "<w:cols w:space=\"425\"/>"
            case "w:pgNumType": xml += isFirst ? element.xml : counting(element)
            case "w:pgSz":
                if !hasType { xml += "<w:type w:val=\"nextPage\"/>" }
                hasType = true
                xml += size(orientation)
            default:
                if !hasType { xml += "<w:type w:val=\"nextPage\"/>" }
                hasType = true
                xml += element.xml
            }
        }
        return xml + "</w:sectPr>"
    }

    private func size(_ orientation: PageOrientation) -> String {
        let page = orientation == .portrait ? measure : turnedMeasure
        let turn = orientation == .landscape ? " w:orient=\"landscape\"" : ""
        return "<w:pgSz w:w=\"\(page.width)\" w:h=\"\(page.height)\"\(turn)/>"
    }

    /// The form of page numbers without the number that they begin with.
    private func counting(_ element: Element) -> String {
        let rest = element.attributes.filter { $0.name != "w:start" && $0.name.hasPrefix("w:") }
        if rest.isEmpty { return "" }
        return "<w:pgNumType" + rest.map { " \($0.name)=\"\($0.value)\"" }.joined() + "/>"
    }
}
