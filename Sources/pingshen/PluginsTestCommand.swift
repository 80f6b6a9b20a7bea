internal import ArgumentParser
internal import PluginTesting

extension PluginsCommand {
    /// `plugins test COMMAND…`: does a plugin do what the protocol says?
    struct Test: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "检查插件是否符合协议；一项检查一行。",
                en: "Checks whether a plugin does what the protocol says; one line a check."
            ),
            discussion: words(
                zh: """
                    PLUGIN 是名称或命令：pingshen plugins test -- python3 my_scorer.py
                    没有通过的检查显示发出和收到的内容，--verbose 则每项都显示。有检查没有通过时以 3 退出。
                    --only examples --spec SPEC 用该 spec 的表单运行插件各规则的示例。
                    """,
                en: """
                    PLUGIN is a name, or a command: pingshen plugins test -- python3 my_scorer.py
                    A failed check shows what was sent and what came, with --verbose each one does. Exits with 3 if a check failed.
                    --only examples --spec SPEC runs the examples of its rules, filled into the form of that spec.
                    """
            )
        )

        @Option(
            help: ArgumentHelp(
                zh: "只做这一项检查；可以写多次。",
                en: "Run only this check; may be given several times.",
                valueName: "check"
            )
        )
        var only: [String] = []

        @Option(
            help: ArgumentHelp(
                zh: "每次回答最多用多少秒，默认 10。",
                en: "How long each answer may take, 10 by default.",
                valueName: "seconds"
            )
        )
        var timeout = 10

        @OptionGroup var asked: AskedPlugin

        func validate() throws {
            if !(1...3600).contains(timeout) {
                throw ValidationError(zh: "--timeout 应为 1 至 3600 秒。", en: "--timeout is 1 to 3600 seconds.")
            }
            let known = (ConformanceCheck.all + ConformanceCheck.further).map(\.id)
            if let wrong = only.first(where: { !known.contains($0) }) {
                throw ValidationError(
                    zh: "没有检查项\"\(wrong)\"；有：\(known.joined(separator: ", "))。",
                    en: "There is no check \"\(wrong)\"; there are: \(known.joined(separator: ", "))."
                )
            }
        }

        private var checks: [ConformanceCheck] {
            only.isEmpty
                ? ConformanceCheck.all
                : (ConformanceCheck.all + ConformanceCheck.further).filter { only.contains($0.id) }
        }

        func run() async throws {
            let locale = Terminal.locale(asked.locale)
            let (failed, wanting) = try await asked.ask(patience: .seconds(timeout), locale) { program, material in
                var (failed, wanting) = (0, 0)
                try await checkConformance(of: program, with: material, checks: checks) { result in
                    if Task.isCancelled { return }
                    PluginsCommand.show(result, isVerbose: asked.verbose)
                    if case .failed = result.verdict { failed += 1 }
                    if case .wanting = result.verdict { wanting += 1 }
                }
                return (failed, wanting)
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

    }

    /// Shows what has become of a check, and of a failed one what was sent and what came.
    static func show(_ result: ConformanceCheck.Result, isVerbose: Bool) {
        let check = "\(result.check.id): \(result.check.rule)"
        switch result.verdict {
        case .passed: Terminal.result("ok       " + check)
        case .skipped(let reason): Terminal.result("skipped  \(result.check.id): \(reason)")
        case .wanting(let what): Terminal.result("wanting  \(result.check.id): \(what)")
        case .failed(let found): Terminal.result("FAILED   \(check)\n         found: \(found)")
        }
        let isFailed = if case .failed = result.verdict { true } else { false }
        guard isFailed || isVerbose else { return }
        for line in result.transcript { Terminal.result("         " + line) }
        for line in result.lastWords { Terminal.result("         stderr: " + line) }
    }
}
