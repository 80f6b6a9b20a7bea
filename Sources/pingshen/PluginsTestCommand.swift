internal import ArgumentParser
internal import PluginRuntime
internal import PluginTesting
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

extension PluginsCommand {
    /// `plugins test COMMAND…`: does a plugin do what the protocol says?
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Checks whether a plugin does what the protocol says; one line a check.",
            discussion: """
                PLUGIN is a name, or a command: pingshen plugins test -- python3 my_scorer.py
                A failed check shows what was sent and what came. Exits with 3 if a check failed.
                """
        )

        @Option(
            help: ArgumentHelp(
                "Take the dossier, and the settings of the plugin's steps, from this spec.",
                valueName: "spec"
            )
        )
        var spec: String?

        @Option(help: ArgumentHelp("Run only this check; may be given several times.", valueName: "check"))
        var only: [String] = []

        @Option(help: ArgumentHelp("How long each answer may take, 10 by default.", valueName: "seconds"))
        var timeout = 10

        @Flag(name: .shortAndLong, help: "Show what was sent and what came for every check.")
        var verbose = false

        @Argument(parsing: .remaining, help: "A plugin's name, or the command that starts it.")
        var plugin: [String]

        private var command: [String] { plugin.first == "--" ? Array(plugin.dropFirst()) : plugin }

        func validate() throws {
            if command.isEmpty { throw ValidationError("Name a plugin, or the command that starts it.") }
            if !(1...3600).contains(timeout) { throw ValidationError("--timeout is 1 to 3600 seconds.") }
            let known = ConformanceCheck.all.map(\.id)
            if let wrong = only.first(where: { !known.contains($0) }) {
                throw ValidationError("There is no check \"\(wrong)\"; there are: \(known.joined(separator: ", ")).")
            }
        }

        private var checks: [ConformanceCheck] {
            only.isEmpty ? ConformanceCheck.all : ConformanceCheck.all.filter { only.contains($0.id) }
        }

        func run() async throws {
            let locale = Terminal.locale(nil)
            let loaded = try spec.map { try PluginsCommand.load($0, locale) }
            let program = try PluginsCommand.program(command, of: loaded, locale)
            let (failed, wanting) = try await PluginsCommand.withPinned(program, under: loaded, locale) { program in
                let material = await PluginsCommand.material(for: program, loaded, patience: .seconds(timeout))
                return try await interruptible {
                    var (failed, wanting) = (0, 0)
                    try await checkConformance(of: program, with: material, checks: checks) { result in
                        if Task.isCancelled { return }
                        show(result)
                        if case .failed = result.verdict { failed += 1 }
                        if case .wanting = result.verdict { wanting += 1 }
                    }
                    return (failed, wanting)
                }
            }
            Terminal.say(
                failed > 0
                    ? "\(failed) check(s) failed; see Docs/PROTOCOL.md"
                    : wanting > 0
                        ? "in order as far as it could be checked; see what is wanting"
                        : only.isEmpty ? "conforms to protocol 1" : "all in order"
            )
            if failed > 0 { throw ExitCode.pluginFailed }
        }

        private func show(_ result: ConformanceCheck.Result) {
            let check = "\(result.check.id): \(result.check.rule)"
            switch result.verdict {
            case .passed: Terminal.result("ok       " + check)
            case .skipped(let reason): Terminal.result("skipped  \(result.check.id): \(reason)")
            case .wanting(let what): Terminal.result("wanting  \(result.check.id): \(what)")
            case .failed(let found): Terminal.result("FAILED   \(check)\n         found: \(found)")
            }
            let isFailed = if case .failed = result.verdict { true } else { false }
            guard isFailed || verbose else { return }
            for line in result.transcript { Terminal.result("         " + line) }
            for line in result.lastWords { Terminal.result("         stderr: " + line) }
        }
    }

    /// The spec at `path`; says what is wrong with it.
    static func load(_ path: String, _ locale: Locale) throws -> LoadedSpec {
        let loaded = loadSpec(path)
        if loaded.spec == nil || loaded.hasErrors {
            throw Reporter(locale: locale).report(.invalid(CheckedSpec(loaded: loaded)))
        }
        return loaded
    }

    /// What a spec gives to check the plugin with.
    static func material(
        for program: PluginProgram,
        _ loaded: LoadedSpec?,
        patience: Duration
    ) async -> ConformanceMaterial {
        var material = ConformanceMaterial(dossier: loaded?.spec?.dossier, form: loaded?.spec?.form?.outline)
        material.patience = patience
        guard let spec = loaded?.spec else { return material }
        // A plugin without a manifest fails its first check; until then nothing is known of its roles.
        guard let manifest = try? await manifest(of: program) else { return material }
        for step in spec.steps where [manifest.name, program.name].contains(step.plugin) {
            if let role = step.role ?? manifest.roles.first?.name { material.settings[role] = step.configuration }
        }
        return material
    }
}
