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

    @Test("that are damaged say so where it shows, with the file's name")
    func damaged() throws {
        let rows = (2...2000).map { "<row r=\"\($0)\"><c r=\"A\($0)\"><v>1</v></c></row>" }.joined()
        let broken = sheetRows([(1, head)]) + rows + "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"
        let path = try folder.write("book.xlsx", WorkbookText(rows: broken))
        let error = #expect(throws: BookError.self) {
            let stream = try stream(path, ["sheet": "明细"])
            while try stream.next(maximumRows: 500) != nil {}
        }
        #expect(error?.message.en.hasPrefix("book.xlsx: row 1 in it") == true)
    }
}
