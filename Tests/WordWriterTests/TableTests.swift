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
        let long = breaks([[5, 1], [1], [1], [1], [1]], limit: 20)
        #expect(long.keepsNext == [true, false, true, false, false])
        #expect(long.beginsAnew == [false, false, true, false, true])
    }

    @Test("break where fewest cells are merged: at the end of an inner label, not inside it")
    func inner() {
        // An outer label over six rows, inner ones over four and two.
        let nested = breaks([[6, 4], [1], [1], [1], [2], [1]], limit: 50)
        #expect(nested.beginsAnew == [false, false, false, false, true, false])
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

@Suite("The columns of a table")
struct ColumnWidthsTests {
    @Test("fill the width, whatever the template says", arguments: [[10, 10], [0, 0], [90, 10], [7, 300]])
    func sum(percents: [Int]) {
        let table = plainTable([["名称", "金额"], ["租金", "1703200"]], widths: percents)
        #expect(ColumnWidths(table, width: 8000, usual: 21).widths.reduce(0, +) == 8000)
    }

    @Test("hold their longest figure in one line, however narrow the template wants them")
    func figures() {
        let long = String(repeating: "说明很长，", count: 40)
        let table = plainTable([["说明", "金额"], [long, "14017700"]], widths: [99, 1])
        let columns = ColumnWidths(table, width: 8000, usual: 21)
        // 13 characters of half the size of the type, and the padding of the cell.
        #expect(columns.widths[1] >= 13 * columns.size * 5 + ColumnWidths.padding)
        #expect(columns.size == 21)
    }

    @Test("are set in smaller type when their figures do not fit side by side")
    func small() {
        let rows = [[String]](repeating: [String](repeating: "14017700", count: 9), count: 2)
        let columns = ColumnWidths(plainTable(rows), width: 8845, usual: 21)
        #expect(columns.size < 21)
        #expect(columns.widths.allSatisfy { $0 >= 13 * columns.size * 5 + ColumnWidths.padding })
    }

    @Test("keep the room of texts beside figures of many digits: the type is smaller instead")
    func texts() {
        let text = "一段不短的说明文字"
        let row = [text, "1234567890123", "1234567890123", "1234567890123", text]
        let columns = ColumnWidths(plainTable([["名称", "单价", "申报", "审定", "说明"], row]), width: 8845, usual: 21)
        #expect((16..<21).contains(columns.size))
        // Six characters a line.
        #expect(columns.widths[0] >= 12 * columns.size * 5 + ColumnWidths.padding)
        #expect(columns.widths[1] >= 20 * columns.size * 5 + ColumnWidths.padding)
        // What the template wants narrow is narrow, and the type stays.
        let narrow = ColumnWidths(
            plainTable([["名称", "单价"], [text, "100"]], widths: [5, 95]),
            width: 8845,
            usual: 21
        )
        #expect(narrow.size == 21)
    }

    @Test("give room that they do not need to those that break their lines")
    func room() {
        let text = String(repeating: "字", count: 60)
        let columns = ColumnWidths(plainTable([["序", "说明"], ["1", text]], widths: [50, 50]), width: 8000, usual: 21)
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
