import GivenDocuments
import OfficeFiles
import PrintedReports

extension Property {
    /// A document: `z` begins a whole file of any kind, `n` the numbering of a Word file, `s` its styles, `h` HTML, `m` Markdown, `c`
    /// what a page of a PDF draws; anything else is the body of a Word file.
    ///
    /// It is read or refused; cells stand inside their tables, what is read twice is the same, and a report can be made of it.
    public static func documents(_ bytes: [UInt8]) -> String? {
        guard let kind = bytes.first else { return nil }
        let rest = Array(bytes.dropFirst())
        let (file, name): ([UInt8]?, String) =
            switch kind {
            case UInt8(ascii: "z"): (rest, "a")
            case UInt8(ascii: "n"): (word(numbering: rest), "a.docx")
            case UInt8(ascii: "s"): (word(styles: rest), "a.docx")
            case UInt8(ascii: "h"): (rest, "a.html")
            case UInt8(ascii: "m"): (rest, "a.md")
            case UInt8(ascii: "c"): (pdf(rest), "a.pdf")
            default: (word(body: bytes), "a.docx")
            }
        guard let file, let document = try? GivenDocument.read(file, named: name) else { return nil }
        for case .table(let table) in document.blocks {
            for cell in table.cells {
                guard cell.row >= 1, cell.column >= 1, cell.rowSpan >= 1, cell.columnSpan >= 1,
                    cell.row + cell.rowSpan - 1 <= table.rowCount,
                    cell.column + cell.columnSpan - 1 <= table.columnCount
                else { return "a cell at \(cell.row), \(cell.column) stands outside its table" }
            }
        }
        guard (try? GivenDocument.read(file, named: name)) == document else {
            return "read twice it is another document"
        }
        let report = ReportText(document)
        guard report.lines.allSatisfy({ !$0.text.utf8.contains(0x0A) && !$0.places.isEmpty }) else {
            return "a line has an end in it, or no place"
        }
        return nil
    }

    private static let word = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""

    private static func word(body: [UInt8]? = nil, numbering: [UInt8]? = nil, styles: [UInt8]? = nil) -> [UInt8]? {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let list = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        func item(_ level: Int) -> String {
            "<w:p><w:pPr><w:pStyle w:val=\"a\"/><w:numPr><w:ilvl w:val=\"\(level)\"/><w:numId w:val=\"1\"/></w:numPr></w:pPr>"
                + "<w:r><w:t>甲</w:t></w:r></w:p>"
        }
        let usual = "<w:document \(word)><w:body>\((0..<9).map(item).joined())\(item(0))</w:body></w:document>"
        var zip = ZipWriter()
        let main = "<Relationship Id=\"a\" Type=\"\(office)officeDocument\" Target=\"word/document.xml\"/>"
        zip.add("_rels/.rels", Array("\(list)\(main)</Relationships>".utf8))
        let links = ["numbering", "styles"].map {
            "<Relationship Id=\"\($0)\" Type=\"\(office)\($0)\" Target=\"\($0).xml\"/>"
        }
        zip.add("word/_rels/document.xml.rels", Array("\(list)\(links.joined())</Relationships>".utf8))
        zip.add("word/document.xml", body ?? Array(usual.utf8))
        if let numbering { zip.add("word/numbering.xml", numbering) }
        if let styles { zip.add("word/styles.xml", styles) }
        return try? zip.bytes()
    }

    /// A page that draws this, in a font of Chinese characters.
    private static func pdf(_ content: [UInt8]) -> [UInt8] {
        let head = """
            %PDF-1.7
            1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj
            2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj
            3 0 obj <</Type/Page/MediaBox[0 0 595 842]/Resources<</Font<</F 5 0 R/G 6 0 R>>>>/Contents 4 0 R>> endobj
            5 0 obj <</Type/Font/Subtype/Type0/Encoding/UniGB-UCS2-H/DescendantFonts[<</DW 1000>>]>> endobj
            6 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica/FirstChar 32/Widths[300 500]>> endobj
            4 0 obj <</Length \(content.count)>> stream\n
            """
        return Array(head.utf8) + content + Array("\nendstream endobj\ntrailer <</Root 1 0 R>>\n".utf8)
    }
}
