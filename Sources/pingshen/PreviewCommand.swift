internal import ArgumentParser
internal import LocalFiles
internal import Preview
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct PreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: words(
            zh: "在本机页面上显示 spec 的报告、问题和错误，每次保存后更新。",
            en: "Shows report, findings and mistakes of a spec on a local page, which follows every save."
        ),
        discussion: words(
            zh: """
                显示页面的地址，只有本机、只有用该地址才能打开。spec、所含的文件和所读的工作簿一有保存就更新；\
                有错误时，错误列在上一次评审的上方。Ctrl-C 结束，退出码 130。没有 --out 时不保留任何文件。
                """,
            en: """
                Prints the address of the page, which only this machine can open, and only by that address. The spec, what it \
                includes and the workbooks it reads are watched; while there are mistakes in them the page shows these above \
                the last review. Ctrl-C ends the page and the command, with exit code 130. Without --out nothing is kept.
                """
        )
    )

    @Argument(
        help: ArgumentHelp(
            zh: "spec；或有 spec.yaml 的文件夹，或其中的工作簿。",
            en: "The spec; or a folder with a spec.yaml, or the workbook in it."
        )
    )
    var spec: String

    @Option(
        help: ArgumentHelp(
            zh: "页面用哪个端口；默认任一空闲的。",
            en: "Where the page is shown; any free port by default.",
            valueName: "port"
        )
    )
    var port = 0

    @Option(
        help: ArgumentHelp(
            zh: "把评审的文件夹留在这里，同 run；每次保存后更新。",
            en: "Keep the review's folder here, as run does; it is replaced at each save.",
            valueName: "folder"
        )
    )
    var out: String?

    @Option(
        help: ArgumentHelp(
            zh: "生成的格式，用逗号分开；默认 html，有 --out 时全部。",
            en: "Formats to make, separated by commas; html by default, and all with --out.",
            valueName: "html,docx"
        )
    )
    var format: [String] = []

    @Flag(
        help: ArgumentHelp(
            zh: "用 bubblewrap 隔离插件：没有网络，只能写自己的文件夹。",
            en: "Shut plugins in with bubblewrap: no network, nothing to write to but their own folder."
        )
    )
    var sandbox = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard (0...65535).contains(port) else {
            throw ValidationError(zh: "--port 应为 0 至 65535 的数。", en: "--port is a number from 0 to 65535.")
        }
    }

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let (path, load) = try argumentLoader(spec, locale)
        var options = PreviewOptions(locale: locale)
        let formats = format.listed
        options.run.formats = formats ?? (out == nil ? PreviewOptions.pageFormats : nil)
        if let out { (options.run.output, options.keepsFiles) = (out, true) }
        options.run.locale = shared.locale
        options.run.isSandboxed = sandbox
        options.run.observer = PluginReporter(isVerbose: shared.verbose)
        options.port = port
        let ready = options
        do {
            try await interruptible {
                try await preview(path, ready, load: load) { event in
                    switch event {
                    case .opened(let address): Terminal.result(address)
                    case .shown(let state): Terminal.say(shown(state)(locale))
                    }
                }
            }
        } catch let error as PreviewError {
            Terminal.error(error.message(locale))
            throw ExitCode.cannotWrite
        } catch let error as RunError {
            throw Reporter(locale: locale).report(error)
        }
    }
}

// MARK: - Messages

private func shown(_ state: PreviewState) -> LocalizedText {
    let warningsZh = state.warnings > 0 ? "，\(state.warnings) 处提醒" : ""
    let warningsEn = state.warnings > 0 ? ", \(state.warnings) warning(s)" : ""
    guard let findings = state.findings else {
        return LocalizedText(
            zh: "\(state.time)  \(state.errors) 处错误\(warningsZh)，见页面",
            en: "\(state.time)  \(state.errors) error(s)\(warningsEn), shown on the page"
        )
    }
    let counts = Severity.allCases.reversed().compactMap { severity in findings[severity].map { (severity.name, $0) } }
    let zh = counts.map { "\($0.zh) \($1)" }.joined(separator: "，")
    let en = counts.map { "\($1) \($0.en)" }.joined(separator: ", ")
    let (errorsZh, errorsEn) = state.errors > 0 ? ("，\(state.errors) 处错误", ", \(state.errors) error(s)") : ("", "")
    return LocalizedText(
        zh: "\(state.time)  已评审：\(zh.isEmpty ? "没有发现问题" : zh)\(errorsZh)\(warningsZh)",
        en: "\(state.time)  reviewed: \(en.isEmpty ? "no findings" : en)\(errorsEn)\(warningsEn)"
    )
}
