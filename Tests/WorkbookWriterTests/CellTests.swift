import ReviewModel
import Testing

@testable import ExcelBooks
@testable import workbook_writer

@Suite("What a cell can hold")
struct CellTests {
    @Test("controls are shown, line ends are line feeds, and what a workbook would read as an escape is escaped")
    func controls() {
        #expect(CellText("a\u{0}b\u{1B}c").text == "a\\u{0}b\\u{1B}c")
        #expect(CellText("a\r\nb\rc\nd\te").text == "a\nb\nc\nd\te")
        #expect(CellText("\u{202E}x\u{FFFE}\u{FFFF}").text == "\\u{202E}x\\u{FFFE}\\u{FFFF}")
        #expect(CellText("_x000D_ _x00_ _xZZZZ_ a_x0041_").text == "_x005F_x000D_ _x00_ _xZZZZ_ a_x005F_x0041_")
        #expect(CellText("预算_明细 “引号” é 😀").text == "预算_明细 “引号” é 😀")
    }

    @Test("a text takes as many lines as its width needs, each of its own at least one")
    func lines() {
        #expect(CellText.lines("", in: 10) == 1)
        #expect(CellText.lines("五个字的行", in: 10) == 1)
        #expect(CellText.lines("五个字的行a", in: 10) == 2)
        #expect(CellText.lines("a\n\nb", in: 10) == 3)
        #expect(CellText.lines("a\r\nb", in: 10) == 2)
    }

    @Test("a text of 32,767 units stays, a longer one is cut between scalars, and the cut is counted")
    func length() {
        let full = String(repeating: "字", count: 32_767)
        #expect(CellText(full).text == full && CellText(full).cut == 0)
        let long = CellText(full + "尾")
        #expect(long.text.utf16.count == 32_700 && long.cut == 68)
        let wide = CellText("a" + String(repeating: "😀", count: 17_000))
        #expect(wide.text.utf16.count == 32_699 && wide.cut == 17_001 - 16_350)
    }

    @Test(
        "text that a spreadsheet would take for a formula is known",
        arguments: [
            ("=1+1", true), ("+86", true), ("-5", true), ("@name", true), ("\t=1", true), ("-", false), ("5-3", false),
        ]
    )
    func formulas(_ text: String, _ isOne: Bool) {
        #expect(CellText.looksLikeFormula(text) == isOne)
    }

    @Test("Chinese is as wide as two digits, and of several lines the longest counts")
    func widths() {
        #expect(CellText.width("abc") == 3)
        #expect(CellText.width("预算 2026") == 9)
        #expect(CellText.width("“一”") == 6)
        #expect(CellText.width("é") == 1)
        #expect(CellText.width("😀") == 2)
        #expect(CellText.width("ab\n预算明细\nc") == 8)
        #expect(CellText.width(String(repeating: "字", count: 500), upTo: 60) == 60)
    }

    @Test("a number of fifteen digits is held exactly, one of sixteen is not a number to a spreadsheet")
    func numbers() throws {
        #expect(try #require(ExactDecimal("14017700.30")).cellNumber == 14_017_700.3)
        #expect(try #require(ExactDecimal("-0.07")).cellNumber == -0.07)
        #expect(try #require(ExactDecimal("999999999999999")).cellNumber == 999_999_999_999_999)
        #expect(try #require(ExactDecimal("9999999999999.99")).cellNumber == 9_999_999_999_999.99)
        #expect(try #require(ExactDecimal("99999999999999.99")).cellNumber == nil)
        // Zeros at the end are no digits.
        #expect(try #require(ExactDecimal("123456789012345.000")).cellNumber == 123_456_789_012_345)
        #expect(try #require(ExactDecimal("1.000000000000000001")).cellNumber == nil)
    }

    @Test("a percentage is a fraction, and a number is as wide as it prints")
    func fractions() throws {
        #expect(try #require(ExactDecimal("61.03")).asFraction.description == "0.6103")
        #expect(try #require(ExactDecimal("14017700.30")).width(places: 2) == "14,017,700.30".count)
        #expect(try #require(ExactDecimal("-950.5")).width(places: 2) == "-950.50".count)
        #expect(ExactDecimal(0).width(places: 0) == 1)
    }

    @Test("a formula names cells, ranges and sheets as a spreadsheet does")
    func references() {
        #expect(CellReference(0, 0).description == "A1")
        #expect(CellReference(6, 27).fixed == "$AB$7")
        #expect(columnRange(5, 3, 17) == "F4:F18")
        #expect(fixedRange(5, 3, 17) == "$F$4:$F$18")
        #expect(SheetCell("It's 预算", 6, 5).description == "'It''s 预算'!F7")
        #expect("say \"no\"".quotedText == "\"say \"\"no\"\"\"")
    }
}

@Suite("Names of sheets")
struct SheetNameTests {
    @Test("a name is legal, at most 31 units long, and nobody else's")
    func legal() {
        var names = SheetNames()
        #expect(names.name("预算明细") == "预算明细")
        #expect(names.name("预算明细") == "预算明细 (2)")
        #expect(names.name("a/b:c*d?e[f]\\g") == "a-b-c-d-e(f)-g")
        #expect(names.name("A-B-C-D-E(F)-G") == "A-B-C-D-E(F)-G (2)")
        #expect(names.name("'quoted'") == "quoted")
        #expect(names.name("") == "-")
        #expect(names.name(" \n ") == "- (2)")
        #expect(names.name("History") == "History (2)")
        #expect(names.name("a\u{1B}b") == "a-u{1B}b")
    }

    @Test("a long name is cut, and the number that tells two apart still fits")
    func long() {
        var names = SheetNames()
        let long = String(repeating: "年", count: 40)
        #expect(names.name(long) == String(repeating: "年", count: 31))
        #expect(names.name(long) == String(repeating: "年", count: 27) + " (2)")
        #expect(names.name(String(repeating: "😀", count: 20)).utf16.count == 30)
    }

    @Test("a text or a sheet's name in a formula ends where it ends, whatever its quotation marks are joined to")
    func quoted() {
        for mark in ["\"", "'"] as [Unicode.Scalar] {
            for before in ["", "\u{D4E}", "\u{301}", "\u{200D}", "\r\n", "\"", "'"] {
                for after in ["", "\u{D4E}", "\u{301}", "\u{200D}", "\r\n", "\"", "'"] {
                    let text = "a\(before)\(mark)\(after)&SUM(H4:H4)&\(mark)"
                    let written = Array((mark == "'" ? text.quotedSheet : text.quotedText).unicodeScalars)
                    #expect(written.first == mark && written.last == mark)
                    // Inside every mark stands twice, and half of them are the text.
                    var (inner, index) = ("".unicodeScalars, 1)
                    while index < written.count - 1 {
                        if written[index] == mark { index += 1 }
                        #expect(index < written.count - 1)
                        inner.append(written[index])
                        index += 1
                    }
                    #expect(String(inner).unicodeScalars.elementsEqual(text.unicodeScalars))
                }
            }
        }
    }
}
