import Groundwork
import OfficeFiles
import Testing

@testable import GivenDocuments

/// `line:column text` of every paragraph, and of every cell with its spans.
private func shown(_ document: GivenDocument) -> [String] {
    func at(_ place: Place) -> String { "\(place.line ?? 0):\(place.column ?? 0)" }
    return document.blocks.flatMap { block in
        switch block {
        case .paragraph(let paragraph):
            [(paragraph.level.map { "h\($0) " } ?? "") + "\(at(paragraph.place)) \(paragraph.text)"]
        case .table(let table):
            table.cells.map { "\($0.row),\($0.column),\($0.rowSpan),\($0.columnSpan) \(at($0.place)) \($0.text)" }
        }
    }
}

@Suite("HTML files that were handed in")
struct HTMLDocumentTests {
    private func read(_ html: String) throws -> GivenDocument {
        try HTMLDocument.read(PlainText(Array(html.utf8)), named: "a.html")
    }

    @Test("headings, paragraphs, lists and line breaks are read, scripts and styles are not")
    func text() throws {
        let html = """
            <!DOCTYPE html><html><head><title>x</title><style>p{}</style><script>if (a<b) document.write("<p>no</p>")</script></head>
            <body><h2>一、概况</h2>
              <p>甲&nbsp;&amp;&#x4E59;<br>丙 <b>丁</b></p><!-- <p>no</p> -->
            <ol start=3><li>项<li>目</ol><nav><p>no</p></nav></body></html>
            """
        #expect(try shown(read(html)) == ["h2 2:11 一、概况", "3:6 甲 &乙", "3:6 丙 丁", "4:17 3. 项", "4:22 4. 目"])
    }

    @Test("tables keep merged cells, with or without end tags, and a table in a table follows it")
    func tables() throws {
        let html =
            "<table><tr><th rowspan=2>序号<th colspan=2>申报<tr><td>数量<td>金额<tr><td>1<td>2<td>3<table><tr><td>a<td>b</table></table>"
        let found = try shown(read(html)).map { $0.split(separator: " ") }.map { "\($0[0]) \($0[2])" }
        #expect(
            found == [
                "1,1,2,1 序号", "1,2,1,2 申报", "2,2,1,1 数量", "2,3,1,1 金额", "3,1,1,1 1", "3,2,1,1 2", "3,3,1,1 3",
                "1,1,1,1 a", "1,2,1,1 b",
            ]
        )
    }

    @Test("what is not shown is left out and told")
    func hidden() throws {
        let document = try read("<p>甲</p><div style=\"display: none\"><div>乙</div></div><p hidden>丙</p><p>丁</p>")
        #expect(shown(document).map { $0.suffix(1) } == ["甲", "丁"])
        #expect(document.losses.map(\.kind) == [.hiddenText])
    }

    @Test("nothing that is open at the end, nested or absurd stops the reader")
    func damaged() throws {
        for html in [
            "<", "<p", "<p a=\"", "<!--", "<table><tr><td rowspan=99999999 colspan=99999999>x<td>y",
            "</td></tr></table>", "&#0;&#xFFFFFFFF;&", "<script>",
        ] {
            _ = try read(html)
        }
        #expect(throws: UnreadableDocument.self) { try read(String(repeating: "<table><tr><td>", count: 50)) }
    }
}

@Suite("Tables that nobody prints")
struct LargeTableTests {
    private func read(_ text: String, _ name: String = "a.html") throws -> GivenDocument {
        try GivenDocument.read(Array(text.utf8), named: name)
    }

    private func row(_ count: Int, _ spans: String) -> String {
        "<tr>" + String(repeating: "<td \(spans)>1</td>", count: count) + "</tr>"
    }

    @Test("are left out and told, and what stands around them is read")
    func leftOut() throws {
        let rows = String(repeating: row(5, "rowspan=1000 colspan=1000"), count: 40)
        let document = try read("<p>甲</p><table>\(rows)</table><table><tr><td>a<td>b</table><p>乙</p>")
        #expect(shown(document).map { $0.suffix(1) } == ["甲", "a", "b", "乙"])
        #expect(document.losses.map(\.kind) == [.table])
        #expect(document.losses.first?.message.en.hasPrefix("a table has 40 rows and 200000 columns; ") == true)
    }

    @Test("are told as well where one long row makes all others long, and where many tables come to as much")
    func padded() throws {
        let long = "|" + String(repeating: "a|", count: 1_000) + "\n|" + String(repeating: "-|", count: 1_000) + "\n"
        let document = try read("甲\n\n" + long + String(repeating: "|1|\n", count: 600) + "\n乙\n", "a.md")
        #expect(shown(document).map { $0.suffix(1) } == ["甲", "乙"] && document.losses.map(\.kind) == [.table])
        let tables = String(repeating: "<table>\(row(2, "colspan=1000"))\(row(2, ""))</table>", count: 130)
        #expect(try read("<p>甲</p>" + tables).losses.count == 130 - 125)
    }

    @Test("are refused where cells that go over several rows take more fields than can be looked at")
    func covered() throws {
        let rows = String(repeating: row(1, "rowspan=1000 colspan=1000"), count: 300)
        #expect(throws: UnreadableDocument.self) { try read("<table>\(rows)</table>") }
    }
}

@Suite("Markdown that was handed in")
struct MarkdownDocumentTests {
    private func read(_ text: String) throws -> GivenDocument {
        try MarkdownDocument.read(PlainText(Array(text.utf8)), named: "a.md")
    }

    @Test("headings, paragraphs over lines, lists, code and rules are read")
    func text() throws {
        let text = """
            # 一、概况 #

            本项目**预算**
            共 `3` 项，见[说明](http://x/y)。

            标题
            ---
            - 甲 \\* 3 * 4
            2. 乙
            ```
            | no | table |
            ```
            - [一、概况](#a)
            """
        let found = try shown(read(text))
        #expect(
            found == [
                "h1 1:1 一、概况", "3:1 本项目预算共 3 项，见说明。", "h2 6:1 标题", "8:1 甲 * 3 * 4", "9:1 2. 乙", "11:1 | no | table |",
            ]
        )
    }

    @Test("tables with bars know the place of each cell; a table of HTML keeps its merged cells")
    func tables() throws {
        let text =
            "表 1\n\n| 项目 | 金额 |\n|---|--:|\n| 甲\\|乙<br>丙 | 1,000.00 |\n\n<table><tr><td rowspan=2>a</td><td>b</td></tr>\n<tr><td>c</td></tr></table>\n"
        let found = try shown(read(text))
        #expect(
            found == [
                "1:1 表 1", "1,1,1,1 3:2 项目", "1,2,1,1 3:7 金额", "2,1,1,1 5:2 甲|乙\n丙", "2,2,1,1 5:14 1,000.00",
                "1,1,2,1 7:12 a", "1,2,1,1 7:32 b", "2,2,1,1 8:5 c",
            ]
        )
    }

    @Test("a page that names its encoding is not said to be guessed", arguments: ["charset=GB2312", "charset=\"gbk\""])
    func declared(charset: String) throws {
        let bytes = Array("<html><head><meta \(charset)></head><body><p>".utf8) + [0xBC, 0xD7]
        let document = try GivenDocument.read(bytes, named: "a.html")
        #expect(document.blocks.count == 1 && document.losses.isEmpty)
        let silent = try GivenDocument.read(Array("<html><body><p>".utf8) + [0xBC, 0xD7], named: "a.html")
        #expect(silent.losses.map(\.kind) == [.guessedEncoding])
    }

    @Test("lines may end in two characters, and bytes that are no UTF-8 are GB18030, which is told")
    func encodings() throws {
        #expect(try shown(read("# a\r\n\r\nb\r\n")) == ["h1 1:1 a", "3:1 b"])
        let document = try MarkdownDocument.read(PlainText([0xBC, 0xD7]), named: "a.md")
        #expect(shown(document) == ["1:1 甲"])
        #expect(document.losses.map(\.kind) == [.guessedEncoding])
    }
}

@Suite("Lines of forms in Markdown")
struct MarkdownLineTests {
    @Test("labels, numbered lines, a signature and its date stay lines, and a paragraph that goes on is one")
    func lines() throws {
        let markdown = """
            项目名称：某项目
            委托单位：某市财政局

            审核减少2人，其中：
            （1）工程师由8人核减为7人；
            （2）管理员核减1人。
            建议项目单位完善方案，
            并报财政局备案。

            某某咨询有限公司
            2025年11月6日
            """
        let document = try MarkdownDocument.read(PlainText(Array(markdown.utf8)), named: "a.md")
        #expect(
            shown(document) == [
                "1:1 项目名称：某项目", "2:1 委托单位：某市财政局", "4:1 审核减少2人，其中：", "5:1 （1）工程师由8人核减为7人；",
                "6:1 （2）管理员核减1人。", "7:1 建议项目单位完善方案，并报财政局备案。", "10:1 某某咨询有限公司", "11:1 2025年11月6日",
            ]
        )
    }
}
