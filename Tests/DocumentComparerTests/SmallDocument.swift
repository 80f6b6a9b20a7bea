import OfficeFiles

/// A Word file of a few paragraphs and tables, written by hand.
struct SmallDocument {
    static let word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    private static let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"

    /// What stands in `w:body`.
    var body: [String]
    /// Further parts: name, kind of relationship, XML.
    var parts: [(name: String, kind: String, xml: String)] = []

    init(_ body: String...) { self.body = body }

    init(body: [String]) { self.body = body }

    var document: String { "<w:document xmlns:w=\"\(Self.word)\"><w:body>\(body.joined())</w:body></w:document>" }

    var bytes: [UInt8] {
        get throws {
            var zip = ZipWriter()
            let list = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"></Types>"
            let root =
                "\(list)<Relationship Id=\"r1\" Type=\"\(Self.office)officeDocument\" Target=\"word/document.xml\"/>"
            var links = list
            for (index, part) in parts.enumerated() {
                links += "<Relationship Id=\"p\(index)\" Type=\"\(Self.office)\(part.kind)\" Target=\"\(part.name)\"/>"
            }
            zip.add("[Content_Types].xml", Array(types.utf8))
            zip.add("_rels/.rels", Array((root + "</Relationships>").utf8))
            zip.add("word/document.xml", Array(document.utf8))
            zip.add("word/_rels/document.xml.rels", Array((links + "</Relationships>").utf8))
            for part in parts { zip.add("word/" + part.name, Array(part.xml.utf8)) }
            return try zip.bytes()
        }
    }

    func read() throws -> WordDocument { try WordDocument.read(ZipReader(bytes), named: "edited.docx") }
}

/// A paragraph; `|` parts its runs.
func p(_ text: String) -> String {
    let runs = text.split(separator: "|").map { "<w:r><w:t xml:space=\"preserve\">\($0)</w:t></w:r>" }
    return "<w:p>\(runs.joined())</w:p>"
}

/// A heading of the first level.
func h(_ text: String) -> String {
    "<w:p><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:r><w:t>\(text)</w:t></w:r></w:p>"
}

/// A table; a row is a line, its cells are parted by commas and blanks.
func table(_ rows: [String]) -> String {
    let lines = rows.map { row in
        "<w:tr>\(row.split(separator: " ").map { "<w:tc>\(p(String($0)))</w:tc>" }.joined())</w:tr>"
    }
    return "<w:tbl>\(lines.joined())</w:tbl>"
}

/// A figure under the bookmark of a fact.
func figure(_ text: String, _ fact: String, _ occurrence: Int = 1) -> String {
    let name = FactBookmark.name(of: fact, occurrence: occurrence)
    return "<w:bookmarkStart w:id=\"\(occurrence)\" w:name=\"\(name)\"/><w:r><w:t>\(text)</w:t></w:r>"
        + "<w:bookmarkEnd w:id=\"\(occurrence)\"/>"
}

enum FactBookmarkName {
    /// What findings call the fact `a`.
    static let a = FactBookmark.name(of: "a")
}
