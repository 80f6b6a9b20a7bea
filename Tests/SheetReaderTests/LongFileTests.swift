import OfficeFiles
import ReviewModel
import Tables
import Testing
import WorkbookFixture

@testable import sheet_reader

@Suite("Tables of long files")
struct LongFileTests {
    private let folder = Folder()

    private func stream(_ path: String, _ more: Record = [:]) throws -> SheetStream {
        let log = DiagnosticLog()
        let configuration: Value = ["book": .text(path), "tables": ["budget_lines": .record(more)]]
        let settings = SheetSettings(configuration, log)
        let book = try OpenedBook(path, settings, scratch: nil)
        return try TableSearch(try #require(settings.tables.first), form).stream(book)
    }

    @Test("are read some rows at a time, with their places and counts; what is to be said comes at the end")
    func pages() throws {
        let lines = (1...9).map { ($0 + 1, ["'甲", "'\($0)", $0 == 7 ? "'多" : "\($0)", "2", nil] as [String?]) }
        let rows = [(1, head)] + lines + [(11, ["'合计", nil, nil, nil, "90"])]
        let stream = try stream(
            folder.write("book.xlsx", WorkbookText(rows: sheetRows(rows))),
            ["count": ["id": "L00"]]
        )
        #expect(stream.schema.columns.map(\.name) == ["id", "group", "detail", "quantity", "price", "amount"])
        var (pages, places, ids) = ([Int](), [String](), [String]())
        while let page = try stream.next(maximumRows: 4) {
            pages.append(page.rowCount)
            for row in 0..<page.rowCount {
                ids.append(page.cell(row: row, column: "id").text ?? "")
                places.append(page.place(ofRow: row, column: 3)?.brief ?? "")
            }
        }
        #expect(pages == [4, 4, 1] && ids == (1...9).map { "L0\($0)" })
        #expect(places.last == "book.xlsx, 明细!C10")
        #expect(stream.texts == ["quantity"])
        #expect(stream.findings.map(\.rule) == ["sheet/totals-left-out"])
        #expect(try stream.next(maximumRows: 4) == nil)
    }

    @Test("in GB18030 keep the characters that a block's border cuts, of two bytes and of four", arguments: 0..<4)
    func borders(shift: Int) throws {
        // 项目内容,金额 — and 厨 of two bytes, 㐀 of four.
        let head: [UInt8] = [
            0xCF, 0xEE, 0xC4, 0xBF, 0xC4, 0xDA, 0xC8, 0xDD, 0x2C, 0xBD, 0xF0, 0xB6, 0xEE, 0x0A,
        ]
        let cell: [UInt8] = [0xB3, 0xF8, 0x81, 0x39, 0xEE, 0x39, 0xB3, 0xF8]
        let first = [UInt8](repeating: 0x78, count: shift + 1) + [0x2C, 0x31, 0x0A]
        let line = cell + cell + cell + cell + cell + [0x2C, 0x32, 0x0A]
        var bytes = head + first
        // Some blocks of 128 KiB, each of which ends within another byte of a line.
        for _ in 0..<14_000 { bytes += line }
        let path = folder.write("long.csv", bytes)
        let stream = try stream(path)
        var (rows, odd) = (0, Set<String>())
        while let page = try stream.next(maximumRows: 5_000) {
            for row in 0..<page.rowCount { odd.insert(page.cell(row: row, column: "group").text ?? "") }
            rows += page.rowCount
        }
        #expect(rows == 14_001)
        #expect(odd == [String(repeating: "x", count: shift + 1), String(repeating: "厨㐀厨", count: 5)])
        #expect(stream.findings.map(\.rule).contains("sheet/guessed"))
    }

    @Test("that are damaged say so where it shows, with the file's name")
    func damaged() throws {
        let rows = (2...2000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
        let broken = sheetRows([(1, head)]) + rows + "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
        let path = try folder.write("book.xlsx", WorkbookText(rows: broken))
        let error = #expect(throws: BookError.self) {
            let stream = try stream(path, ["sheet": "明细"])
            while try stream.next(maximumRows: 500) != nil {}
        }
        #expect(error?.sentence.en.hasPrefix("book.xlsx: row 1 in it") == true)
    }
}
