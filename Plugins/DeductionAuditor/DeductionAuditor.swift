import BudgetLines
import ReviewModel

/// Audits the amounts: every line with its cuts, deferrals and increases, every sum, product and rate recomputed, and
/// what documents state held against it.
struct DeductionAuditor: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "deduction-auditor",
        summary: "audits amounts: cuts and increases by line, sums, rates, history (预算审核)",
        reads: [
            "budget_lines", "deductions", "feedback", "printed_audit", "declared_figures", "funding", "history",
            "history_years",
        ],
        requires: ["budget_lines"],
        configSchema: [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object", "properties": [:],
            "additionalProperties": false,
        ]
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        if !configuration.isNull { ValueReader(configuration, log: log).record()?.finish() }
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { auditRules.rules }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        let audit = try Audit(request.dossier, request.rules)
        var assessment = try await auditRules.assess(audit, request)
        assessment.adjustments = audit.adjustments
        assessment.facts = audit.facts
        return assessment
    }
}
