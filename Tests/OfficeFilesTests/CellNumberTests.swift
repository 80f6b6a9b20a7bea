import ExactNumbers
import Groundwork
import Testing
import WorkbookFixture

@testable import OfficeFiles

@Suite("Numbers of cells")
struct CellNumberTests {
    private func decimal(_ stored: String) -> ExactDecimal? {
        var stored = stored
        return stored.withUTF8 { CellNumber.decimal($0) }
    }

    @Test(
        "are what a person typed",
        arguments: [
            ("14017700.300000001", "14017700.3"), ("0.30000000000000004", "0.3"), ("12.50", "12.50"),
            ("1E-7", "0.0000001"),
            ("1.5E+3", "1500"), ("-0.1", "-0.1"), ("999999999999999.9", "1000000000000000"),
            ("123456789012345678", "123456789012346000"),
            ("0.99999999999999989", "1"), ("100000000000000", "100000000000000"), ("0", "0"), ("-0", "0"),
        ]
    )
    func typed(_ stored: String, _ expected: String) {
        #expect(decimal(stored)?.description == expected)
    }

    @Test(
        "are none where a cell says something else",
        arguments: ["", "1,5", "0x10", "inf", "nan", "1e400", "1e30", "1e-30", ".", "-", "1e", "--1"]
    )
    func none(_ stored: String) { #expect(decimal(stored) == nil) }

    /// Amounts as they are typed, stored with 17 digits as Excel does and with as few as a program needs.
    @Test("come back exactly: amounts as they were typed, and their sums")
    func amounts() throws {
        var seed: UInt64 = 20_260_131
        func random(_ limit: UInt64) -> UInt64 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return (seed >> 11) % limit
        }
        var wrong: [String] = []
        for _ in 0..<10_000 {
            let places = Int(random(5))
            let typed = ExactDecimal(significand: Int128(random(9_999_999_999)) + 1, places: places)
            let number = try #require(Double(typed.description))
            if decimal(number.description) != typed { wrong.append(typed.description) }
            if CellNumber.decimal(number) != typed { wrong.append("15 digits: \(typed)") }
            // 17 digits are the shortest form with two more, or fewer.
            var (exact, computed) = (ExactDecimal.zero, 0.0)
            for _ in 0..<12 {
                let part = ExactDecimal(significand: Int128(random(99_999_999)), places: 2)
                exact = try exact + part
                computed += try #require(Double(part.description))
            }
            if decimal(computed.description) != exact { wrong.append("sum \(exact)") }
        }
        #expect(wrong == [])
    }

    @Test("round from their digits just as from the binary number")
    func rounding() {
        var (seed, differing) = (UInt64(7), [String]())
        for _ in 0..<20_000 {
            seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Double(seed >> 11) / 1_048_576
            guard !number.description.contains("e") else { continue }
            if decimal(number.description) != CellNumber.decimal(number) { differing.append(number.description) }
        }
        #expect(differing == [])
    }

    @Test(
        "are days by either epoch",
        arguments: [
            ("46053", false, "2026-01-31"), ("44591", true, "2026-01-31"), ("1", false, "1900-01-01"),
            ("59", false, "1900-02-28"),
            ("61", false, "1900-03-01"), ("0", true, "1904-01-01"), ("46053.75", false, "2026-01-31"),
            ("2958465", false, "9999-12-31"),
        ]
    )
    func days(_ serial: String, _ from1904: Bool, _ expected: String) throws {
        let number = try #require(ExactDecimal(serial))
        #expect(CellNumber.day(number, from1904: from1904)?.description == expected)
    }

    @Test("are no days where there was none", arguments: ["60", "0", "-1", "2958466", "9999999"])
    func noDays(_ serial: String) throws {
        #expect(CellNumber.day(try #require(ExactDecimal(serial)), from1904: false) == nil)
    }

    @Test(
        "are days, times or percentages by their format",
        arguments: [
            ("yyyy\"年\"m\"月\"d\"日\"", NumberFormats.Kind.date), ("[$-804]yyyy/m/d", .date), ("m/d", .date),
            ("mmm-yy", .date), ("aaaa", .date),
            ("[h]:mm", .time), ("h:mm AM/PM", .time), ("0.00%", .percent), ("#,##0.00_);[Red](#,##0.00)", .number),
            ("General", .number),
            ("0.00E+00", .number), ("\"day\"0", .number), ("@", .text), ("[Red]0", .number), ("0\\d", .number),
            ("yyyy-mm-dd hh:mm", .date),
        ]
    )
    func formats(_ code: String, _ expected: NumberFormats.Kind) { #expect(NumberFormats.kind(code) == expected) }

    @Test("have the built-in formats of Chinese installations")
    func builtIn() {
        let dates = (0...60).filter { NumberFormats.builtIn($0) == .date }
        #expect(dates == [14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58])
    }

    @Test("take their format from the workbook's styles")
    func styles() throws {
        var text = WorkbookText(
            rows:
                "<row><c s=\"1\"><v>46053</v></c><c s=\"2\"><v>0.95</v></c><c s=\"3\"><v>46053</v></c><c s=\"99\"><v>1</v></c></row>"
        )
        text.styles =
            "<numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;\"/></numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
            + "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"10\"/><xf numFmtId=\"31\"/></cellXfs>"
        let book = try text.book
        var reading = try book.reader(of: book.sheets[0])
        #expect(try reading.next())
        #expect(reading.row.cells.map { book.formats[$0.format].kind } == [.date, .percent, .date, .number])
    }
}
