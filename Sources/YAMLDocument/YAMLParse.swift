public import Groundwork

/// What a file turned out to hold.
public struct YAMLParse: Sendable {
    /// The document's root. It is `nil` only when `diagnostics` holds an error: after a syntax error, a passed limit, or
    /// in a file without a document. After other errors it is the document with the mistakes left out: a duplicate
    /// key keeps its first value, and an alias that leads nowhere is a null over which readers pass in silence.
    public var root: YAMLNode?

    /// Everything that is wrong with the file as YAML, in order of place.
    public var diagnostics: [Diagnostic]

    /// A result made by hand.
    public init(root: YAMLNode?, diagnostics: [Diagnostic]) {
        self.root = root
        self.diagnostics = diagnostics
    }

    /// Whether at least one diagnostic is an error.
    public var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }
}

/// Reads one YAML document from the bytes of a file.
///
/// ```swift
/// let parse = parseYAML(Array("town: 红桥\n".utf8), file: "Specs/x.yaml")
/// parse.root?["town"]?.text  // "红桥"
/// ```
///
/// The text is UTF-8, with or without a byte order mark, its lines ending in LF, CR LF or CR. Reading never throws: what
/// is wrong is gathered in the result. libyaml stops at the first syntax error; indentation by tabs, the commonest
/// one, is reported for the whole of the file.
///
/// The codes it reports as errors:
/// - not YAML: `yaml/syntax`, `yaml/tab`, `yaml/wrong-space`, `yaml/odd-character`, `yaml/encoding`, `yaml/control-character`,
///   `yaml/line-break`;
/// - not one document: `yaml/empty-document`, `yaml/second-document`;
/// - keys: `yaml/duplicate-key`, `yaml/wrong-key`, `yaml/wrong-merge`;
/// - aliases: `yaml/unknown-alias`, `yaml/recursive-alias`;
/// - limits: `yaml/file-limit`, `yaml/depth-limit`, `yaml/node-limit`, `yaml/alias-limit`, `yaml/scalar-limit`,
///   `yaml/key-limit`, `yaml/directive-limit`, `yaml/error-limit`.
///
/// Warnings are `yaml/odd-character` for an invisible one in a plain value, and `yaml/cut-by-comment` for a value that a "#" cut.
///
/// - Parameters:
///   - bytes: the whole file.
///   - file: its name as places should show it.
///   - limits: how much the file may ask for.
public func parseYAML(_ bytes: [UInt8], file: String, limits: YAMLLimits = .standard) -> YAMLParse {
    if let refusal = refusal(of: bytes, file: file, limits: limits) {
        return YAMLParse(root: nil, diagnostics: [refusal])
    }
    var composer = YAMLComposer(file: file, limits: limits, bytes: bytes)
    let byteOrderMark = bytes.hasByteOrderMark ? 3 : 0
    bytes.withUnsafeBufferPointer { composer.compose(UnsafeBufferPointer(rebasing: $0[byteOrderMark...])) }
    guard let problem = composer.problem else {
        return YAMLParse(root: composer.root, diagnostics: composer.diagnostics.sorted())
    }
    let diagnosis = SyntaxDiagnosis(
        problem: problem,
        source: SourceText(bytes),
        file: file,
        openFlows: composer.openFlows,
        lastQuoted: composer.lastQuoted
    )
    let diagnostics = composer.diagnostics + diagnosis.diagnostics(limit: limits.diagnostics)
    return YAMLParse(root: nil, diagnostics: diagnostics.sorted())
}

/// What keeps a file from being read at all: its size, its encoding, more directives than libyaml takes gracefully, or
/// a line break that editors do not show.
private func refusal(of bytes: [UInt8], file: String, limits: YAMLLimits) -> Diagnostic? {
    let start = SourcePlace(file: file, line: 1, column: 1)
    if bytes.count > limits.fileBytes {
        return Diagnostic(.error, code: "yaml/file-limit", at: start, .fileLimit(bytes.count, limits.fileBytes))
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
        return Diagnostic(.error, code: "yaml/encoding", at: start, .utf16)
    }
    if let line = lineOfDirective(number: limits.directives + 1, in: bytes) {
        let place = SourcePlace(file: file, line: line, column: 1)
        return Diagnostic(.error, code: "yaml/directive-limit", at: place, .directiveLimit(limits.directives))
    }
    if let (offset, name) = hiddenLineBreak(in: bytes) {
        let (line, column) = SourceText(bytes).position(ofByte: offset)
        let place = SourcePlace(file: file, line: line, column: column)
        return Diagnostic(.error, code: "yaml/line-break", at: place, .hiddenLineBreak(name))
    }
    return nil
}

/// The line of the given directive, counted from 1, among those before the document.
private func lineOfDirective(number: Int, in bytes: [UInt8]) -> Int? {
    var directives = 0
    var line = 1
    var index = bytes.hasByteOrderMark ? 3 : 0
    while index < bytes.count {
        if bytes[index] == UInt8(ascii: "%") {
            directives += 1
            if directives == number { return line }
        }
        let isBeforeDocument =
            bytes[index] == UInt8(ascii: "%") || bytes[index] == UInt8(ascii: "#") || bytes[index] <= 0x20
        guard isBeforeDocument else { return nil }
        while index < bytes.count, bytes[index] != .lineFeed, bytes[index] != .carriageReturn { index += 1 }
        index += 1
        line += 1
    }
    return nil
}

/// The first U+0085, U+2028 or U+2029: line breaks to libyaml but not to editors, so that every later line number would
/// be wrong, and so would the text around it.
private func hiddenLineBreak(in bytes: [UInt8]) -> (offset: Int, name: String)? {
    bytes.withUnsafeBufferPointer { buffer in
        for index in 0..<buffer.count where buffer[index] == 0x85 || buffer[index] == 0x80 {
            if buffer[index] == 0x85 {
                if index >= 1, buffer[index - 1] == 0xC2 { return (index - 1, "U+0085") }
            } else if index >= 1, buffer[index - 1] == 0xE2, index + 1 < buffer.count {
                if buffer[index + 1] == 0xA8 { return (index - 1, "U+2028") }
                if buffer[index + 1] == 0xA9 { return (index - 1, "U+2029") }
            }
        }
        return nil
    }
}
