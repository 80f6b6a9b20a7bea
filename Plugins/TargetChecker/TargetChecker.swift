import BudgetLines
import ReviewModel
import Targets

/// Checks performance targets: that the needed kinds are there, that they can be measured and say on what they are
/// based, that nothing was lost between what was declared and what was reviewed, and which money has no target.
///
/// One cause gives one finding: a kind that is missing, or has nothing to measure, is not told again target by target.
struct TargetChecker: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "target-checker",
        summary: "checks performance targets, declared and reviewed: kinds, measures, bases (绩效目标)",
        reads: ["targets", "declared_targets", "budget_lines", "declared_figures", "problems"],
        configSchema: TargetSettings.schema
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = TargetSettings(configuration, log)
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { targetRules.rules }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        let log = DiagnosticLog()
        let settings = TargetSettings(request.configuration, log)
        if log.hasErrors { throw InvalidSettings(diagnostics: log.diagnostics) }
        let review = TargetReview(request.dossier, settings)
        var assessment = try await targetRules.assess(review, request)
        assessment.facts = review.facts
        return assessment
    }
}
