import Markup
import OfficeFiles
import ReportDocument

/// A document as a Word file in the style of the house.
struct WordPackage {
    private let document: Document
    private let house: HouseStyle

    /// What could not be written, in words for the run log.
    private(set) var writer: BodyWriter

    /// - Parameters:
    ///   - headingPages: on which page each heading stands, by its anchor; empty where nobody knows.
    ///   - digits: how wide they are where the document is laid out; see ``WordFile``.
    init(_ document: Document, headingPages: [String: Int] = [:], isForLayout: Bool = false, digits: Int? = nil) {
        house = HouseStyle(of: document)
        let margins = MarginParts(document, house)
        let pages = PageSetup(measure: house.page, margins: margins.references)
        writer = BodyWriter(
            document,
            house: house,
            styles: StyleIDs(measured: digits),
            pages: pages,
            headingPages: headingPages,
            isForLayout: isForLayout
        )
        self.document = writer.document
        writer.write()
    }

    func bytes() throws(OfficeFileError) -> [UInt8] {
        var package = OfficePackage()
        let name = "word/document.xml"
        package.relate("", "rId1", .document, name)
        package.relate("", "rId2", .core, "docProps/core.xml")
        package.relate("", "rId3", .application, "docProps/app.xml")
        package.relate("", "rId4", .custom, "docProps/custom.xml")
        package.add(name, .document, bytes: body)
        add("styles", .styles, .styles, StylesPart(house: house).xml, "rId1", &package)
        add("settings", .settings, .settings, FixedParts.settings(document, house), "rId2", &package)
        add("fontTable", .fonts, .fonts, FixedParts.fonts, "rId3", &package)
        package.add("word/theme/theme1.xml", .theme, FixedParts.theme)
        package.relate(name, "rId4", .theme, "theme/theme1.xml")
        add("footnotes", .footnotes, .footnotes, writer.footnotesPart(), "rId5", &package)
        for part in MarginParts(document, house).parts {
            add(
                part.name,
                part.isHeader ? .header : .footer,
                part.isHeader ? .header : .footer,
                part.xml,
                part.id,
                &package
            )
        }
        try writer.addDrawings(to: &package)
        let properties = PropertyParts(document)
        package.add("docProps/core.xml", .core, properties.core)
        package.add("docProps/app.xml", .application, properties.application)
        package.add("docProps/custom.xml", .custom, properties.custom)
        return try package.bytes()
    }

    private func add(
        _ name: String,
        _ kind: OfficePackage.Kind,
        _ relation: OfficePackage.Relation,
        _ xml: String,
        _ id: String,
        _ package: inout OfficePackage
    ) {
        package.add("word/\(name).xml", kind, xml)
        package.relate("word/document.xml", id, relation, "\(name).xml")
    }

    private var body: [UInt8] {
        let sections = document.sections.filter { !$0.blocks.isEmpty }
        let last =
            sections.isEmpty
            ? writer.pages.properties(of: 0, in: [DocumentSection(orientation: .portrait, blocks: [])])
            : writer.pages.properties(of: sections.count - 1, in: sections)
        let head =
            WordNamespaces.declaration
            + "<w:document \(WordNamespaces.main) \(WordNamespaces.relationships) \(WordNamespaces.drawing)><w:body>"
        return Array(head.utf8) + writer.xml.bytes + Array((last + "</w:body></w:document>").utf8)
    }
}

extension BodyWriter {
    /// Adds the parts of charts and pictures.
    ///
    /// - Parameter name: of the part that shows them.
    func addDrawings(to package: inout OfficePackage, of name: String = "word/document.xml")
        throws(OfficeFileError)
    {
        // From the folder of the part, where that is the usual one.
        let folder = name.hasPrefix("word/") && !name.dropFirst(5).contains("/") ? "" : "/word/"
        for (index, chart) in charts.enumerated() {
            let (number, part) = (index + 1, ChartPart(chart))
            let file = "word/charts/report-chart\(number).xml"
            package.add(file, .chart, part.xml)
            package.relate(
                name,
                ChartPart.relationship(number),
                .chart,
                "\(folder)charts/report-chart\(number).xml"
            )
            package.relate(file, "rId1", .package, "../embeddings/report-chart\(number).xlsx")
            package.add(
                "word/embeddings/report-chart\(number).xlsx",
                packed: try part.workbook(),
                mediaType: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            )
        }
        for image in pictures.images {
            package.add(
                "word/media/" + image.name,
                packed: image.bytes,
                mediaType: image.format.mediaType
            )
            package.relate(name, image.relationship, .image, folder + "media/" + image.name)
        }
    }
}
