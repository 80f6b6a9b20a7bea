@testable import OfficeFiles

/// A Word file of a few parts, written by hand.
struct WordFixture {
    static let namespaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" "
        + "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""

    var parts: [(name: String, xml: String)] = []

    /// - Parameter body: what stands in `w:body`.
    init(_ body: String, _ further: [(name: String, kind: String, xml: String)] = []) {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let list = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        var links = ""
        for (index, part) in further.enumerated() {
            links += "<Relationship Id=\"rId\(index + 1)\" Type=\"\(office)\(part.kind)\" Target=\"\(part.name)\"/>"
        }
        parts = [
            ("[Content_Types].xml", "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>"),
            (
                "_rels/.rels",
                "\(list)<Relationship Id=\"rId1\" Type=\"\(office)officeDocument\" Target=\"/word/document.xml\"/>"
                    + "<Relationship Id=\"rId2\" Type=\"\(office)custom-properties\" Target=\"docProps/custom.xml\"/>"
                    + "</Relationships>"
            ),
            ("word/document.xml", "<w:document \(Self.namespaces)><w:body>\(body)</w:body></w:document>"),
            ("word/_rels/document.xml.rels", "\(list)\(links)</Relationships>"),
        ]
        parts += further.map { ("word/" + $0.name, $0.xml) }
    }

    var bytes: [UInt8] {
        get throws {
            var zip = ZipWriter()
            for part in parts { zip.add(part.name, Array(part.xml.utf8)) }
            return try zip.bytes()
        }
    }

    func read() throws -> WordDocument { try WordDocument.read(ZipReader(bytes), named: "a.docx") }
}

/// A paragraph with one run.
func p(_ text: String, style: String? = nil) -> String {
    "<w:p>\(style.map { "<w:pPr><w:pStyle w:val=\"\($0)\"/></w:pPr>" } ?? "")<w:r><w:t>\(text)</w:t></w:r></w:p>"
}
