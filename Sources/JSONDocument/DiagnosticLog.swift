internal import Groundwork

/// Gathers diagnostics while a value is read: the first ``limit`` of them, and then one that says that there are more.
public final class DiagnosticLog {
    public private(set) var diagnostics: [ConfigurationDiagnostic] = []

    /// More than anyone mends before looking again. Each takes time, for a hint and for its place, and a document of a hundred
    /// thousand mistakes must not take minutes to be refused.
    public static let limit = 200

    public init() {}

    /// - Parameter diagnostic: is only made when there is room for it.
    public func add(_ diagnostic: @autoclosure () -> ConfigurationDiagnostic) {
        guard diagnostics.count <= Self.limit else { return }
        let made = diagnostic()
        diagnostics.append(diagnostics.count < Self.limit ? made : tooMany(at: made.pointer))
    }

    /// Takes back what turned out to be the consequence of another mistake, which is told in its place. Whether it was there.
    @discardableResult
    func withdraw(_ diagnostic: ConfigurationDiagnostic) -> Bool {
        guard let index = diagnostics.lastIndex(of: diagnostic) else { return false }
        diagnostics.remove(at: index)
        return true
    }

    public var hasErrors: Bool { diagnostics.contains { $0.severity >= .error } }
}

private func tooMany(at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "value/too-many-mistakes",
        message: LocalizedText(
            zh: "错误超过 \(DiagnosticLog.limit) 处，其余不再列出",
            en: "more than \(DiagnosticLog.limit) mistakes; the rest is not listed"
        ),
        pointer: pointer,
        help: LocalizedText(zh: "先改正列出的错误", en: "mend those that are listed first")
    )
}
