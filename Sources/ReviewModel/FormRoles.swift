/// What a form calls the few things that the program itself speaks of: the project, its title, and the raters who play a part.
///
/// The words that stand where nothing is said are those of the first forms.
public struct FormRoles: Sendable, Hashable {
    /// The group of fields that says what is judged.
    public var project = "project"
    /// The field that has its title, by the path of its names.
    public var title = ["project", "name"]
    /// The raters by the parts that they play.
    public var raters = Dictionary(uniqueKeysWithValues: ScoreSheet.Part.allCases.map { ($0, $0.rawValue) })

    public init() {}
}

extension FormRoles {
    /// Reads `{project: programme, title: programme.title, review: panel, self: school}`; fields that the form does not have are
    /// reported.
    init(_ reader: ValueReader?, _ fields: [Form.FieldShape.Member]) {
        guard let record = reader?.record() else { return }
        let outline = DossierOutline(fields: fields.map(Form.outline))
        func path(_ key: String) -> [String]? {
            guard let reader = record.optional(key), let text = reader.text() else { return nil }
            let path = text.split(separator: ".").map(String.init)
            if case .unknown(let known) = outline.content(at: path) {
                reader.log.add(unknownField(text, known, at: reader.pointer))
                return nil
            }
            return path
        }
        if let group = path("project") {
            project = group.joined(separator: ".")
            title = group + ["name"]
        }
        if let path = path("title") { title = path }
        for part in ScoreSheet.Part.allCases {
            if let name = record.optional(part.rawValue)?.text(), !name.isEmpty { raters[part] = name }
        }
        record.finish()
    }
}

extension FormRoles {
    /// What differs from what stands where nothing is said, as a form writes it.
    public var written: Record {
        let standard = FormRoles()
        var record = Record()
        if project != standard.project { record["project"] = .text(project) }
        if title != standard.title { record["title"] = .text(title.joined(separator: ".")) }
        for part in ScoreSheet.Part.allCases where raters[part] != standard.raters[part] {
            record[part.rawValue] = Value(raters[part])
        }
        return record
    }

    /// Reads ``written``.
    public init(written value: Value) {
        if let name = value["project"]?.text { project = name }
        if let path = value["title"]?.text { title = path.split(separator: ".").map(String.init) }
        for part in ScoreSheet.Part.allCases {
            if let name = value[part.rawValue]?.text { raters[part] = name }
        }
    }
}

extension Form {
    /// What is judged, as the review keeps it: the group of fields that the form names, with the title under `name`.
    public func project(of fields: Record) -> Value {
        let all = Value.record(fields)
        let group = all[JSONPointer(roles.project.split(separator: ".").map(String.init))] ?? .null
        guard let title = all[JSONPointer(roles.title)], !title.isNull else { return group }
        if case .record(var record) = group {
            if record["name"] == nil { record["name"] = title }
            return .record(record)
        }
        return group.isNull ? ["name": title] : group
    }
}

// MARK: - Messages

private func unknownField(_ text: String, _ known: [String], at pointer: JSONPointer) -> ConfigurationDiagnostic {
    ConfigurationDiagnostic(
        code: "form/unknown-role-field",
        message: LocalizedText(zh: "表单没有字段\(quoted(text))", en: "the form has no field \(quoted(text))"),
        pointer: pointer,
        help: suggestion(for: text, among: known)
    )
}
