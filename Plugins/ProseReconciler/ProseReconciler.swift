import BudgetLines
import PluginKit
import ReviewModel

/// Holds every number of every text against the figures of the dossier.
///
/// A number is an error only when the words before it say which figure it is, and no figure so named has its value; or
/// when it is a sum whose own parts do not make it. What is merely nowhere to be found is listed, one finding a text.
struct ProseReconciler: RuleScorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "prose-reconciler",
        summary: "binds every number in the texts to a figure of the dossier (文字与数据核对)",
        reads: ProseSettings.tables,
        configSchema: ProseSettings.schema
    )

    func rules(_ settings: ProseSettings) -> RuleSet<ProseAudit> { proseRules }

    func subject(_ request: ScoringRequest, _ settings: ProseSettings) throws -> ProseAudit {
        try ProseAudit(settings, request)
    }

    func complete(_ assessment: inout Assessment, with audit: ProseAudit) { assessment.facts = audit.facts }
}
