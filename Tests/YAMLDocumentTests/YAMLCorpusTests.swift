import Glibc
import Groundwork
import Testing
import YAMLDocument

/// The public corpus of YAML texts (github.com/yaml/yaml-test-suite), which is not ours to keep: it is run when
/// `PINGSHEN_YAML_SUITE` names a folder with a file a case and a file `libyaml` of lines `NAME ok|fail`, the verdict of
/// libyaml alone. The last results stand in Docs/Decisions/0005.
@Suite("yaml-test-suite", .enabled(if: getenv("PINGSHEN_YAML_SUITE") != nil, "set PINGSHEN_YAML_SUITE to its cases"))
struct YAMLCorpusTests {
    private static let folder = getenv("PINGSHEN_YAML_SUITE").map { String(cString: $0) } ?? ""

    private static let cases: [(name: String, isReadByLibYAML: Bool)] =
        String(decoding: bytes(of: "libyaml"), as: UTF8.self).split(separator: "\n").compactMap { line in
            let words = line.split(separator: " ")
            return words.count == 2 ? (String(words[0]), words[1] == "ok") : nil
        }

    /// What this room refuses although libyaml would not: a spec has no use for it.
    private static let ownRules: Set = [
        "yaml/empty-document", "yaml/second-document", "yaml/duplicate-key", "yaml/wrong-key", "yaml/wrong-merge",
        "yaml/unknown-alias", "yaml/recursive-alias", "yaml/line-break", "yaml/wrong-space", "yaml/directive-limit",
    ]

    @Test(
        "what libyaml refuses is refused at a place; what it reads is read, or refused by a rule of our own",
        arguments: cases
    )
    func corpus(name: String, isReadByLibYAML: Bool) {
        let text = Self.bytes(of: name)
        let parse = parseYAML(text, file: name)
        let lines = text.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
        for diagnostic in parse.diagnostics {
            #expect((1...lines).contains(diagnostic.place.line ?? 0), "\(name): \(diagnostic.place)")
            #expect((diagnostic.place.column ?? 0) >= 1)
        }
        if isReadByLibYAML {
            let foreign = parse.diagnostics.filter { $0.severity == .error && !Self.ownRules.contains($0.code) }
            #expect(foreign == [], "\(name)")
        } else {
            #expect(parse.hasErrors, "\(name) is refused by libyaml")
        }
    }

    @Test("the corpus is there")
    func isThere() {
        #expect(Self.cases.count > 400)
    }

    private static func bytes(of name: String) -> [UInt8] {
        guard let file = fopen(folder + "/" + name, "r") else { return [] }
        defer { fclose(file) }
        var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }
}
