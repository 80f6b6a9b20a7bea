import BudgetLines
import ReviewModel
import Targets

/// A rule of the target checker.
typealias TargetRule = RuleCheck<TargetReview>

/// What the rules of the target checker look at: the targets as declared and as reviewed, and what became of each.
///
/// Values and bases are judged in the reviewed targets, for the declared ones are what the review has replaced; without
/// reviewed targets the declared ones are judged.
struct TargetReview: Sendable {
    let settings: TargetSettings
    let declared: TargetList
    let reviewed: TargetList
    /// What became of the declared targets; `nil` where one of the two tables is empty.
    let changes: TargetChanges?
    /// Whether there may be targets that a source has not read.
    var areUnread = false
    let lines: [BudgetLine]
    let problems: [TableRow]
    let facts: [Fact]
    /// What the project is called.
    let project: String
    /// The figures, for the rules about what documents state.
    let figures: ComputedFigures

    init(_ dossier: Dossier, _ settings: TargetSettings) {
        self.settings = settings
        declared = TargetList(.declared, in: dossier, settings.taxonomy)
        reviewed = TargetList(.reviewed, in: dossier, settings.taxonomy)
        changes = declared.isEmpty || reviewed.isEmpty ? nil : TargetChanges(declared, reviewed)
        lines = BudgetLine.all(in: dossier)
        problems = dossier.rows(of: "problems")
        project = dossier.field("project", "name")?.text ?? ""
        facts =
            targetFacts(declared, settings) + targetFacts(reviewed, settings) + (changes.map { [ledger($0)] } ?? [])
        figures = ComputedFigures(dossier, facts, prefixes: ["targets"])
    }

    /// The tables that have targets.
    var lists: [TargetList] { [declared, reviewed].filter { !$0.isEmpty } }

    /// The targets whose values and bases count.
    var judged: TargetList { reviewed.isEmpty ? declared : reviewed }
}

extension RuleFindings {
    /// The places that rules about whole kinds, levels and tables have spoken of: one cause gives one finding, so rules about single
    /// values pass them over.
    var toldOfWholes: Set<JSONPointer> {
        let rules = [
            missingKind, levelContradiction, unknownLevel, duplicate, formsDiffer, kindNotMeasured, quantificationLost,
            measureLost,
        ]
        return told(by: rules.map(\.rule.id))
    }
}
