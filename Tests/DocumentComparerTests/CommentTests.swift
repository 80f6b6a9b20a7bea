import Groundwork
import OfficeFiles
import PluginKit
import ReviewModel
import Testing

@testable import document_commenter

@Suite("Findings as comments in a copy")
struct CommentTests {
    private static let body = SmallDocument(
        h("一、概况"),
        p("甲|乙"),
        "<w:p/>",
        p("表1 明细"),
        table(["项目 金额", "场地 1.00"])
    )

    private let text = Place.paragraph(file: "d.docx", heading: ["一、概况"], index: 1)
    private let cell = Place.tableCell(file: "d.docx", table: "表1 明细", row: 2, column: 2)

    private func commented(_ document: SmallDocument, _ comments: [DocumentComment]) throws -> ZipReader {
        try ZipReader(CommentedDocument(document.bytes, author: "评审").adding(comments))
    }

    @Test("stand at their paragraphs and cells, and nothing else is touched")
    func places() throws {
        let copy = try commented(
            Self.body,
            [
                DocumentComment(place: cell, lines: ["金额 < 2", "改回"]), DocumentComment(place: text, lines: ["一"]),
                DocumentComment(place: text, lines: ["二"]),
            ]
        )
        let document = String(decoding: try copy.bytes(of: "word/document.xml"), as: UTF8.self)
        func anchored(_ id: Int, _ inner: String) -> String {
            "<w:commentRangeStart w:id=\"\(id)\"/>\(inner)<w:commentRangeEnd w:id=\"\(id)\"/>"
                + "<w:r><w:commentReference w:id=\"\(id)\"/></w:r>"
        }
        let run = "<w:r><w:t xml:space=\"preserve\">1.00</w:t></w:r>"
        #expect(document.contains("<w:p>\(anchored(0, run))</w:p>"))
        #expect(document.contains("<w:p><w:commentRangeStart w:id=\"1\"/><w:commentRangeStart w:id=\"2\"/><w:r>"))
        // Without the comments it is what it was.
        var plain = document
        for id in 0...2 {
            plain = plain.replacing("<w:commentRangeStart w:id=\"\(id)\"/>", with: "")
            plain = plain.replacing(
                "<w:commentRangeEnd w:id=\"\(id)\"/><w:r><w:commentReference w:id=\"\(id)\"/></w:r>",
                with: ""
            )
        }
        #expect(plain == Self.body.document)
        let read = try WordDocument.read(copy, named: "d.docx")
        #expect(read.comments.map(\.text) == ["金额 < 2\n改回", "一", "二"])
        #expect(read.comments.allSatisfy { $0.author == "评审" && $0.date.isEmpty })
        let types = String(decoding: try copy.bytes(of: "[Content_Types].xml"), as: UTF8.self)
        #expect(types.contains("<Override PartName=\"/word/comments.xml\""))
        #expect(try copy.bytes(of: "_rels/.rels") == ZipReader(Self.body.bytes).bytes(of: "_rels/.rels"))
    }

    @Test("are added to those that are there, with numbers of their own")
    func existing() throws {
        var document = Self.body
        let comment = "<w:comment w:id=\"7\" w:author=\"甲\">\(p("旧"))</w:comment>"
        document.parts = [
            ("comments.xml", "comments", "<w:comments xmlns:w=\"\(SmallDocument.word)\">\(comment)</w:comments>")
        ]
        let copy = try commented(document, [DocumentComment(place: text, lines: ["新"])])
        let read = try WordDocument.read(copy, named: "d.docx")
        #expect(read.comments.map(\.id) == ["7", "8"] && read.comments.map(\.text) == ["旧", "新"])
        #expect(
            String(decoding: try copy.bytes(of: "word/comments.xml"), as: UTF8.self).contains(comment)
        )
    }

    @Test("a paragraph of one tag gets two; the same input gives the same bytes; no finding, no change")
    func corners() throws {
        let document = SmallDocument("<w:p/>", table(["甲 乙"]).replacing(p("甲"), with: "<w:p/>"))
        let place = Place.tableCell(file: "d.docx", table: "1", row: 1, column: 1)
        let copy = try commented(document, [DocumentComment(place: place, lines: ["无处"])])
        let xml = String(decoding: try copy.bytes(of: "word/document.xml"), as: UTF8.self)
        #expect(xml.contains("<w:tc><w:p><w:commentRangeStart w:id=\"0\"/><w:commentRangeEnd w:id=\"0\"/>"))
        let comments = [DocumentComment(place: text, lines: ["一"])]
        let twice = try (0..<2).map { _ in try CommentedDocument(Self.body.bytes, author: "评审").adding(comments) }
        #expect(twice[0] == twice[1])
        let untouched = try commented(Self.body, [])
        #expect(try untouched.bytes(of: "word/document.xml") == Array(Self.body.document.utf8))
    }

    @Test("a finding is written where its first place is in the file")
    func findings() async throws {
        let folder = try #require(ScratchFolder())
        defer { folder.remove() }
        try ScratchFile(name: "d.docx", bytes: Self.body.bytes).write(into: folder.path)
        var review = Review(id: "x")
        for (place, text) in [(cell.inFile("in/d.docx"), "甲"), (cell.inFile("other.docx"), "乙")] {
            let finding = Finding(rule: "compare/figure", severity: .error, message: LocalizedText(text))
            review.findings.append(LocatedFinding(finding: finding, step: "s", locations: [Location(place)]))
        }
        let request = RenderingRequest(
            configuration: ["document": .text(folder.path + "/d.docx")],
            review: review,
            dossier: Dossier(),
            formats: ["reviewed"],
            scratchDirectory: folder.path
        )
        let rendering = try await DocumentCommenter().render(request)
        #expect(rendering.failures.isEmpty && rendering.artifacts.map(\.path) == ["d.reviewed.docx"])
        let copy = try WordDocument.read(ZipReader(file: folder.path + "/d.reviewed.docx"), named: "")
        #expect(copy.comments.count == 1 && copy.comments[0].text.contains("甲"))
    }
}
