public import ReviewModel

/// A scorer that is a list of rules: what it checks follows from the list, and so do `rules/list` and the settings.
///
///     @main struct Amounts: RuleScorer {
///         static func main() async { await serve(Amounts(), version: "1.0.0") }
///         let role = RoleDescription.scorer("amounts", "checks amounts", reads: ["lines"], settings: Settings.self)
///
///         func rules(_ settings: Settings) -> RuleSet<Dossier> { RuleSet([negativeAmount, roundAmount]) }
///         func subject(_ request: ScoringRequest, _ settings: Settings) -> Dossier { request.dossier }
///     }
public protocol RuleScorer: Scorer {
    associatedtype Settings: PluginSettings
    associatedtype Subject: Sendable
    /// The rules, in the order in which they are checked.
    func rules(_ settings: Settings) -> RuleSet<Subject>
    /// What they look at, made once before the first is checked.
    func subject(_ request: ScoringRequest, _ settings: Settings) async throws -> Subject
    /// Adds what the subject holds besides findings: scores, adjustments, facts. Nothing unless it is written.
    func complete(_ assessment: inout Assessment, with subject: Subject)
}

extension RuleScorer {
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        Settings.read(configuration).diagnostics
    }

    public func rules(_ configuration: Value) async throws -> [Rule] {
        rules(Settings.read(configuration).settings).rules
    }

    /// - Throws: `InvalidSettings` where they are wrong; a host asks ``validate(_:)`` before.
    public func score(_ request: ScoringRequest) async throws -> Assessment {
        let (settings, diagnostics) = Settings.read(request.configuration)
        if diagnostics.contains(where: { $0.severity >= .error }) { throw InvalidSettings(diagnostics: diagnostics) }
        let subject = try await subject(request, settings)
        var assessment = try await rules(settings).assess(subject, request)
        complete(&assessment, with: subject)
        return assessment
    }

    public func complete(_ assessment: inout Assessment, with subject: Subject) {}
}
