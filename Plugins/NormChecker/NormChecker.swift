import CostNorms
import PluginKit
import ReviewModel

/// Holds budget lines against norms: what a meeting, a lecture or a desktop computer may cost, from which amount on a purchase needs
/// a call for tenders. The norms are the setting `prices` (Docs/PRICES.md).
struct NormChecker: RuleScorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "norm-checker",
        summary: "holds lines against norms of cost and of purchases, with number and clause (支出标准)",
        reads: ["budget_lines", "deductions", "feedback"],
        requires: ["budget_lines"],
        configSchema: NormSettings.schema
    )

    func rules(_ settings: NormSettings) -> RuleSet<NormReview> { normRules }

    func subject(_ request: ScoringRequest, _ settings: NormSettings) throws -> NormReview {
        // A host asks for mistakes in the settings before, and stops there.
        guard let book = settings.book else { throw InvalidSettings(diagnostics: []) }
        return try NormReview(request.dossier, book, settings)
    }

    func complete(_ assessment: inout Assessment, with review: NormReview) { assessment.facts = review.facts }
}
