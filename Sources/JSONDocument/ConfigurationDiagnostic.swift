public import Groundwork

/// A mistake in a plugin's settings. The host turns the pointer (into the settings) into a place in the YAML.
public struct ConfigurationDiagnostic: Sendable, Hashable {
    public var severity: Severity
    public var code: String
    public var message: LocalizedText
    public var pointer: JSONPointer
    public var help: LocalizedText?

    public init(
        severity: Severity = .error,
        code: String,
        message: LocalizedText,
        pointer: JSONPointer,
        help: LocalizedText? = nil
    ) {
        self.severity = severity
        self.code = code
        self.message = message
        self.pointer = pointer
        self.help = help
    }
}
