internal import Groundwork

/// Settings that the host should have had checked before; only a host that skips `config/validate` gets here.
public struct InvalidSettings: Error, CustomStringConvertible {
    public var diagnostics: [ConfigurationDiagnostic]

    public init(diagnostics: [ConfigurationDiagnostic]) {
        self.diagnostics = diagnostics
    }

    public var description: String {
        diagnostics.map { "\($0.pointer): \($0.message.en)" }.joined(separator: "; ")
    }
}
