import Testing

@testable import PDFPages

@Suite("values of PDF files")
struct PDFObjectTests {
    @Test(
        "numbers are read as programs write them",
        arguments: [("12", 12.0), ("-0.5", -0.5), (".25", 0.25), ("+3", 3), ("4.", 4), ("--5", -5)]
    )
    func numbers(text: String, value: Double) {
        var lexer = PDFLexer(Array(text.utf8))
        #expect(lexer.next()?.number == value)
    }

    @Test("strings have escapes, brackets and octal numbers")
    func strings() {
        var lexer = PDFLexer(Array("(a\\(b\\)(c)\\101\\\nd) <48 65 6>".utf8))
        #expect(lexer.next()?.string == Array("a(b)(c)Ad".utf8))
        #expect(lexer.next()?.string == [0x48, 0x65, 0x60])
    }

    @Test("a reference is one value in files, and three in page contents")
    func references() {
        var lexer = PDFLexer(Array("3 0 R".utf8))
        guard case .reference(3)? = lexer.next() else { return #expect(Bool(false), "no reference") }
        var other = PDFLexer(Array("3 0 R".utf8))
        #expect(other.next(resolvesReferences: false)?.number == 3)
    }

    @Test("what is open at the end or nested without end does not stop the reader")
    func damaged() {
        for text in ["<< /A [1 2", "(never", "<41", String(repeating: "[", count: 10_000), "<< /A << /B", "/", "%"] {
            var lexer = PDFLexer(Array(text.utf8))
            var count = 0
            while lexer.next() != nil { count += 1 }
            #expect(count <= text.utf8.count)
        }
    }

    @Test("a map of codes has single characters, ranges and lists")
    func codeMap() {
        let map = CodeMap(
            Array(
                """
                1 beginbfchar <0003> <4E00> endbfchar
                2 beginbfrange <0010> <0012> <0041> <0020> <0021> [<5143> <0066 0069>] endbfrange
                """.utf8
            )
        )
        #expect(map[3, bytes: 2] == "一")
        #expect(map[0x12, bytes: 2] == "C")
        #expect(map[0x21, bytes: 2] == "fi")
        #expect(map[0x22, bytes: 2] == nil)
    }

    @Test("Chinese characters are known by their codes of GBK")
    func gbk() {
        #expect(ChineseCodes.text(0xB0A1) == "啊")
        #expect(ChineseCodes.text(0xC9CF) == "上")
        #expect(ChineseCodes.text(0x2041) == "\u{FFFD}")
    }
}
