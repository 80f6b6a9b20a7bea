internal import ArgumentParser
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// `schema [--spec SPEC] [--form | --plugin | --setting NAME]`
struct SchemaCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema",
        abstract: words(
            zh: "spec 及其所含文件的 JSON Schema（2020-12），供编辑器补全和标错。",
            en: "JSON Schema (2020-12) of specs and of what they include, so that an editor completes and underlines."
        ),
        discussion: words(
            zh: """
                不加选项时是任何 spec 的 schema，包括找到的各插件的设置。编辑器按文件的第一行找到它，schema 放在旁边：

                  pingshen schema --spec SPEC.yaml > spec.schema.json
                  # yaml-language-server: $schema=spec.schema.json
                """,
            en: """
                Without options that of any spec, with the settings of the plugins that are found. Editors take it by a first \
                line in a file, with the schema beside it:

                  pingshen schema --spec SPEC.yaml > spec.schema.json
                  # yaml-language-server: $schema=spec.schema.json
                """
        )
    )

    @Option(
        help: ArgumentHelp(
            zh: "这个 spec 的 schema：其表单的字段和表，其插件。",
            en: "The schema of this spec: its form's fields and tables, its plugins.",
            valueName: "spec"
        )
    )
    var spec: String?

    @Flag(help: ArgumentHelp(zh: "表单的 schema。", en: "The schema of a form."))
    var form = false

    @Flag(help: ArgumentHelp(zh: "plugin.yaml 的 schema。", en: "The schema of a plugin.yaml."))
    var plugin = false

    @Option(
        help: ArgumentHelp(
            zh: "作为插件某项设置的文件的 schema：rubric、template、rules……",
            en: "The schema of a file that stands for this setting of a plugin: rubric, template, rules …"
        )
    )
    var setting: String?

    @OptionGroup var shared: SharedOptions

    func run() async throws {
        if form { return Self.print(Form.schema) }
        if plugin { return Self.print(PluginLabel.schema) }
        let locale = Terminal.locale(shared.locale)
        let loaded = spec.map { loadSpec($0) }
        if let loaded, loaded.spec?.form == nil {
            Reporter(locale: locale).list(CheckedSpec(loaded: loaded))
            throw ExitCode.invalidSpec
        }
        let settings = try await Self.settings(locale)
        guard let setting else { return Self.print(Spec.schema(form: loaded?.spec?.form, settings: settings)) }
        // Several plugins may take the same file; the one that says most of it is the one that reads it.
        let schemas = settings.compactMap { Self.schema(of: setting, in: $0.schema) }
        guard let longest = schemas.max(by: { Self.length($0) < Self.length($1) }) else {
            let known = Set(settings.flatMap { $0.schema["properties"]?.record?.keys ?? [] }).sorted()
            Terminal.error(unknownSetting(setting, known)(locale))
            throw ExitCode.usage
        }
        Self.print(longest)
    }

    /// The part of a plugin's schema that is about one setting, with the definitions that it refers to.
    private static func schema(of setting: String, in whole: Value) -> Value? {
        guard case .record(let part)? = whole["properties"]?[setting] else { return nil }
        var schema: Record = ["$schema": "https://json-schema.org/draft/2020-12/schema"]
        for (key, value) in part.members { schema[key] = Spec.includable(value) }
        // The file itself is what it holds, and no path of another.
        if let type = part["type"] { schema["type"] = type }
        // What another setting of the plugin refers to says nothing of this one.
        let isReferring = String(decoding: JSONWriter.line(.record(part)), as: UTF8.self).contains("\"$ref\"")
        if isReferring, let definitions = whole["$defs"] { schema["$defs"] = Spec.includable(definitions) }
        return .record(schema)
    }

    private static func length(_ schema: Value) -> Int { JSONWriter.line(schema).count }

    private static func print(_ schema: Value) { Terminal.result(bytes: JSONWriter.line(schema)) }
}

extension SchemaCommand {
    /// The schema of specs of this form, as the bytes of a file: with the settings of every plugin that is found.
    static func file(form: Form, _ locale: Locale) async throws -> [UInt8] {
        JSONWriter.line(Spec.schema(form: form, settings: try await settings(locale))) + [UInt8(ascii: "\n")]
    }

    /// The settings of every plugin that is found.
    private static func settings(_ locale: Locale) async throws -> [Spec.SettingsSchema] {
        try await interruptible {
            var schemas: [Spec.SettingsSchema] = []
            for program in PluginCatalog().all() {
                let manifest = try await PluginsCommand.described(program, locale)
                for role in manifest.roles {
                    let use = manifest.roles.count == 1 ? manifest.name : "\(manifest.name)/\(role.name)"
                    schemas.append(Spec.SettingsSchema(use: use, schema: role.configSchema))
                }
            }
            return schemas
        }
    }
}

// MARK: - Messages

private func unknownSetting(_ setting: String, _ known: [String]) -> LocalizedText {
    let near = suggestion(for: setting, among: known)
    return LocalizedText(
        zh: "没有插件有设置\"\(setting)\"。\(near?.zh ?? "")",
        en: "no plugin has a setting \"\(setting)\"; \(near?.en ?? "")"
    )
}
