import Groundwork
import Testing
import YAMLDocument

@Suite("Files that are not text, or more than one document")
struct EncodingTests {
    @Test("invalid UTF-8 is reported at its character")
    func invalidUTF8() {
        let gbk: [UInt8] = Array("a: 1\n镇: ".utf8) + [0xBA, 0xEC, 0xC7, 0xC5, 0x0A]
        for mark in [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]] {
            let parse = parseYAML(mark + gbk, file: "x.yaml")
            #expect(parse.root == nil)
            #expect(parse.diagnostics.map(\.code) == ["yaml/encoding"])
            #expect(parse.diagnostics.first?.place == Place.text(file: "x.yaml", line: 2, column: 4))
            #expect(parse.diagnostics.first?.hint?.en == "save it as UTF-8; GBK is a common cause")
        }
    }

    @Test("UTF-16 is named")
    func utf16() {
        let parse = parseYAML([0xFF, 0xFE, 0x61, 0x00, 0x3A, 0x00], file: "x.yaml")
        #expect(parse.diagnostics.map(\.message.en) == ["the file is UTF-16"])
        #expect(parse.diagnostics.map(\.code) == ["yaml/encoding"])
    }

    @Test("control characters and hidden line breaks are reported at their place")
    func hiddenCharacters() {
        expectParse(
            "a: 1\nb: x1️⃣\u{7}y\n",
            .init("1️⃣", "yaml/control-character", "the file contains an invisible control character")
        )
        for (character, name) in [("\u{2028}", "U+2028"), ("\u{2029}", "U+2029"), ("\u{85}", "U+0085")] {
            expectParse(
                "a: 1\nb: 红1️⃣\(character)桥\n",
                .init("1️⃣", "yaml/line-break", "the file contains the invisible line break \(name)")
            )
        }
    }

    @Test("a file without a document is an error", arguments: ["", "\n\n", "# only a comment\n", "\u{FEFF}"])
    func empty(text: String) {
        let parse = parseYAML(Array(text.utf8), file: "x.yaml")
        #expect(parse.root == nil)
        #expect(parse.diagnostics.map(\.code) == ["yaml/empty-document"])
        #expect(parse.diagnostics.first?.place == Place.text(file: "x.yaml", line: 1, column: 1))
    }

    @Test("a second document is an error, the first is kept")
    func secondDocument() {
        let input = MarkedInput("a: 1\n1️⃣---\nb: 2\n")
        let parse = input.parse()
        expect(
            parse.diagnostics,
            in: input,
            [
                .init(
                    "1️⃣",
                    "yaml/second-document",
                    "a file holds one document, but a second one begins here",
                    length: 3
                )
            ]
        )
        #expect(parse.root?.outline == #"{a: "1"}"#)
    }
}
