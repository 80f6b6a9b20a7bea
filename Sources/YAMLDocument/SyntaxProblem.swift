internal import CLibYAML

/// What libyaml says when it cannot go on. Its words are read by ``SyntaxDiagnosis`` and never shown alone.
struct SyntaxProblem {
    enum Stage { case memory, encoding, syntax }

    /// A place in libyaml's count, turned to begin with 1.
    struct Position: Equatable {
        var line: Int
        var column: Int
    }

    var stage: Stage
    /// What went wrong, such as "did not find expected key".
    var message: String
    /// What libyaml was doing, such as "while parsing a block mapping"; may be empty.
    var context: String
    /// Where it stopped.
    var position: Position
    /// Where the thing begins that it was reading.
    var contextPosition: Position
    /// Where invalid bytes stand, from the first byte after the byte order mark.
    var byteOffset: Int

    static let outOfMemory = SyntaxProblem(
        stage: .memory,
        message: "out of memory",
        context: "",
        position: Position(line: 1, column: 1),
        contextPosition: Position(line: 1, column: 1),
        byteOffset: 0
    )
}

extension SyntaxProblem {
    init(_ parser: yaml_parser_t) {
        switch parser.error {
        case YAML_MEMORY_ERROR: stage = .memory
        case YAML_READER_ERROR: stage = .encoding
        default: stage = .syntax
        }
        message = parser.problem.map { String(cString: $0) } ?? ""
        context = parser.context.map { String(cString: $0) } ?? ""
        position = Position(parser.problem_mark)
        contextPosition = context.isEmpty ? position : Position(parser.context_mark)
        byteOffset = parser.problem_offset
    }
}

extension SyntaxProblem.Position {
    fileprivate init(_ mark: yaml_mark_t) {
        self.init(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
    }
}
