import ExactNumbers
import Glibc
import Groundwork
import JSONDocument
import Testing
import YAMLDocument

/// The public corpus of YAML texts, as it stands in Tests/Fixtures/YAMLTestSuite; Docs/Decisions/0005.
@Suite("yaml-test-suite")
struct YAMLCorpusTests {
    struct Case: CustomTestStringConvertible, Sendable {
        var id, name, yaml: String
        /// The values of its documents as JSON; `nil` where the suite has none, for what JSON cannot say.
        var json: String?
        var fails: Bool

        var testDescription: String { "\(id) \(name)" }
    }

    static let cases: [Case] = read("\(folder)/cases.jsonl").split(separator: "\n").compactMap { line in
        guard let one = try? JSONReader.read(line.utf8), let id = one["id"]?.text, let yaml = one["yaml"]?.text else {
            return nil
        }
        return Case(
            id: id,
            name: one["name"]?.text ?? "",
            yaml: yaml,
            json: one["json"]?.text,
            fails: one["fails"] == true
        )
    }

    private static let folder =
        "\(#filePath)".split(separator: "/").dropLast(2).reduce("") { "\($0)/\($1)" }
        + "/Fixtures/YAMLTestSuite"

    /// Valid YAML that we refuse, by the code of what we say.
    private static let refused: [String: [String]] = [:]

    /// What the suite calls wrong and libyaml reads all the same: it is read as libyaml has it.
    private static let accepted: [String] = []

    @Test("the corpus is there, whole")
    func isThere() {
        #expect(Self.cases.count == 402)
        #expect(Self.cases.count { $0.fails } == 94)
    }

    @Test("what is refused is refused with a sentence in both languages, at a place in the file", arguments: cases)
    func refusals(of one: Case) {
        let parse = parseYAML(Array(one.yaml.utf8), file: one.id)
        #expect(parse.hasErrors == (parse.diagnostics.contains { $0.severity == .error }))
        let lines = one.yaml.utf8.count { $0 == UInt8(ascii: "\n") || $0 == UInt8(ascii: "\r") } + 1
        for diagnostic in parse.diagnostics {
            #expect((1...lines).contains(diagnostic.place.line ?? 0), "\(diagnostic.place)")
            #expect((diagnostic.place.column ?? 0) >= 1)
            #expect(!diagnostic.message.zh.isEmpty && !diagnostic.message.en.isEmpty)
        }
        let errors = parse.diagnostics.filter { $0.severity == .error }.map(\.code)
        if one.fails {
            #expect(errors.isEmpty == Self.accepted.contains(one.id), "\(errors)")
        } else if let code = Self.refused.first(where: { $0.value.contains(one.id) })?.key {
            #expect(errors.first == code)
        } else {
            #expect(errors == [])
        }
    }

    @Test("what is read has the values of the suite", arguments: cases.filter { $0.json != nil && !$0.fails })
    func values(of one: Case) throws {
        let parse = parseYAML(Array(one.yaml.utf8), file: one.id)
        if parse.hasErrors { return }
        let expected = try JSONReader.read((one.json ?? "").utf8)
        let root = try #require(parse.root)
        #expect(root.isSame(as: expected), "\(one.yaml)\n\(one.json ?? "")")
    }
}

extension YAMLNode {
    fileprivate func isSame(as value: Value) -> Bool {
        switch (content, value) {
        case (.sequence(let nodes), .list(let items)):
            return nodes.count == items.count && zip(nodes, items).allSatisfy { $0.isSame(as: $1) }
        case (.mapping(let entries), .record(let record)):
            return entries.count == record.count
                && entries.allSatisfy { entry in
                    record[entry.key.text ?? ""].map { entry.value.isSame(as: $0) } ?? false
                }
        case (.scalar, .null): return isNull
        case (.scalar, .boolean(let truth)): return boolean == truth
        case (.scalar(let scalar), .text(let text)): return scalar.text == text
        case (.scalar(let scalar), .integer), (.scalar(let scalar), .decimal):
            return ExactDecimal(scalar.text).map { $0 == value.decimal } ?? false
        default: return false
        }
    }
}

private func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var (bytes, buffer) = ([UInt8](), [UInt8](repeating: 0, count: 1 << 16))
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return String(decoding: bytes, as: UTF8.self)
}
