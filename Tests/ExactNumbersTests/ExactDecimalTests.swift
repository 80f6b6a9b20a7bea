import ExactNumbers
import Testing

@Suite("Exact decimals")
struct ExactDecimalTests {
    @Test("text keeps its decimal places", arguments: ["0", "14017700.00", "-0.50", "0.1", "999999999999999999"])
    func roundTrip(text: String) throws {
        #expect(try #require(ExactDecimal(text)).description == text)
    }

    @Test(
        "anything but digits and one point is refused",
        arguments: ["", ".", "-", "1.", ".5", "1,000", "1e3", " 1", "1 ", "0x1", "１２", "1.2.3", "--1", "NaN"]
    )
    func refused(text: String) {
        #expect(ExactDecimal(text) == nil)
    }

    @Test("more than thirty digits or eighteen places are refused")
    func tooLong() {
        #expect(ExactDecimal(String(repeating: "9", count: 30)) != nil)
        #expect(ExactDecimal(String(repeating: "9", count: 31)) == nil)
        #expect(ExactDecimal("0." + String(repeating: "0", count: 17) + "1") != nil)
        #expect(ExactDecimal("0." + String(repeating: "0", count: 18) + "1") == nil)
    }

    @Test("places do not take part in comparison or hashing")
    func comparison() {
        #expect(ExactDecimal("1.50") == ExactDecimal("1.5"))
        #expect(Set([ExactDecimal("1.50"), ExactDecimal("1.5")]).count == 1)
        let ordered = ["-2", "-1.01", "-1", "0", "0.001", "1.1", "1.11", "2"].compactMap { ExactDecimal($0) }
        #expect(ordered.shuffled().sorted() == ordered)
    }

    @Test("a tenth ten times is one, exactly")
    func tenths() throws {
        let tenth = try #require(ExactDecimal("0.1"))
        #expect(try ExactDecimal.sum(Array(repeating: tenth, count: 10)) == 1)
    }

    @Test(
        "rounding is half away from zero",
        arguments: [
            ("1.005", 2, "1.01"), ("1.004", 2, "1.00"), ("-1.005", 2, "-1.01"), ("2.5", 0, "3"), ("0.995", 2, "1.00"),
            ("7", 2, "7.00"),
        ]
    )
    func rounding(text: String, places: Int, expected: String) throws {
        #expect(try #require(ExactDecimal(text)).rounded(to: places).description == expected)
    }

    @Test("the rates of a real report come out as printed")
    func rates() throws {
        let cases = [
            ("168080.00", "14017700.00", "1.20"), ("118080.00", "3420162.30", "3.45"),
            ("50000.00", "350000.00", "14.29"),
            ("3809539.34", "3828400.00", "99.51"), ("8487004.22", "8487962.22", "99.99"),
            ("3982065.69", "6524327.82", "61.03"),
        ]
        for (part, whole, expected) in cases {
            let rate = try ExactDecimal.percentage(#require(ExactDecimal(part)), of: #require(ExactDecimal(whole)))
            #expect(rate?.description == expected)
        }
    }

    @Test("division by zero has no result")
    func divisionByZero() throws {
        #expect(try ExactDecimal(1).divided(by: 0, places: 2) == nil)
    }

    @Test("a result that does not fit throws instead of losing digits")
    func overflow() throws {
        let large = try #require(ExactDecimal(String(repeating: "9", count: 30)))
        #expect(throws: DecimalOverflow.self) { try large * large }
        #expect(throws: DecimalOverflow.self) { try large + ExactDecimal("0.000000000000000001")! }
    }

    @Test(
        "thousands separators are read where they belong",
        arguments: [("1,703,200.00", "1703200.00"), ("-1,000", "-1000"), ("12.5", "12.5")]
    )
    func grouped(text: String, expected: String) {
        #expect(ExactDecimal(grouped: text)?.description == expected)
    }

    @Test("misplaced thousands separators are refused", arguments: ["1,70", "1703,200", ",100", "1,,000", "1,000.0,0"])
    func misgrouped(text: String) {
        #expect(ExactDecimal(grouped: text) == nil)
    }
}
