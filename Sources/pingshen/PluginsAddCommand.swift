internal import ArgumentParser
internal import LocalFiles
internal import PluginFolders
internal import PluginRuntime
internal import PluginTesting
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

extension PluginsCommand {
    /// `plugins add FOLDER|ARCHIVE`: a plugin that somebody hands out, for every spec.
    struct Add: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(
                zh: "从文件夹或压缩包安装一个插件，先通过检查。",
                en: "Installs a plugin from its folder or from an archive of it, after it has passed its checks."
            ),
            discussion: words(
                zh: """
                    SOURCE 是有 plugin.yaml 的文件夹，或其 .tar.gz、.tar 或 .zip。先检查 plugin.yaml 所写的内容，把文件复制到插件文件夹，\
                    再像 plugins test 那样测试副本；通过后才安装，或替换原来的版本。此后每个 spec 都可以写"use: NAME"；其文件夹中被改动的内容不会启动。\
                    测试时会启动插件：请只安装信得过的。

                    插件文件夹是 PINGSHEN_PLUGINS，否则是 XDG_DATA_HOME 中的 pingshen/plugins，默认在 ~/.local/share。显示插件的位置。\
                    文件夹或压缩包有误时以 2 退出，插件没有通过检查或本机缺少所需时以 3 退出。
                    """,
                en: """
                    SOURCE is a folder with a plugin.yaml, or a .tar.gz, .tar or .zip of one. What plugin.yaml says is checked, \
                    its files are copied into the folder of plugins, and the copy is tested as "plugins test" does; only then it \
                    takes its place, or that of an earlier version. From then on every spec may say "use: NAME", and what was \
                    changed in its folder is not started. The plugin is started for its test: install what you trust.

                    The folder of plugins is PINGSHEN_PLUGINS, or else pingshen/plugins in XDG_DATA_HOME, by default \
                    ~/.local/share. Prints where the plugin is. Exits with 2 if the folder or archive is wrong, with 3 if the \
                    plugin fails its checks or the machine lacks what it needs.
                    """
            )
        )

        @Option(
            help: ArgumentHelp(
                zh: "测试所用的数据和插件的设置取自这个 spec。",
                en: "Take the dossier, and the settings of the plugin's steps, from this spec for the test.",
                valueName: "spec"
            )
        )
        var spec: String?

        @Option(
            help: ArgumentHelp(
                zh: "测试中每次回答最多用多少秒，默认 10。",
                en: "How long each answer may take in the test, 10 by default.",
                valueName: "seconds"
            )
        )
        var timeout = 10

        @Argument(help: ArgumentHelp(zh: "插件的文件夹，或其压缩包。", en: "The plugin's folder, or an archive of it."))
        var source: String

        @OptionGroup var shared: SharedOptions

        func validate() throws {
            if !(1...3600).contains(timeout) {
                throw ValidationError(zh: "--timeout 应为 1 至 3600 秒。", en: "--timeout is 1 to 3600 seconds.")
            }
        }

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let store = try PluginsCommand.store(locale)
            let loaded = try spec.map { try AskedPlugin.load($0, locale) }
            let (source, timeout, isVerbose) = (source, timeout, shared.verbose)
            do {
                let added = try await interruptible {
                    try await addPlugin(from: source, to: store, catalog: PluginCatalog()) { program in
                        Terminal.say(isTested(program.name)(locale))
                        let material = await AskedPlugin.material(
                            for: program,
                            loaded,
                            patience: .seconds(timeout)
                        )
                        return try await failedChecks(of: program, with: material, isVerbose)
                    }
                }
                Terminal.result(path: added.installation.folder)
                Terminal.say(whatBecame(added)(locale))
            } catch let error as PluginAddError {
                throw PluginsCommand.report(error, source, locale)
            }
        }
    }

    /// `plugins remove NAME`
    struct Remove: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: words(zh: "删除用 plugins add 安装的插件。", en: "Removes a plugin that was installed with plugins add.")
        )

        @Argument(help: ArgumentHelp(zh: "插件的名称。", en: "Its name."))
        var name: String

        @OptionGroup var shared: SharedOptions

        func run() async throws {
            let locale = Terminal.locale(shared.locale)
            let store = try PluginsCommand.store(locale)
            do throws(PluginAddError) {
                let version = try removePlugin(name, from: store)
                Terminal.say(isRemoved(name, version)(locale))
            } catch {
                throw PluginsCommand.report(error, name, locale)
            }
        }
    }

    /// The folder of plugins.
    fileprivate static func store(_ locale: Locale) throws -> PluginStore {
        if let store = PluginStore.ofUser { return store }
        Terminal.error(noHome(locale))
        throw ExitCode.cannotWrite
    }

    /// Says why nothing was installed or removed; returns the exit code for it.
    fileprivate static func report(_ error: PluginAddError, _ source: String, _ locale: Locale) -> ExitCode {
        switch error {
        case .invalid(let loaded):
            Reporter(locale: locale).list(CheckedSpec(loaded: loaded))
            return .invalidSpec
        case .unusable(let sentence):
            Terminal.error(sentence(locale))
            return .invalidSpec
        case .unreadable(let error):
            Terminal.error(error.sentence(locale))
            return .invalidSpec
        case .failed(let failure):
            Terminal.error(failure.message(locale))
            for line in failure.standardError { Terminal.say("    \(failure.plugin)> \(line)") }
            Terminal.say(nothingInstalled(locale))
            return failure.exitCode
        case .nonconforming(let name, let count):
            Terminal.error(hasFailed(name, count, source)(locale))
            return .pluginFailed
        case .lacking(let name, let lacks):
            for lack in lacks {
                Terminal.error(
                    LocalizedText(zh: "插件\"\(name)\"：\(lack.zh)", en: "plugin \"\(name)\": \(lack.en)")(locale)
                )
            }
            Terminal.say(nothingInstalled(locale))
            return .pluginFailed
        case .cannotWrite(let error):
            Terminal.error(cannotWrite(error)(locale))
            return .cannotWrite
        }
    }
}

/// Runs all checks, and shows those that fail; returns how many these are.
private func failedChecks(
    of program: PluginProgram,
    with material: ConformanceMaterial,
    _ isVerbose: Bool
) async throws -> Int {
    var failed = 0
    try await checkConformance(of: program, with: material) { result in
        if Task.isCancelled { return }
        let isFailed = if case .failed = result.verdict { true } else { false }
        let isWanting = if case .wanting = result.verdict { true } else { false }
        if isFailed || isWanting || isVerbose { PluginsCommand.show(result, isVerbose: false) }
        if isFailed { failed += 1 }
    }
    return failed
}

// MARK: - Messages

private let noHome = LocalizedText(
    zh: "不知道插件应装在哪里：没有 HOME；请用 \(PluginStore.variable) 指定文件夹",
    en: "there is no HOME, and so no folder of plugins; name one by \(PluginStore.variable)"
)

private let nothingInstalled = LocalizedText(zh: "没有安装。", en: "nothing was installed")

private func isTested(_ name: String) -> LocalizedText {
    LocalizedText(
        zh: "正在检查 \(name)（\(ConformanceCheck.all.count) 项）……",
        en: "testing \(name): \(ConformanceCheck.all.count) checks …"
    )
}

private func whatBecame(_ added: AddedPlugin) -> LocalizedText {
    let (name, version) = (added.installation.name, added.installation.version)
    let plugin = "\(name) \(version)"
    let use = LocalizedText(zh: "；spec 中可写 use: \(name)", en: "; specs may say: use: \(name)")
    let hidden = added.hidden.map { program in
        LocalizedText(
            zh: "\nPATH 上的 \(program.command[0]) 由它取代",
            en: "\nit stands before \(program.command[0]) on PATH"
        )
    }
    let text =
        switch added.change {
        case .new: LocalizedText(zh: "已安装 \(plugin)" + use.zh, en: "installed \(plugin)" + use.en)
        case .none: LocalizedText(zh: "\(plugin) 已经安装，没有变化", en: "\(plugin) is installed already, nothing has changed")
        case .repaired:
            LocalizedText(zh: "已重新安装 \(plugin)" + use.zh, en: "installed \(plugin) anew" + use.en)
        case .replaced(let earlier): replaced(name, earlier, version)
        }
    return LocalizedText(zh: text.zh + (hidden?.zh ?? ""), en: text.en + (hidden?.en ?? ""))
}

private func replaced(_ name: String, _ earlier: String, _ version: String) -> LocalizedText {
    let change = "\(earlier) → \(version)"
    let locks = LocalizedText(
        zh: "；锁定了它的 pingshen.lock 须重新锁定：pingshen plugins lock SPEC",
        en: "; where a pingshen.lock has it, lock it anew: pingshen plugins lock SPEC"
    )
    guard let old = PluginVersion(earlier), let new = PluginVersion(version), old != new else {
        return LocalizedText(
            zh: "\(name) 版本仍为 \(version)，文件已替换" + locks.zh,
            en: "\(name) is still version \(version), with other files" + locks.en
        )
    }
    return new > old
        ? LocalizedText(zh: "已升级 \(name)：\(change)" + locks.zh, en: "upgraded \(name): \(change)" + locks.en)
        : LocalizedText(
            zh: "\(name)：\(change)，换成了较旧的版本" + locks.zh,
            en: "\(name): \(change), an older version" + locks.en
        )
}

private func isRemoved(_ name: String, _ version: String?) -> LocalizedText {
    let plugin = version.map { "\(name) \($0)" } ?? name
    return LocalizedText(zh: "已移除 \(plugin)", en: "removed \(plugin)")
}

private func hasFailed(_ name: String, _ count: Int, _ source: String) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(name)\"有 \(count) 项检查没有通过，没有安装。请改正后重试；所需的设置可用 --spec 给出。",
        en:
            "plugin \"\(name)\" failed \(count) check(s) and was not installed; mend it, or give it the settings that it needs with --spec"
    )
}
