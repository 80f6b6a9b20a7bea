package import ReviewModel

extension Spec {
    /// What a schema knows of a plugin's role: its name as `use` has it, and what its settings may be.
    package struct SettingsSchema: Sendable {
        package var use: String
        package var schema: Value

        package init(use: String, schema: Value) { (self.use, self.schema) = (use, schema) }
    }

    /// JSON Schema 2020-12 of a spec, for editors: its keys, and as far as they are known the fields and tables of its form and the
    /// settings of its plugins.
    ///
    /// What a file may leave out because it includes or extends others is not asked for; `pingshen validate` knows better.
    package static func schema(form: Form?, settings: [SettingsSchema]) -> Value {
        var properties = keys
        if let form {
            properties = properties.map { key in
                switch key.name {
                case "fields": (key.name, form.fieldsSchema)
                case "tables": (key.name, form.tablesSchema)
                default: key
                }
            }
        }
        var schema = Record.mapping("评审", "a review's spec", properties)
        schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
        schema["type"] = "object"
        schema["if"] = ["not": ["required": ["extends"]]]
        schema["then"] = ["required": ["pingshen", "id", "form", "pipeline"]]
        var definitions: Record = [
            "step": .record(step(settings, isNamed: false)), "namedStep": .record(step(settings, isNamed: true)),
        ]
        definitions["form"] = rooted(Form.schema, as: "form")
        for plugin in settings { definitions["use:" + plugin.use] = rooted(plugin.schema, as: plugin.use) }
        schema["$defs"] = .record(definitions)
        return .record(schema)
    }

    /// The keys of a spec; a test holds them against the reader.
    static let keys: [(name: String, schema: Record)] = [
        ("pingshen", ["title": "格式版本 · version of the format", "const": .integer(formatVersion)]),
        (
            "id",
            [
                "title": "编号，也是输出文件夹的名称 · names the folder of the output", "type": ["string", "number"],
                "pattern": "^[A-Za-z0-9_-][A-Za-z0-9._-]*$", "maxLength": 100,
            ]
        ),
        ("locale", .text("语言", "language of the review", oneOf: Locale.allCases.map(\.rawValue))),
        ("as_of", .day("评审日期", "the day that waivers are judged as of")),
        (
            "extends",
            ["title": "所依据的文件 · files underneath this one", "type": ["string", "array"], "items": ["type": "string"]]
        ),
        (
            "form",
            ["title": "表单 · the shape of fields and tables", "anyOf": [["type": "string"], ["$ref": "#/$defs/form"]]]
        ),
        ("fields", .anything("字段", "fields")), ("tables", .anything("表", "tables")),
        (
            "pipeline",
            [
                "title": "评审步骤 · the steps", "type": ["object", "array", "string"],
                "additionalProperties": ["$ref": "#/$defs/namedStep"], "items": ["$ref": "#/$defs/step"],
            ]
        ),
        ("plugins", .map("自带的插件", "programs that the spec brings", .mapping("插件", "plugin", pluginKeys))),
        (
            "waivers",
            .list(
                "豁免",
                "findings that may stand",
                .mapping("豁免", "waiver", waiverKeys, required: ["reason", "approver"])
            )
        ),
        ("rules", .map("规则的取舍和轻重", "rules that are off, heavier or lighter", rule)),
    ]

    static let stepKeys: [(name: String, schema: Record)] = [
        ("use", .text("插件", "a plugin, or plugin/role")), ("with", .anything("设置", "the plugin's settings")),
        ("needs", .list("所需的步骤", "steps whose results this one is given", .text("步骤", "step"))),
        ("deadline_seconds", .integer("时限（秒）", "the most time one call may take", in: Spec.deadlineSeconds)),
    ]

    static let pluginKeys: [(name: String, schema: Record)] = [
        ("command", .list("命令", "the program and its arguments", .text("参数", "argument"))),
        ("environment", .list("环境变量", "variables that the program may see", .text("名称", "name"))),
        (
            "version",
            [
                "title": "版本要求 · versions that will do, such as >=1.2, <2", "type": ["string", "null"],
                "pattern": "^ *(=|>=|>|<=|<|~>)",
            ]
        ),
        ("files", .list("所属的文件", "further files that belong to it", .text("路径", "path"))),
        ("start_seconds", .integer("启动时限（秒）", "the most time it may take to start", in: Spec.deadlineSeconds)),
        (
            "limits",
            .mapping(
                "限额",
                "what it may use up",
                ["cpu_seconds", "memory_mib", "file_mib", "processes", "folder_mib", "folder_files"].map {
                    ($0, .integer($0, "limit"))
                }
            )
        ),
    ]

    static let waiverKeys: [(name: String, schema: Record)] = [
        ("id", .text("发现的编号", "id of one finding")), ("rule", .text("规则", "rule")), ("subject", .text("对象", "subject")),
        ("reason", .text("理由", "reason")), ("approver", .text("批准人", "approver")), ("expires", .day("到期日", "expires")),
    ]

    private static let rule: Record = [
        "title": "off、轻重或参数 · off, a severity, or parameters", "type": ["string", "boolean", "object"],
        "if": ["type": "string"],
        "then": ["enum": .list((["off"] + Severity.allCases.map(\.rawValue)).map(Value.text))],
        "properties": ["severity": ["enum": .list(Severity.allCases.map { .text($0.rawValue) })]],
    ]

    private static func step(_ settings: [SettingsSchema], isNamed: Bool) -> Record {
        let keys = isNamed ? stepKeys : [("step", Record.text("步骤名称", "the step's name"))] + stepKeys
        var step = Record.mapping("步骤", "step", keys, required: isNamed ? [] : ["step", "use"])
        let choices = settings.map { plugin -> Value in
            [
                "if": ["required": ["use"], "properties": ["use": ["const": .text(plugin.use)]]],
                "then": [
                    "properties": [
                        "with": [
                            "anyOf": [["type": ["string", "null"]], ["$ref": .text("#/$defs/use:" + plugin.use)]]
                        ]
                    ]
                ],
            ]
        }
        if !choices.isEmpty { step["allOf"] = .list(choices) }
        return step
    }

    /// A schema inside of another: its own `$defs` stay its own. Includes may stand for its mappings and lists.
    private static func rooted(_ schema: Value, as name: String) -> Value {
        guard case .record(var record) = includable(schema) else { return schema }
        record["$id"] = .text("pingshen:" + name)
        record["$schema"] = nil
        return .record(record)
    }

    /// Every mapping and list may be the path of a file, behind `!include`.
    package static func includable(_ schema: Value) -> Value {
        switch schema {
        case .record(let record):
            var changed = Record(record.members.map { ($0.key, includable($0.value)) })
            // Editors know the word, but no versions.
            if record["deprecated"]?.list != nil, let deprecation = Deprecation(ofSetting: record) {
                changed["deprecated"] = true
                changed["deprecationMessage"] = .text("\(deprecation.words.zh) · \(deprecation.words.en)")
                changed["instead"] = nil
            }
            switch record["type"] {
            case .text("object")?, .text("array")?:
                changed["type"] = [record["type"] ?? .null, "string"]
                changed["pattern"] = .text(Record.pathOfFile)
            case .list(let types)? where types.contains("object") || types.contains("array"):
                guard !types.contains("string") else { break }
                changed["type"] = .list(types + ["string"])
                changed["pattern"] = .text(Record.pathOfFile)
            default: break
            }
            return .record(changed)
        case .list(let items): return .list(items.map(includable))
        default: return schema
        }
    }
}
