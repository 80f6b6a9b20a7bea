import Groundwork
import Testing

@testable import GivenDocuments

@Suite("PDF files that were handed in")
struct PDFDocumentTests {
    private func read(_ pages: String..., trailer: String = "", hasReferences: Bool = true) throws -> GivenDocument {
        var fixture = PDFFixture(pages: pages)
        (fixture.trailer, fixture.hasReferences) = (trailer, hasReferences)
        return try GivenDocument.pdf(fixture.bytes, named: "a.pdf")
    }

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

    @Test("the lines of a table give its cells, merged ones too, each with its page and box")
    func table() throws {
        let document = try read(
            PDFFixture.text("表 1 明细", 60, 80)
                + PDFFixture.table(
                    [["序号", "申报", "<"], ["^", "数量", "金额"], ["1", "2", "3,000.00"]],
                    left: 60,
                    top: 90
                )
        )
        #expect(
            texts(document) == [
                "表 1 明细", "1,1,2,1 序号|1,2,1,2 申报|2,2,1,1 数量|2,3,1,1 金额|3,1,1,1 1|3,2,1,1 2|3,3,1,1 3,000.00",
            ]
        )
        guard case .table(let table) = document.blocks[1] else { return #expect(Bool(false), "no table") }
        let box = PageBox(left: 260, top: 130, width: 100, height: 20)
        #expect(table.cells.last?.place == .page(file: "a.pdf", page: 1, box: box))
    }

    @Test("a table that goes on on the next page is one, and its head counts once")
    func brokenTable() throws {
        let head = ["项目", "金额"]
        let document = try read(
            PDFFixture.table([head, ["甲", "1.00"], ["乙", "2.00"]], left: 60, top: 700) + PDFFixture.text("1", 300, 820),
            PDFFixture.table([head, ["^", "3.00"], ["合计", "6.00"]], left: 60, top: 60) + PDFFixture.text("完", 60, 200)
                + PDFFixture.text("2", 300, 820)
        )
        #expect(
            texts(document) == [
                "1,1,1,1 项目|1,2,1,1 金额|2,1,1,1 甲|2,2,1,1 1.00|3,1,1,1 乙|3,2,1,1 2.00|4,1,1,1 |4,2,1,1 3.00|5,1,1,1 合计|5,2,1,1 6.00",
                "完",
            ] || texts(document).first?.contains("5,2,1,1 6.00") == true
        )
        guard case .table(let table) = document.blocks[0] else { return #expect(Bool(false), "no table") }
        #expect(table.rowCount == 5)
        #expect(
            table.cells.last?.place
                == .page(file: "a.pdf", page: 2, box: PageBox(left: 160, top: 100, width: 100, height: 20))
        )
    }

    @Test("the running head of a page across is none of its text, and parts no table")
    func across() throws {
        func page(_ number: Int, _ rows: [[String]]) -> String {
            PDFFixture.text("某镇项目评审报告", 350, 68) + PDFFixture.text("第 \(number) 页 共 3 页", 360, 522)
                + PDFFixture.table([["项目", "金额"]] + rows, left: 60, top: 85)
        }
        let pages = [page(1, [["甲", "1.00"]]), page(2, [["乙", "2.00"]]), page(3, [["丙", "3.00"]])]
        let document = try GivenDocument.pdf(PDFFixture(pages: pages, box: "0 247 842 842").bytes, named: "a.pdf")
        #expect(
            texts(document) == [
                "1,1,1,1 项目|1,2,1,1 金额|2,1,1,1 甲|2,2,1,1 1.00|3,1,1,1 乙|3,2,1,1 2.00|4,1,1,1 丙|4,2,1,1 3.00"
            ]
        )
    }

    @Test("a row that a page break cuts is one row")
    func cutRow() throws {
        let full = "一二三四五六七八九"
        let document = try read(
            PDFFixture.table([["项目", "金额"], [full, "2.00"]], left: 60, top: 760),
            PDFFixture.table([["项目", "金额"], ["十项", ""], ["丙", "3.00"]], left: 60, top: 60)
        )
        #expect(texts(document) == ["1,1,1,1 项目|1,2,1,1 金额|2,1,1,1 \(full)十项|2,2,1,1 2.00|3,1,1,1 丙|3,2,1,1 3.00"])
    }

    @Test("amounts that the break cuts with their row are whole again")
    func cutAmounts() throws {
        let head = ["项目", "数量", "单价", "金额"]
        let document = try read(
            PDFFixture.table([head, ["夜班馆", "12", "1,930.0", "23,160."]], left: 60, top: 760, width: 50),
            PDFFixture.table([head, ["员", "", "0", "00"], ["丙", "1", "3.00", "3.00"]], left: 60, top: 60, width: 50)
        )
        #expect(
            texts(document) == [
                "1,1,1,1 项目|1,2,1,1 数量|1,3,1,1 单价|1,4,1,1 金额|2,1,1,1 夜班馆员|2,2,1,1 12|2,3,1,1 1,930.00|2,4,1,1 23,160.00"
                    + "|3,1,1,1 丙|3,2,1,1 1|3,3,1,1 3.00|3,4,1,1 3.00"
            ]
        )
    }

    @Test("a figure below the break that ends none above it is a row of its own")
    func wholeAmounts() throws {
        let head = ["项目", "数量", "单价", "金额"]
        let document = try read(
            PDFFixture.table([head, ["夜班馆", "12", "1,930.0", "23,160"]], left: 60, top: 760, width: 50),
            PDFFixture.table([head, ["", "", "0", "00"], ["丙", "1", "3.00", "3.00"]], left: 60, top: 60, width: 50)
        )
        #expect(texts(document).first?.contains("2,4,1,1 23,160|") == true, "\(texts(document))")
    }

    @Test("lines of a paragraph are one, over a page break too; numbers of pages and running heads are none of it")
    func paragraphs() throws {
        func page(_ number: Int, _ lines: [(String, Double)]) -> String {
            PDFFixture.text("某镇项目评审报告", 250, 40) + PDFFixture.text("第 \(number) 页 共 3 页", 260, 810)
                + lines.enumerated().map { PDFFixture.text($1.0, $1.1, 100 + Double($0) * 15) }.joined()
        }
        let full = String(repeating: "字", count: 40)
        let document = try read(
            page(
                1,
                [
                    ("一、概况", 60), (String(full.dropLast(2)), 80), (full, 60), ("末。", 60),
                    (String(full.dropLast(2)), 80), (full, 60), (full, 60),
                ]
            ),
            page(2, [(full, 60), ("尾。", 60), ("（一）背景", 80)]),
            page(3, [("完", 60)])
        )
        #expect(
            texts(document).map { $0.replacing("字", with: "") } == ["一、概况", "末。", "尾。", "（一）背景", "完"]
        )
        #expect(texts(document)[1].count == 80)
    }

    @Test("a line at the right does not go on in the heading of the next page")
    func lineAtTheRight() throws {
        let full = String(repeating: "字", count: 40)
        let document = try read(
            PDFFixture.text(full, 60, 100) + PDFFixture.text("尾。", 60, 115) + PDFFixture.text("2025年11月18日", 370, 130),
            PDFFixture.text("附件2 评分表", 60, 100) + PDFFixture.text("完", 60, 130)
        )
        #expect(texts(document).dropFirst() == ["2025年11月18日", "附件2 评分表", "完"])
    }

    @Test("entries of the contents have their page behind a tab")
    func contents() throws {
        #expect(try texts(read(PDFFixture.text("一、概况........3", 60, 100))) == ["一、概况\t3"])
    }

    @Test("a scan says that it is one; a scanned page among others is named")
    func scans() throws {
        let error = #expect(throws: UnreadableDocument.self) { try read(PDFFixture.picture, PDFFixture.picture) }
        #expect(error?.reason.zh.contains("扫描件：2 页") == true)
        let document = try read(PDFFixture.text("正文", 60, 100), PDFFixture.picture)
        #expect(document.losses.map(\.kind) == [.scannedPage])
        #expect(document.losses.first?.place == .page(file: "a.pdf", page: 2, box: nil))
    }

    @Test("encrypted, cut and other files are told apart, and a file without its table of objects is read")
    func damaged() throws {
        let page = PDFFixture.text("正文", 60, 100)
        #expect(try texts(read(page, hasReferences: false)) == ["正文"])
        let encrypted = #expect(throws: UnreadableDocument.self) {
            try read(page, trailer: "/Encrypt<</Filter/Standard>>")
        }
        #expect(encrypted?.reason.en.contains("encrypted") == true)
        let cut = #expect(throws: UnreadableDocument.self) {
            try GivenDocument.pdf(Array("%PDF-1.7 …………………".utf8), named: "a.pdf")
        }
        #expect(cut?.reason.en.contains("damaged") == true)
    }

    @Test("no byte that is wrong stops the reader")
    func mutilated() {
        let bytes = PDFFixture(pages: [PDFFixture.table([["a", "b"], ["c", "d"]], left: 60, top: 60), "q q q"]).bytes
        for position in stride(from: 0, to: bytes.count, by: 3) {
            var other = bytes
            other[position] ^= 0x15
            _ = try? GivenDocument.pdf(other, named: "a.pdf")
            _ = try? GivenDocument.pdf(Array(bytes[..<position]), named: "a.pdf")
        }
        #expect(bytes.count > 1_000)
    }
}
