import BudgetLines
import PluginKit
import ReviewModel
import Targets

/// Checks performance targets: that the needed kinds are there, that they can be measured and say on what they are
/// based, that nothing was lost between what was declared and what was reviewed, and which money has no target.
///
/// One cause gives one finding: a kind that is missing, or has nothing to measure, is not told again target by target.
struct TargetChecker: RuleScorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "target-checker",
        summary: "checks performance targets, declared and reviewed: kinds, measures, bases (绩效目标)",
        reads: ["targets", "declared_targets", "budget_lines", "declared_figures", "problems"],
        configSchema: TargetSettings.schema
    )

    func rules(_ settings: TargetSettings) -> RuleSet<TargetReview> { targetRules }

    func subject(_ request: ScoringRequest, _ settings: TargetSettings) async -> TargetReview {
        var review = TargetReview(request.dossier, settings)
        // Of a report whose text was read and no table of targets nobody knows that it has none.
        if review.lists.isEmpty, request.dossier.table("targets") == nil,
            request.dossier.table("declared_targets") == nil
        {
            let tables = (try? await request.context.tables()) ?? []
            review.areUnread = tables.contains { $0.schema.name == "paragraphs" }
        }
        return review
    }

    func complete(_ assessment: inout Assessment, with review: TargetReview) { assessment.facts = review.facts }
}
