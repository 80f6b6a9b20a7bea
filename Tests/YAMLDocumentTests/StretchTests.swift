import Groundwork
import Testing
import YAMLDocument

@Suite("Places inside of texts")
struct StretchTests {
    /// Where the word `word` of the text under `a` stands, by its place in the text alone.
    private func stretch(_ input: MarkedInput, _ word: String) throws -> ScalarStretch? {
        let node = try #require(input.parse().root?["a"])
        let text = try #require(node.text)
        let before = text[..<(try #require(text.firstRange(of: word))).lowerBound]
        let line = before.count(where: \.isNewline) + 1
        let column = before.split(separator: "\n", omittingEmptySubsequences: false).last?.unicodeScalars.count ?? 0
        return node.stretch(at: TextPlace(line: line, column: column + 1), in: input.bytes)
    }

    @Test(
        "a word is found where it is written, however the text is",
        arguments: [
            "a: SELECT 1️⃣amonut FROM lines\n", "a: &x SELECT\n   id,\n     1️⃣amonut # no comment of the text\nb: 1\n",
            "b: 1\na: |\n  SELECT id,\n    1️⃣amonut\n  FROM lines\n", "a: |2-\n    SELECT\n  1️⃣amonut FROM lines\n",
            "a: >-\n  SELECT id,\n\n  金额, 1️⃣amonut\n  FROM lines\n", "a: !x >\n  SELECT\n  1️⃣amonut\n",
            "a: 'SELECT ''x'' AS y,\n  1️⃣amonut FROM lines'\n",
            "a: \"SELECT \\\"x\\\",\\n\\u4E2D\\x41 1️⃣amonut\\\n  FROM lines\"\n",
            "a: \"SELECT\\\n    \\ id,\\u0020\\t1️⃣amonut\"\n",
        ]
    )
    func written(marked: String) throws {
        let input = MarkedInput(marked)
        let found = try #require(try stretch(input, "amonut"))
        #expect(found.start == input.place("1️⃣"))
        #expect(found.length == 6)
    }

    @Test("a text in quotes and a tag are underlined whole")
    func lengths() throws {
        #expect(try stretch(MarkedInput("a: SELECT field('project.name')\n"), "'project")?.length == 14)
        #expect(try stretch(MarkedInput("a: SELECT h.paid. FROM h\n"), "h.paid")?.length == 6)
        #expect(try stretch(MarkedInput("a: \"{id}: {{#lines}}\"\n"), "{id}")?.length == 4)
        #expect(try stretch(MarkedInput("a: \"{id}: {{#lines}}\"\n"), "{{#")?.length == 10)
    }

    @Test("the end of a text is a place, a line that it does not have is none")
    func ends() throws {
        let input = MarkedInput("a: |\n  SELECT id\n  FROM1️⃣\n\nb: 1\n")
        let node = try #require(input.parse().root?["a"])
        #expect(node.stretch(at: TextPlace(line: 2, column: 5), in: input.bytes)?.start == input.place("1️⃣"))
        #expect(node.stretch(at: TextPlace(line: 9, column: 1), in: input.bytes) == nil)
        #expect(try #require(input.parse().root).stretch(at: TextPlace(line: 1, column: 1), in: input.bytes) == nil)
    }

    @Test("bytes that are not those of the text have no places in it")
    func otherBytes() throws {
        let input = MarkedInput("a: SELECT amonut\n")
        let node = try #require(input.parse().root?["a"])
        #expect(node.stretch(at: TextPlace(line: 1, column: 8), in: Array("a: b\n".utf8)) == nil)
        #expect(node.stretch(at: TextPlace(line: 1, column: 8), in: []) == nil)
    }
}
