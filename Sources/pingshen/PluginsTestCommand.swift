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

        @Flag(name: .shortAndLong, help: "Show what was sent and what came for every check.")
        var verbose = false

        @Argument(parsing: .remaining, help: "A plugin's name, or the command that starts it.")
        var plugin: [String]

        private var command: [String] { plugin.first == "--" ? Array(plugin.dropFirst()) : plugin }

        func validate() throws {
            if command.isEmpty { throw ValidationError("Name a plugin, or the command that starts it.") }
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
            let program = try PluginsCommand.program(command, locale)
            let material = try await material(for: program, locale)
            let failed = try await interruptible {
                var failed = 0
                try await checkConformance(of: program, with: material, checks: checks) { result in
                    if Task.isCancelled { return }
                    show(result)
                    if case .failed = result.verdict { failed += 1 }
                }
                return failed
            }
            Terminal.say(
                failed == 0
                    ? (only.isEmpty ? "conforms to protocol 1" : "all in order")
                    : "\(failed) check(s) failed; see Docs/PROTOCOL.md"
            )
            if failed > 0 { throw ExitCode.pluginFailed }
        }

        private func show(_ result: ConformanceCheck.Result) {
            let check = "\(result.check.id): \(result.check.rule)"
            switch result.verdict {
            case .passed: Terminal.result("ok       " + check)
            case .skipped(let reason): Terminal.result("skipped  \(check): \(reason)")
            case .failed(let found): Terminal.result("FAILED   \(check)\n         found: \(found)")
            }
            let isFailed = if case .failed = result.verdict { true } else { false }
            if isFailed || verbose { for line in result.transcript { Terminal.result("         " + line) } }
        }

        private func material(for program: PluginProgram, _ locale: Locale) async throws -> ConformanceMaterial {
            guard let path = spec else { return ConformanceMaterial() }
            let loaded = loadSpec(path)
            guard let spec = loaded.spec, !loaded.hasErrors else {
                throw Reporter(locale: locale).report(.invalid(CheckedSpec(loaded: loaded)))
            }
            var material = ConformanceMaterial(dossier: spec.dossier)
            // A plugin without a manifest fails its first check; until then nothing is known of its roles.
            guard let manifest = try? await manifest(of: program) else { return material }
            for step in spec.steps where step.plugin == manifest.name {
                if let role = step.role ?? manifest.roles.first?.name { material.settings[role] = step.configuration }
            }
            return material
        }
    }
}
