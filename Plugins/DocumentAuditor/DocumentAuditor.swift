import PrintedReports
import ReviewModel

/// Reads a report that exists already, as converted text, and holds what it says against the dossier and against itself.
///
/// A finding stands in the line of the report, a line of the setting `report`.
struct DocumentAuditor: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "document-auditor",
        summary: "audits the text of an existing report: figures, names, citations, numbering (报告文本核对)",
        reads: [
            "budget_lines", "deductions", "funding", "history", "history_years", "printed_audit", "legal_bases",
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

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = Settings(configuration, log)
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { documentRules.rules }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        let settings = Settings(request.configuration, DiagnosticLog())
        return try await documentRules.assess(DocumentAudit(settings, request), request)
    }

    struct Settings: Sendable {
        var report = ""
        var terms: [TermSet] = []
        var words = ReportWords.standard

        init(_ configuration: Value, _ log: DiagnosticLog) {
            guard let record = ValueReader(configuration, log: log).record() else { return }
            report = record.required("report")?.text() ?? ""
            terms = record.optional("terms")?.list().compactMap(TermSet.init) ?? []
            if let words = record.optional("words") { self.words = ReportWords(words) }
            record.finish()
        }
    }
}
