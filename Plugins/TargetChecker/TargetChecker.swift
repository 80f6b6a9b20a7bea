import BudgetReview
import ReviewModel

/// Checks performance targets: that the needed kinds are there, that they can be measured and say on what they are
/// based, that nothing was lost between what was declared and what was reviewed, and which money has no target.
///
/// Values and bases are judged in the reviewed targets, for the declared ones are what the review has replaced; without
/// reviewed targets the declared ones are judged. One cause gives one finding: a kind that is missing, or has nothing
/// to measure, is not told again target by target.
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

    func rules(_ configuration: Value) -> [Rule] { targetRules }

    func score(_ request: ScoringRequest) throws -> Assessment {
        let log = DiagnosticLog()
        let settings = TargetSettings(request.configuration, log)
        if log.hasErrors { throw InvalidSettings(diagnostics: log.diagnostics) }
        let dossier = request.dossier
        let declared = TargetList(.declared, in: dossier, settings.taxonomy)
        let reviewed = TargetList(.reviewed, in: dossier, settings.taxonomy)
        var findings = checkPresence(declared, reviewed)
        for list in [declared, reviewed] where !list.isEmpty {
            findings += checkKinds(list, settings, before: declared)
            findings += checkLevels(list)
            findings += checkDuplicates(list)
        }
        findings += checkVersions(declared, reviewed)
        let judged = reviewed.isEmpty ? declared : reviewed
        findings += checkMeasures(judged, settings)
        findings += checkQuantification(declared, reviewed, settings)
        // What the findings so far have spoken of is not told again in smaller ones.
        let told = Set(findings.flatMap(\.pointers))
        findings += checkValues(judged, settings, except: told)
        findings += checkBases(judged) + checkDeniedBases(judged, dossier.rows(of: "problems"))
        findings += compareTargets(declared, reviewed, except: told)
        findings += checkServedLines(judged, BudgetLine.all(in: dossier))
        let facts =
            targetFacts(declared, settings) + targetFacts(reviewed, settings) + ledger(declared, reviewed)
        findings += try compareDeclaredFigures(in: dossier, with: facts, prefixes: ["targets"])
        return Assessment(findings: findings, facts: facts)
    }
}
