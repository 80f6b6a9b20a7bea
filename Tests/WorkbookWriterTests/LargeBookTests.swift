import ExcelBooks
import Glibc
import ReviewModel
import Testing

/// Books whose rows leave memory as they are written, beside books whose rows the library writes.
@Suite("Large books")
struct LargeBookTests {
    private static let columns = 12

    /// What people may write into a cell.
    private static let texts = [
        "甲", "a & b < c > d \"e\" 'f'", "  两端有空格 ", "第一行\n第二行\n\n第四行", "=1+1", "-2 台", "_x000D_", "控制\u{1B}符",
        "\u{202E}方向", "\t表",
        String(repeating: "长", count: 400), String(repeating: "很长的段落，", count: 6000), "",
    ]

    private static func numbers() throws -> [ExactDecimal] {
        try [
            "0", "1", "-1", "100.00", "-0.5", "8.95", "0.000001", "123456789012345", "9999999999999.99", "-17032000.10",
            "1234567890123456.78",
        ]
        .map { try #require(ExactDecimal($0)) }
    }

    /// Writes a book of two sheets into a folder of its own.
    ///
    /// - Parameter rows: how many rows it is said to have.
    private func book(rows: Int, filler: Int = 0, in folder: String) throws -> WrittenBook {
        let path = folder + "/book.xlsx"
        let book = try ExcelBook(path: path, scratch: folder, rows: rows, locale: .zh, author: "评审 <机构>")
        try book.describe(title: "t", subject: "s", company: "c", keywords: "k", created: 20_000)
        let names = ["明细", "它's 表"].map(book.reserveName)
        let bounds = Array(repeating: 6...30, count: Self.columns)
        let first = try book.addSheet(names[0], widths: bounds)
        try first.filter(from: 2, to: 30, columns: Self.columns)
        try first.note("先说的话 & 其他", 6, 2)
        try first.height(0, 26)
        try first.write(.text("标题 <1>"), 0, 0, .title)
        try first.write(.text("说明"), 1, 0, .remark)
        // Styles are numbered as they come, which is another order where cells do not come from left to right.
        for (column, style) in [CellStyle.money, .points, .percent, .money.typed].enumerated() {
            try first.write(.blank, 1, 20 + column, style)
        }
        try first.height(2, 22.5)
        for column in 0..<Self.columns { try first.write(.text("栏 \(column)"), 2, column, .head) }
        try first.highlight(where: "N($C4)>0", .orangeFill, columns: 2...2, rows: 3...40)
        try first.takeNumbers(column: 3, rows: 3...40)
        try first.bars(column: 4, rows: 3...40)
        var row = 3
        for text in Self.texts {
            try first.write(.text(text), row, 0, .text)
            try first.write(.text(text), row, 1, .muted.indented(2))
            try first.write(.link(String(text.prefix(500)), SheetCell(names[1], row, 3)), row, 2, .text)
            row += 1
        }
        for number in try Self.numbers() {
            // Not from left to right, and one cell twice: the later counts.
            try first.write(.number(number), row, 4, .money)
            try first.write(.text("früher"), row, 2, .text)
            try first.write(.number(number), row, 2, .points)
            try first.write(.formula("IF(C\(row + 1)<0,\"<\",C\(row + 1))", .number(number)), row, 5, .percent)
            try first.write(.formula("\"a\"&\"<b>\"", .text("a<b>")), row, 30, .text)
            try first.write(.blank, row, 3, .money.typed)
            try first.outline(row, level: row % 3)
            row += 2
        }
        try first.write(.date(try #require(CalendarDate("2026-02-28"))), row, 0, .text)
        for line in 0..<filler {
            try first.write(.text("第 \(line) 行"), row + 1 + line, 0, .text)
            try first.write(.number(ExactDecimal(line)), row + 1 + line, 1, .points)
        }
        try first.leaveRow()
        first.freeze(rows: 3, columns: 1)
        try first.setWidths(heads: [])
        try first.setPage(isWide: true, repeating: 2...2, footer: "&C第 &P 页")
        let second = try book.addSheet(names[1], widths: [])
        second.freeze(rows: 1)
        try second.setPage(isWide: false, repeating: nil, footer: "")
        try book.define("合计", as: SheetCell(names[0], 5, 2))
        try book.close()
        return try WrittenBook(file: path)
    }

    private func inFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
        var template = Array("/tmp/pingshen-large-book-XXXXXX".utf8CString)
        _ = try #require(mkdtemp(&template))
        let folder = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
        defer {
            unlink(folder + "/book.xlsx")
            // Nothing else may be there.
            #expect(rmdir(folder) == 0)
        }
        return try body(folder)
    }

    /// The XML of a sheet before, in and behind its rows.
    private func parts(_ xml: String) throws -> (head: String, rows: String, tail: String) {
        if let empty = xml.firstRange(of: "<sheetData/>") {
            return (String(xml[..<empty.lowerBound]), "", String(xml[empty.upperBound...]))
        }
        let begin = try #require(xml.firstRange(of: "<sheetData>"))
        let end = try #require(xml.firstRange(of: "</sheetData>"))
        return (
            String(xml[..<begin.lowerBound]), String(xml[begin.upperBound..<end.lowerBound]),
            String(xml[end.upperBound...])
        )
    }

    @Test("cells, rows, links and all around them are what the library makes of them")
    func likeTheLibrary() throws {
        let (small, large) = try inFolder { folder in
            (try book(rows: 10, in: folder), try book(rows: 1_000_000, in: folder))
        }
        #expect(small.sheets == large.sheets)
        // A large book has no list of texts; all else is there.
        #expect(large.partNames == small.partNames.filter { $0 != "xl/sharedStrings.xml" })
        // Where a note floats depends on the heights of rows, which the library forgets in a large book.
        for name in ["xl/workbook.xml", "xl/comments1.xml", "xl/styles.xml", "docProps/core.xml", "docProps/app.xml"] {
            #expect(!small.part(name).isEmpty)
            #expect(small.part(name) == large.part(name), "\(name)")
        }
        for sheet in small.sheets {
            let (ours, its) = (try parts(large.sheet(sheet)), try parts(small.sheet(sheet)))
            #expect(ours.head == its.head)
            #expect(ours.tail == its.tail)
            for row in 0..<60 {
                for column in 0..<31 {
                    let address = CellReference(row, column).description
                    #expect(isSame(large.cell(sheet, address), small.cell(sheet, address)), "\(sheet)!\(address)")
                    #expect(style(ours.rows, address) == style(its.rows, address), "\(sheet)!\(address)")
                }
                #expect(self.row(ours.rows, row) == self.row(its.rows, row), "\(sheet), row \(row)")
            }
        }
    }

    /// Whether two cells hold the same. The library writes some numbers with more digits than people do, or with an exponent.
    private func isSame(_ ours: String, _ its: String) -> Bool {
        if ours == its { return true }
        let parts = [ours, its].map { cell in
            cell.firstRange(of: " → ").map { (cell[..<$0.lowerBound], cell[$0.upperBound...]) } ?? ("", cell[...])
        }
        return parts[0].0 == parts[1].0 && Double(parts[0].1) != nil && Double(parts[0].1) == Double(parts[1].1)
    }

    /// The number of a cell's style; nil where there is no cell.
    private func style(_ rows: String, _ address: String) -> Substring? {
        guard let start = rows.firstRange(of: "<c r=\"\(address)\"") else { return nil }
        return rows[start.upperBound...].prefix { $0 != ">" && $0 != "/" }.split(separator: " ").first {
            $0.hasPrefix("s=")
        }
    }

    /// What a row says of itself, but for the columns that it reaches over, which are said to be found faster.
    private func row(_ rows: String, _ row: Int) -> [Substring]? {
        guard let start = rows.firstRange(of: "<row r=\"\(row + 1)\"") else { return nil }
        return rows[start.upperBound...].prefix { $0 != ">" }.split(separator: " ").filter {
            !$0.hasPrefix("spans=") && !$0.hasPrefix("1:")
        }
        .filter { $0.contains("=") && !$0.hasPrefix("spans") }
    }

    @Test(
        "more rows than are packed at once come out as they went in, with the same bytes each time, and nothing is left beside"
    )
    func manyRows() throws {
        let filler = 40_000
        let (first, second) = try inFolder { folder in
            let first = try book(rows: filler, filler: filler, in: folder)
            return (first, try book(rows: filler, filler: filler, in: folder))
        }
        #expect(first.bytes == second.bytes)
        let sheet = first.sheet("明细")
        #expect(sheet.utf8.count > 4 << 20)
        let rows = try parts(sheet).rows
        var (position, number) = (rows.startIndex, 0)
        // Every row stands behind the one before it.
        while let next = rows[position...].firstRange(of: "第 \(number) 行</t>") {
            position = next.upperBound
            number += 1
        }
        #expect(number == filler)
        #expect(sheet.contains("<dimension ref=\"A1:AE"))
    }
}
