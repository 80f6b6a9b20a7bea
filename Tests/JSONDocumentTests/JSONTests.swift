import ExactNumbers
import Groundwork
import JSONDocument
import Testing

@Suite("JSON")
struct JSONTests {
    private func read(_ text: String) throws -> Value { try JSONReader.read(Array(text.utf8)) }

    @Test("numbers keep their digits")
    func numbers() throws {
        #expect(try read("9007199254740992") == .integer(9_007_199_254_740_992))
        #expect(try read("9007199254740993") == .decimal(try #require(ExactDecimal("9007199254740993"))))
        #expect(try read("0.10").decimal?.description == "0.10")
        #expect(try read("1e400") == .text("1e400"))
        #expect(try read("-0") == .integer(0))
    }

    @Test("in documents, what a terminal would act on is escaped, in keys as well; on the wire it stands as it is")
    func inert() throws {
        let text = "\u{7F}\u{80}\u{9B}\u{61C}\u{200E}\u{2028}\u{202E}\u{2066}é€“，\u{FEFF}\u{E0041}👍\u{0}"
        let shown = #""\u007f\u0080\u009b\u061c\u200e\u2028\u202e\u2066é€“，\ufeff\udb40\udc41👍\u0000""#
        let document = String(decoding: JSONWriter.document([text: .list([.text(text)])]), as: UTF8.self)
        #expect(document == "{\n  \(shown): [\n    \(shown)\n  ]\n}\n")
        #expect(try read(document) == [text: .list([.text(text)])])
        #expect(String(decoding: JSONWriter.line(.text("\u{2028}")), as: UTF8.self) == "\"\u{2028}\"")
    }

    @Test("strings unescape, surrogate pairs included")
    func strings() throws {
        #expect(try read(#""a\n\u4e2d\ud83d\ude00\/\"""#) == .text("a\n中😀/\""))
    }

    @Test(
        "what is not JSON is refused",
        arguments: [
            "", "{", "[1,]", "{\"a\":1,}", "{\"a\":1,\"a\":2}", "01", "1.", ".5", "+1", "[1 2]", "{a:1}", "'a'",
            "\"\t\"",
            "\"\\x\"", "\"\\ud800\"", "nul", "true false", "\u{FEFF}{}", "[1]]", "-", "1e", "\"abc",
        ]
    )
    func refused(text: String) {
        #expect(throws: JSONSyntaxError.self) { try read(text) }
    }

    @Test("bytes that are not UTF-8 are refused")
    func invalidUTF8() {
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read([0x22, 0xFF, 0x22]) }
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read([0x22, 0xC0, 0x80, 0x22]) }
    }

    @Test("a hundred thousand brackets are an error, not a crash")
    func depth() {
        #expect(throws: JSONSyntaxError.self) { try read(String(repeating: "[", count: 100_000)) }
        #expect(throws: Never.self) { try read(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)) }
    }

    @Test("a key that stands twice is an error on the wire, elsewhere the last one may win")
    func duplicates() throws {
        let text = Array(#"{"a":1,"b":2,"a":3}"#.utf8)
        #expect(throws: JSONSyntaxError.self) { try JSONReader.read(text) }
        #expect(try JSONReader.read(text, duplicateKeys: .lastWins) == ["a": 3, "b": 2])
    }

    @Test("a line round-trips, a document sorts its keys")
    func writing() throws {
        let value: Value = [
            "b": [1, true, nil], "a": .text("\u{01}\"\\ 中"), "c": .decimal(ExactDecimal(significand: 120, places: 2)),
        ]
        let line = JSONWriter.line(value)
        #expect(String(decoding: line, as: UTF8.self) == #"{"b":[1,true,null],"a":"\u0001\"\\ 中","c":"1.20"}"#)
        #expect(try JSONReader.read(line)["b"] == value["b"])
        #expect(
            String(decoding: JSONWriter.document(["b": [], "a": [1]]), as: UTF8.self)
                == "{\n  \"a\": [\n    1\n  ],\n  \"b\": []\n}\n"
        )
    }
}
