internal import Groundwork

/// Gathers diagnostics while a value is read.
public final class DiagnosticLog {
    public private(set) var diagnostics: [ConfigurationDiagnostic] = []

    public init() {}

    public func add(_ diagnostic: ConfigurationDiagnostic) {
        diagnostics.append(diagnostic)
    }

    public var hasErrors: Bool { diagnostics.contains { $0.severity >= .error } }
}
