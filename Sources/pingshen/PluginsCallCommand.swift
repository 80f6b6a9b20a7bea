internal import ArgumentParser
internal import PluginRuntime
internal import PluginTesting
internal import ReviewModel
internal import SpecLoading

extension PluginsCommand {
    /// `plugins call ROLE --spec SPEC -- COMMAND…`: what does a plugin answer?
    struct Call: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Asks a plugin once, as a run would, and prints its answer.",
            discussion: """
                PLUGIN is a name, or a command: pingshen plugins call --spec town.yaml -- python3 my_scorer.py
                Its settings and the dossier are those of the spec; without one it is sent made-up tables. What the plugin \
                prints on standard error is shown, too. Exits with 3 if it did not answer.
                """
        )

        @Option(help: ArgumentHelp("The role to ask, of a plugin that has several.", valueName: "role"))
        var role: String?

        @Option(
            help: ArgumentHelp(
                "Take the dossier, and the settings of the plugin's steps, from this spec.",
                valueName: "spec"
            )
        )
        var spec: String?

        @Option(help: ArgumentHelp("How long the answer may take, 60 by default.", valueName: "seconds"))
        var timeout = 60

        @Flag(name: .shortAndLong, help: "Show what was sent and what came.")
        var verbose = false

        @Argument(parsing: .remaining, help: "A plugin's name, or the command that starts it.")
        var plugin: [String]

        private var command: [String] { plugin.first == "--" ? Array(plugin.dropFirst()) : plugin }

        func validate() throws {
            if command.isEmpty { throw ValidationError("Name a plugin, or the command that starts it.") }
            if !(1...86_400).contains(timeout) { throw ValidationError("--timeout is 1 to 86400 seconds.") }
        }

        func run() async throws {
            let locale = Terminal.locale(nil)
            let loaded = try spec.map { try PluginsCommand.load($0, locale) }
            let program = try PluginsCommand.program(command, of: loaded, locale)
            let (role, timeout) = (role, timeout)
            let answer = try await PluginsCommand.withPinned(program, under: loaded, locale) { program in
                let material = await PluginsCommand.material(for: program, loaded, patience: .seconds(timeout))
                return try await interruptible {
                    try await PluginTesting.answer(of: program, role: role, with: material)
                }
            }
            if verbose { answer.result.transcript.forEach { Terminal.say($0) } }
            answer.result.lastWords.forEach { Terminal.say("stderr: " + $0) }
            if let value = answer.value { return Terminal.result(bytes: JSONWriter.document(value)) }
            switch answer.result.verdict {
            case .failed(let reason), .skipped(let reason), .wanting(let reason): Terminal.error(reason)
            case .passed: break
            }
            throw ExitCode.pluginFailed
        }
    }
}
