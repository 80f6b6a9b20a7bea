import Groundwork
import Testing

@testable import OfficeFiles

@Suite("Word files that are read")
struct WordReadingTests {
    private static let styles = """
        <w:styles \(WordFixture.namespaces)>
        <w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
        <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>
        <w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
        <w:style w:type="paragraph" w:styleId="x"><w:name w:val="章节"/><w:basedOn w:val="y"/></w:style>
        <w:style w:type="paragraph" w:styleId="y"><w:name w:val="标题 2"/><w:basedOn w:val="x"/></w:style>
        <w:style w:type="paragraph" w:styleId="c"><w:name w:val="caption"/></w:style></w:styles>
        """

    private func read(_ body: String, _ further: [(name: String, kind: String, xml: String)] = []) throws
        -> WordDocument
    {
        try WordFixture(body, [("styles.xml", "styles", Self.styles)] + further).read()
    }

    private func paragraphs(_ body: String) throws -> [WordParagraph] { try read(body).blocks.paragraphs }

    @Test("paragraphs have style, level and a place under their headings")
    func outline() throws {
        let found = try paragraphs(
            p("序") + p("一、概况", style: "1") + p("甲") + "<w:p/>" + p("乙") + p("（一）背景", style: "x") + p("丙")
                + p("二、结论", style: "1")
                + "<w:p><w:pPr><w:pStyle w:val=\"1\"/><w:outlineLvl w:val=\"9\"/></w:pPr><w:r><w:t>正文</w:t></w:r></w:p>"
        )
        #expect(found.map(\.outlineLevel) == [nil, 1, nil, nil, nil, 2, nil, 1, nil])
        #expect(found.map(\.style).prefix(3) == ["Normal", "heading 1", "Normal"])
        let places: [(heading: [String], index: Int)] = found.compactMap {
            if case .paragraph(_, let heading, let index) = $0.place { (heading, index) } else { nil }
        }
        #expect(places.map(\.index) == [1, 2, 1, 2, 2, 3, 1, 3, 1])
        #expect(places[6].heading == ["一、概况", "（一）背景"] && places[5].heading == ["一、概况"])
    }

    @Test("what is proposed is told apart from what is there")
    func revisions() throws {
        let found = try paragraphs(
            """
            <w:p><w:pPr><w:rPr><w:ins w:id="9" w:author="甲"/></w:rPr></w:pPr><w:r><w:t>核定</w:t></w:r>\
            <w:del w:id="1" w:author="甲" w:date="2026-01-02T00:00:00Z"><w:r><w:delText>300</w:delText></w:r></w:del>\
            <w:ins w:id="2" w:author="甲"><w:r><w:t>350</w:t></w:r><w:del w:id="3" w:author="乙"><w:r><w:delText>0</w:delText></w:r></w:del></w:ins>\
            <w:r><w:t>元</w:t></w:r><w:moveFrom w:id="4" w:author="乙"><w:r><w:t>。</w:t></w:r></w:moveFrom></w:p>
            """
        )
        #expect(found[0].text == "核定300元。" && found[0].proposedText == "核定350元")
        #expect(found[0].runs.map(\.revision?.kind) == [nil, .deleted, .inserted, nil, .movedFrom])
        #expect(found[0].runs[1].revision == WordRevision(.deleted, author: "甲", date: "2026-01-02T00:00:00Z"))
        #expect(found[0].endRevision?.kind == .inserted)
    }

    @Test("results of fields are text, instructions are not")
    func fields() throws {
        let found = try paragraphs(
            """
            <w:p><w:r><w:t>第</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> PAGEREF </w:instrText></w:r>\
            <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>12</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>\
            <w:fldSimple w:instr=" SEQ 表 "><w:r><w:t>3</w:t></w:r></w:fldSimple><w:r><w:t>页</w:t><w:tab/><w:br/><w:noBreakHyphen/>\
            <w:sym w:font="Wingdings" w:char="2611"/><w:br w:type="page"/></w:r></w:p>
            <w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>\
            <w:sdtContent>\(p("一、概况"))</w:sdtContent></w:sdt>
            <w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>\
            <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>二</w:t></w:r></w:p>\(p("三"))\
            <w:p><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>\(p("四"))
            """
        )
        #expect(found[0].text == "第123页\t\n\u{2011}☑")
        #expect(found[0].runs.map(\.field) == [nil, "PAGEREF", "SEQ", nil])
        #expect(found.map(\.isInContents) == [false, true, true, true, false, false])
    }

    @Test("links, notes, text boxes and old forms of drawings")
    func inside() throws {
        let note =
            "<w:footnotes \(WordFixture.namespaces)><w:footnote w:type=\"separator\" w:id=\"0\">\(p("-"))</w:footnote>"
            + "<w:footnote w:id=\"2\">\(p("见附件"))</w:footnote></w:footnotes>"
        let document = try read(
            """
            <w:p><w:hyperlink w:anchor="x"><w:r><w:t>此处</w:t></w:r></w:hyperlink>\
            <w:r><w:footnoteReference w:id="2"/></w:r><w:r><mc:AlternateContent><mc:Choice Requires="wps">\
            <w:txbxContent>\(p("框内"))</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>\(p("框内"))</w:txbxContent>\
            </mc:Fallback></mc:AlternateContent></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r></w:p>
            """,
            [("footnotes.xml", "footnotes", note)]
        )
        let paragraphs = document.blocks.paragraphs
        #expect(paragraphs.map(\.text) == ["此处藏", "框内"])
        #expect(paragraphs[0].place == paragraphs[1].place)
        #expect(paragraphs[0].runs.map(\.link) == ["#x", nil, nil] && paragraphs[0].runs[2].isHidden)
        #expect(paragraphs[0].runs[1].note == WordNote.Reference(isEndnote: false, id: "2"))
        #expect(document.notes.map { $0.blocks.paragraphs.map(\.text) } == [["见附件"]])
    }

    @Test("cells have their columns and spans, tables their captions")
    func tables() throws {
        func cell(_ text: String, _ properties: String = "") -> String {
            "<w:tc><w:tcPr>\(properties)</w:tcPr>\(text.isEmpty ? "<w:p/>" : p(text))</w:tc>"
        }
        let document = try read(
            p("表1 明细", style: "c") + p("单位：元")
                + """
                <w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>\(cell("项目", "<w:gridSpan w:val=\"2\"/>"))\(cell("金额"))</w:tr>
                <w:tr>\(cell("一", "<w:vMerge w:val=\"restart\"/>"))\(cell("甲"))\(cell("1.00"))</w:tr>
                <w:sdt><w:sdtContent><w:tr>\(cell("", "<w:vMerge/>"))\(cell("乙"))\(cell("2.00"))</w:tr></w:sdtContent></w:sdt>
                <w:tr><w:trPr><w:gridBefore w:val="2"/><w:ins w:id="1" w:author="甲"/></w:trPr>\(cell("3.00"))</w:tr></w:tbl>
                """
                + p("表1 明细")
                + "<w:tbl><w:tr><w:tc><w:tbl><w:tr>\(cell("内"))</w:tr></w:tbl>\(p("外"))</w:tc></w:tr></w:tbl>"
        )
        let tables = document.blocks.tables
        #expect(tables.map(\.title) == ["表1 明细", "表1 明细 (2)", "3"])
        #expect(tables[0].rows[0].isHead && tables[0].rows[3].revision?.kind == .inserted)
        let cells = tables[0].rows.map { $0.cells.map { [$0.column, $0.columnSpan, $0.rowSpan] } }
        #expect(
            cells == [
                [[1, 2, 1], [3, 1, 1]], [[1, 1, 2], [2, 1, 1], [3, 1, 1]], [[2, 1, 1], [3, 1, 1]], [[3, 1, 1]],
            ]
        )
        let last = tables[0].rows[2].cells[1]
        #expect(last.place == .tableCell(file: "a.docx", table: "表1 明细", row: 3, column: 3) && last.text == "2.00")
        #expect(last.blocks.paragraphs[0].place == last.place)
        #expect(tables[1].rows[0].cells[0].text == "外" && tables[2].rows[0].cells[0].text == "内")
    }

    @Test("bookmarks know the runs that they go over")
    func bookmarks() throws {
        let found = try paragraphs(
            """
            <w:bookmarkStart w:id="1" w:name="whole"/><w:p><w:r><w:t>共</w:t></w:r><w:bookmarkStart w:id="2" w:name="f"/>\
            <w:r><w:t>1</w:t></w:r><w:r><w:t>00</w:t></w:r><w:bookmarkEnd w:id="2"/><w:r><w:t>元</w:t></w:r></w:p>\
            \(p("后"))<w:bookmarkEnd w:id="1"/>
            """
        )
        #expect(Set(found[0].bookmarks) == [WordBookmark("whole", 0..<4), WordBookmark("f", 1..<3)])
        #expect(found[1].bookmarks.isEmpty)
    }

    @Test("the spots of paragraphs are their bytes, whatever the prefix")
    func spots() throws {
        let body = p("甲", style: "1") + "<w:p/>" + "<w:tbl><w:tr><w:tc>" + p("乙") + "</w:tc></w:tr></w:tbl>"
        let fixture = WordFixture(body)
        let xml = Array(fixture.parts[2].xml.utf8)
        let blocks = try fixture.read().blocks
        let spots = (blocks.paragraphs + blocks.tables.flatMap { $0.rows[0].cells[0].blocks.paragraphs }).map(\.spot)
        #expect(
            spots.map { String(decoding: xml[$0.whole], as: UTF8.self) } == [p("甲", style: "1"), "<w:p/>", p("乙")]
        )
        #expect(
            spots.map { String(decoding: xml[$0.content], as: UTF8.self) }
                == ["<w:r><w:t>甲</w:t></w:r>", "", "<w:r><w:t>乙</w:t></w:r>"]
        )
    }

    @Test("properties and comments")
    func properties() throws {
        let comments =
            "<w:comments \(WordFixture.namespaces)><w:comment w:id=\"7\" w:author=\"甲\">\(p("请核"))</w:comment></w:comments>"
        var fixture = WordFixture(p("甲"), [("comments.xml", "comments", comments)])
        fixture.parts.append(
            (
                "docProps/custom.xml",
                "<Properties xmlns=\"x\" xmlns:vt=\"y\"><property name=\"id\"><vt:lpwstr>一 二</vt:lpwstr></property></Properties>"
            )
        )
        let document = try fixture.read()
        #expect(document.customProperties == ["id": "一 二"])
        #expect(document.comments == [WordComment(id: "7", author: "甲", date: "", text: "请核")])
    }
}

@Suite("XML from outside")
struct XMLReaderTests {
    private final class Names: XMLHandler {
        var names: [XMLName] = []
        func begin(_ name: XMLName, _ attributes: XMLAttributes, _ reader: XMLReader) { names.append(name) }
    }

    private func failure(_ bytes: [UInt8], _ limits: XMLLimits = .part) -> OfficeFileError? {
        do throws(OfficeFileError) { try XMLReader.read(bytes, into: Names(), limits: limits) } catch { return error }
        return nil
    }

    @Test("may be UTF-16, strict or not, with any prefix")
    func forms() throws {
        let text =
            "<?xml version=\"1.0\" encoding=\"UTF-16\"?><q:p xmlns:q=\"http://purl.oclc.org/ooxml/wordprocessingml/main\">表</q:p>"
        let names = Names()
        try XMLReader.read([0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }, into: names)
        #expect(names.names == [XMLName(.word, "p")])
    }

    @Test("is refused with a document type, too deep, too long, cut or of an unknown encoding")
    func refusals() {
        let bomb = "<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><x>&b;</x>"
        #expect(failure(Array(bomb.utf8)) == .hasDocumentType)
        let deep = String(repeating: "<a>", count: 300) + String(repeating: "</a>", count: 300)
        #expect(failure(Array(deep.utf8)) == .tooDeep(256))
        #expect(failure(Array("<a>12345</a>".utf8), XMLLimits(depth: 9, bytes: 8)) == .xmlTooLong(8))
        #expect(failure(Array("<a><b></a>".utf8))?.reason.en.contains("line 1") == true)
        #expect(failure(Array("<a>".utf8)) != nil)
        #expect(failure(Array("<?xml version=\"1.0\" encoding=\"KLINGON\"?><a/>".utf8)) != nil)
        #expect(failure(Array("<a/>".utf8)) == nil)
    }
}
