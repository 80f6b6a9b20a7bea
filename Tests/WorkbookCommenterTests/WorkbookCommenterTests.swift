import Glibc
import Groundwork
import OfficeFiles
import PluginKit
import PluginTesting
import ReviewModel
import Testing
import WorkbookFixture

@testable import workbook_commenter

@Suite("Findings as notes in a copy of a workbook")
struct WorkbookCommenterTests {
    private static let rows = sheetRows([(1, ["'项目", "'金额"]), (2, ["'甲", "1"]), (3, ["'乙", "=B2+1|3"])])

    /// A workbook with the list of types that every package has, and more parts.
    private static func book(after: String = "", more: [(String, String)] = []) -> WorkbookText {
        var text = WorkbookText()
        text.add("明细", rows: rows, after: after)
        text.add("说明", rows: sheetRows([(1, ["'请填写"])]))
        text.parts = [("[Content_Types].xml", Array(types.utf8)), ("xl/vbaProject.bin", [1, 2, 3])]
        text.parts += more.map { ($0.0, Array($0.1.utf8)) }
        return text
    }

    private static let types =
        "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/></Types>"

    private func note(_ cell: String?, _ message: String, sheet: String = "明细") -> CellNote {
        CellNote(
            severity: "错误",
            rule: "规则",
            message: message,
            hint: "改",
            cell: cell.flatMap { CellAddress($0) }.map { CellNote.Cell(sheet: sheet, address: $0) },
            elsewhere: "report.txt:7"
        )
    }

    private func reviewed(_ bytes: [UInt8], _ notes: [CellNote]) throws -> [UInt8] {
        let folder = ScratchFolder()
        try ScratchFile(name: "a.xlsx", bytes: bytes).write(into: folder.path)
        return try ReviewedWorkbook(file: folder.path + "/a.xlsx", author: "评审").adding(notes, locale: .zh)
    }

    private func text(_ bytes: [UInt8], _ part: String) throws -> String {
        String(decoding: try ZipReader(bytes).bytes(of: part), as: UTF8.self)
    }

    @Test("stand at their cells, and on a sheet with links to these; no other part is touched")
    func places() throws {
        let original = try Self.book(after: "<pageMargins left=\"1\"/><tableParts count=\"0\"/>").bytes
        let copy = try reviewed(original, [note("B3", "金额 < 2"), note("B3", "又"), note("A1", "甲"), note(nil, "别处")])
        let sheet = try text(copy, "xl/worksheets/sheet1.xml")
        let link =
            "<legacyDrawing xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" r:id=\"rIdPingshen2\"/>"
        #expect(sheet.contains("<pageMargins left=\"1\"/>\(link)<tableParts"))
        #expect(sheet.replacing(link, with: "") == (try text(original, "xl/worksheets/sheet1.xml")))
        let comments = try text(copy, "xl/comments1.xml")
        #expect(comments.contains("<comment ref=\"A1\" authorId=\"0\">") && comments.contains("<author>评审</author>"))
        #expect(comments.contains("错误｜规则&#10;金额 &lt; 2&#10;改&#10;&#10;错误｜规则&#10;又&#10;改"))
        let drawing = try text(copy, "xl/drawings/vmlDrawing1.vml")
        #expect(drawing.contains("<x:Row>2</x:Row><x:Column>1</x:Column>"))
        let list = try text(copy, "xl/worksheets/pingshen1.xml")
        #expect(list.contains("<hyperlink ref=\"D2\" location=\"'明细'!B3\" display=\"明细!B3\"/>"))
        #expect(list.contains(">report.txt:7</t>"))
        #expect(try text(copy, "xl/workbook.xml").contains("<sheet name=\"评审意见（Pingshen）\" sheetId=\"3\""))
        for name in ["xl/vbaProject.bin", "xl/worksheets/sheet2.xml", "_rels/.rels"] {
            #expect(try ZipReader(copy).bytes(of: name) == ZipReader(original).bytes(of: name))
        }
        #expect(try reviewed(original, [note("B3", "一")]) == reviewed(original, [note("B3", "一")]))
    }

    @Test(
        "have a list that prints as wide as a page, its texts wrapped where the workbook has a style for that, and no style else"
    )
    func wrappedList() throws {
        var book = Self.book()
        let page = "<pageSetup paperSize=\"9\" orientation=\"landscape\" fitToWidth=\"1\" fitToHeight=\"0\"/>"
        let plain = try text(reviewed(book.bytes, [note("A2", "一")]), "xl/worksheets/pingshen1.xml")
        #expect(plain.contains(page) && !plain.contains(" s="))
        book.styles =
            "<fonts count=\"2\"><font><sz val=\"11\"/></font><font><b/></font></fonts><cellXfs count=\"4\"><xf numFmtId=\"0\"/>"
            + "<xf numFmtId=\"0\" fontId=\"1\"><alignment wrapText=\"1\"/></xf><xf numFmtId=\"0\" fillId=\"2\"><alignment wrapText=\"1\"/></xf>"
            + "<xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\"><alignment vertical=\"center\" wrapText=\"1\"/></xf></cellXfs>"
        let original = try book.bytes
        let copy = try reviewed(original, [note("A2", "一")])
        let list = try text(copy, "xl/worksheets/pingshen1.xml")
        #expect(list.contains("<c r=\"E2\" s=\"3\" t=\"inlineStr\">") && list.contains("<c r=\"H2\" s=\"3\"/>"))
        #expect(try text(copy, "xl/styles.xml") == text(original, "xl/styles.xml"))
    }

    @Test("join the notes that are there, whose parts, boxes and authors stay; a conversation is left alone")
    func existing() throws {
        let comments =
            "<comments xmlns=\"\(WorkbookText.main)\"><authors><author>王</author><author>tc={1}</author></authors><commentList>"
            + "<comment ref=\"B2\" authorId=\"0\"><text><r><t>旧</t></r></text></comment>"
            + "<comment ref=\"A2\" authorId=\"1\"><text><t>[Threaded comment]</t></text></comment></commentList></comments>"
        let drawing =
            "<xml xmlns:v=\"urn:schemas-microsoft-com:vml\" xmlns:o=\"urn:schemas-microsoft-com:office:office\" xmlns:x=\"urn:schemas-microsoft-com:office:excel\">"
            + "<v:shapetype id=\"_x0000_t202\"/><v:shape id=\"_x0000_s1030\" type=\"#_x0000_t202\"/></xml>"
        let links =
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
            + "<Relationship Id=\"rId1\" Type=\"\(WorkbookText.office)/comments\" Target=\"../comments1.xml\"/>"
            + "<Relationship Id=\"rId2\" Type=\"\(WorkbookText.office)/vmlDrawing\" Target=\"../drawings/vmlDrawing1.vml\"/></Relationships>"
        let text = Self.book(
            after: "<legacyDrawing xmlns:r=\"\(WorkbookText.office)\" r:id=\"rId2\"/>",
            more: [
                ("xl/comments1.xml", comments), ("xl/drawings/vmlDrawing1.vml", drawing),
                ("xl/worksheets/_rels/sheet1.xml.rels", links),
            ]
        )
        let original = try text.bytes
        let copy = try reviewed(original, [note("B2", "一"), note("A2", "二"), note("B3", "三")])
        let written = try self.text(copy, "xl/comments1.xml")
        #expect(
            written.contains(
                "<r><t>旧</t></r><r><t xml:space=\"preserve\">&#10;—— 评审 ——&#10;错误｜规则&#10;一&#10;改</t></r></text>"
            )
        )
        #expect(written.contains("<author>tc={1}</author><author>评审</author></authors>"))
        #expect(written.contains("<comment ref=\"B3\" authorId=\"2\">") && !written.contains("二"))
        #expect(try self.text(copy, "xl/drawings/vmlDrawing1.vml").contains("id=\"_x0000_s1031\""))
        #expect(
            try self.text(copy, "xl/worksheets/sheet1.xml") == self.text(original, "xl/worksheets/sheet1.xml")
        )
        #expect(try self.text(copy, "xl/worksheets/pingshen1.xml").contains("未在单元格上另写批注"))
        // Without what was added it is what it was.
        let again = try reviewed(copy, [])
        let plain = try self.text(again, "xl/comments1.xml")
        #expect(plain == comments.replacing("</authors>", with: "<author>评审</author></authors>"))
        #expect(try self.text(again, "xl/drawings/vmlDrawing1.vml") == drawing)
    }

    @Test("of an earlier review are replaced, and its sheet is no sheet of the applicant's")
    func again() throws {
        let original = try Self.book().bytes
        let first = try reviewed(original, [note("B3", "一"), note("A1", "二")])
        #expect(try Workbook(first).sheets.map(\.name) == ["明细", "说明"])
        let second = try reviewed(first, [note("B3", "一"), note("A1", "二")])
        #expect(try ZipReader(second).entries.map(\.name) == ZipReader(first).entries.map(\.name))
        for name in ["xl/comments1.xml", "xl/worksheets/pingshen1.xml", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            #expect(try text(second, name) == text(first, name))
        }
        let third = try reviewed(first, [note("B2", "三")])
        let comments = try text(third, "xl/comments1.xml")
        #expect(comments.contains("ref=\"B2\"") && !comments.contains("ref=\"B3\""))
    }

    @Test("are told why they cannot be written: what is no workbook, and workbooks of the strict kind")
    func refused() async throws {
        let folder = ScratchFolder()
        try ScratchFile(name: "a.csv", text: "a,b\n").write(into: folder.path)
        var review = Review(id: "x")
        let place = Place.cell(file: "in/a.xlsx", sheet: "明细", address: try #require(CellAddress("B3")))
        let finding = Finding(rule: "sheet/x", severity: .error, message: LocalizedText("甲"))
        review.findings = [LocatedFinding(finding: finding, step: "s", locations: [Location(place)])]
        func render(_ name: String) async throws -> Rendering {
            try await WorkbookCommenter().render(
                RenderingRequest(
                    configuration: ["book": .text(folder.path + "/" + name)],
                    review: review,
                    dossier: Dossier(),
                    formats: ["reviewed"],
                    scratchDirectory: folder.path
                )
            )
        }
        #expect(try await render("a.csv").failures.first?.message.zh.hasPrefix("无法在a.csv的副本中写批注") == true)
        try ScratchFile(name: "a.xlsx", bytes: try Self.book().bytes).write(into: folder.path)
        let rendering = try await render("a.xlsx")
        #expect(rendering.failures.isEmpty && rendering.artifacts.map(\.path) == ["a.reviewed.xlsx"])
        #expect(WorkbookCommenter.notes(review, about: "a.xlsx").map { $0.cell?.text } == ["明细!B3"])
        #expect(WorkbookCommenter.notes(review, about: "b.xlsx").map { $0.cell?.text } == [nil])
        #expect(WorkbookCommenter.copyName("申报.v2.XLSM") == "申报.v2.reviewed.XLSM")
    }
}

/// A folder for one test, which goes with it.
private final class ScratchFolder {
    let path: String

    init() {
        var template = Array("/tmp/pingshen-notes-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
    }

    deinit {
        for name in ["a.xlsx", "a.csv", "a.reviewed.xlsx"] { unlink(path + "/" + name) }
        rmdir(path)
    }
}
