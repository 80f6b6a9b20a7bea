import Groundwork
import Testing
import YAMLDocument

@Suite("Keys")
struct KeyTests {
    @Test("duplicate keys are reported at the second key, and the first value is kept")
    func duplicates() {
        let input = MarkedInput("a: 1\nb:\n  名: 1\n  1️⃣名: 2\n2️⃣a: 3\n")
        let parse = input.parse()
        expect(
            parse.diagnostics,
            in: input,
            [
                .init("1️⃣", "yaml/duplicate-key", #"duplicate key "名", already given at line 3, column 3"#),
                .init("2️⃣", "yaml/duplicate-key", #"duplicate key "a", already given at line 1, column 1"#),
            ]
        )
        #expect(parse.root?.outline == #"{a: "1", b: {名: "1"}}"#)
    }

    @Test("duplicates are found beyond the first few keys, and in other quotes")
    func manyDuplicates() {
        let keys = (0..<20).map { "k\($0): 1\n" }.joined()
        expectParse(
            keys + "1️⃣'k3': 2\n2️⃣k15: 2\n",
            .init("1️⃣", "yaml/duplicate-key", #"duplicate key "k3", already given at line 4, column 1"#),
            .init("2️⃣", "yaml/duplicate-key", #"duplicate key "k15", already given at line 16, column 1"#)
        )
    }

    @Test("keys are text")
    func nonScalarKeys() {
        let message = "a key must be text, but this is a list or a mapping"
        expectParse("1️⃣[a]: 1\n", .init("1️⃣", "yaml/wrong-key", message))
        expectParse("x: 1\n? 1️⃣{a: 1}\n: 2\n", .init("1️⃣", "yaml/wrong-key", message))
        expectParse("1️⃣: 2\n", .init("1️⃣", "yaml/wrong-key", "the key before the colon is missing"))
    }
}
