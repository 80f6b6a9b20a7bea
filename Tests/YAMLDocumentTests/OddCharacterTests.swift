import Groundwork
import Testing
import YAMLDocument

@Suite("Characters that only look right are named")
struct OddCharacterTests {
    private static let colon = #"a full-width colon "：" is used, where YAML takes a plain colon and a space"#
    private static let zeroWidth = "the invisible zero-width space (U+200B) stands here"
    private static let mark = "the invisible byte order mark (BOM) (U+FEFF) stands here"

    @Test("a full-width colon in brackets, and one without its space; the rest is read as it was meant")
    func colonsInBrackets() throws {
        expectParse("a: {名1️⃣：菜场, b: 1}\n", .init("1️⃣", "yaml/syntax", Self.colon, length: 1))
        expectParse("a: {名1️⃣:菜场, b: 1}\n", .init("1️⃣", "yaml/syntax", #"a space is missing after "名:""#))
        let parse = parseYAML(Array("a: {名：菜场, b: 1}\n".utf8), file: "x.yaml")
        #expect(parse.root?.outline == #"{a: {名: "菜场", b: "1"}}"#)
        // With a value of its own a key may hold a colon.
        #expect(try root(of: "a: {注：一: 1, x:y: 2}\n").outline == #"{a: {注：一: "1", x:y: "2"}}"#)
    }

    @Test("an invisible character in a key is a mistake, in a value a warning")
    func invisible() {
        expectParse("a: {to1️⃣\u{200B}wn: x}\n", .init("1️⃣", "yaml/odd-character", Self.zeroWidth, length: 1))
        let parse = parseYAML(Array("a: x\u{200B}\nb: '\u{200B}'\n".utf8), file: "x.yaml")
        #expect(parse.diagnostics.map(\.severity) == [.warning])
        #expect(parse.diagnostics.first?.place == SourcePlace(file: "x.yaml", line: 1, column: 5).place)
        #expect(parse.root?["a"]?.text == "x\u{200B}")
    }

    @Test("a byte order mark inside the file is named where it stands")
    func byteOrderMark() {
        expectParse("---\n1️⃣\u{FEFF}a: 1\nb: 2\n", .init("1️⃣", "yaml/odd-character", Self.mark))
        expectParse("a: 1\n1️⃣\u{FEFF}b: 2\n", .init("1️⃣", "yaml/odd-character", Self.mark))
        #expect(parseYAML(Array("\u{FEFF}a: 1\n".utf8), file: "x.yaml").diagnostics == [])
    }

    @Test("a comment that begins with a full-width ＃ is named, on its own line, as a key and behind a value")
    func comments() {
        let hash = ##"the full-width sign "＃" stands here, where YAML takes only "#""##
        expectParse("a: 1\n1️⃣＃ 说明\nb: 2\n", .init("1️⃣", "yaml/odd-character", hash))
        expectParse("1️⃣＃ 说明：一\nb: 2\n", .init("1️⃣", "yaml/odd-character", hash))
        expectParse("a:\n  - 1\n  1️⃣＃ 说明\n  - 2\n", .init("1️⃣", "yaml/odd-character", hash))
        let key = parseYAML(Array("a: 1\n＃ note: x\nb: 2\n".utf8), file: "x.yaml")
        #expect(key.diagnostics.map(\.code) == ["yaml/odd-character"] && key.root?.outline == #"{a: "1", b: "2"}"#)
        let behind = parseYAML(Array("a: 菜场 ＃ 备注\n".utf8), file: "x.yaml")
        #expect(behind.diagnostics.map(\.severity) == [.warning])
        #expect(behind.diagnostics.first?.place.column == 7)
        #expect(parseYAML(Array("a: 菜场＃1\nb: |\n  ＃ 说明\n".utf8), file: "x.yaml").diagnostics == [])
    }

    @Test("curly quotes around a plain value are named, and left in texts")
    func curlyAround() {
        func told(_ value: String) -> [String] {
            parseYAML(Array("a: \(value)\n".utf8), file: "x.yaml").diagnostics.map { "\($0.severity) \($0.message.en)" }
        }
        let words = "YAML takes only the straight \", so they are part of the text"
        #expect(told("“菜场”") == ["warning curly quotes “ ” stand around this value: \(words)"])
        #expect(told("‘菜场’").first?.contains("the straight '") == true)
        #expect(told("“甲”和“乙”") == [] && told("'“甲”'") == [] && told("落实“两不愁”") == [] && told("“甲”市场") == [])
    }

    @Test("full-width indentation, dashes, commas, brackets and quotes")
    func signs() {
        func says(_ name: String, _ plain: String) -> String { "\(name) stands here, where YAML takes only \(plain)" }
        let blank = says("a full-width blank (U+3000)", "a plain space")
        expectParse("a:\n1️⃣\u{3000}\u{3000}b: {c: 1}\n  d: 2\n", .init("1️⃣", "yaml/wrong-space", blank))
        let dash = says(#"the full-width sign "－""#, #""-""#)
        expectParse("a:\n  - x\n  1️⃣－ y\n", .init("1️⃣", "yaml/odd-character", dash))
        let comma = says(#"the full-width comma "，""#, #"",""#)
        expectParse("a: {b: 1，c: 2}\n".marked("，"), .init("1️⃣", "yaml/odd-character", comma))
        let brace = says(#"the full-width sign "｛""#, #""{""#)
        expectParse("a: 1️⃣｛b: 1｝\n", .init("1️⃣", "yaml/odd-character", brace))
        expectParse("a:\n  - 1️⃣｛b: 1, c: 2}\n", .init("1️⃣", "yaml/odd-character", brace))
        let closing = says(#"the full-width sign "］""#, #""]""#)
        expectParse("a: [1, 2］\nb: 1\n".marked("］"), .init("1️⃣", "yaml/odd-character", closing))
        let quote = says("the curly quote \"“\"", "\"")
        expectParse("a: 1️⃣“b: c”\n", .init("1️⃣", "yaml/odd-character", quote))
        expectParse("a:\n1️⃣\u{3000}\u{3000}- [1, 2]\n  - [3]\n", .init("1️⃣", "yaml/wrong-space", blank))
        let colon = says(#"the full-width colon "：""#, #"":""#)
        expectParse("a: !include1️⃣：b\n", .init("1️⃣", "yaml/odd-character", colon))
    }

    @Test("curly quotes where straight ones were meant, also when only one of the two is curly")
    func curly() {
        let open = #"the curly quote "“" stands here, where YAML takes only ""#
        let close = #"the curly quote "”" stands here, where YAML takes only ""#
        expectParse("a: {b: 1️⃣“c: d”, e: 1}\n", .init("1️⃣", "yaml/odd-character", open))
        expectParse("a: {zh: 1️⃣“{id} 太贵\", en: \"x\"}\n", .init("1️⃣", "yaml/odd-character", open))
        expectParse("a: {b: \"甲1️⃣”, c: 1}\nd: \"e\"\n", .init("1️⃣", "yaml/odd-character", close))
        expectParse("a: \"甲1️⃣”\nb: 1\n", .init("1️⃣", "yaml/odd-character", close))
    }

    @Test("a quote within quotes, and an interval without any")
    func quotes() {
        let ended = "the quotes end here, with more text behind them"
        expectParse("a: {b: \"甲1️⃣\"乙\"\", c: 1}\n", .init("1️⃣", "yaml/syntax", ended))
        let interval = "the interval [0, 60) has no quotes, and to YAML a square bracket begins a list"
        expectParse("a:\n  - {b: 1, r: 1️⃣[0, 60)}\nc: 1\n", .init("1️⃣", "yaml/syntax", interval, length: 7))
    }

    @Test("paragraphs of Chinese text are left alone")
    func paragraphs() throws {
        let text = "a: |\n  \u{3000}\u{3000}一、目的：甲，乙。\nb: 全角：（，）。“x”\nc: [甲、乙, 丙；丁]\n"
        #expect(try root(of: text)["b"]?.text == "全角：（，）。“x”")
    }

    @Test("a comment that cuts a value is a warning; comments as people write them are none")
    func cut() {
        func codes(_ text: String) -> [String] {
            parseYAML(Array(text.utf8), file: "x.yaml").diagnostics.map { "\($0.code) \($0.place.column ?? 0)" }
        }
        #expect(codes("a: 甲 #2 楼\n") == ["yaml/cut-by-comment 6"])
        #expect(codes("a: 甲 # 注\nb: 1  #注\n#x\nc: '甲 #2'\nd: |\n  甲 #2\ne: #2\n  f: 1\n") == [])
    }

    @Test("line ends between wide characters are no blanks, in every style that folds")
    func folding() throws {
        let text = """
            a: >
              更换
              全部。
              Then all
              of them, 全部
              abc
            b: 更换
              全部
            c: "更换
              全部"
            d: >
              甲 乙
              丙
            e: 한국
              사람
            f: |
              更换
              全部
            """
        let read = try root(of: text + "\n")
        #expect(read["a"]?.text == "更换全部。 Then all of them, 全部 abc\n")
        #expect(read["b"]?.text == "更换全部")
        #expect(read["c"]?.text == "更换全部")
        #expect(read["d"]?.text == "甲 乙丙\n")
        #expect(read["e"]?.text == "한국 사람")
        #expect(read["f"]?.text == "更换\n全部\n")
    }
}

extension String {
    /// The text with a marker before the first `sign`.
    fileprivate func marked(_ sign: Character) -> String {
        guard let index = firstIndex(of: sign) else { return self }
        return String(self[..<index]) + "1️⃣" + String(self[index...])
    }
}
