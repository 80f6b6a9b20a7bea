import Groundwork
import OfficeFiles
import Testing

@testable import GivenDocuments

@Suite("Word files that were handed in")
struct WordDocumentTests {
    private static let spaces =
        "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" "
        + "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\""

    private func read(_ body: String, notes: String? = nil) throws -> GivenDocument {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
        let list = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
        var zip = ZipWriter()
        zip.add(
            "[Content_Types].xml",
            Array("<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".utf8)
        )
        zip.add(
            "_rels/.rels",
            Array(
                "\(list)<Relationship Id=\"a\" Type=\"\(office)officeDocument\" Target=\"word/document.xml\"/></Relationships>"
                    .utf8
            )
        )
        zip.add("word/document.xml", Array("<w:document \(Self.spaces)><w:body>\(body)</w:body></w:document>".utf8))
        if let notes {
            zip.add(
                "word/_rels/document.xml.rels",
                Array(
                    "\(list)<Relationship Id=\"b\" Type=\"\(office)footnotes\" Target=\"footnotes.xml\"/></Relationships>"
                        .utf8
                )
            )
            zip.add("word/footnotes.xml", Array("<w:footnotes \(Self.spaces)>\(notes)</w:footnotes>".utf8))
        }
        return GivenDocument(try WordDocument.read(ZipReader(zip.bytes()), named: "a.docx"))
    }

    private func p(_ text: String) -> String { "<w:p>\(r(text))</w:p>" }
    private func r(_ text: String, _ properties: String = "") -> String {
        "<w:r><w:rPr>\(properties)</w:rPr><w:t xml:space=\"preserve\">\(text)</w:t></w:r>"
    }
    private func cell(_ content: String, _ properties: String = "") -> String {
        "<w:tc><w:tcPr>\(properties)</w:tcPr>\(content)</w:tc>"
    }
    private func row(_ cells: String...) -> String { "<w:tr>\(cells.joined())</w:tr>" }

    private func texts(_ document: GivenDocument) -> [String] {
        document.blocks.map { block in
            switch block {
            case .paragraph(let paragraph): paragraph.text
            case .table(let table):
                table.cells.map { "\($0.row),\($0.column),\($0.rowSpan),\($0.columnSpan) \($0.text)" }.joined(
                    separator: "|"
                )
            }
        }
    }

    @Test("tables keep their merged cells, in two rows of heads and beside rows")
    func merged() throws {
        let (start, under) = ("<w:vMerge w:val=\"restart\"/>", "<w:vMerge/>")
        let table =
            row(cell(p("序号"), start), cell(p("申报"), "<w:gridSpan w:val=\"2\"/>"))
            + row(cell(p(""), under), cell(p("数量")), cell(p("金额")))
            + row(cell(p("1")), cell(p("2")), cell(p("3,000.00") + p("元")))
        let document = try read("<w:tbl>\(table)</w:tbl>")
        #expect(
            texts(document) == ["1,1,2,1 序号|1,2,1,2 申报|2,2,1,1 数量|2,3,1,1 金额|3,1,1,1 1|3,2,1,1 2|3,3,1,1 3,000.00\n元"]
        )
        guard case .table(let given) = document.blocks[0] else { return #expect(Bool(false), "no table") }
        #expect(given.cells[5].place == .tableCell(file: "a.docx", table: "1", row: 3, column: 2))
    }

    @Test("an edge that was moved by a hair in one row makes no column")
    func movedEdge() throws {
        let wide = "<w:gridSpan w:val=\"2\"/>"
        let table =
            row(cell(p("甲"), wide), cell(p("乙")), cell(p("丙"))) + row(cell(p("1")), cell(p("2"), wide), cell(p("3")))
        #expect(
            try texts(read("<w:tbl>\(table)</w:tbl>")) == [
                "1,1,1,1 甲|1,2,1,1 乙|1,3,1,1 丙|2,1,1,1 1|2,2,1,1 2|2,3,1,1 3"
            ]
        )
    }

    @Test("what is inserted counts, what is deleted does not; the program's own suggestions never were")
    func revisions() throws {
        let body =
            "<w:p>\(r("预算"))<w:del w:id=\"1\" w:author=\"张三\"><w:r><w:delText>旧</w:delText></w:r></w:del>"
            + "<w:ins w:id=\"2\" w:author=\"张三\">\(r("新"))</w:ins>"
            + "<w:del w:id=\"3\" w:author=\"Pingshen\"><w:r><w:delText>12</w:delText></w:r></w:del>"
            + "<w:ins w:id=\"4\" w:author=\"Pingshen\">\(r("13"))</w:ins></w:p>"
        let document = try read(body)
        #expect(texts(document) == ["预算新12"])
        #expect(document.losses.map(\.kind) == [.trackedChanges])
        #expect(try read("<w:p><w:ins w:id=\"4\" w:author=\"Pingshen\">\(r("13"))</w:ins></w:p>").losses.isEmpty)
    }

    @Test("a row that was proposed to be taken away is gone, and a paragraph whose end was goes on in the next")
    func removed() throws {
        let gone = "<w:tr><w:trPr><w:del w:id=\"1\" w:author=\"a\"/></w:trPr>\(cell(p("x")))\(cell(p("y")))</w:tr>"
        let body =
            "<w:p><w:pPr><w:rPr><w:del w:id=\"2\" w:author=\"a\"/></w:rPr></w:pPr>\(r("前"))</w:p>" + p("后")
            + "<w:tbl>\(row(cell(p("1")), cell(p("2"))))\(gone)\(row(cell(p("3")), cell(p("4"))))</w:tbl>"
        #expect(try texts(read(body)) == ["前后", "1,1,1,1 1|1,2,1,1 2|2,1,1,1 3|2,2,1,1 4"])
    }

    @Test("hidden text is left out and told; comments and fields' instructions are no text")
    func hidden() throws {
        let field =
            "<w:r><w:fldChar w:fldCharType=\"begin\"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>"
            + "<w:r><w:fldChar w:fldCharType=\"separate\"/></w:r>\(r("7"))<w:r><w:fldChar w:fldCharType=\"end\"/></w:r>"
        let document = try read(
            "<w:p>\(r("看得见"))\(r("看不见", "<w:vanish/>"))\(field)<w:commentRangeStart w:id=\"0\"/></w:p>"
        )
        #expect(texts(document) == ["看得见7"])
        #expect(document.losses.map(\.kind) == [.hiddenText])
        #expect(document.losses[0].place == .paragraph(file: "a.docx", heading: [], index: 1))
    }

    @Test("soft hyphens, odd blanks and ticks of symbol fonts are read as people type them")
    func characters() throws {
        let body =
            "<w:p><w:r><w:t>甲\u{200B}乙\u{A0}丙</w:t><w:softHyphen/><w:noBreakHyphen/>"
            + "<w:sym w:font=\"Wingdings\" w:char=\"F0FE\"/><w:sym w:font=\"Wingdings 2\" w:char=\"F0A3\"/></w:r></w:p>"
        #expect(try texts(read(body)) == ["甲乙 丙-☑☐"])
    }

    @Test("text boxes and footnotes stand where they are anchored; content controls and frames are looked through")
    func elsewhere() throws {
        let box = "<w:r><w:pict><w:txbxContent>\(p("框中"))</w:txbxContent></w:pict></w:r>"
        let call = "<w:r><w:footnoteReference w:id=\"2\"/></w:r>"
        let body =
            "<w:p>\(r("正文"))\(box)\(call)</w:p><w:sdt><w:sdtContent>\(p("控件"))</w:sdtContent></w:sdt>"
            + "<w:tbl>\(row(cell(p("框") + "<w:tbl>\(row(cell(p("a")), cell(p("b"))))</w:tbl>" + p(""))))</w:tbl>"
        let notes =
            "<w:footnote w:id=\"0\" w:type=\"separator\">\(p("-"))</w:footnote><w:footnote w:id=\"2\">\(p("注"))</w:footnote>"
        let document = try read(body, notes: notes)
        #expect(texts(document) == ["正文", "框中", "注", "控件", "框", "1,1,1,1 a|1,2,1,1 b"])
        let places = document.blocks.prefix(3).map {
            if case .paragraph(let paragraph) = $0 { paragraph.place } else { nil as Place? }
        }
        #expect(Set(places).count == 1)
    }

    @Test("a table in a cell follows its table, and entries of the contents keep the tab before their page")
    func nested() throws {
        let inner = "<w:tbl>\(row(cell(p("c")), cell(p("d"))))</w:tbl>"
        let toc =
            "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val=\"Table of Contents\"/></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:r><w:t>1.1</w:t><w:tab/><w:t>背景</w:t><w:tab/><w:t>3</w:t></w:r></w:p></w:sdtContent></w:sdt>"
        let document = try read(toc + "<w:tbl>\(row(cell(p("a")), cell(p("b") + inner + p(""))))</w:tbl>")
        #expect(texts(document) == ["1.1 背景\t3", "1,1,1,1 a|1,2,1,1 b", "1,1,1,1 c|1,2,1,1 d"])
    }
}
