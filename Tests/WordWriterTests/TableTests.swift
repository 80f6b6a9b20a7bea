import OfficeFiles
import ReportDocument
import ReviewModel
import Testing

@testable import word_writer

@Suite("The pages of a table")
struct TableBreaksTests {
    private func breaks(_ spans: [[Int]], limit: Int, heights: [Int]? = nil) -> TableBreaks {
        TableBreaks(spans: spans, heights: heights ?? spans.map { _ in 10 }, limit: limit)
    }

    @Test("may break between all rows that no merged cell ties together")
    func free() {
        let free = breaks([[1], [1], [1]], limit: 100)
        #expect(free.keepsNext == [false, false, false])
        #expect(free.beginsAnew == [false, false, false])
    }

    @Test("do not break inside a short merged cell")
    func short() {
        let short = breaks([[3, 1], [1], [1], [1, 1]], limit: 30)
        #expect(short.keepsNext == [true, true, false, false])
        #expect(!short.beginsAnew.contains(true))
    }

    @Test("may break inside a long merged cell, whose label then stands in both pieces")
    func long() {
        let long = breaks([[7, 1], [1], [1], [1], [1], [1], [1]], limit: 20)
        #expect(long.keepsNext == [true, false, true, false, true, true, false])
        // Rather three than a row alone.
        #expect(long.beginsAnew == [false, false, true, false, true, false, false])
    }

    @Test("break where fewest cells are merged: at the end of an inner label, not inside it")
    func inner() {
        // An outer label over six rows, inner ones over four and two.
        let spans = [[6, 4], [1], [1], [1], [2], [1]]
        let expected = [false, false, false, false, true, false]
        #expect(TableBreaks(spans: spans, heights: spans.map { _ in 10 }, limit: 50, most: 50).beginsAnew == expected)
        // The inner label is a little higher than what is kept together otherwise.
        #expect(breaks(spans, limit: 39).beginsAnew == expected)
    }

    @Test("leave a row alone that is higher than all that may be kept together")
    func high() {
        let high = breaks([[3], [1], [1]], limit: 20, heights: [50, 50, 50])
        #expect(high.keepsNext == [false, false, false])
        #expect(high.beginsAnew == [false, true, true])
    }

    @Test("hold a merged cell that reaches beyond the table")
    func beyond() { #expect(breaks([[9], [1]], limit: 100).keepsNext == [true, false]) }
}

@Suite("Merged labels where cells are written without lines between them")
struct SpreadTests {
    private func spread(_ text: String, _ capacities: [Int]) -> [String] {
        // Four characters a line: 21 half points, 160 for the sides.
        let measure = RowMeasure(widths: [21 * 10 * 4 + 160], size: 21, narrow: 500)
        return measure.spread(DocumentCell(column: 0, alignment: .left, runs: [.text(text)]), over: capacities)
            .map(\.plainText)
    }

    @Test("stand whole in the row that has room for them and is nearest to the middle")
    func whole() {
        #expect(spread("目标明确内容", [1, 2, 1]) == ["", "目标明确内容", ""])
        #expect(spread("目标明确内容", [1, 1, 2]) == ["", "", "目标明确内容"])
        #expect(spread("目标明确", [1, 1, 1]) == ["", "目标明确", ""])
    }

    @Test("go on in the next row where none has room for them")
    func parted() {
        #expect(spread("目标明确内容", [1, 1]) == ["目标明确", "内容"])
        #expect(spread("目标明确内容", [1, 1, 1, 1]) == ["", "目标明确", "内容", ""])
    }
}

@Suite("The columns of a table")
struct ColumnWidthsTests {
    @Test("fill the width, whatever the template says", arguments: [[10, 10], [0, 0], [90, 10], [7, 300]])
    func sum(percents: [Int]) {
        let table = plainTable([["名称", "金额"], ["租金", "1703200"]], widths: percents)
        #expect(ColumnWidths(table, width: 8000, type: TableType(size: 21)).widths.reduce(0, +) == 8000)
    }

    @Test("hold their longest figure in one line, however narrow the template wants them")
    func figures() {
        let long = String(repeating: "说明很长，", count: 40)
        let table = plainTable([["说明", "金额"], [long, "14017700"]], widths: [99, 1])
        let columns = ColumnWidths(table, width: 8000, type: TableType(size: 21))
        // 13 characters of half the size of the type, and the padding of the cell.
        #expect(columns.widths[1] >= 13 * columns.size * 5 + ColumnWidths.padding)
        #expect(columns.size == 21)
    }

    @Test("are set in smaller type when their figures do not fit side by side")
    func small() {
        let rows = [[String]](repeating: [String](repeating: "14017700", count: 9), count: 2)
        let columns = ColumnWidths(plainTable(rows), width: 8845, type: TableType(size: 21))
        #expect(columns.size < 21)
        #expect(columns.widths.allSatisfy { $0 >= 13 * columns.size * 5 + ColumnWidths.padding })
    }

    @Test("keep the room of texts beside figures of many digits: the type is smaller instead")
    func texts() {
        let text = "一段不短的说明文字"
        let row = [text, "1234567890123", "1234567890123", "1234567890123", text]
        let columns = ColumnWidths(
            plainTable([["名称", "单价", "申报", "审定", "说明"], row]),
            width: 8845,
            type: TableType(size: 21)
        )
        #expect((16..<21).contains(columns.size))
        // Six characters a line.
        #expect(columns.widths[0] >= 12 * columns.size * 5 + ColumnWidths.padding)
        #expect(columns.widths[1] >= 20 * columns.size * 5 + ColumnWidths.padding)
        // What the template wants narrow is narrow, and the type stays.
        let narrow = ColumnWidths(
            plainTable([["名称", "单价"], [text, "100"]], widths: [5, 95]),
            width: 8845,
            type: TableType(size: 21)
        )
        #expect(narrow.size == 21)
    }

    @Test(
        "are wider for a font with wide digits, and for one that nobody knows",
        arguments: ["Georgia", "Verdana", "某体"]
    )
    func fonts(font: String) {
        let table = plainTable([["说明", "比例", "金额"], ["字", "100.00%", "14017700"]], widths: [90, 5, 5])
        let width = LatinWidth.of(font)
        let columns = ColumnWidths(table, width: 8000, type: TableType(size: 21, narrow: width))
        // Bold digits of Georgia are 0.71 of the type, its percent sign 0.88.
        #expect(width >= 680 && LatinWidth.of("Times New Roman") == 500 && LatinWidth.of(nil) == 500)
        #expect(columns.widths[1] >= (7 * width + 500) * columns.size / 100 + ColumnWidths.padding)
        #expect(columns.widths[2] >= 13 * width * columns.size / 100 + ColumnWidths.padding)
    }

    @Test("never break an amount inside a text, however long it is")
    func amountsInTexts() {
        let table = plainTable([["说明", "依据"], ["核减 1,234,567,890,123.00 元", "字"]], widths: [1, 99])
        let columns = ColumnWidths(table, width: 8000, type: TableType(size: 21))
        #expect(columns.widths[0] >= 20 * 21 * 5 + ColumnWidths.padding)
    }

    @Test("give a text over several columns its room, where nothing stands in these alone")
    func spanned() {
        func row(_ texts: [(String, Int, Int)]) -> DocumentRow {
            DocumentRow(
                cells: texts.map { DocumentCell(column: $1, columnSpan: $2, alignment: .left, runs: [.text($0)]) }
            )
        }
        let reason = String(repeating: "说明", count: 20)
        let table = DocumentTable(
            caption: [],
            columns: [10, 10, 10, 10, 60].map { DocumentColumn(width: $0, alignment: .left) },
            header: [row([("名称", 0, 1), ("项目内容", 1, 2), ("金额", 3, 1), ("说明", 4, 1)])],
            body: [row([("甲", 0, 1), ("多媒体一体机设备", 1, 2), ("24,000.00", 3, 1), (reason, 4, 1)])]
        )
        let columns = ColumnWidths(table, width: 8845, type: TableType(size: 21))
        // What the template gives it, where a longer text wants all that there is.
        #expect(columns.widths[1] + columns.widths[2] >= 8845 / 5 - 2, "\(columns.widths)")
        // A line over the whole table asks for nothing.
        var titled = table
        titled.header.insert(row([(String(repeating: "题", count: 60), 0, 5)]), at: 0)
        #expect(ColumnWidths(titled, width: 8845, type: TableType(size: 21)) == columns)
    }

    @Test("give room that they do not need to those that break their lines")
    func room() {
        let text = String(repeating: "字", count: 60)
        let columns = ColumnWidths(
            plainTable([["序", "说明"], ["1", text]], widths: [50, 50]),
            width: 8000,
            type: TableType(size: 21)
        )
        #expect(columns.widths[1] > 6000)
    }
}

@Suite("A table in Word")
struct WordTableTests {
    @Test("repeats its head, splits no row, merges over rows and columns")
    func structure() throws {
        let table = DocumentTable(
            caption: [.text("表 "), .counter(Counter(series: "表", number: 1)), .text(" 明细")],
            columns: [DocumentColumn(width: 50, alignment: .left), DocumentColumn(width: 50, alignment: .right)],
            header: [
                DocumentRow(cells: [
                    DocumentCell(column: 0, columnSpan: 2, style: .head, alignment: .centre, runs: [.text("明细")])
                ])
            ],
            body: [
                DocumentRow(cells: [
                    DocumentCell(column: 0, rowSpan: 2, alignment: .centre, runs: [.text("甲")]),
                    DocumentCell(
                        column: 1,
                        alignment: .right,
                        runs: [.figure(Figure(1200, .money, fact: "lines.L01"))]
                    ),
                ]),
                DocumentRow(cells: [DocumentCell(column: 1, alignment: .right, runs: [])]),
            ]
        )
        let written = try WrittenDocument([.table(table)])
        #expect(written.count("<w:tblHeader/>") == 1)
        #expect(written.count("<w:cantSplit/>") == 3)
        #expect(written.count("<w:gridSpan w:val=\"2\"/>") == 1)
        #expect(written.count("<w:vMerge w:val=\"restart\"/>") == 1)
        #expect(written.count("<w:vMerge/>") == 1)
        #expect(written.body.contains(" SEQ 表 \\* ARABIC "))
        #expect(written.body.contains(">1,200.00<"))
        // The rows of the merged cell stay on one page.
        #expect(written.count("<w:keepNext/>") == 4)
    }

    @Test("has a number that texts refer to by a field; a mention of what is not there stays text")
    func references() throws {
        let first = Counter(series: "表", number: 1)
        let caption: [Run] = [.text("表 "), .counter(first), .text(" 明细")]
        let table = DocumentTable(
            caption: caption,
            columns: [DocumentColumn(width: 100, alignment: .left)],
            header: [],
            body: [DocumentRow(cells: [DocumentCell(column: 0, alignment: .left, runs: [.text("甲")])])]
        )
        let written = try WrittenDocument([
            .paragraph(
                Paragraph(
                    style: .body,
                    runs: [.text("见"), .reference(first), .text("和"), .reference(Counter(series: "图", number: 7))]
                )
            ),
            .table(table), .table(table),
        ])
        #expect(written.count(" REF _Ref000000001 \\h ") == 1 && written.count(" REF ") == 1)
        #expect(written.body.contains(">图 7<"))
        // Two captions of one number: the bookmark is the first one's.
        #expect(written.count("w:name=\"_Ref000000001\"") == 1 && written.count(" SEQ 表 ") == 2)
    }

    @Test("never ends or begins a page with a single row")
    func singleRows() throws {
        func kept(_ count: Int) throws -> [Bool] {
            let rows = (1...count).map { row in
                DocumentRow(cells: [DocumentCell(column: 0, alignment: .left, runs: [.text("\(row)")])])
            }
            let columns = [DocumentColumn(width: 100, alignment: .left)]
            let written = try WrittenDocument([
                .table(DocumentTable(caption: [], columns: columns, header: [], body: rows))
            ])
            return written.body.all(between: "<w:tr>", and: "</w:tr>").map { $0.contains("<w:keepNext/>") }
        }
        #expect(try kept(3) == [false, false, false])
        #expect(try kept(6) == [true, false, false, false, true, false])
    }

    @Test("keeps the last lines of the text on the page that people sign")
    func signing() throws {
        let text = Paragraph(style: .body, runs: [.text("无。")])
        let signing = Signing(fields: [Signing.Field(label: [.text("负责人")])])
        let written = try WrittenDocument([.paragraph(text), .paragraph(text), .signing(signing)])
        let paragraphs = written.body.all(between: "<w:p>", and: "</w:p>")
        #expect(paragraphs.prefix(3).map { $0.contains("<w:keepNext/>") } == [false, true, true])
        // A short list below a heading, as that of the annexes, stays whole; a long text does not.
        func kept(_ texts: [String]) throws -> [Bool] {
            let blocks = texts.map { DocumentBlock.paragraph(Paragraph(style: .body, runs: [.text($0)])) }
            let written = try WrittenDocument([.heading(Heading(1, "附件"))] + blocks + [.signing(signing)])
            let paragraphs = written.body.all(between: "<w:p>", and: "</w:p>")
            return paragraphs.dropFirst().prefix(texts.count).map { $0.contains("<w:keepNext/>") }
        }
        #expect(try kept(["1. 预算审核表", "2. 项目描述", "3. 立项依据"]) == [true, true, true])
        #expect(try kept([String(repeating: "长", count: 200), "无。"]) == [false, true])
    }

    @Test("leaves room behind itself, but none at the end of a section, where it would begin an empty page")
    func room() throws {
        let table = DocumentBlock.table(grouped(2))
        let signing = DocumentBlock.signing(Signing(fields: [Signing.Field(label: [.text("负责人")])]))
        #expect(try WrittenDocument([table, table]).count("w:line=\"160\"") == 1)
        #expect(try WrittenDocument([table, signing]).count("w:line=\"160\"") == 2)
        #expect(try WrittenDocument([table]).count("w:line=\"160\"") == 0)
    }

    @Test("prints the label of a long merged cell once more where a page may break")
    func labels() throws {
        var rows = (0..<60).map { number in
            DocumentRow(cells: [DocumentCell(column: 1, alignment: .left, runs: [.text("行 \(number)")])])
        }
        let fact = Run.figure(Figure(2024, .plain, fact: "history.2024"))
        rows[0].cells.insert(DocumentCell(column: 0, rowSpan: 60, alignment: .centre, runs: [fact]), at: 0)
        let columns = [DocumentColumn(width: 20, alignment: .left), DocumentColumn(width: 80, alignment: .left)]
        let written = try WrittenDocument([.table(DocumentTable(caption: [], columns: columns, header: [], body: rows))]
        )
        #expect(written.count(">2024<") >= 3)
        #expect(written.count("<w:vMerge w:val=\"restart\"/>") == written.count(">2024<"))
        // The figure has its bookmark once.
        #expect(written.count("w:name=\"f_history_2024_") == 1)
    }

    private func grouped(_ count: Int, label: String = "组") -> DocumentTable {
        var rows = (0..<count).map { number in
            DocumentRow(cells: [DocumentCell(column: 1, alignment: .left, runs: [.text("行 \(number)")])])
        }
        rows[0].cells.insert(DocumentCell(column: 0, rowSpan: count, alignment: .centre, runs: [.text(label)]), at: 0)
        let columns = [DocumentColumn(width: 20, alignment: .left), DocumentColumn(width: 80, alignment: .left)]
        return DocumentTable(caption: [], columns: columns, header: [], body: rows)
    }

    private func body(_ table: DocumentTable, isForLayout: Bool) throws -> String {
        let document = Document(
            title: "",
            language: "zh-CN",
            sections: [DocumentSection(orientation: .portrait, blocks: [.table(table)])]
        )
        let zip = try ZipReader(WordPackage(document, isForLayout: isForLayout).bytes())
        return String(decoding: try zip.bytes(of: "word/document.xml"), as: UTF8.self)
    }

    @Test("is laid out without merged cells where pages may part it: LibreOffice would lose labels and lines")
    func layout() throws {
        let laid = try body(grouped(60), isForLayout: true)
        let written = try body(grouped(60), isForLayout: false)
        #expect(!laid.contains("<w:vMerge") && written.contains("<w:vMerge/>"))
        // One label for each piece, as in the file that people get.
        let labels = laid.all(between: ">组", and: "<").count
        #expect(labels == written.all(between: ">组", and: "<").count && labels >= 3)
        // Every piece is closed below, for a page may end there.
        let rows = laid.all(between: "<w:tr>", and: "</w:tr>")
        let closed = rows.filter { !$0.contains("<w:bottom w:val=\"nil\"/>") }
        #expect(closed.count == labels)
        // A short one is whole, on one page.
        let short = try body(grouped(4), isForLayout: true)
        #expect(short.contains("<w:vMerge/>") && short.all(between: "<w:keepNext/>", and: "<").count == 6)
    }

    @Test("loses no line of a merged cell that is higher than a page")
    func highCell() throws {
        let text = (0..<100).map { "第\($0)行说明" }.joined(separator: "\n")
        let written = try body(grouped(4, label: text), isForLayout: false)
        #expect(!written.contains("<w:vMerge") && !written.contains("<w:keepNext/>"))
        for number in 0..<100 { #expect(written.contains("第\(number)行说明")) }
        // Spread over its rows, none of which is higher than a page.
        let rows = written.all(between: "<w:tr>", and: "</w:tr>").map { $0.all(between: ">第", and: "行").count }
        #expect(rows.count == 4 && rows.allSatisfy { $0 <= 30 } && rows.reduce(0, +) == 100)
    }

    @Test(
        "gives the last row of a merged cell the height that its text needs: LibreOffice would cut it off at the end of a page"
    )
    func raised() throws {
        let label = [String](repeating: "字", count: 12).joined(separator: "\n")
        let written = try body(grouped(3, label: label), isForLayout: false)
        let rows = written.all(between: "<w:tr>", and: "</w:tr>")
        #expect(rows.map { $0.contains("w:hRule=\"atLeast\"") } == [false, false, true])
        #expect(try !body(grouped(3), isForLayout: false).contains("<w:trHeight"))
    }

    @Test("prints what stands beside a text that is spread over rows in each of them, for pages may part them")
    func besideHigh() throws {
        let text = (0..<100).map { "第\($0)行说明" }.joined(separator: "\n")
        var rows = (0..<3).map { number in
            DocumentRow(cells: [DocumentCell(column: 1, alignment: .left, runs: [.text("行 \(number)")])])
        }
        rows[0].cells.insert(DocumentCell(column: 0, rowSpan: 3, alignment: .centre, runs: [.text("组")]), at: 0)
        rows[0].cells.append(DocumentCell(column: 2, rowSpan: 3, alignment: .left, runs: [.text(text)]))
        let columns = [20, 30, 50].map { DocumentColumn(width: $0, alignment: .left) }
        let table = DocumentTable(caption: [], columns: columns, header: [], body: rows)
        for isForLayout in [true, false] {
            let written = try body(table, isForLayout: isForLayout)
            #expect(written.all(between: ">组", and: "<").count == 3 && !written.contains("<w:vMerge/>"))
            for number in 0..<100 { #expect(written.contains("第\(number)行说明")) }
        }
    }

    @Test("with a mark, a note or a figure of the review keeps these in its label")
    func marks() throws {
        var table = grouped(60)
        table.body[0].cells[0].runs = [
            .figure(Figure(2024, .plain, fact: "history.2024")), .footnote(Footnote([.text("注")])),
        ]
        let laid = try body(table, isForLayout: true)
        #expect(laid.all(between: "w:name=\"f_history_2024_", and: "\"").count == 1)
        #expect(laid.all(between: "<w:footnoteReference", and: "/").count == 1)
        #expect(laid.all(between: ">2024<", and: "/").count >= 3)
    }

    @Test("of ragged rows has a cell at every place of its grid")
    func ragged() throws {
        let columns = [DocumentColumn](repeating: DocumentColumn(width: 10, alignment: .left), count: 3)
        let table = DocumentTable(
            caption: [],
            columns: columns,
            header: [],
            body: [
                DocumentRow(cells: []),
                DocumentRow(cells: [DocumentCell(column: 2, rowSpan: 9, alignment: .left, runs: [])]),
            ]
        )
        #expect(try WrittenDocument([.table(table)]).count("<w:tc>") == 6)
        let empty = DocumentTable(caption: [], columns: columns, header: [], body: [])
        #expect(try WrittenDocument([.table(empty)]).count("<w:tc>") == 3)
    }
}

@Suite("A table that is too wide for its page")
struct FittedTablesTests {
    private let upright = PageMeasure.gb9704

    private func fitted(_ blocks: [DocumentBlock], _ orientation: PageOrientation = .portrait) -> FittedTables {
        let document = Document(
            title: "",
            language: "zh-CN",
            sections: [DocumentSection(orientation: orientation, blocks: blocks)]
        )
        return FittedTables(document, type: TableType(size: 21), upright: upright, turned: upright.turned)
    }

    private func amounts(_ count: Int) -> DocumentTable {
        let heads = ["街道", "地点"] + (1...count).map { "列\($0)" }
        let row = ["东街", "甲"] + (1...count).map { "1000\($0).00" }
        return plainTable([heads, row, row])
    }

    private let text = DocumentBlock.paragraph(Paragraph(style: .body, runs: [.text("正文")]))
    private let title = DocumentBlock.paragraph(Paragraph(style: .centred, runs: [.text("表名")]))

    @Test("turns the page for itself and the line that leads into it, and nothing else")
    func turned() {
        let found = fitted([text, .heading(Heading(1, "一、")), title, .table(amounts(9)), text, .table(amounts(2))])
        #expect(found.document.sections.map(\.orientation) == [.portrait, .landscape, .portrait])
        #expect(found.document.sections.map(\.blocks.count) == [1, 3, 2])
        #expect(found.notices.isEmpty)
    }

    @Test("turns a narrow page when its texts would have no room for words, and says so where that does not help")
    func narrowPages() {
        func fitted(_ width: Int, _ height: Int, _ columns: Int) -> FittedTables {
            let page = PageMeasure(
                width: width,
                height: height,
                top: 850,
                bottom: 850,
                left: 850,
                right: 850,
                header: 400,
                footer: 400
            )
            let text = String(repeating: "文字说明", count: 5)
            let row = [String](repeating: text, count: columns)
            let document = Document(
                title: "",
                language: "zh-CN",
                sections: [DocumentSection(orientation: .portrait, blocks: [.table(plainTable([row, row]))])]
            )
            return FittedTables(document, type: TableType(size: 21), upright: page, turned: page.turned)
        }
        // A6 and A5.
        let small = fitted(5953, 8391, 5)
        #expect(small.document.sections.map(\.orientation) == [.landscape] && small.notices.isEmpty)
        #expect(fitted(5953, 8391, 3).document.sections.map(\.orientation) == [.portrait])
        let wide = fitted(5953, 8391, 8)
        #expect(wide.document.sections.map(\.orientation) == [.landscape] && wide.notices.count == 1)
        #expect(wide.notices.first?.en.contains("118 mm") == true)
        #expect(fitted(11906, 16838, 8).document.sections.map(\.orientation) == [.portrait])
    }

    @Test("stays where it fits")
    func fits() {
        let blocks = [text, .table(amounts(5)), text]
        let found = fitted(blocks)
        #expect(found.document.sections == [DocumentSection(orientation: .portrait, blocks: blocks)])
    }

    @Test("comes in parts that name their rows when no page holds it, and says so", arguments: PageOrientation.allCases)
    func parted(orientation: PageOrientation) throws {
        let found = fitted([.table(amounts(25))], orientation)
        let tables = found.document.sections.flatMap(\.blocks).compactMap {
            if case .table(let table) = $0 { table } else { nil }
        }
        #expect(tables.count > 1 && found.notices.count == 1)
        #expect(found.document.sections.map(\.orientation) == [.landscape])
        var columns: [String] = []
        for table in tables {
            let heads = try #require(table.header.first).cells.map(\.runs.plainText)
            #expect(heads.prefix(2) == ["街道", "地点"] && table.columns.count == heads.count)
            columns += heads.dropFirst(2)
            // Nothing breaks: the type that a reader can read holds it.
            let widths = ColumnWidths(table, width: upright.turned.textWidth, type: TableType(size: 21))
            #expect(widths.size >= 13 && widths.widths.count == table.columns.count)
        }
        #expect(columns == (1...25).map { "列\($0)" })
        #expect(tables[1].caption.plainText == "表（续 1）")
    }

    @Test("cuts merged heads and totals where the parts end")
    func merged() throws {
        var table = amounts(24)
        let head = DocumentCell(column: 2, columnSpan: 24, style: .head, alignment: .centre, runs: [.text("各月")])
        let name = DocumentCell(column: 0, columnSpan: 2, style: .head, alignment: .centre, runs: [.text("名称")])
        table.header.insert(DocumentRow(cells: [name, head]), at: 0)
        let found = fitted([.table(table)])
        for case .table(let part) in found.document.sections.flatMap(\.blocks) {
            let row = try #require(part.header.first)
            #expect(row.cells.map(\.runs.plainText) == ["名称", "各月"])
            #expect(row.cells.map(\.columnSpan) == [2, part.columns.count - 2])
        }
    }

    @Test("that is a form is never parted: it says that it does not fit")
    func form() {
        var table = amounts(40)
        table.isForm = true
        let found = fitted([.table(table)])
        #expect(found.document.sections.flatMap(\.blocks).count == 1 && found.notices.count == 1)
    }
}
