import Groundwork
import Testing
import YAMLDocument

/// A text that carries markers (`1️⃣`, `2️⃣` …) at the places where something is expected.
///
/// ```swift
/// let input = MarkedInput("town: 1️⃣[红桥\n")
/// input.text         // "town: [红桥\n"
/// input.place("1️⃣")  // x.yaml:1:7
/// ```
struct MarkedInput {
    static let file = "x.yaml"
    private(set) var text = ""
    private var places: [Character: SourcePlace] = [:]

    init(_ marked: String) {
        var line = 1
        var column = 1
        for character in marked {
            if character.unicodeScalars.contains("\u{20E3}") {
                places[character] = SourcePlace(file: Self.file, line: line, column: column)
                continue
            }
            text.append(character)
            if character.isNewline {
                (line, column) = (line + 1, 1)
            } else {
                column += character.unicodeScalars.count
            }
        }
    }

    var bytes: [UInt8] { Array(text.utf8) }

    func place(_ marker: Character) -> SourcePlace? { places[marker] }

    func parse(limits: YAMLLimits = .standard) -> YAMLParse {
        parseYAML(bytes, file: Self.file, limits: limits)
    }
}

/// A diagnostic that a test expects.
struct Expected {
    var marker: Character
    var code: String
    /// The English sentence, whole.
    var en: String
    /// The English hint, whole; not compared when `nil`.
    var hint: String?
    /// What is underlined; not compared when `nil`.
    var length: Int?

    init(_ marker: Character, _ code: String, _ en: String, hint: String? = nil, length: Int? = nil) {
        self.marker = marker
        self.code = code
        self.en = en
        self.hint = hint
        self.length = length
    }
}

/// Compares diagnostics with those expected, one by one, in order of place.
func expect(
    _ diagnostics: [Diagnostic],
    in input: MarkedInput,
    _ expected: [Expected],
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let sorted = diagnostics.sorted()
    #expect(
        sorted.map { "\($0.place) \($0.code) \($0.message.en)" }
            == expected.map { "\(input.place($0.marker)?.description ?? "?") \($0.code) \($0.en)" },
        sourceLocation: sourceLocation
    )
    for (diagnostic, expected) in zip(sorted, expected) {
        if let hint = expected.hint { #expect(diagnostic.hint?.en == hint, sourceLocation: sourceLocation) }
        if let length = expected.length { #expect(diagnostic.length == length, sourceLocation: sourceLocation) }
        #expect(!diagnostic.message.zh.isEmpty, sourceLocation: sourceLocation)
    }
}

/// Parses a marked text and compares what the parser reports.
func expectParse(
    _ marked: String,
    limits: YAMLLimits = .standard,
    _ expected: Expected...,
    sourceLocation: SourceLocation = #_sourceLocation
) {
    let input = MarkedInput(marked)
    let parse = input.parse(limits: limits)
    expect(parse.diagnostics, in: input, expected, sourceLocation: sourceLocation)
    #expect(parse.root != nil || parse.hasErrors, sourceLocation: sourceLocation)
}

/// Parses a text that must be free of mistakes.
func root(of text: String, sourceLocation: SourceLocation = #_sourceLocation) throws -> YAMLNode {
    let parse = parseYAML(Array(text.utf8), file: MarkedInput.file)
    #expect(parse.diagnostics.map(\.message.en) == [], sourceLocation: sourceLocation)
    return try #require(parse.root, sourceLocation: sourceLocation)
}

extension YAMLNode {
    /// The tree in one line, for comparing: `{a: "x", b: ["1", "2"]}`.
    var outline: String {
        switch content {
        case .scalar(let scalar): "\"\(scalar.text)\""
        case .sequence(let elements): "[" + elements.map(\.outline).joined(separator: ", ") + "]"
        case .mapping(let entries):
            "{" + entries.map { "\($0.key.text ?? "?"): \($0.value.outline)" }.joined(separator: ", ") + "}"
        }
    }
}
