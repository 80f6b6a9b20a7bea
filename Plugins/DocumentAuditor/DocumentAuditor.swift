import BudgetReview
import ReviewModel

/// Reads a report that exists already, as converted text, and holds what it says against the dossier and against itself.
///
/// A finding stands in the line of the report: its pointer is `/config/report/line/N`.
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
                ]
            ], "required": ["report"], "additionalProperties": false,
        ]
    )

    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        _ = reportText(configuration, log)
        return log.diagnostics
    }

    func rules(_ configuration: Value) -> [Rule] { documentRules }

    func score(_ request: ScoringRequest) throws -> Assessment {
        let report = ReportText(reportText(request.configuration, DiagnosticLog()) ?? "")
        let dossier = request.dossier
        var findings = try checkAmounts(report, dossier, request.prior)
        findings += checkNames(report, dossier)
        findings += checkCitations(report, dossier)
        findings += checkAttached(report)
        findings += checkNumbering(report)
        findings += checkCopies(report, request.rules)
        findings += checkVerdict(report, request.prior)
        findings += checkPunctuation(report)
        findings += checkSplitNumbers(report)
        return Assessment(findings: findings)
    }

    private func reportText(_ configuration: Value, _ log: DiagnosticLog) -> String? {
        guard let record = ValueReader(configuration, log: log).record() else { return nil }
        let text = record.required("report")?.text()
        record.finish()
        return text
    }
}

/// The checks of the document auditor, in the order of their ids.
let documentRules: [Rule] = [
    attachedContradiction, citedLevel, citedTitle, copiesDiffer, doubledPunctuation, headingNumber, unknownAmount,
    unknownName,
    splitNumber, verdictNotStated,
]
