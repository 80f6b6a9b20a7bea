import PluginKit
import PrintedReports
import ReviewModel

/// Reads a report that exists already, as converted text, and holds what it says against the dossier and against itself.
///
/// A finding stands in the line of the report, a line of the setting `report`.
struct DocumentAuditor: RuleScorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "document-auditor",
        summary: "audits the text of an existing report: figures, names, citations, numbering (报告文本核对)",
        reads: [
            "budget_lines", "deductions", "funding", "history", "history_years", "printed_audit", "legal_bases",
            "targets",
        ],
        configSchema: [
            "$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
            "properties": [
                "report": [
                    "type": "string",
                    "description": "the report as text, tables parted by tabs; usually !include report.txt",
                ],
                "terms": TermSet.schema, "words": ReportWords.schema,
            ], "required": ["report"], "additionalProperties": false,
        ]
    )

    func rules(_ settings: Settings) -> RuleSet<DocumentAudit> { documentRules }

    func subject(_ request: ScoringRequest, _ settings: Settings) -> DocumentAudit { DocumentAudit(settings, request) }

    struct Settings: PluginSettings {
        var report: String
        var terms: [TermSet]
        var words: ReportWords

        init(_ settings: SettingsReader) {
            report = settings.text("report")
            terms = settings.value("terms")?.list().compactMap(TermSet.init) ?? []
            words = settings.value("words").map(ReportWords.init) ?? .standard
        }
    }
}
