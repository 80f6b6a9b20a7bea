import Testing
import YAMLDocument

@Suite("Syntax errors are told as what the writer did")
struct SyntaxTests {
    private static let tab = "a tab is used for indentation, where YAML takes only spaces"

    @Test("every line indented by tabs is reported in one run")
    func tabs() {
        expectParse(
            "a:\n1️⃣\tb: 1\n2️⃣\t\tc: 2\nd:\n  3️⃣\t- x\n# \ttab\n",
            .init("1️⃣", "yaml/tab", Self.tab, hint: "use spaces, two a level", length: 1),
            .init("2️⃣", "yaml/tab", Self.tab, length: 2),
            .init("3️⃣", "yaml/tab", Self.tab, length: 1)
        )
        expectParse("a: 1\n1️⃣\tb: 2\n", .init("1️⃣", "yaml/tab", Self.tab))
        expectParse("-1️⃣\t- a\n", .init("1️⃣", "yaml/tab", Self.tab))
        expectParse("a: |\n1️⃣\tb\n", .init("1️⃣", "yaml/tab", Self.tab))
    }

    @Test("tabs that YAML allows are left alone")
    func allowedTabs() throws {
        #expect(
            try root(of: "a:\t1\nb: [\n\tx,\n\ty: z ]\nc: |\n  d:\n  \te: 1\n").outline
                == "{a: \"1\", b: [\"x\", {y: \"z\"}], c: \"d:\n\te: 1\n\"}"
        )
        // The block scalar keeps its tabs although an error stands above it.
        expectParse(
            "a:\n1️⃣\tb: 1\nc: |\n  \td: 1\n  \t- e\n2️⃣\tf: 2\n",
            .init("1️⃣", "yaml/tab", Self.tab),
            .init("2️⃣", "yaml/tab", Self.tab)
        )
    }

    @Test("tabs are reported besides another syntax error above them")
    func tabsAfterError() {
        expectParse(
            "a: 1️⃣x: y\nb:\n2️⃣\tc: 1\n",
            .init(
                "1️⃣",
                "yaml/syntax",
                #"the value contains a colon and a space ": " and needs quotes"#,
                hint: "put the whole value in quotes",
                length: 4
            ),
            .init("2️⃣", "yaml/tab", Self.tab)
        )
    }

    @Test("a colon and a space in a value")
    func colonInValue() {
        let message = #"the value contains a colon and a space ": " and needs quotes"#
        expectParse("title: 1️⃣报告: 二〇二四年\n", .init("1️⃣", "yaml/syntax", message, length: 9))
        expectParse("- a: 1\n  b: 1️⃣c d: e  \n", .init("1️⃣", "yaml/syntax", message, length: 6))
    }

    @Test("a colon without its space")
    func missingSpace() {
        expectParse(
            "a: 1\ntown1️⃣:红桥\nb: 2\n",
            .init("1️⃣", "yaml/syntax", #"a space is missing after "town:""#, hint: #"write "town: …""#)
        )
        expectParse("town1️⃣:x\nb: 2\n", .init("1️⃣", "yaml/syntax", #"a space is missing after "town:""#))
    }

    @Test("a colon without its space in brackets")
    func missingSpaceInBrackets() {
        expectParse("x: {a1️⃣:[1]}\n", .init("1️⃣", "yaml/syntax", #"a space is missing after "a:""#))
    }

    @Test("a dash without its space")
    func missingSpaceAfterDash() {
        expectParse(
            "a:\n  - x\n  1️⃣-y\n",
            .init("1️⃣", "yaml/syntax", #"a space is missing after the "-" of a list item"#, hint: #"write "- …""#)
        )
    }

    @Test(
        "spaces that are none to YAML",
        arguments: [("\u{3000}", "a full-width blank (U+3000)"), ("\u{A0}", "a no-break space (U+00A0)")]
    )
    func foreignSpaces(space: String, name: String) {
        let message = "\(name) stands here, where YAML takes only a plain space"
        expectParse("a:1️⃣\(space)1\nb: 2\n", .init("1️⃣", "yaml/wrong-space", message))
        expectParse("a:\n1️⃣\(space)b: 2\n", .init("1️⃣", "yaml/wrong-space", message, length: 2))
    }

    @Test("a full-width colon")
    func fullWidthColon() {
        let message = #"a full-width colon "：" is used, where YAML takes a plain colon and a space"#
        expectParse("a: 1\n镇1️⃣：红桥\nb: 2\n", .init("1️⃣", "yaml/syntax", message, hint: #"write ": ""#))
        expectParse("镇1️⃣：红桥\nb: 2\n", .init("1️⃣", "yaml/syntax", message))
    }

    @Test("a key without a colon")
    func missingColon() {
        let message = #""town" should be a key with its value, but has no colon"#
        expectParse("a: 1\n1️⃣town\nb: 2\n", .init("1️⃣", "yaml/syntax", message, length: 4))
        expectParse("1️⃣town\nb: 2\n", .init("1️⃣", "yaml/syntax", message))
    }

    @Test("a quote that is never closed, at its opening")
    func unclosedQuote() {
        expectParse(
            "a: 1️⃣\"x\nb: 2\n",
            .init("1️⃣", "yaml/syntax", #"the quote " is never closed"#, hint: #"write " at the end of the value"#)
        )
        expectParse(
            "a: 1️⃣'x\nb: 'y'\n",
            .init("1️⃣", "yaml/syntax", "the quote is closed only on line 2, with more text after it")
        )
        expectParse("- 1️⃣'x\n---\n", .init("1️⃣", "yaml/syntax", "the quote ' is never closed"))
    }

    @Test("text after the end of a quoted value")
    func textAfterValue() {
        let message = "there is more text after the value has ended"
        expectParse("a: 'it'1️⃣s late'\n", .init("1️⃣", "yaml/syntax", message, length: 7))
        expectParse("- \"a\" 1️⃣b\n", .init("1️⃣", "yaml/syntax", message, length: 1))
    }

    @Test("brackets that are never closed, at their opening")
    func unclosedBracket() {
        let message = #"the bracket "[" is never closed"#
        for rest in ["1, 2\nb: 3\n", "1, 2\n", "1,\n", "1, 2,", "1\n- 2\n", ""] {
            expectParse(
                "a: 1️⃣[\(rest)",
                .init("1️⃣", "yaml/syntax", message, hint: #"write "]" at its end"#)
            )
        }
        expectParse("a: 1️⃣{x: 1, y: 2\nb: 3\n", .init("1️⃣", "yaml/syntax", #"the bracket "{" is never closed"#))
        expectParse("a: [1, 1️⃣{x: 1\n", .init("1️⃣", "yaml/syntax", #"the bracket "{" is never closed"#))
    }

    @Test("brackets that close nothing, commas missing or too many")
    func brackets() {
        expectParse("a: [1, 2]1️⃣]\n", .init("1️⃣", "yaml/syntax", #"the bracket "]" closes nothing"#))
        expectParse("a: 1️⃣]\n", .init("1️⃣", "yaml/syntax", #"the bracket "]" closes nothing"#))
        expectParse("a: {x: 1️⃣]}\n", .init("1️⃣", "yaml/syntax", #"the bracket "]" closes nothing"#))
        expectParse(
            "a: [\"x\" 1️⃣\"y\"]\n",
            .init(
                "1️⃣",
                "yaml/syntax",
                "a comma is missing between items in brackets, or the bracket is never closed",
                hint: #"write ", " between items"#
            )
        )
        expectParse("a: {b: 1️⃣[1, 2}\n", .init("1️⃣", "yaml/syntax", #"the bracket "[" is never closed"#))
        expectParse(
            "a: [x: y1️⃣: z]\n",
            .init("1️⃣", "yaml/syntax", #"the value contains a colon and a space ": " and needs quotes"#)
        )
        expectParse("a: [1, 1️⃣, 2]\n", .init("1️⃣", "yaml/syntax", "an item is missing before the comma"))
    }

    @Test("indentation that fits no level")
    func indentation() {
        expectParse(
            "a:\n    b: 1\n  1️⃣c: 2\n",
            .init(
                "1️⃣",
                "yaml/syntax",
                "wrong indentation: the levels above begin at columns 1, 5",
                hint: "align it with one of them"
            )
        )
        expectParse(
            "x:\n  - a: 1\n    b: 2\n   1️⃣c: 3\n",
            .init("1️⃣", "yaml/syntax", "wrong indentation: the levels above begin at columns 1, 3, 5")
        )
        expectParse(
            "- a: 1\n 1️⃣b: 2\n",
            .init("1️⃣", "yaml/syntax", "wrong indentation: the levels above begin at columns 1, 3")
        )
        expectParse(
            "# c\na: |2\n 1️⃣x\n",
            .init("1️⃣", "yaml/syntax", "wrong indentation: the levels above begin at column 1")
        )
        expectParse(
            "a: 1\n  1️⃣b: 2\n",
            .init(
                "1️⃣",
                "yaml/syntax",
                "this line is indented deeper than the one above, which already has a value",
                hint: "align it with the keys of its level"
            )
        )
        expectParse(
            "  a: 1\n1️⃣b: 2\n",
            .init("1️⃣", "yaml/syntax", "this line stands outside the document's list or mapping")
        )
    }

    @Test("lists and keys mixed up")
    func lists() {
        expectParse(
            "a: 1\n1️⃣- b\n",
            .init("1️⃣", "yaml/syntax", #"a list item "-" stands where a key was expected"#)
        )
        expectParse(
            "- a\n1️⃣b: 1\n",
            .init("1️⃣", "yaml/syntax", #"a list item "-" at column 1 was expected here"#)
        )
        expectParse(
            "x:\n    - a\n  1️⃣- b\n",
            .init("1️⃣", "yaml/syntax", #"a list item "-" stands where a key was expected"#)
        )
        expectParse("a: 1️⃣- b\n", .init("1️⃣", "yaml/syntax", #"a list item "-" cannot stand here"#))
    }

    @Test("values that begin with a sign")
    func signs() {
        expectParse("a: 1️⃣@x\n", .init("1️⃣", "yaml/syntax", #"a value cannot begin with "@""#))
        expectParse("a: 1️⃣%x\n", .init("1️⃣", "yaml/syntax", #"a value cannot begin with "%""#))
        expectParse("1️⃣%x\na: 1\n", .init("1️⃣", "yaml/syntax", #"a value cannot begin with "%""#))
        expectParse("a: 1️⃣? x\n", .init("1️⃣", "yaml/syntax", #"a value cannot begin with "?""#))
        let names = #"a name after "&" or "*" takes only ASCII letters, digits, "-" and "_""#
        expectParse("a: 1️⃣*注意\n", .init("1️⃣", "yaml/syntax", names))
        expectParse("a: 1️⃣&收入 1\n", .init("1️⃣", "yaml/syntax", names))
        expectParse(
            "a: 1️⃣> 5\n",
            .init("1️⃣", "yaml/syntax", #"no text may follow "|" or ">" on the same line"#)
        )
        expectParse("a: 1️⃣!x!y z\n", .init("1️⃣", "yaml/syntax", "the tag's prefix is not defined"))
    }

    @Test("a wrong escape in double quotes")
    func escapes() {
        let message = "the backslash in double quotes does not begin a valid escape"
        expectParse(#"a: "C:1️⃣\dir""#, .init("1️⃣", "yaml/syntax", message, length: 2))
    }

    @Test("what has no message of its own names libyaml's")
    func other() {
        expectParse(
            "1️⃣%YAML 3.0\n---\na: 1\n",
            .init("1️⃣", "yaml/syntax", "not valid YAML here (libyaml: found incompatible YAML document)")
        )
    }
}
