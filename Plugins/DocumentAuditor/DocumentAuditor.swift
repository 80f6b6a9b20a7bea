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
            "properties": .record(Self.properties), "oneOf": ReportInput.oneOf, "additionalProperties": false,
        ]
    )

    private static let properties: Record = {
        var properties = ReportInput.properties
        (properties["terms"], properties["words"]) = (TermSet.schema, ReportWords.schema)
        return properties
    }()

    func rules(_ settings: Settings) -> RuleSet<DocumentAudit> { documentRules }

    func subject(_ request: ScoringRequest, _ settings: Settings) throws -> DocumentAudit {
        try DocumentAudit(settings, request)
    }

    /// What stands in a line of the report stands in a paragraph or a cell of the file that it was read from.
    func complete(_ assessment: inout Assessment, with subject: DocumentAudit) {
        for index in assessment.findings.indices {
            let finding = assessment.findings[index]
            assessment.findings[index].spots = finding.spots.enumerated().map { number, spot in
                subject.report.located(spot, showing: number == 0 ? finding.found : finding.expected)
            }
        }
    }

    struct Settings: PluginSettings {
        var report: ReportInput
        var terms: [TermSet]
        var words: ReportWords

        init(_ settings: SettingsReader) {
            let (text, file) = (settings.value("report"), settings.value("document"))
            report = ReportInput(report: text, document: file, ocr: settings.value("ocr"), log: settings.log)
            terms = settings.value("terms")?.list().compactMap(TermSet.init) ?? []
            words = settings.value("words").map(ReportWords.init) ?? .standard
        }
    }
}
