internal import ArgumentParser
internal import PluginTesting
internal import ReviewModel

extension PluginsCommand {
    /// `plugins call ROLE --spec SPEC -- COMMAND…`: what does a plugin answer?
    struct Call: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "像评审时那样问插件一次，显示它的回答。",
                en: "Asks a plugin once, as a run would, and prints its answer."
            ),
            discussion: words(
                zh: """
                    PLUGIN 是名称或命令：pingshen plugins call --spec town.yaml -- python3 my_scorer.py
                    设置和数据取自 spec；没有 spec 时发送虚构的表。插件写到标准错误的内容也显示。没有回答时以 3 退出。
                    """,
                en: """
                    PLUGIN is a name, or a command: pingshen plugins call --spec town.yaml -- python3 my_scorer.py
                    Its settings and the dossier are those of the spec; without one it is sent made-up tables. What the plugin \
                    prints on standard error is shown, too. Exits with 3 if it did not answer.
                    """
            )
        )

        @Option(
            help: ArgumentHelp(
                zh: "插件有多种职能时，问哪一种。",
                en: "The role to ask, of a plugin that has several.",
                valueName: "role"
            )
        )
        var role: String?

        @Option(
            help: ArgumentHelp(
                zh: "回答最多用多少秒，默认 60。",
                en: "How long the answer may take, 60 by default.",
                valueName: "seconds"
            )
        )
        var timeout = 60

        @OptionGroup var asked: AskedPlugin

        func validate() throws {
            if !(1...86_400).contains(timeout) {
                throw ValidationError(zh: "--timeout 应为 1 至 86400 秒。", en: "--timeout is 1 to 86400 seconds.")
            }
        }

        func run() async throws {
            let locale = Terminal.locale(asked.locale)
            let role = role
            let answer = try await asked.ask(patience: .seconds(timeout), locale) { program, material in
                try await PluginTesting.answer(of: program, role: role, with: material)
            }
            if asked.verbose { answer.result.transcript.forEach { Terminal.say($0) } }
            answer.result.lastWords.forEach { Terminal.say("stderr: " + $0) }
            for table in answer.madeUpTables { Terminal.say(isMadeUp(table)(locale)) }
            if let value = answer.value { return Terminal.result(bytes: JSONWriter.document(value)) }
            switch answer.result.verdict {
            case .failed(let reason), .skipped(let reason), .wanting(let reason): Terminal.error(reason)
            case .passed: break
            }
            throw ExitCode.pluginFailed
        }
    }
}

// MARK: - Messages

private func isMadeUp(_ table: String) -> LocalizedText {
    LocalizedText(
        zh: "表 \(table) 由 spec 的数据源填写，这里没有运行数据源，用的是虚构的行",
        en: "the table \(table) is filled by a source of the spec, which does not run here; its rows are made up"
    )
}
