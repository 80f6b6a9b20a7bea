import Glibc
import Markup
import PluginKit
import ReportDocument
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

@Suite("Pages that can be printed")
struct PageTests {
    /// A table of two columns, the first one cell over all rows, and inside it pairs.
    private func table(rows count: Int) -> DocumentTable {
        let rows = (0..<count).map { row in
            var cells = [DocumentCell(column: 2, alignment: .left, runs: [.text("行 \(row)")])]
            if row % 2 == 0 {
                let span = min(2, count - row)
                cells.insert(DocumentCell(column: 1, rowSpan: span, alignment: .left, runs: [.text("对 \(row)")]), at: 0)
            }
            if row == 0 {
                cells.insert(DocumentCell(column: 0, rowSpan: count, alignment: .left, runs: [.text("全部")]), at: 0)
            }
            return DocumentRow(cells: cells)
        }
        let columns = [20, 20, 60].map { DocumentColumn(width: $0, alignment: .left) }
        return DocumentTable(caption: [], columns: columns, header: [], body: rows)
    }

    @Test("a page says its author and its keywords, as a Word file does")
    func properties() {
        var document = Document(title: "报告", language: "zh-CN", sections: [])
        (document.properties.author, document.properties.keywords) = ("某<事务所>", ["预算评审", "某镇"])
        let head = HTMLRenderer.page(document).prefix(600)
        #expect(head.contains("<meta name=\"author\" content=\"某&lt;事务所"), "\(head)")
        #expect(head.contains("<meta name=\"keywords\" content=\"预算评审, 某镇\">"))
    }

    @Test("a merged cell is cut where a page may end, at the place that cuts the fewest; each piece has its text")
    func cut() {
        let blocks = RowBlocks(table(rows: 20), lineWidth: 84).blocks
        #expect(blocks.map(\.count) == [8, 8, 4])
        let first = blocks.map { block in block.flatMap(\.cells).filter { $0.cell.column == 0 } }
        #expect(first.map { $0.map(\.cell.rowSpan) } == [[8], [8], [4]])
        #expect(first.flatMap { $0 }.map(\.isContinued) == [false, true, true])
        #expect(first.flatMap { $0 }.map(\.continues) == [true, true, false])
        #expect(
            blocks.flatMap { $0 }.flatMap(\.cells).filter { $0.cell.column == 1 }.allSatisfy { $0.cell.rowSpan == 2 }
        )
    }

    @Test("cells that fit are left alone, and every position is covered once", arguments: [1, 2, 3, 7, 9, 10, 31, 64])
    func covered(count: Int) {
        let table = table(rows: count)
        let blocks = RowBlocks(table, lineWidth: 84).blocks
        #expect(blocks.reduce(0) { $0 + $1.count } == count)
        for block in blocks {
            let rows = block.map { DocumentRow(cells: $0.cells.map(\.cell), style: $0.style) }
            for line in table.grid(of: rows) { #expect(line.allSatisfy { $0.cell != nil }) }
            #expect(
                block.enumerated().allSatisfy { row, line in
                    line.cells.allSatisfy { row + $0.cell.rowSpan <= block.count }
                }
            )
        }
        if count <= RowBlocks.limit { #expect(blocks.count == 1) }
    }

    @Test("a label that is higher than a piece has room makes the pieces higher")
    func tallLabel() {
        var table = table(rows: 12)
        let name = String(repeating: "河道综合养护", count: 7)
        table.body[0].cells[0].runs = [.text(name)]
        for row in table.body.indices {
            let last = table.body[row].cells.count - 1
            table.body[row].cells[last].runs = [.text(String(repeating: "标段", count: 24))]
        }
        // The label needs some twelve lines, a row four: one row a piece made a page of three rows.
        #expect(RowBlocks(table, lineWidth: 48).blocks.map(\.count).min() ?? 0 >= 2)
    }

    /// The rules for the margins of printed pages.
    private func margins(_ numbers: PageNumbers, language: String = "zh-CN", head: [Run] = []) -> String {
        PageMargins(
            Document(
                title: "t",
                language: language,
                properties: DocumentProperties(runningHead: head, pageNumbers: numbers),
                sections: []
            )
        ).rules
    }

    @Test("pages are numbered as the document wants it, in its language, and the cover is not")
    func numbers() {
        let total = margins(.ofTotal)
        #expect(total.contains("@bottom-center { content: \"第 \" counter(page) \" 页 共 \" counter(pages) \" 页\";"))
        #expect(total.contains("@page cover { @bottom-center { content: none; } }"))
        #expect(margins(.ofTotal, language: "en").contains("\"Page \" counter(page) \" of \" counter(pages);"))
        let dashed = margins(.dashed)
        #expect(dashed.contains("@page :right { @bottom-right { content: \"— \" counter(page) \" —\";"))
        #expect(dashed.contains("@page :left { @bottom-left {"))
        #expect(margins(.none).isEmpty)
    }

    @Test("the running head stands on every page, whatever is in it")
    func runningHead() {
        let rules = margins(.none, head: [.text("报告\"\\</style>")])
        #expect(rules.contains("@top-center { content: \"报告\\22 \\5c \\3c /style\\3e \";"))
    }

    @Test("a total stays with what it sums up, and the last row is not alone")
    func tied() {
        var rows = (0..<12).map {
            DocumentRow(cells: [DocumentCell(column: 0, alignment: .left, runs: [.text("\($0)")])])
        }
        rows[5].style = .total
        let table = DocumentTable(
            caption: [],
            columns: [DocumentColumn(width: 100, alignment: .left)],
            header: [],
            body: rows
        )
        #expect(RowBlocks(table, lineWidth: 84).blocks.map(\.count) == [1, 1, 1, 1, 2, 1, 1, 1, 1, 2])
    }

    @Test("a row of labels above several rows heads them on every page; what reaches over it is said below it, too")
    func forms() throws {
        let blocks = """
            - form: 表
              columns: [{width: 1}, {width: 1}, {width: 1}]
              rows:
                - [{text: 名称, style: label}, {text: 甲, colspan: 2}]
                - [{text: 指标, key: k, style: label}, {text: 一级, style: label}, {text: 值, style: label}]
                - [{text: 指标, key: k, style: label}, a, "1"]
                - [{text: 指标, key: k, style: label}, b, "2"]
                - [{text: 指标, key: k, style: label}, c, "3"]
            """
        let html = try Fixture.html(blocks)
        #expect(html.ranges(of: "<table").count == 2 && html.ranges(of: "<caption").count == 1)
        #expect(
            html.contains(
                "<thead>\n<tr><th scope=\"row\" class=\"centre first\">指标</th><th scope=\"row\" class=\"centre\">一级</th>"
            )
        )
        #expect(html.contains("<tr><th scope=\"rowgroup\" rowspan=\"3\" class=\"centre first\">指标</th><td>a</td>"))
        // Two rows are no list.
        let lines = blocks.split(separator: "\n").dropLast().joined(separator: "\n")
        #expect(try Fixture.html(lines).ranges(of: "<table").count == 1)
    }

    @Test("long texts are not said again, nor notes called again")
    func repeated() throws {
        var table = table(rows: 12)
        table.body[0].cells[0].runs = [.text("标签"), .footnote(Footnote([.text("注")]))]
        let page = HTMLRenderer.page(document(.table(table)))
        #expect(page.contains("class=\"first on\">标签<sup>") && page.contains("class=\"first again\"><span>标签</span>"))
        table.body[0].cells[0].runs = [.text(String(repeating: "长", count: 41))]
        #expect(HTMLRenderer.page(document(.table(table))).contains("class=\"first again\"><span>〃</span>"))
    }

    @Test("notes stand at the end of their section, are numbered through, and lead back")
    func notes() throws {
        let blocks = """
            - text: 甲{{#footnote()}}第一{{/footnote()}}乙{{#footnote()}}第二{{/footnote()}}
            - page: landscape
            - table: t
              columns: [{title: 一, merge: true}, 二]
              rows: [["a{{#footnote()}}第三{{/footnote()}}", b], ["a{{#footnote()}}第三{{/footnote()}}", c]]
            """
        let html = try Fixture.html(blocks)
        #expect(html.contains("甲<sup><a class=\"call\" id=\"call-1\" href=\"#note-1\">1</a></sup>乙<sup>"))
        #expect(html.contains("<li id=\"note-2\">第二 <a class=\"call\" href=\"#call-2\">↩</a></li>\n</ol>\n</section>"))
        #expect(html.contains("<ol class=\"notes\" start=\"3\">\n<li id=\"note-3\">第三"))
        #expect(
            try Fixture.markdown(blocks) == """
                甲[^1]乙[^2]

                [^1]: 第一

                [^2]: 第二

                ---

                **t**

                | 一 | 二 |
                | --- | --- |
                | a[^3] | b |
                | a[^3] | c |

                [^3]: 第三

                """
        )
    }

    @Test("a letterhead and a place to sign")
    func parts() throws {
        let blocks = """
            - letterhead: {issuer: 甲所文件, number: 甲〔2026〕1 号, signer: 乙}
            - {signing: [负责人, {label: 日期, kind: date}, {label: 章, kind: seal}], columns: 2}
            """
        let html = try Fixture.html(blocks)
        #expect(
            html.contains(
                "<p class=\"issuer\">甲所文件</p><div><p class=\"number\">甲〔2026〕1 号</p><p class=\"signer\">签发人：乙</p></div>"
            )
        )
        #expect(
            html.contains(
                "<div class=\"signature\"><span class=\"label\">负责人</span><span class=\"value\"></span></div>"
            )
        )
        #expect(
            html.contains(
                "<div class=\"date\"><span class=\"label\">日期</span><span class=\"value\">　　　　年　　月　　日</span></div>"
            )
        )
        #expect(
            try Fixture.markdown(blocks)
                == "**甲所文件**\n\n甲〔2026〕1 号\n\n签发人：乙\n\n负责人：＿＿＿＿＿＿\n\n日期：　　　　年　　月　　日\n\n章：＿＿＿＿＿＿\n"
        )
    }

    @Test("the last paragraph stays with the place to sign, and a lead with what it leads into")
    func signedPage() throws {
        let blocks = "- {text: 特此报告。}\n- {text: 建议：压减, style: lead}\n- {signing: [负责人]}\n"
        let html = HTMLRenderer.page(try Fixture.document(blocks))
        let print = html.firstRange(of: "@media print").map { String(html[$0.lowerBound...]) } ?? ""
        #expect(print.contains("p:has(+ .signing), p:has(+ .signature) { break-after: avoid; }"))
        #expect(print.contains("p.lead { break-after: avoid; }"))
        // The rule asks for neighbours: nothing may stand between the paragraph and the place.
        let between = html.firstRange(of: "建议：压减</p>").map { html[$0.upperBound...].prefix { $0 != ">" } }
        #expect(between?.filter { !$0.isWhitespace }.hasPrefix("<divclass=\"signing") == true)
    }

    @Test("a picture is carried inside the page; what is none, or cut off, is told")
    func pictures() throws {
        let path = "/tmp/pingshen-picture-\(getpid()).png"
        try ScratchFile(name: "pingshen-picture-\(getpid()).png", text: "GIF89a").write(into: "/tmp")
        defer { unlink(path) }
        #expect(throws: PictureFile.Mistake.notAPicture) { try PictureFile(path: path) }
        try PNGFile.write(Array(PNGFile.start + [1, 2]), to: path)
        #expect(throws: PictureFile.Mistake.notAPicture) { try PictureFile(path: path) }
        try PNGFile.write(PNGFile.bytes(width: 0), to: path)
        #expect(throws: PictureFile.Mistake.tooManyDots) { try PictureFile(path: path) }
        try PNGFile.write(PNGFile.bytes(width: 2), to: path)
        let address = try PictureFile(path: path).dataAddress
        #expect(address.hasPrefix("data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIA"))
        #expect(throws: PictureFile.Mistake.unreadable) { try PictureFile(path: "/nowhere/p.png") }
        let page = HTMLRenderer.page(document(.picture(Picture(path: path, alternative: "章", width: 40))))
        #expect(page.contains("<img src=\"\(address)\" alt=\"章\" style=\"width:40%\">"))
    }

    @Test("a picture that cannot be read is a blocker at its place, and a mark on the page of every format")
    func lostPicture() throws {
        let settings: Value = [
            "id": "t", "title": "t",
            "blocks": Fixture.yaml("- {picture: /nowhere/p.png, alternative: 章, caption: 公章, counted: 图}"),
        ]
        let template = try #require(TemplateOutline(ValueReader(settings, log: DiagnosticLog())))
        let (document, findings) = try compose(template, Fixture.request())
        #expect(findings.map(\.rule) == ["report/picture"] && findings.map(\.severity) == [.blocker])
        #expect(
            findings.first?.message.en == "the picture \"章\" (p.png) cannot be printed: it cannot be read"
        )
        #expect(findings.first?.pointers.map(\.description) == ["/config/blocks/0/picture"])
        #expect(MarkdownRenderer(document).render().contains("**〔?章〕**"))
        #expect(HTMLRenderer.page(document).contains("<mark>〔?章〕</mark><br>图 1 公章"))
    }

    @Test("a chart of many lines becomes drawings that fit on a page, each with colours of its own")
    func charts() {
        let groups = (0..<25).map {
            Chart.Group(label: "第 \($0) 项", bars: [Chart.Bar(value: 5, text: "5"), Chart.Bar(value: 3, text: "3")])
        }
        let chart = Chart(caption: [], summary: "", unit: "元", series: ["甲", "乙"], groups: groups)
        let drawings = SVGChart(chart, id: "c", words: .chinese).drawings()
        #expect(drawings.count == 4)
        let text = drawings.map(\.markup).joined()
        #expect(text.ranges(of: "class=\"label\"").count == 25)
        #expect(
            text.contains("<svg xmlns=\"http://www.w3.org/2000/svg\"") && text.contains("fill=\"#b3261e\"")
                && !text.contains("var(")
        )
        #expect(text.contains("id=\"c-t\"") && text.contains("id=\"c-2-t\""))
    }

    private func document(_ block: DocumentBlock) -> Document {
        Document(title: "t", language: "zh-CN", sections: [DocumentSection(orientation: .portrait, blocks: [block])])
    }
}
