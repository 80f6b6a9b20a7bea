import BudgetLines
import PluginKit
import PrintedReports
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
        takesForm: true,
        configSchema: ProseSettings.schema
    )

    func rules(_ settings: ProseSettings) -> RuleSet<ProseAudit> { proseRules }

    func subject(_ request: ScoringRequest, _ settings: ProseSettings) async throws -> ProseAudit {
        try await ProseAudit(settings, request)
    }

    func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await validate(configuration, in: FormContext())
    }

    func validate(_ configuration: Value, in context: any SettingsContext) async throws -> [ConfigurationDiagnostic] {
        let (settings, diagnostics) = ProseSettings.read(configuration)
        return diagnostics + settings.unknownTables(in: context.form)
    }

    /// What stands in a sentence of a finished report stands in its file.
    func complete(_ assessment: inout Assessment, with audit: ProseAudit) {
        assessment.facts = audit.facts
        guard let report = audit.report else { return }
        let statements = report.statements
        for index in assessment.findings.indices {
            assessment.findings[index].spots = assessment.findings[index].spots.map { spot in
                guard case .value(let pointer) = spot, pointer.tokens.count == 4,
                    pointer.tokens.starts(with: ["tables", "paragraphs"]), let row = Int(pointer.tokens[2]),
                    statements.indices.contains(row)
                else { return spot }
                return report.spot(line: statements[row].line.number)
            }
        }
    }
}
