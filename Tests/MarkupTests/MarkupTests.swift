import Groundwork
import Markup
import Testing

@Suite("Markup")
struct MarkupTests {
    @Test("text is escaped for elements and quoted attributes alike, in both dialects")
    func escapes() {
        #expect(escaped("<a href='x'>\"&\"</a>", for: .html) == "&lt;a href=&#39;x&#39;&gt;&quot;&amp;&quot;&lt;/a&gt;")
        #expect(escaped("<a>'&\"\n\t", for: .xml) == "&lt;a&gt;'&amp;&quot;&#10;&#9;")
        #expect(escaped("预算 1,000.00 元", for: .html) == "预算 1,000.00 元")
        #expect(escaped("", for: .xml) == "")
        #expect(escaped("a\n\tb", for: .html) == "a\n\tb")
    }

    @Test("what XML 1.0 cannot hold becomes the replacement character, and nothing else does")
    func replaced() {
        #expect(escaped("a\u{0}b\u{1F}\r", for: .xml) == "a\u{FFFD}b\u{FFFD}\u{FFFD}")
        #expect(escaped("\u{FFFE}x\u{FFFF}", for: .xml) == "\u{FFFD}x\u{FFFD}")
        // These begin with the same bytes.
        #expect(escaped("，\u{FFFD}\u{FF5E}\u{EFBF}", for: .xml) == "，\u{FFFD}\u{FF5E}\u{EFBF}")
    }

    @Test(
        "what a browser or a terminal would act on is shown, in both dialects",
        arguments: [MarkupDialect.html, .xml]
    )
    func acting(dialect: MarkupDialect) {
        let marks =
            "a\u{7F}\u{80}\u{9B}\u{61C}\u{200E}\u{2028}\u{202E}\u{2066}\u{200B}\u{FEFF}\u{3164}\u{E0041}é€“，⚠\u{FE0F}"
        let shown =
            #"a\u{7F}\u{80}\u{9B}\u{61C}\u{200E}\u{2028}\u{202E}\u{2066}\u{200B}\u{FEFF}\u{3164}\u{E0041}é€“，⚠"#
            + "\u{FE0F}"
        #expect(escaped(marks, for: dialect) == shown)
        #expect(escaped("\u{0}\u{1B}[2J", for: .html) == #"\u{0}\u{1B}[2J"#)
    }

    @Test(
        "every character of the first planes comes out as it is or as its escape",
        arguments: [MarkupDialect.html, .xml]
    )
    func everyCharacter(dialect: MarkupDialect) {
        let marks: Set<Unicode.Scalar> = ["<", ">", "&", "\"", "'"]
        for value in UInt32(0x20)...0x2FFFF {
            guard let scalar = Unicode.Scalar(value), !marks.contains(scalar) else { continue }
            if scalar.isActedOn { continue }
            if dialect == .xml, value == 0xFFFE || value == 0xFFFF { continue }
            let text = String(Character(scalar))
            let written = escaped(text, for: dialect)
            if written != text { Issue.record("U+\(String(value, radix: 16)) became \(written)") }
        }
    }

    @Test("elements, empty elements and attributes")
    func elements() {
        var writer = MarkupWriter(.xml)
        writer.open("a", ["b": "1 < 2", "c": ""])
        writer.empty("d")
        writer.element("e", ["f": "\""], text: "&")
        writer.raw("<g")
        writer.attribute("h", "i"[...])
        writer.raw("/>")
        writer.close("a")
        #expect(writer.markup == "<a b=\"1 &lt; 2\" c=\"\"><d/><e f=\"&quot;\">&amp;</e><g h=\"i\"/></a>")
        var whole = MarkupWriter(.html)
        whole.raw(writer)
        #expect(whole.bytes == writer.bytes)
    }

    @Test("a part of a longer text is written like a text of its own")
    func parts() {
        let text = "一<二>三"
        var writer = MarkupWriter(.html)
        writer.text(text.dropFirst().dropLast())
        #expect(writer.markup == "&lt;二&gt;")
    }
}
