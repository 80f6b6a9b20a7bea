import BudgetLines
import PrintedReports
import ReviewModel

/// A rule of the prose reconciler.
typealias ProseRule = RuleCheck<ProseAudit>

/// What the rules of the prose reconciler look at: every text read once, with what came of it. A number is bound, contradicted or
/// neither, and so one reading serves all the rules about numbers.
struct ProseAudit: Sendable {
    let settings: ProseSettings
    let dossier: Dossier
    let facts: [Fact]
    /// The finished report whose sentences were read, if one was given.
    let report: ReportText?
    private let findings: [Finding]

    init(_ settings: ProseSettings, _ request: ScoringRequest) async throws {
        (self.settings, dossier) = (settings, try await request.dossierWithFormTables())
        let gathering = try FigureGathering(dossier, prior: request.prior, form: request.form)
        let report = try settings.report?.read(.standard, in: request.context).report
        self.report = report
        let texts =
            if let report {
                DossierText.all(in: report, dossier, settings, request.form)
            } else {
                DossierText.all(in: dossier, settings, request.form)
            }
        let subjects = Dictionary(BudgetLine.all(in: dossier).map { ($0.id, $0.subject) }) { first, _ in first }
        let scanner = ProseScanner(names: gathering.names)
        let scanned = texts.map { text in (text: text, scan: scanner.scan(text.prose)) }
        let larger = try LargerWhole.first(
            in: scanned.map { ($0.text, $0.scan.numbers) },
            beside: gathering.figures,
            settings.words
        )
        var reconciliation = Reconciliation(
            gathering,
            figures: larger?.replacing(gathering.figures) ?? gathering.figures,
            terms: settings.terms,
            rounding: try AmountRounding(dossier),
            year: dossier.field("project", "year")?.integer,
            words: settings.words
        )
        for (text, scan) in scanned {
            let topic = text.isParagraph ? gathering.vocabulary.topic(of: text.prose) : nil
            try reconciliation.read(text, scan, about: text.line.flatMap { subjects[$0] } ?? topic)
        }
        if larger != nil || BudgetLine.all(in: dossier).isEmpty { try reconciliation.checkWholes() }
        reconciliation.gatherUnbound()
        // Of a report that is held against a spec, what the spec has no figure for is no fault of either.
        findings = reconciliation.findings.filter { report == nil || $0.rule != unbound.rule.id }
        facts = reconciliation.facts(texts.count)
    }

    /// What the reading has found that is the rule's to say.
    func found(by rule: Rule) -> [Finding] { findings.filter { $0.rule == rule.id } }
}
