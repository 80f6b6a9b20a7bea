import OfficeFiles
import ReportDocument
import ReviewModel
import Testing

@testable import word_writer

@Suite("A report as a Word file")
struct PackageTests {
    private static let chart = Chart(
        caption: [.text("得分")],
        summary: "比较得分",
        unit: "分",
        series: ["自评", "评审"],
        groups: [
            Chart.Group(label: "决策", bars: [Chart.Bar(value: 50, text: "50"), Chart.Bar(value: 44, text: "44")]),
            Chart.Group(label: "管理", bars: [Chart.Bar(value: 30, text: "30"), nil]),
        ]
    )

    private static let everything: [DocumentBlock] = [
        .letterhead(Letterhead(issuer: [.text("某会计师事务所文件")], number: [.text("评〔2026〕12 号")], signer: [.text("张三")])),
        .heading(Heading(0, "评审报告")), .contents(Contents(title: "目录", depth: 2)), .heading(Heading(1, "一、概况")),
        .paragraph(
            Paragraph(
                style: .body,
                runs: [
                    .text("申报 "), .figure(Figure(1200, .money, fact: "a.b")), .text(" 元"),
                    .footnote(Footnote([.text("见附件。"), .figure(Figure(3, .plain, fact: "a.b"))])), .lineBreak,
                    .missing("texts.necessity"), .figure(Figure(1200, .money, fact: "a.b")),
                ]
            )
        ), .heading(Heading(2, "附件", look: .annex)), .heading(Heading(2, "不列", isListed: false)),
        .table(plainTable([["名称", "金额"], ["租金", "100"]])), .chart(chart),
        .flow(FlowDiagram(caption: [.text("图 1")], steps: ["甲", "乙"])),
        .signing(
            Signing(
                fields: [
                    .init(label: [.text("项目负责人")]), .init(label: [.text("公章")], kind: .seal),
                    .init(label: [.text("日期")], kind: .date),
                    .init(label: [.text("文号")], value: [.text("1")], kind: .text),
                ],
                columns: 2
            )
        ), .signature([Paragraph(style: .right, runs: [.text("2026 年")])]),
    ]

    @Test("has the same bytes each time it is written")
    func sameBytes() throws {
        #expect(try WrittenDocument(Self.everything).bytes == WrittenDocument(Self.everything).bytes)
    }

    @Test("asks for nothing when it is opened: no fields to update, none marked as outdated")
    func quiet() throws {
        let written = try WrittenDocument(Self.everything)
        for entry in written.zip.entries where entry.name.hasSuffix(".xml") {
            let text = try written.part(entry.name)
            #expect(!text.contains("updateFields") && !text.contains("w:dirty"), "\(entry.name)")
        }
    }

    @Test("ends every field that it begins, with a result between")
    func fields() throws {
        let properties = DocumentProperties(runningHead: [.text("页眉")])
        let written = try WrittenDocument(Self.everything, properties: properties, pages: ["一、概况": 2, "附件": 3])
        for entry in written.zip.entries where entry.name.hasPrefix("word/") && entry.name.hasSuffix(".xml") {
            let types = try written.part(entry.name).all(between: "w:fldCharType=\"", and: "\"")
            var open = 0
            for type in types {
                if type == "begin" { open += 1 } else if type == "end" { open -= 1 }
                #expect(open >= 0)
            }
            #expect(open == 0, "\(entry.name)")
        }
    }

    @Test("has unique bookmarks of legal names, and links to none that is not there")
    func bookmarks() throws {
        let written = try WrittenDocument(Self.everything)
        let starts = written.body.all(between: "<w:bookmarkStart w:id=\"", and: "\"")
        let names = written.body.all(between: " w:name=\"", and: "\"")
        #expect(
            Set(starts).count == starts.count
                && starts == written.body.all(between: "<w:bookmarkEnd w:id=\"", and: "\"")
        )
        #expect(names.count == Set(names).count && names.count == starts.count)
        #expect(names.allSatisfy { $0.utf8.count <= 40 })
        let links = written.body.all(between: "w:anchor=\"", and: "\"")
        #expect(!links.isEmpty && Set(links).isSubset(of: Set(names)))
    }

    @Test("has unique ids of drawings, and half points that are whole")
    func numbers() throws {
        let written = try WrittenDocument(Self.everything + [.chart(Self.chart)])
        let ids = written.body.all(between: "<wp:docPr id=\"", and: "\"")
        #expect(ids == ["1", "2"])
        for part in ["word/document.xml", "word/styles.xml"] {
            let sizes = try written.part(part).all(between: "<w:sz w:val=\"", and: "\"")
            #expect(!sizes.isEmpty && sizes.allSatisfy { Int($0) != nil }, "\(part)")
        }
    }

    @Test("refers to parts that are there, and has no part that nothing refers to")
    func parts() throws {
        let written = try WrittenDocument(Self.everything)
        let types = try written.part("[Content_Types].xml").all(between: "PartName=\"/", and: "\"")
        let names = Set(written.zip.entries.map(\.name))
        #expect(Set(types).isSubset(of: names))
        let targets = try written.part("word/_rels/document.xml.rels").all(between: "Target=\"", and: "\"")
        #expect(targets.allSatisfy { names.contains("word/" + $0) })
        let ids = try written.part("word/_rels/document.xml.rels").all(between: " Id=\"", and: "\"")
        let used = written.body.all(between: "r:id=\"", and: "\"") + written.body.all(between: "r:embed=\"", and: "\"")
        #expect(Set(used).isSubset(of: Set(ids)))
    }

    @Test("lists the headings with page numbers where they are known, else without")
    func contents() throws {
        let without = try WrittenDocument(Self.everything)
        #expect(!without.body.contains("PAGEREF") && without.body.contains(" TOC \\o &quot;1-2&quot; \\h \\z "))
        let with = try WrittenDocument(Self.everything, pages: ["一、概况": 2, "附件": 13])
        #expect(with.body.all(between: " PAGEREF ", and: " ").count == 2)
        #expect(with.body.contains(">13<"))
        // Half of the numbers would look like all of them.
        #expect(try !WrittenDocument(Self.everything, pages: ["附件": 13]).body.contains("PAGEREF"))
    }

    @Test("gives headings their level, whatever they look like")
    func levels() throws {
        let written = try WrittenDocument(Self.everything)
        #expect(written.body.contains("<w:pStyle w:val=\"Heading1\"/>"))
        #expect(written.body.contains("<w:pStyle w:val=\"ReportSection\"/><w:outlineLvl w:val=\"1\"/>"))
    }

    @Test("has chapters on pages of their own orientation, and nothing in the margins of a cover")
    func sections() throws {
        let written = try WrittenDocument(
            sections: [
                DocumentSection(
                    orientation: .portrait,
                    blocks: [
                        .cover([
                            Paragraph(style: .title, runs: [.text("封面")]),
                            Paragraph(style: .plain, runs: [.text("日期")]),
                        ])
                    ]
                ),
                DocumentSection(orientation: .landscape, blocks: [.table(plainTable([["甲"], ["1"]]))]),
                DocumentSection(orientation: .portrait, blocks: []),
                DocumentSection(
                    orientation: .portrait,
                    blocks: [.paragraph(Paragraph(style: .body, runs: [.text("正文")]))]
                ),
            ]
        )
        let sections = written.body.all(between: "<w:sectPr>", and: "</w:sectPr>")
        #expect(sections.count == 3)
        #expect(sections.map { $0.contains("footerReference") } == [false, true, true])
        #expect(sections.map { $0.contains("w:orient=\"landscape\"") } == [false, true, false])
        // The cover's last line ends its section, not the first.
        #expect(written.body.all(between: "<w:p>", and: "</w:p>")[1].contains("sectPr"))
    }

    @Test("has the figures of a chart in a workbook, in the unit that is printed")
    func chart() throws {
        let money = Chart(
            caption: [],
            summary: "",
            unit: "万元",
            series: ["预算"],
            groups: [Chart.Group(label: "2023", bars: [Chart.Bar(value: 3_828_400, text: "382.84")])]
        )
        let written = try WrittenDocument([.chart(money)])
        #expect(try written.part("word/charts/report-chart1.xml").contains("<c:v>382.84"))
        let book = try ZipReader(written.zip.bytes(of: "word/embeddings/report-chart1.xlsx"))
        let sheet = String(decoding: try book.bytes(of: "xl/worksheets/sheet1.xml"), as: UTF8.self)
        #expect(sheet.contains("<v>382.84") && sheet.contains(">2023<"))
    }

    @Test("stacks the bars of a waterfall on bars that nobody sees, with the texts beside them")
    func waterfall() throws {
        let bars = [Chart.Bar(value: 93, text: "93"), Chart.Bar(value: -3, base: 93, text: "-3")]
        let chart = Chart(
            caption: [],
            summary: "",
            unit: "分",
            series: ["分"],
            groups: bars.map { Chart.Group(label: "x", bars: [$0]) }
        )
        let xml = try WrittenDocument([.chart(chart)]).part("word/charts/report-chart1.xml")
        #expect(xml.contains("<c:grouping val=\"stacked\"/>"))
        #expect(xml.all(between: "<c:numCache>", and: "</c:numCache>")[0].contains("<c:v>90"))
        #expect(xml.contains("<a:t>-3</a:t>"))
    }

    @Test("says who wrote it and of which review it is")
    func properties() throws {
        let properties = DocumentProperties(author: "某所", number: "评〔2026〕1 号", review: "r-1", pageNumbers: .dashed)
        let written = try WrittenDocument(Self.everything, properties: properties)
        #expect(try written.part("docProps/core.xml").contains("<dc:creator>某所</dc:creator>"))
        #expect(try written.part("docProps/custom.xml").contains("<vt:lpwstr>r-1</vt:lpwstr>"))
        #expect(try written.part("word/settings.xml").contains("<w:evenAndOddHeaders/>"))
        #expect(try written.part("word/report-footer2.xml").contains("<w:jc w:val=\"left\"/>"))
    }

    @Test("does not draw a line out that an amount leaves with a wide gap: its paragraph is set to the left")
    func stretched() throws {
        func isRagged(_ text: String, language: String = "zh-CN") throws -> Bool {
            let paragraph = Paragraph(style: .body, runs: [.text(text)])
            let written = try WrittenDocument([.paragraph(paragraph)], language: language)
            return written.body.contains("<w:jc w:val=\"left\"/>")
        }
        let words = String(repeating: "项目目标明确，", count: 12)
        #expect(try !isRagged(words))
        // 28 characters a line, two of them the indent: the amount of twelve digits and marks begins behind the 23rd.
        #expect(try isRagged(String(repeating: "审", count: 23) + "13,849,620.00 元，核减" + words))
        #expect(try !isRagged(String(repeating: "审", count: 12) + "13,849,620.00 元，核减" + words))
        #expect(try !isRagged(String(repeating: "审", count: 23) + "13,849,620.00 元，核减", language: "en-GB"))
    }

    @Test("is set as a letter in languages other than Chinese, in the same parts")
    func english() throws {
        let written = try WrittenDocument(Self.everything, language: "en-GB")
        #expect(try written.part("word/styles.xml").contains("<w:lang w:val=\"en-GB\""))
        #expect(try written.part("word/report-footer1.xml").contains(">Page <"))
        #expect(written.body.contains("Signed off by"))
    }

    @Test("shows what is missing, and escapes what people have typed")
    func marks() throws {
        let written = try WrittenDocument([
            .paragraph(Paragraph(style: .body, runs: [.missing("a<b"), .text("</w:t> & \u{1}\u{FFFE}")]))
        ])
        #expect(written.body.contains("〔?a&lt;b〕"))
        #expect(written.body.contains("&lt;/w:t&gt; &amp;"))
        #expect(!written.body.contains("\u{1}") && !written.body.contains("\u{FFFE}"))
    }
}

@Suite("The bookmark of a figure")
struct FactBookmarkTests {
    @Test("is legal in Word, tells facts apart and leads back to the first of them")
    func names() {
        let facts = ["lines.L01.requested", "预算.甲", "预算.乙", String(repeating: "x", count: 500), ""]
        let names = facts.map { FactBookmark.name(of: $0) }
        #expect(Set(names).count == facts.count)
        for (fact, name) in zip(facts, names) {
            let third = FactBookmark.name(of: fact, occurrence: 31_000)
            #expect(third.utf8.count <= 40 && third.utf8.allSatisfy { $0 < 0x80 })
            #expect(FactBookmark.first(of: third) == name && FactBookmark.first(of: name) == name)
        }
        #expect(FactBookmark.first(of: "_Toc000000001") == nil)
        #expect(FactBookmark.first(of: "f_hand_made") == nil)
    }
}

@Suite("A picture")
struct PictureTests {
    private static let png: [UInt8] =
        [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 0, 0, 0, 13] + Array("IHDR".utf8)
        + [0, 0, 1, 0, 0, 0, 0, 200] + [UInt8](repeating: 0, count: 9)

    @Test("has the size that its header says")
    func sizes() {
        let png = PictureHeader(Self.png)
        #expect(png?.format == .png && png?.width == 256 && png?.height == 200)
        let jpeg: [UInt8] =
            [0xFF, 0xD8, 0xFF, 0xE0, 0, 4, 1, 2, 0xFF, 0xC2, 0, 17, 8, 0, 100, 1, 44] + [UInt8](repeating: 0, count: 9)
        #expect(PictureHeader(jpeg).map { [$0.width, $0.height] } == [300, 100])
    }

    @Test("that is cut off anywhere is none, and nothing is read beyond its end")
    func cut() {
        for count in 0..<Self.png.count { #expect(PictureHeader(Array(Self.png[..<count])) == nil) }
        #expect(PictureHeader([0xFF, 0xD8, 0xFF, 0xE0, 0xFF, 0xFF, 0, 0, 0, 0, 0, 0]) == nil)
    }

    @Test("that cannot be read leaves a mark in the report, and a sentence that says why")
    func missing() throws {
        var store = PictureStore()
        #expect(store.image(at: "/nowhere/logo.png") == nil)
        #expect(store.problems.first?.zh.contains("logo.png") == true)
        let written = try WrittenDocument([.picture(Picture(path: "/nowhere/logo.png", alternative: "徽标"))])
        #expect(written.body.contains("〔?徽标〕"))
    }
}
