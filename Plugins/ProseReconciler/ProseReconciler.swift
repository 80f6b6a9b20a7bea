import BudgetLines
import ReviewModel

/// Holds every number of every text against the figures of the dossier.
///
/// A number is an error only when the words before it say which figure it is, and no figure so named has its value; or
/// when it is a sum whose own parts do not make it. What is merely nowhere to be found is listed, one finding a text.
struct ProseReconciler: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "prose-reconciler",
        summary: "binds every number in the texts to a figure of the dossier (文字与数据核对)",
        reads: ProseSettings.tables,
        configSchema: ProseSettings.schema
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = ProseSettings(configuration, log)
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { proseRules }

    func score(_ request: ScoringRequest) throws -> Assessment {
        let log = DiagnosticLog()
        let settings = ProseSettings(request.configuration, log)
        if log.hasErrors { throw InvalidSettings(diagnostics: log.diagnostics) }
        let gathering = try FigureGathering(request.dossier, prior: request.prior)
        let texts = DossierText.all(in: request.dossier, settings)
        let subjects = Dictionary(
            BudgetLine.all(in: request.dossier).map { ($0.id, $0.subject) },
            uniquingKeysWith: { first, _ in first }
        )
        var reconciliation = Reconciliation(gathering, terms: settings.terms)
        for text in texts {
            try reconciliation.read(text, about: text.line.flatMap { subjects[$0] })
        }
        let findings = reconciliation.findings + checkSelectors(settings, request.dossier)
        return Assessment(findings: findings, facts: reconciliation.facts(texts.count))
    }

    /// Chosen places that hold no text: likely a slip.
    private func checkSelectors(_ settings: ProseSettings, _ dossier: Dossier) -> [Finding] {
        guard let chosen = settings.texts else { return [] }
        var everything = settings
        (everything.texts, everything.except, everything.minimumLength) = (nil, [], 1)
        let texts = DossierText.all(in: dossier, everything)
        return chosen.enumerated().filter { _, selector in !texts.contains { selector.matches($0.pointer) } }
            .map { nothingChosen($0.element, at: JSONPointer(["config", "texts"]) / $0.offset) }
    }
}
