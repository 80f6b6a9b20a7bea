import ReportTemplate
import ReviewModel

/// The settings of the report writer: `template`, and the `rubric` that its tables go through. Whether the rubric is a good
/// one is for the plugin to say that scores by it.
struct ReportSettings: Sendable {
    let template: TemplateOutline
    /// The names that the template says, among which are the tables that it needs.
    let names: Set<String>

    init(template: TemplateOutline) {
        self.template = template
        names = template.firstNames.subtracting(template.terms.map(\.name))
    }

    /// Reads the settings, as far as they can be read: with errors among the diagnostics they are not to be used.
    static func read(_ configuration: Value) -> (settings: ReportSettings?, diagnostics: [ConfigurationDiagnostic]) {
        let log = DiagnosticLog()
        guard let record = ValueReader(configuration, log: log).record() else { return (nil, log.diagnostics) }
        let template = record.required("template").flatMap(TemplateOutline.init)
        _ = record.optional("rubric")?.record()
        record.finish()
        return (template.map(ReportSettings.init(template:)), log.diagnostics)
    }

    /// Every name of the template that cannot be there, with its place.
    ///
    /// - Parameter form: what the dossier may hold; `nil` when it is not known.
    func unknownNames(_ configuration: Value, _ form: DossierOutline?) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        NameCheck.check(template, against: ReportNames.root(form: form, configuration: configuration), log: log)
        return log.diagnostics
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
