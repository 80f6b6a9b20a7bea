internal import ArgumentParser
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct PluginsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "plugins",
        abstract: words(zh: "列出、查看、新建、测试、安装和锁定插件。", en: "Lists, inspects, starts, tests, installs and locks plugins."),
        subcommands: [
            List.self, Inspect.self, New.self, Test.self, Call.self, Replay.self, Lock.self, Add.self, Remove.self,
        ]
    )

    /// The plugin of that name, in `loaded` or else beside the host and on PATH, or the program that the words start; says
    /// why there is none.
    static func program(
        _ command: [String],
        of loaded: LoadedSpec? = nil,
        _ locale: Locale
    ) throws -> PluginProgram {
        do throws(PluginFailure) {
            return try PluginCatalog().program(namedOrStartedBy: command, among: loaded?.spec?.plugins ?? [])
        } catch {
            Terminal.error(error.message(locale))
            throw error.exitCode
        }
    }

    /// Does something with a plugin of a spec, as the spec's locks have it.
    static func withPinned<Result: Sendable>(
        _ program: PluginProgram,
        under loaded: LoadedSpec?,
        _ locale: Locale,
        _ body: (PluginProgram) async throws -> Result
    ) async throws -> Result {
        guard let loaded else { return try await body(program) }
        do {
            return try await withTemporaryFolder { scratch in
                try await body(try pinned(program, under: loaded, scratch: scratch))
            }
        } catch let error as RunError {
            throw Reporter(locale: locale).report(error, isReview: false)
        }
    }

    /// What a plugin says of itself; says why that is not known, unless somebody has asked the program to end.
    static func described(_ program: PluginProgram, _ locale: Locale) async throws -> PluginManifest {
        do throws(PluginFailure) {
            return try await PluginRuntime.manifest(of: program)
        } catch {
            try Task.checkCancellation()
            Terminal.error(error.message(locale))
            for line in error.standardError { Terminal.say("    \(program.name)> \(line)") }
            throw error.exitCode
        }
    }

    struct List: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "全部插件及其职能：与主程序同在的、已安装的、PATH 中的（名为 pingshen-NAME）。",
                en: "Every plugin: beside the host, installed, and on PATH (as pingshen-NAME), with its roles."
            ),
            discussion: words(
                zh: "已安装的插件另列许可证和所在位置。",
                en: "Of an installed plugin its licence and its place are shown as well."
            )
        )

        @Flag(help: ArgumentHelp(zh: "把各插件的自述输出为一个 JSON 文档。", en: "Print the manifests as one JSON document."))
        var json = false

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let (manifests, failed) = try await interruptible {
                var (manifests, failed) = ([(PluginProgram, PluginManifest)](), nil as ExitCode?)
                for program in PluginCatalog().all() {
                    do {
                        manifests.append((program, try await PluginsCommand.described(program, locale)))
                    } catch let code as ExitCode {
                        failed = failed ?? code
                    }
                }
                return (manifests, failed)
            }
            if json {
                Terminal.result(bytes: ManifestDocument.list(manifests))
            } else {
                let width = manifests.map(\.1.name.count).max() ?? 0
                for (program, manifest) in manifests {
                    let kinds = manifest.roles.map(\.kind.rawValue).joined(separator: ", ")
                    let name = manifest.name + String(repeating: " ", count: width - manifest.name.count)
                    let installed = program.installation.map { "  (\($0.licence), \($0.folder))" } ?? ""
                    Terminal.result(
                        "\(name)  \(manifest.version)  \(program.origin.rawValue)  \(kinds): \(manifest.description)"
                            + installed
                    )
                }
            }
            if let failed { throw failed }
        }
    }

    struct Inspect: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(zh: "一个插件的自述：职能、表、设置。", en: "What one plugin says of itself: roles, tables, settings."),
            discussion: words(
                zh: "PLUGIN 是名称或命令：pingshen plugins inspect -- python3 my_scorer.py",
                en: "PLUGIN is a name, or a command: pingshen plugins inspect -- python3 my_scorer.py"
            )
        )

        @Argument(
            parsing: .captureForPassthrough,
            help: ArgumentHelp(zh: "插件的名称，或启动它的命令。", en: "A plugin's name, or the command that starts it.")
        )
        var plugin: [String]

        func validate() throws {
            if let first = plugin.first, ["--help", "-h"].contains(first) { throw CleanExit.helpRequest(self) }
            if command.isEmpty {
                throw ValidationError(zh: "请写插件的名称，或启动它的命令。", en: "Name a plugin, or the command that starts it.")
            }
        }

        /// What was typed, without the `--` that may part it from the options.
        private var command: [String] { plugin.first == "--" ? Array(plugin.dropFirst()) : plugin }

        func run() async throws {
            let locale = Terminal.locale(nil)
            let program = try PluginsCommand.program(command, locale)
            let manifest = try await interruptible { try await PluginsCommand.described(program, locale) }
            Terminal.result(bytes: ManifestDocument.one(program, manifest))
        }
    }
}

extension PluginsCommand {
    /// `plugins lock SPEC…`
    struct Lock: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "写出 pingshen.lock：此后只启动这些插件的原样。",
                en: "Writes pingshen.lock: from now on only these very plugins are started."
            ),
            discussion: words(
                zh: """
                    记下各 spec 所用的每个插件现在的版本和 SHA-256。锁定文件写在第一个 spec 旁边，或上层文件夹中已有的那一个。\
                    显示其路径，并说明此后有何变化、哪些没有锁定。每个插件从私有的副本启动一次，有沙箱时在沙箱中。
                    """,
                en: """
                    Notes the version and the SHA-256 of every plugin that the specs use, as it is now. The lock stands beside \
                    the first spec, or where there is one already in a folder above it. Prints its path, and says what has \
                    changed since and what is not covered. Each plugin is started once, from a private copy, in a sandbox where \
                    there is one.
                    """
            )
        )

        @Argument(help: ArgumentHelp(zh: "要锁定其插件的 spec。", en: "Specs whose plugins to lock."))
        var specs: [String]

        @OptionGroup var shared: SharedOptions

        func validate() throws {
            if specs.isEmpty { throw ValidationError(zh: "请至少写一个 spec。", en: "Name at least one spec.") }
        }

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let reporter = Reporter(locale: locale)
            do {
                let specs = specs
                let report = try await interruptible {
                    try await lockPlugins(of: specs.map { loadSpec($0) }, catalog: PluginCatalog())
                }
                report.paths.forEach { Terminal.result(path: $0) }
                tell(report.plugins, locale)
            } catch let error as RunError {
                throw reporter.report(error, isReview: false)
            }
        }

        /// Says of each plugin what is locked, and then of which what is not.
        private func tell(_ plugins: [LockedPlugin], _ locale: Locale) {
            for plugin in plugins { Terminal.say("  " + isLocked(plugin)(locale)) }
            var uncovered: [(text: LocalizedText, names: [String])] = []
            for plugin in plugins {
                guard let text = plugin.uncovered else { continue }
                if let index = uncovered.firstIndex(where: { $0.text == text }) {
                    uncovered[index].names.append(plugin.name)
                } else {
                    uncovered.append((text, [plugin.name]))
                }
            }
            for (text, names) in uncovered { Terminal.say(isUncovered(text, names)(locale)) }
        }
    }
}

// MARK: - Messages

private func isLocked(_ plugin: LockedPlugin) -> LocalizedText {
    let files = LocalizedText(
        zh: "\(plugin.fileCount) 个文件" + plugin.folders.map { "，含 \($0)" }.joined(),
        en: "\(plugin.fileCount) file(s)" + plugin.folders.map { ", those of \($0)" }.joined()
    )
    let change =
        switch plugin.earlier {
        case nil: LocalizedText(zh: "新锁定", en: "new")
        case plugin.version? where plugin.isUnchanged: LocalizedText(zh: "没有变化", en: "unchanged")
        case plugin.version?: LocalizedText(zh: "版本未变，文件有变", en: "the same version, other files")
        case let earlier?: LocalizedText("\(earlier) → \(plugin.version)")
        }
    return LocalizedText(
        zh: "\(plugin.name) \(plugin.version)：\(change.zh)（\(files.zh)）",
        en: "\(plugin.name) \(plugin.version): \(change.en) (\(files.en))"
    )
}

private func isUncovered(_ what: LocalizedText, _ names: [String]) -> LocalizedText {
    LocalizedText(
        zh: "锁定不包括（\(names.joined(separator: "、"))）：\(what.zh)",
        en: "not covered, of \(names.joined(separator: ", ")): \(what.en)"
    )
}
