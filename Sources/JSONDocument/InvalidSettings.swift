public import Groundwork

/// Settings that the host should have had checked before; only a host that skips `config/validate` gets here.
public struct InvalidSettings: SpokenError, CustomStringConvertible {
    public var diagnostics: [ConfigurationDiagnostic]

    public init(diagnostics: [ConfigurationDiagnostic]) {
        self.diagnostics = diagnostics
    }

    /// What is wrong, with what to do.
    public var sentence: LocalizedText {
        LocalizedText(
            zh: diagnostics.map { $0.message.zh + ($0.help.map { "。\($0.zh)" } ?? "") }.joined(separator: "；"),
            en: diagnostics.map { $0.message.en + ($0.help.map { "; \($0.en)" } ?? "") }.joined(separator: "; ")
        )
    }

    public var description: String {
        diagnostics.map { "\($0.pointer): \($0.message.en)" }.joined(separator: "; ")
    }
}
