import BudgetReview
import ReviewModel

/// The settings of the report writer: `template`, and the `rubric` that its tables go through.
struct ReportSettings: Sendable {
    var template: ReportTemplate

    /// Reads the settings; `nil` besides the diagnostics when there is no usable template.
    static func read(_ configuration: Value) -> (settings: ReportSettings?, diagnostics: [ConfigurationDiagnostic]) {
        let log = DiagnosticLog()
        guard let record = ValueReader(configuration, log: log).record() else { return (nil, log.diagnostics) }
        let template = record.required("template").flatMap(ReportTemplate.init)
        _ = record.optional("rubric").flatMap(Rubric.init)
        record.finish()
        let settings = log.hasErrors ? nil : template.map(ReportSettings.init(template:))
        return (settings, log.diagnostics)
    }

    static let schema: Value = [
        "type": "object",
        "required": ["template"],
        "additionalProperties": false,
        "properties": [
            "template": [
                "type": "object",
                "required": ["id", "title", "blocks"],
                "properties": [
                    "id": ["type": "string"], "version": ["type": ["string", "number"]], "title": ["type": "string"],
                    "language": ["type": "string"], "blocks": ["type": "array", "items": ["type": "object"]],
                ],
            ],
            "rubric": ["type": "object"],
        ],
    ]
}
