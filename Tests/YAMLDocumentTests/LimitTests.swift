import Groundwork
import Testing
import YAMLDocument

@Suite("Every limit stops a file at the place where it is passed")
struct LimitTests {
    private func limits(_ change: (inout YAMLLimits) -> Void) -> YAMLLimits {
        var limits = YAMLLimits.standard
        change(&limits)
        return limits
    }

    @Test("an alias bomb is stopped by counting, without expanding it")
    func aliasBomb() {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n"
        for level in 1...9 {
            let aliases = Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ", ")
            text += "a\(level): &a\(level) [\(aliases)]\n"
        }
        let parse = parseYAML(Array(text.utf8), file: "bomb.yaml")
        #expect(parse.root == nil)
        #expect(parse.diagnostics.map(\.code) == ["yaml/alias-limit"])
        #expect(parse.diagnostics.first?.place.line == 7)
        #expect(
            parse.diagnostics.first?.message.en
                == #"with alias "*a5" expanded, the document has more than 1000000 values"#
        )
    }

    @Test("a bomb of merge keys is stopped as well")
    func mergeBomb() {
        let keys = (0..<1000).map { "k\($0): 0" }.joined(separator: ", ")
        let aliases = Array(repeating: "  - {<<: *a}\n", count: 1000).joined()
        let parse = parseYAML(Array("a: &a {\(keys)}\nb:\n\(aliases)".utf8), file: "bomb.yaml")
        #expect(parse.root == nil)
        #expect(parse.diagnostics.map(\.code) == ["yaml/alias-limit"])
    }

    @Test("aliases are counted at their full size, to the node")
    func aliasCount() {
        // The list, the anchored list with its element, and the alias with both again: 5.
        let text = "[&a [x], 1️⃣*a]"
        expectParse(text, limits: limits { $0.nodes = 5 })
        expectParse(
            text,
            limits: limits { $0.nodes = 4 },
            .init("1️⃣", "yaml/alias-limit", #"with alias "*a" expanded, the document has more than 4 values"#)
        )
    }

    @Test("the bytes that aliases stand for are counted, to the byte, in scalars and in whole trees")
    func aliasBytes() {
        // "ab", the key "k" with "cd", and the alias with both again: 2 + 3 + 3.
        let text = "[ab, &a {k: cd}, 1️⃣*a]"
        expectParse(text, limits: limits { $0.textBytes = 8 })
        expectParse(
            text,
            limits: limits { $0.textBytes = 7 },
            .init(
                "1️⃣",
                "yaml/alias-limit",
                #"with alias "*a" expanded, the texts of the document have more than 7 bytes"#
            )
        )
    }

    @Test("a long text that three hundred aliases stand for is stopped where it becomes too much")
    func aliasedText() {
        let text =
            "a: &t " + String(repeating: "x", count: 4_000_000) + "\nb: [" + String(repeating: "*t, ", count: 300)
            + "]\n"
        let parse = parseYAML(Array(text.utf8), file: "x.yaml")
        #expect(parse.root == nil)
        #expect(parse.diagnostics.map(\.code) == ["yaml/alias-limit"])
        // The text and fifteen aliases of it fit 64 MiB, the next one is too much.
        #expect(parse.diagnostics.first?.place.column == 5 + 4 * 15)
    }

    @Test("values that are written out are counted too")
    func nodes() {
        expectParse(
            "[a, b, 1️⃣c]",
            limits: limits { $0.nodes = 3 },
            .init("1️⃣", "yaml/node-limit", "the document has more than 3 values")
        )
    }

    @Test("64 levels are read, the 65th is not")
    func depth() throws {
        let fits = String(repeating: "[", count: 64) + String(repeating: "]", count: 64)
        #expect(parseYAML(Array(fits.utf8), file: "x.yaml").diagnostics == [])
        let deep = String(repeating: "[", count: 65) + String(repeating: "]", count: 65)
        let diagnostic = try #require(parseYAML(Array(deep.utf8), file: "x.yaml").diagnostics.first)
        #expect(diagnostic.code == "yaml/depth-limit")
        #expect(diagnostic.place == Place.text(file: "x.yaml", line: 1, column: 65))
    }

    @Test("a hundred thousand open brackets are one error", arguments: ["[", "{", "[{", "- "])
    func openBrackets(_ opening: String) {
        let text = String(repeating: opening, count: 100_000)
        let parse = parseYAML(Array(text.utf8), file: "x.yaml")
        #expect(parse.root == nil)
        #expect(parse.diagnostics.map(\.code) == ["yaml/depth-limit"])
    }

    @Test("nesting by indentation and through aliases counts the same")
    func hiddenDepth() {
        let indented = (0...64).map { String(repeating: " ", count: $0) + "a:\n" }.joined()
        #expect(parseYAML(Array(indented.utf8), file: "x.yaml").diagnostics.map(\.code) == ["yaml/depth-limit"])

        var chain = "a0: &a0 [x]\n"
        for level in 1..<100 { chain += "a\(level): &a\(level) [*a\(level - 1)]\n" }
        let diagnostics = parseYAML(Array(chain.utf8), file: "x.yaml").diagnostics
        #expect(diagnostics.map(\.code) == ["yaml/depth-limit"])
        // The mapping, and then one list a line.
        #expect(diagnostics.first?.place.line == 64)
    }

    @Test("a file that is too large is not read")
    func fileSize() {
        expectParse(
            "1️⃣a: 12345\n",
            limits: limits { $0.fileBytes = 8 },
            .init("1️⃣", "yaml/file-limit", "the file has 9 bytes, the limit is 8")
        )
    }

    @Test("a scalar that is too long is reported in bytes")
    func scalarSize() {
        expectParse(
            "a: 红桥\nb: 1️⃣红桥镇\n",
            limits: limits { $0.scalarBytes = 8 },
            .init("1️⃣", "yaml/scalar-limit", "one value has 9 bytes, the limit is 8")
        )
    }

    @Test("keys are counted with the merged ones")
    func keys() {
        expectParse(
            "a: 1\nb: 2\n1️⃣c: 3\n",
            limits: limits { $0.keys = 2 },
            .init("1️⃣", "yaml/key-limit", "one mapping has more than 2 keys")
        )
        expectParse(
            "x: &x {a: 1, b: 2}\ny: {<<: 1️⃣*x, c: 3}\n",
            limits: limits { $0.keys = 2 },
            .init("1️⃣", "yaml/key-limit", "one mapping has more than 2 keys")
        )
    }

    @Test("a hundred thousand keys and as many duplicates are found without delay")
    func manyKeys() {
        let text = (0..<50_000).map { "k\($0): 1\n" }.joined()
        let limits = limits { $0.diagnostics = 3 }
        let parse = parseYAML(Array((text + text).utf8), file: "x.yaml", limits: limits)
        #expect(
            parse.diagnostics.map(\.code) == Array(repeating: "yaml/duplicate-key", count: 3) + ["yaml/error-limit"]
        )
        #expect(parse.diagnostics.map(\.place.line) == [50_001, 50_002, 50_003, 50_004])
    }

    @Test("directives are counted")
    func directives() {
        expectParse(
            "%TAG !a! a\n1️⃣%TAG !b! b\n---\nx: 1\n",
            limits: limits { $0.directives = 1 },
            .init("1️⃣", "yaml/directive-limit", #"more than 1 "%" directives stand before the document"#)
        )
    }
}
