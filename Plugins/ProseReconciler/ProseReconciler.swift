import BudgetLines
import ReviewModel

/// Holds every number of every text against the figures of the dossier.
///
/// A number is an error only when the words before it say which figure it is, and no figure so named has its value; or
/// when it is a sum whose own parts do not make it. What is merely nowhere to be found is listed, one finding a text.
struct ProseReconciler: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "prose-reconciler",
        summary: "binds every number in the texts to a figure of the dossier (文字与数据核对)",
        reads: ProseSettings.tables,
        configSchema: ProseSettings.schema
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = ProseSettings(configuration, log)
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { proseRules.rules }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        let log = DiagnosticLog()
        let settings = ProseSettings(request.configuration, log)
        if log.hasErrors { throw InvalidSettings(diagnostics: log.diagnostics) }
        let audit = try ProseAudit(settings, request)
        var assessment = try await proseRules.assess(audit, request)
        assessment.facts = audit.facts
        return assessment
    }
}
