import ExactNumbers
import Groundwork
import Testing
import WorkbookFixture

@testable import OfficeFiles

@Suite("Workbooks")
struct WorkbookTests {
    private let rows = """
        <row r="1" spans="1:3"><c r="A1" t="s"><v>0</v></c><c r="C1" s="1" t="s"><v>1</v></c></row>
        <row r="3" hidden="1"><c r="A3"><v>14017700.300000001</v></c><c r="B3" t="str"><f>A1&amp;"x"</f><v>甲&lt;乙</v></c>
        <c r="C3" t="b"><v>1</v></c><c r="D3" t="e"><v>#REF!</v></c><c r="E3" t="inlineStr"><is><t>行内</t></is></c>
        <c r="F3" s="2"/></row>
        """

    @Test("are read cell by cell, with formulas and without what is empty")
    func cells() throws {
        var text = WorkbookText(rows: rows)
        text.texts =
            "<si><t>项目</t></si><si><r><rPr><b/></rPr><t>金</t></r><r><t>额</t></r><rPh sb=\"0\" eb=\"1\"><t>jin</t></rPh></si>"
        #expect(
            try text.book.cells() == [
                "A1 sharedText 项目", "C1 sharedText 金额", "A3 number 14017700.300000001", "B3 text 甲<乙 =A1&\"x\"",
                "C3 boolean 1", "D3 error #REF!", "E3 text 行内",
            ]
        )
        var reading = try text.book.reader(of: text.book.sheets[0])
        #expect(try reading.next() && !reading.row.isHidden)
        #expect(try reading.next() && reading.row.isHidden)
        #expect(try !reading.next())
    }

    /// The same cells in XML that no spreadsheet program writes, but any may.
    @Test(
        "are the same however their XML is written",
        arguments: [
            "prefix", "cdata", "comment", "utf16", "latin entity", "quotes", "strict", "spaces", "no addresses",
            "alternate",
        ]
    )
    func spellings(_ kind: String) throws {
        let plain =
            "<row r=\"1\"><c r=\"A1\" t=\"str\"><v>甲&amp;乙</v></c><c r=\"B1\"><v>12.50</v></c></row>"
            + "<row r=\"2\"><c r=\"A2\" t=\"inlineStr\"><is><t>丙</t></is></c></row>"
        let expected = ["A1 text 甲&乙", "B1 number 12.50", "A2 text 丙"]
        var text = WorkbookText(rows: plain)
        #expect(try text.book.cells() == expected)
        let usual = text.sheets[0].xml
        func replaced(_ from: String, _ to: String) -> String {
            usual.split(separator: from, omittingEmptySubsequences: false).joined(separator: to)
        }
        switch kind {
        case "prefix":
            text.sheets[0].xml = usual.prefixed
        case "cdata": text.sheets[0].xml = replaced("甲&amp;乙", "<![CDATA[甲&乙]]>")
        case "comment": text.sheets[0].xml = replaced("<c r=\"B1\">", "<!-- > --><c r=\"B1\">")
        case "latin entity": text.sheets[0].xml = replaced("甲&amp;乙", "&#x7532;&#38;&#20057;")
        case "quotes": text.sheets[0].xml = replaced("\"", "'")
        case "strict": text.sheets[0].xml = replaced(WorkbookText.main, "http://purl.oclc.org/ooxml/spreadsheetml/main")
        case "spaces": text.sheets[0].xml = replaced("r=\"A1\"", "\n  r = \"A1\" ")
        case "no addresses":
            text.sheets[0].xml = ["A1", "B1", "A2"].reduce(usual) { $0.split(separator: " r=\"\($1)\"").joined() }
                .split(separator: "<row r=\"1\">").joined(separator: "<row>").split(separator: "<row r=\"2\">")
                .joined(separator: "<row>")
        case "alternate":
            text.sheets[0].xml = replaced(
                "<c r=\"B1\">",
                "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\">"
                    + "<mc:Choice Requires=\"x\"><c r=\"Z1\"><v>9</v></c></mc:Choice></mc:AlternateContent><c r=\"B1\">"
            )
        default: break
        }
        var entries = text.entries
        if kind == "utf16", let index = entries.firstIndex(where: { $0.name.hasSuffix("sheet1.xml") }) {
            let xml = "<?xml version=\"1.0\" encoding=\"UTF-16\"?>" + usual
            entries[index].bytes = [0xFF, 0xFE] + xml.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
        }
        #expect(try Workbook(WorkbookText.zip(entries)).cells() == expected)
    }

    @Test("say which cells are merged, and what is hidden")
    func outline() throws {
        var text = WorkbookText(
            rows: "<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>",
            after: "<mergeCells count=\"2\"><mergeCell ref=\"A1:B3\"/><mergeCell ref=\"D1:D1\"/></mergeCells>",
            before: "<cols><col min=\"2\" max=\"3\" hidden=\"1\"/><col min=\"4\" max=\"4\"/></cols>"
        )
        text.add("底稿", rows: "", state: "state=\"veryHidden\"")
        let book = try text.book
        let outline = try #require(try book.outline(of: book.sheets[0]))
        #expect(outline.merges.map { "\($0.rows) \($0.columns)" } == ["1...3 1...2", "1...1 4...4"])
        #expect(outline.hiddenColumns == [2...3])
        #expect(book.sheets.map(\.isHidden) == [false, true])
        #expect(try book.cells(1) == [])
    }

    @Test("find their parts by relationships, absolute or relative")
    func targets() throws {
        var text = WorkbookText(rows: "<row><c><v>1</v></c></row>")
        for target in [
            "/xl/worksheets/sheet1.xml", "./worksheets/sheet1.xml", "../xl/worksheets/sheet1.xml",
            "Worksheets/Sheet1.XML",
        ] {
            text.target = { _ in target }
            #expect(try text.book.cells() == ["A1 number 1"])
        }
    }

    @Test("have texts as people see them: escapes resolved, line ends as line feeds")
    func texts() throws {
        var text = WorkbookText(
            rows: "<row><c t=\"s\"><v>0</v></c><c t=\"str\"><v>丁_x000D_&#10;戊_x005F_x000D_</v></c></row>"
        )
        text.texts = "<si><t xml:space=\"preserve\"> 甲&#13;&#10;乙_x000d_\n丙 </t></si>"
        #expect(try text.book.cells() == ["A1 sharedText  甲\n乙\n丙 ", "B1 text 丁\n戊_x000D_"])
    }

    @Test("split anywhere read the same: a feed of one byte at a time")
    func splits() throws {
        let xml = Array(
            WorkbookText(rows: rows, after: "<mergeCells><mergeCell ref=\"A1:B3\"/></mergeCells>").sheets[0].xml.utf8
        )
        func read(_ size: Int) throws -> [String] {
            var taken = 0
            let feed = ByteFeed(capacity: 64) { (buffer) throws(OfficeFileError) in
                let count = min(buffer.count, xml.count - taken, size)
                if count > 0 { buffer.copyBytes(from: xml[taken..<taken + count]) }
                taken += count
                return count
            }
            var (scanner, row, found) = (SheetScanner(feed), SheetRow(), [String]())
            while case .row = try scanner.next(&row) {
                found += row.cells.map { cell in
                    row.withStored(cell) { "\(row.number) \(cell.column) \(String(decoding: $0, as: UTF8.self))" }
                }
            }
            return found + scanner.outline.merges.map { "\($0)" }
        }
        let whole = try read(100_000)
        #expect(whole.count == 8)
        for size in 1...40 { #expect(try read(size) == whole) }
    }
}

extension String {
    /// All elements with a prefix: `<x:row>`.
    fileprivate var prefixed: String {
        var result = ""
        for character in self {
            if result.hasSuffix("<"), character != "/" { result += "x:" }
            if result.hasSuffix("</") { result += "x:" }
            result.append(character)
        }
        return result.split(separator: " xmlns=").joined(separator: " xmlns:x=")
    }
}

extension WorkbookText {
    var book: Workbook { get throws { try Workbook(bytes) } }
}

/// The cells of a sheet as a test compares them: `A1 text 甲`, `B2 number 12.5`.
extension Workbook {
    func cells(_ sheet: Int = 0) throws -> [String] {
        var (reading, found) = (try reader(of: sheets[sheet]), [String]())
        while try reading.next() {
            for cell in reading.row.cells {
                let stored = reading.row.withStored(cell) { String(decoding: $0, as: UTF8.self) }
                let text = cell.kind == .sharedText ? Int(stored).map { texts[$0] } ?? "?" : stored
                let formula = reading.row.formula(cell)
                let column = Self.letters(cell.column)
                found.append(
                    "\(column)\(reading.row.number) \(cell.kind) \(text)" + (cell.hasFormula ? " =\(formula)" : "")
                )
            }
        }
        return found
    }

    private static func letters(_ column: Int) -> String {
        let low = String(UnicodeScalar(UInt8(65 + (column - 1) % 26)))
        return column > 26 ? letters((column - 1) / 26) + low : low
    }
}
