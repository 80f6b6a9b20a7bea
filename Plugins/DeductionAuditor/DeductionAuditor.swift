import BudgetLines
import PluginKit
import ReviewModel

/// Audits the amounts: every line with its cuts, deferrals and increases, every sum, product and rate recomputed, and
/// what documents state held against it.
struct DeductionAuditor: RuleScorer {
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

    func rules(_ settings: NoSettings) -> RuleSet<Audit> { auditRules }

    func subject(_ request: ScoringRequest, _ settings: NoSettings) throws -> Audit {
        try Audit(request.dossier, request.rules)
    }

    func complete(_ assessment: inout Assessment, with audit: Audit) {
        (assessment.adjustments, assessment.facts) = (audit.adjustments, audit.facts)
    }
}
