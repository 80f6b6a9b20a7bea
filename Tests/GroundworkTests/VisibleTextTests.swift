import Groundwork
import Testing

@Suite("Text that is shown, not sent")
struct VisibleTextTests {
    @Test("what is acted on, and what nobody sees, is shown by its number")
    func shown() {
        let hidden: [UInt32] = [
            0x0, 0x1B, 0x7F, 0x9B, 0xAD, 0x34F, 0x61C, 0x115F, 0x17B4, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
            0x2028, 0x202E,
            0x2060, 0x2064, 0x206F, 0x3164, 0xFE00, 0xFE0F, 0xFEFF, 0xFFA0, 0xFFF9, 0x1BCA0, 0x1D173, 0xE0001, 0xE0041,
            0xE007F,
            0xE0100, 0xE01EF,
        ]
        for value in hidden {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let number = String(value, radix: 16, uppercase: true)
            #expect("a\(scalar)b".withVisibleControls == "a\\u{\(number)}b")
            #expect("\(scalar)".withVisibleControls == "\\u{\(number)}")
            #expect(quoted("a\(scalar)b") == "\"a\\u{\(number)}b\"")
        }
        #expect("a\n\tb 预算，“甲”（一）é".withVisibleControls == "a\n\tb 预算，“甲”（一）é")
    }

    @Test("every scalar that Unicode lets a font ignore is among them")
    func ignorable() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value), scalar.properties.isDefaultIgnorableCodePoint else { continue }
            if !scalar.isActedOn { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test(
        "a mark stays where it belongs to the character before it",
        arguments: [
            "⚠\u{FE0F}", "1\u{FE0F}\u{20E3}", "👩\u{200D}💻", "❤\u{FE0F}\u{200D}🔥", "葛\u{E0100}", "می\u{200C}خواهم",
            "क्\u{200D}ष",
            "\u{1820}\u{180B}",
        ]
    )
    func belonging(text: String) {
        #expect(text.withVisibleControls == text)
        #expect(text.unicodeScalars.contains { $0.isActedOn })
    }

    @Test(
        "a second one, or one that belongs to nothing there, is shown",
        arguments: [
            ("⚠\u{FE0F}\u{FE0F}", "⚠\u{FE0F}\\u{FE0F}"), ("1\u{FE0F}", "1\\u{FE0F}"), ("a\u{FE0F}", "a\\u{FE0F}"),
            ("预\u{200D}算", "预\\u{200D}算"), ("👩\u{200D}", "👩\\u{200D}"), ("a\u{E0100}", "a\\u{E0100}"),
            ("葛\u{E0100}\u{E0101}", "葛\u{E0100}\\u{E0101}"), ("🏴\u{E0067}", "🏴\\u{E0067}"),
        ]
    )
    func excess(text: String, shown: String) { #expect(text.withVisibleControls == shown) }

    @Test("a text is cut between two characters, and says how much is left out")
    func bounded() {
        #expect("abc".bounded(to: 3) == "abc")
        #expect("abcd".bounded(to: 3) == "abc… (+1 bytes)")
        #expect("预算表".bounded(to: 7) == "预算… (+3 bytes)")
        #expect("预".bounded(to: 2) == "… (+3 bytes)")
    }

    @Test("names that could be taken for each other have one key; others have not")
    func lookAlikes() {
        #expect("Review.JSON".lookAlikeKey == "review.json".lookAlikeKey)
        #expect("r\u{435}v\u{456}\u{435}vv.j\u{455}on".lookAlikeKey == "review.json".lookAlikeKey)
        #expect("报告.md".lookAlikeKey != "报表.md".lookAlikeKey)
        #expect("preview.json".lookAlikeKey != "review.json".lookAlikeKey)
    }
}
