import Groundwork
import Testing
import WorkbookFixture

@testable import OfficeFiles

@Suite("Workbooks that are none, or are meant to do harm")
struct HostileWorkbookTests {
    private let row = "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"

    /// What is said of the workbook, once all of it has been read.
    private func refusal(_ text: WorkbookText) throws -> OfficeFileError {
        try refusal(text.bytes)
    }

    private func refusal(_ bytes: [UInt8]) throws -> OfficeFileError {
        try #require(throws: OfficeFileError.self) {
            let book = try Workbook(bytes)
            for sheet in book.sheets {
                var reading = try book.reader(of: sheet)
                while try reading.next() {}
            }
        }
    }

    @Test("are told from one another: passwords, old formats, Word, OpenDocument, binary workbooks, zips")
    func kinds() throws {
        let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        let marker = "EncryptedPackage".utf8.flatMap { [$0, 0] as [UInt8] }
        #expect(try refusal(container + marker) == .hasPassword)
        #expect(try refusal(container + [UInt8](repeating: 0, count: 600)) == .isOldFormat)
        #expect(try refusal(Array("项目,金额\n甲,1\n".utf8)) == .noZip)
        #expect(try refusal(WorkbookText.zip([("word/document.xml", [])])) == .isWord)
        #expect(try refusal(WorkbookText.zip([("mimetype", []), ("content.xml", [])])) == .isOpenDocument)
        #expect(try refusal(WorkbookText.zip([("a.txt", [1])])) == .noWorkbook)
        var entries = WorkbookText(rows: row).entries
        entries[0].bytes = Array(
            String(decoding: entries[0].bytes, as: UTF8.self).split(separator: "workbook.xml").joined(
                separator: "workbook.bin"
            ).utf8
        )
        #expect(try refusal(WorkbookText.zip(entries)) == .isBinary)
    }

    @Test("are cut off: every length of the file is refused in a sentence")
    func cut() throws {
        let whole = try WorkbookText(rows: row).bytes
        for length in stride(from: 1, to: whole.count - 1, by: 7) { _ = try refusal(Array(whole[..<length])) }
    }

    @Test("lack a part, or say something else in it than they should")
    func parts() throws {
        let text = WorkbookText(rows: row)
        for name in ["_rels/.rels", "xl/workbook.xml", "xl/worksheets/sheet1.xml"] {
            _ = try refusal(WorkbookText.zip(text.entries.filter { $0.name != name }))
        }
        var swapped = text.entries
        for index in swapped.indices where swapped[index].name == "xl/worksheets/sheet1.xml" {
            swapped[index].bytes = swapped[1].bytes
        }
        #expect(try refusal(WorkbookText.zip(swapped)) == .noSheet)
    }

    @Test(
        "have XML that no workbook has",
        arguments: [
            "<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>",
            "<!DOCTYPE x SYSTEM \"file:///etc/passwd\">",
        ]
    )
    func documentType(_ declaration: String) throws {
        var text = WorkbookText(rows: "<row><c t=\"str\"><v>&b;</v></c></row>")
        text.sheets[0].xml = declaration + text.sheets[0].xml
        #expect(try refusal(text) == .hasDocumentType)
    }

    @Test(
        "have rows and cells in no order, or beyond the sheet",
        arguments: [
            ("<row r=\"2\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>", OfficeFileError.oddOrder(2)),
            ("<row r=\"3\"><c><v>1</v></c></row><row r=\"2\"><c><v>1</v></c></row>", .oddOrder(2)),
            ("<row r=\"1\"><c r=\"B1\"><v>1</v></c><c r=\"A1\"><v>1</v></c></row>", .oddCell(row: 1)),
            ("<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"A1\"><v>2</v></c></row>", .oddCell(row: 1)),
            ("<row r=\"1\"><c r=\"A2\"><v>1</v></c></row>", .badAddress),
            ("<row r=\"1\"><c r=\"1\"><v>1</v></c></row>", .badAddress),
            ("<row r=\"x\"><c><v>1</v></c></row>", .badAddress),
            ("<row r=\"1048577\"><c><v>1</v></c></row>", .tooManyRows),
            ("<row r=\"1\"><c r=\"XFE1\"><v>1</v></c></row>", .tooManyColumns),
        ]
    )
    func order(_ rows: String, _ expected: OfficeFileError) throws {
        #expect(try refusal(WorkbookText(rows: rows)) == expected)
    }

    @Test("may have a last row and a last column")
    func lastCell() throws {
        let text = WorkbookText(rows: "<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>")
        #expect(try text.book.cells() == ["XFD1048576 number 1"])
    }

    @Test("link to sheets elsewhere, have two of one name")
    func sheets() throws {
        var text = WorkbookText(rows: row)
        text.add("明细", rows: row)
        #expect(try refusal(text) == .sheetTwice("明细"))
        var linked = WorkbookText(rows: row).entries
        linked[2].bytes = Array(
            String(decoding: linked[2].bytes, as: UTF8.self).split(separator: "Target=\"worksheets/sheet1.xml\"")
                .joined(separator: "Target=\"http://example.org/a.xml\" TargetMode=\"External\"").utf8
        )
        #expect(try refusal(WorkbookText.zip(linked)) == .linkedSheet("明细"))
    }

    @Test("have a shared text that there is not: the cell is empty")
    func sharedText() throws {
        var text = WorkbookText(rows: "<row><c t=\"s\"><v>7</v></c><c t=\"s\"><v>0</v></c></row>")
        text.texts = "<si><t>甲</t></si>"
        #expect(try text.book.cells() == ["A1 sharedText ", "B1 sharedText 甲"])
    }

    @Test("unpack to more than anybody writes, or have a cell without an end")
    func bombs() throws {
        let long = WorkbookText(rows: "<row><c t=\"str\"><v>\(String(repeating: "a", count: 3 << 20))</v></c></row>")
        let limits = ZipLimits(archiveBytes: 1 << 20, entries: 20, entryBytes: 4 << 20, allBytes: 8 << 20, ratio: 100)
        let error = try #require(throws: OfficeFileError.self) { try Workbook(long.bytes, limits: limits).cells() }
        #expect(error.reason.en.contains("zip bombs"))
        let endless = ByteFeed(capacity: 64) { (buffer) throws(OfficeFileError) in
            buffer.copyBytes(from: [UInt8](repeating: 0x61, count: buffer.count))
            return buffer.count
        }
        #expect(throws: OfficeFileError.cellTooLong(ByteFeed.maximumUnit)) { while try endless.more() {} }
    }

    @Test("have elements in elements without an end")
    func deep() throws {
        var text = WorkbookText(rows: row)
        text.sheets[0].xml =
            "<!-- -->"
            + text.sheets[0].xml.split(separator: "<sheetData>").joined(
                separator: String(repeating: "<ext>", count: 300) + String(repeating: "</ext>", count: 300)
                    + "<sheetData>"
            )
        #expect(try refusal(text) == .tooDeep(256))
    }
}
