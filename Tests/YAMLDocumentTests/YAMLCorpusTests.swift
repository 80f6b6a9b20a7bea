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

    /// Valid YAML that we refuse: the code of what we say, why, and the cases.
    private static let refused: [(code: String, why: String, cases: String)] = [
        (
            "yaml/second-document", "a spec is one document",
            "35KP 5TYM 6WLZ 6XDY 6ZKB 9DXL 9KAX 9WXW JHB9 KSS4 L383 PUW8 RZT7 U9NS"
        ),
        ("yaml/empty-document", "a spec is a document", "8G76 98YD AVM7"),
        (
            "yaml/wrong-key", "a key is text, and no list, mapping or nothing",
            "2JQS 4FJ6 6BFJ 6M2F 6PBE 9MMW DFF7 KK5P LX3P M2N8-01 M5DY NHX8 NKF9 PW8X Q9WF RZP5 S3PD SBG9 SM9W-01 V9D5 X38W XW4D"
        ),
        (
            "yaml/tab", "libyaml reads no tab where blanks may be taken for an indentation",
            "6BCT 6CA3 96NN-00 96NN-01 A2M4 DK95-00 DK95-03 DK95-04 Q5MG R4YG Y79Y-001 Y79Y-010"
        ),
        (
            "yaml/syntax",
            "within brackets libyaml reads no colon on a line of its own or without a blank, no key that is left out",
            "4ABK 4MUZ-00 4MUZ-01 4MUZ-02 58MP 5MUD 5T43 9SA2 CFD4 DBG4 FRK4 HM87-00 K3WX NJ66 VJP3-01"
        ),
        ("yaml/syntax", "libyaml reads no colon and no question mark without its key", "M2N8-00 UKK6-00"),
        ("yaml/syntax", "a name of an anchor has letters, digits, hyphens and underscores", "2SXE 8XYN W5VH"),
        (
            "yaml/syntax", "libyaml knows YAML 1.1 and 1.2, and the directives YAML and TAG",
            "2LFX 6LVF BEC7 MUS6-05 MUS6-06"
        ),
        (
            "yaml/syntax", "a second document without its three hyphens, and one after the end of the first",
            "7Z25 HWV9 M7A3 QT73 UT92 W4TN"
        ),
        ("yaml/syntax", "a block of text is further in than what it belongs to", "DK3J FP8R"),
    ]

    /// What the suite calls wrong and libyaml reads all the same: comments without a blank before them, hyphens within brackets,
    /// continued lines that stand too far left.
    private static let accepted = "9C9N 9JBA CVW2 DK95-01 G5U8 MUS6-00 QB6E S98Z SU5Z X4QW Y79Y-003 YJV2"

    /// What is read otherwise than the suite has it, and how.
    private static let otherwise: [(why: String, cases: String)] = [
        ("only plain decimal numbers are numbers: 0xFFEEBB stays text", "C4HZ"),
        ("within brackets a question mark begins a key, with a blank behind it or not", "652Z HM87-01"),
        ("blanks on a last line without an end are no line of a block of text", "JEF9-02 L24T-01"),
        ("a colon ends the name of an anchor", "Y2GN"),
    ]

    private static func names(_ list: String) -> [String] { list.split(separator: " ").map(String.init) }

    @Test("the corpus is there, whole")
    func isThere() {
        #expect(Self.cases.count == 402)
        #expect(Self.cases.count { $0.fails } == 94)
        let listed = Self.refused.map(\.cases) + Self.otherwise.map(\.cases) + [Self.accepted]
        #expect(Set(listed.flatMap(Self.names)).isSubset(of: Self.cases.map(\.id)))
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
            #expect(errors.isEmpty == Self.names(Self.accepted).contains(one.id), "\(errors)")
        } else if let group = Self.refused.first(where: { Self.names($0.cases).contains(one.id) }) {
            #expect(errors.first == group.code, "\(group.why)")
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
        let isListed = Self.otherwise.contains { Self.names($0.cases).contains(one.id) }
        #expect(root.isSame(as: expected) != isListed)
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
