internal import ArgumentParser
internal import LocalFiles
internal import PluginRuntime
internal import PluginTesting
internal import ReviewModel
internal import ReviewPipeline

extension PluginsCommand {
    /// `plugins replay FILE COMMAND…`: does a plugin still say what it said?
    struct Replay: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "按记录重问一个插件，比较它的回答。",
                en: "Says to a plugin what a trace has recorded, and compares its answers."
            ),
            discussion: words(
                zh: """
                    FILE 是 `pingshen run --trace FILE` 所写的。PLUGIN 是名称或命令：
                    pingshen plugins replay run.trace -- python3 my_scorer.py
                    回答不同时以 1 退出，插件失败时以 3 退出。
                    """,
                en: """
                    FILE is what `pingshen run --trace FILE` has written. PLUGIN is a name, or a command:
                    pingshen plugins replay run.trace -- python3 my_scorer.py
                    Exits with 1 if an answer differs, with 3 if the plugin fails.
                    """
            )
        )

        @Option(
            help: ArgumentHelp(
                zh: "记录中有多个插件时，代替哪一个。",
                en: "Which plugin of the trace to stand in for, if it has several.",
                valueName: "name"
            )
        )
        var asPlugin: String?

        @Option(help: ArgumentHelp(zh: "提示的语言。", en: "Language of messages.", valueName: "zh|en"))
        var locale: Locale?

        @Argument(help: ArgumentHelp(zh: "run --trace 所写的记录。", en: "A trace.", valueName: "file"))
        var file: String

        @Argument(
            parsing: .remaining,
            help: ArgumentHelp(zh: "插件的名称，或启动它的命令。", en: "A plugin's name, or the command that starts it.")
        )
        var plugin: [String]

        private var command: [String] { plugin.first == "--" ? Array(plugin.dropFirst()) : plugin }

        func validate() throws {
            if command.isEmpty {
                throw ValidationError(zh: "请写插件的名称，或启动它的命令。", en: "Name a plugin, or the command that starts it.")
            }
        }

        func run() async throws {
            let locale = Terminal.locale(locale)
            let program = try PluginsCommand.program(command, locale)
            let conversation = try conversation(for: program, locale)
            let result = try await interruptible {
                try await replay(conversation, with: program)
            }
            for difference in result.differences { show(difference) }
            if let failure = result.failure {
                Terminal.error("\(program.name): \(failure)")
                throw ExitCode.pluginFailed
            }
            Terminal.say("\(result.compared) message(s) compared, \(result.differences.count) differ")
            if !result.differences.isEmpty { throw ExitCode.findings }
        }

        private func show(_ difference: ReplayDifference) {
            Terminal.result("\(file):\(difference.line): \(difference.subject) differs at \(difference.pointer)")
            Terminal.result("    recorded: \(difference.expected ?? "nothing")")
            Terminal.result("    now:      \(difference.found ?? "nothing")")
        }

        /// The part of the trace that is this plugin's.
        private func conversation(for program: PluginProgram, _ locale: Locale) throws -> Transcript {
            let transcript: Transcript
            do {
                transcript = try Transcript.read(file: file)
            } catch let error as TranscriptError {
                Terminal.error("\(file): \(error.message(locale))")
                throw ExitCode.invalidSpec
            } catch let error as FileError {
                Terminal.error("\(error.path): \(error.reason(locale))" + (error.help.map { "; \($0(locale))" } ?? ""))
                throw ExitCode.invalidSpec
            } catch {
                Terminal.error("\(error)")
                throw ExitCode.invalidSpec
            }
            let names = transcript.plugins
            let wanted =
                asPlugin ?? (names.contains(program.name) ? program.name : nil)
                ?? (names.count == 1 ? names.first : nil)
            guard let wanted, names.contains(wanted) else {
                Terminal.error(
                    "the trace has the plugins \(names.joined(separator: ", ")); choose one with --as-plugin"
                )
                throw ExitCode.usage
            }
            return transcript.conversation(with: wanted)
        }
    }
}
