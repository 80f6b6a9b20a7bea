import ReportNames
import ReportTemplate
import ReviewModel

/// The settings of the report writer: `template`, the `name` of the report's files, and the `rubric` that its tables go through. Whether the rubric is a good
/// one is for the plugin to say that scores by it.
struct ReportSettings: Sendable {
    let template: TemplateOutline
    /// What the files are called, before their endings.
    let name: String
    /// The names that the template says, among which are the tables that it needs.
    let names: Set<String>

    init(template: TemplateOutline, name: String = Self.usualName) {
        (self.template, self.name) = (template, name)
        names = template.firstNames.subtracting(template.terms.map(\.name))
    }

    /// Reads the settings, as far as they can be read: with errors among the diagnostics they are not to be used.
    static func read(_ configuration: Value) -> (settings: ReportSettings?, diagnostics: [ConfigurationDiagnostic]) {
        let log = DiagnosticLog()
        guard let record = ValueReader(configuration, log: log).record() else { return (nil, log.diagnostics) }
        let template = record.required("template").flatMap(TemplateOutline.init)
        let name = record.optional("name").flatMap(Self.name) ?? usualName
        _ = record.optional("rubric")?.record()
        record.finish()
        return (template.map { ReportSettings(template: $0, name: name) }, log.diagnostics)
    }

    static let usualName = "report"

    /// A name of files: letters, digits, `-`, `_` and Chinese, at most 60 characters.
    private static func name(_ reader: ValueReader) -> String? {
        guard let name = reader.text() else { return nil }
        let isPlain = name.unicodeScalars.allSatisfy { scalar in
            scalar.properties.isAlphabetic || ("0"..."9").contains(scalar) || "-_".unicodeScalars.contains(scalar)
        }
        if isPlain, (1...60).contains(name.count) { return name }
        reader.log.add(badName(name, at: reader.pointer))
        return nil
    }

    /// Every name of the template that cannot be there, with its place.
    ///
    /// - Parameter form: what the dossier may hold; `nil` when it is not known.
    func unknownNames(_ configuration: Value, _ form: DossierOutline?) -> [ConfigurationDiagnostic] {
        let log = DiagnosticLog()
        NameCheck.check(
            template,
            against: NameShapes.root(form: form, configuration: configuration),
            shadowed: NameShapes.shadowed(form),
            log: log
        )
        let isOfForm = form.map { form in
            form.tables.contains { $0.name == Self.rubric } || form.fields.contains { $0.name == Self.rubric }
        }
        if configuration[Self.rubric] == nil, template.firstNames.contains(Self.rubric), isOfForm == false {
            log.add(noRubric)
        }
        return log.diagnostics
    }

    /// What is wrong with the tags in the texts that the spec gives for the template, each at its place: a run would find it.
    func mistakes(inTextsOf fields: Record, _ configuration: Value, _ form: DossierOutline?)
        -> [ConfigurationDiagnostic]
    {
        let log = DiagnosticLog()
        var texts: [Wording] = []
        func collect(_ value: Value, at pointer: JSONPointer) {
            switch value {
            case .text(let text): if Wording.hasTags(text) { texts.append(Wording(text, at: pointer, log: log)) }
            case .record(let record): for member in record.members { collect(member.value, at: pointer / member.key) }
            case .list(let items): for (index, item) in items.enumerated() { collect(item, at: pointer / index) }
            default: break
            }
        }
        for member in fields.members where names.contains(member.key) || names.contains("fields") {
            collect(member.value, at: JSONPointer(["fields", member.key]))
        }
        let root = NameShapes.root(form: form, configuration: configuration)
        NameCheck.check(texts, of: template, against: root, log: log)
        return log.diagnostics.map { found in
            var found = found
            (found.severity, found.isOfGiven) = (.warning, true)
            return found
        }
    }

    private static let rubric = "rubric"

    static let schema: Value = [
        "type": "object",
        "required": ["template"],
        "additionalProperties": false,
        "properties": [
            "template": TemplateOutline.schema,
            "name": ["type": "string", "default": .text(usualName)], "rubric": ["type": "object"],
        ],
        "$defs": .record(TemplateOutline.schemaDefinitions),
    ]
}

// MARK: - Messages

/// A template that goes through the rubric, in a step that has none: its tables would be empty.
private let noRubric = ConfigurationDiagnostic(
    severity: .warning,
    code: "report/no-rubric",
    message: LocalizedText(
        zh: "模板要列出评分标准，而这一步没有设置 rubric",
        en: "the template goes through the rubric, and this step has none"
    ),
    pointer: JSONPointer() / "template",
    help: LocalizedText(zh: "请补上 rubric: !include …", en: "add rubric: !include …")
)

private func badName(_ name: String, at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "report/bad-name",
        message: LocalizedText(
            zh: "\(quoted(name))不能作报告的文件名",
            en: "\(quoted(name)) cannot be the name of the report's files"
        ),
        pointer: pointer,
        help: LocalizedText(
            zh: "只用文字、数字、- 和 _，最多 60 个字",
            en: "use letters, digits, - and _ only, at most 60 characters"
        )
    )
}
