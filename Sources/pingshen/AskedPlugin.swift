internal import ArgumentParser
internal import PluginRuntime
internal import PluginTesting
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// What the commands that ask one plugin have in common: which it is, and what it is asked about.
struct AskedPlugin: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            zh: "数据和插件的设置取自这个 spec。",
            en: "Take the dossier, and the settings of the plugin's steps, from this spec.",
            valueName: "spec"
        )
    )
    var spec: String?

    @Option(help: ArgumentHelp(zh: "提示的语言。", en: "Language of messages.", valueName: "zh|en"))
    var locale: Locale?

    @Flag(name: .shortAndLong, help: ArgumentHelp(zh: "显示发出和收到的内容。", en: "Show what was sent and what came."))
    var verbose = false

    @Argument(
        parsing: .remaining,
        help: ArgumentHelp(zh: "插件的名称，或启动它的命令。", en: "A plugin's name, or the command that starts it.")
    )
    var plugin: [String] = []

    /// What was typed, without the `--` that may part it from the options.
    private var command: [String] { plugin.first == "--" ? Array(plugin.dropFirst()) : plugin }

    func validate() throws {
        if command.isEmpty {
            throw ValidationError(zh: "请写插件的名称，或启动它的命令。", en: "Name a plugin, or the command that starts it.")
        }
    }

    /// Hands the plugin to `body`, as the spec's locks have it, with what the spec gives to ask it; until Ctrl-C.
    func ask<Result: Sendable>(
        patience: Duration,
        _ locale: Locale,
        _ body: @escaping @Sendable (PluginProgram, ConformanceMaterial) async throws -> Result
    ) async throws -> Result {
        let loaded = try spec.map { try Self.load($0, locale) }
        let program = try PluginsCommand.program(command, of: loaded, locale)
        return try await PluginsCommand.withPinned(program, under: loaded, locale) { program in
            let material = await Self.material(for: program, loaded, patience: patience)
            return try await interruptible { try await body(program, material) }
        }
    }

    /// The spec at `path`; says what is wrong with it.
    static func load(_ path: String, _ locale: Locale) throws -> LoadedSpec {
        let loaded = loadSpec(path)
        if loaded.spec == nil || loaded.hasLastingErrors {
            throw Reporter(locale: locale).report(.invalid(CheckedSpec(loaded: loaded)))
        }
        return loaded
    }

    /// What a spec gives to ask the plugin with.
    static func material(
        for program: PluginProgram,
        _ loaded: LoadedSpec?,
        patience: Duration
    ) async -> ConformanceMaterial {
        var material = ConformanceMaterial(dossier: loaded?.spec?.dossier, form: loaded?.spec?.form?.outline)
        material.patience = patience
        (material.exampleForm, material.exampleFormFile) = (loaded?.formAsWritten, loaded?.formFile)
        let plugins = loaded?.spec?.plugins ?? []
        material.otherPlugin = { try? PluginCatalog().program(namedOrStartedBy: [$0], among: plugins) }
        guard let spec = loaded?.spec else { return material }
        // A plugin without a manifest fails its first check; until then nothing is known of its roles.
        guard let manifest = try? await manifest(of: program) else { return material }
        for step in spec.steps where [manifest.name, program.name].contains(step.plugin) {
            if let role = step.role ?? manifest.roles.first?.name { material.settings[role] = step.configuration }
        }
        return material
    }
}
