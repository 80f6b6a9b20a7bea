/// Collects diagnostics while a tree is read, so that one run shows every mistake.
///
/// A log is a reference passed down to everything that reads the same document; it belongs to one task.
public final class DiagnosticLog {
    /// What was reported, in the order of reporting; sort before showing.
    public private(set) var diagnostics: [Diagnostic]

    /// A log that begins with what is already known, for instance the diagnostics of a parse.
    public init(_ diagnostics: [Diagnostic] = []) {
        self.diagnostics = diagnostics
    }

    /// Whether at least one diagnostic is an error.
    public var hasErrors: Bool {
        diagnostics.contains { $0.severity == .error }
    }

    /// Adds a diagnostic that was made elsewhere.
    public func append(_ diagnostic: Diagnostic) {
        diagnostics.append(diagnostic)
    }

    /// Adds diagnostics that were made elsewhere, for instance by a parse or by a plugin.
    public func append(contentsOf more: some Sequence<Diagnostic>) {
        diagnostics.append(contentsOf: more)
    }

    /// Reports an error; see ``Diagnostic`` for the parameters.
    public func error(_ code: String, at place: SourcePlace, length: Int = 1, _ wording: Diagnostic.Wording) {
        append(Diagnostic(.error, code: code, at: place, length: length, wording))
    }

    /// Reports an error that underlines a node.
    public func error(_ code: String, at node: YAMLNode, _ wording: Diagnostic.Wording) {
        error(code, at: node.place, length: node.length, wording)
    }

    /// Reports a warning; see ``Diagnostic`` for the parameters.
    public func warning(_ code: String, at place: SourcePlace, length: Int = 1, _ wording: Diagnostic.Wording) {
        append(Diagnostic(.warning, code: code, at: place, length: length, wording))
    }

    /// Reports a warning that underlines a node.
    public func warning(_ code: String, at node: YAMLNode, _ wording: Diagnostic.Wording) {
        warning(code, at: node.place, length: node.length, wording)
    }
}
