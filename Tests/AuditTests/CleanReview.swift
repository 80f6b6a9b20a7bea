import PluginKit
import ReviewModel
import SpecLoading
import Testing

@testable import deduction_auditor
@testable import document_auditor
@testable import prose_reconciler
@testable import rubric_scorer
@testable import target_checker

/// A review without a flaw, `Tests/Fixtures/Clean`, and what the audit says of it and of its changed copies.
struct CleanReview: Sendable {
    var dossier: Dossier
    var report: String
    private let rubric: Value

    init() throws {
        let spec = try #require(loadSpec("Tests/Fixtures/Clean/review.yaml").spec)
        dossier = spec.dossier
        rubric = try #require(spec.steps.first { $0.plugin == "rubric-scorer" }).configuration
        report = try #require(spec.steps.first { $0.plugin == "document-auditor" }?.configuration["report"]?.text)
    }

    /// What the steps before the document auditor say.
    func judgements() async throws -> [String: Assessment] {
        let scores = try await RubricScorer().score(ScoringRequest(configuration: rubric, dossier: dossier))
        return [
            "rubric": scores, "audit": try await DeductionAuditor().score(ScoringRequest(dossier: dossier)),
            "targets": try await TargetChecker().score(ScoringRequest(dossier: dossier)),
            "prose": try await ProseReconciler().score(ScoringRequest(dossier: dossier, prior: ["rubric": scores])),
        ]
    }

    /// What is found in the report.
    func documentFindings(_ judgements: [String: Assessment]) async throws -> [Finding] {
        try await DocumentAuditor().score(
            ScoringRequest(
                configuration: ["report": .text(report)],
                dossier: dossier,
                prior: judgements.filter { ["rubric", "audit"].contains($0.key) }
            )
        ).findings
    }

    /// Every finding of the built-in checkers, those of mere interest included.
    func findings() async throws -> [Finding] {
        let judgements = try await judgements()
        return try await judgements.values.flatMap(\.findings) + documentFindings(judgements)
    }
}
