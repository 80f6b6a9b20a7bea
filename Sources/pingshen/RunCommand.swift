internal import ArgumentParser
internal import LocalFiles
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run",
        abstract: words(zh: "评审每个 spec，写出报告。", en: "Reviews each spec and writes its report."),
        discussion: words(
            zh: """
                显示所写文件的路径，--json 则输出 review.json 本身。每个 spec 写到以其 id 命名的文件夹。
                """,
            en: """
                Prints the paths of the files written, or review.json itself with --json. Each spec gets a folder named \
                after its id.
                """
        )
    )

    @Argument(
        help: ArgumentHelp(
            zh: "要评审的 spec；或有 spec.yaml 的文件夹，或其中的工作簿。",
            en: "Specs to review; or folders with a spec.yaml, or the workbooks in them."
        )
    )
    var specs: [String]

    @Option(help: ArgumentHelp(zh: "评审结果写到哪个文件夹。", en: "Where the review folders go.", valueName: "folder"))
    var out = "out"

    @Option(
        help: ArgumentHelp(
            zh: "输出的格式，用逗号分开；默认全部。review.json 总会写出。",
            en: "Formats to write, separated by commas; all by default. review.json is always written.",
            valueName: "md,html"
        )
    )
    var format: [String] = []

    @Option(
        help: ArgumentHelp(
            zh: "有达到此严重程度的问题时，以 1 退出。",
            en: "Exit with 1 if a finding is at least this severe.",
            valueName: "blocker|error|warning|info"
        )
    )
    var failOn: Severity?

    @Flag(
        help: ArgumentHelp(
            zh: "把 review.json 输出到标准输出（多个 spec 时为一个列表）。",
            en: "Print review.json on standard output (a list of reviews for several specs)."
        )
    )
    var json = false

    @Option(
        help: ArgumentHelp(
            zh: "把主程序与插件之间的全部消息记录在此文件。",
            en: "Record every message between host and plugins in this file.",
            valueName: "file"
        )
    )
    var trace: String?

    @Option(
        help: ArgumentHelp(
            zh: "用这份评分标准，代替 spec 自己的。",
            en: "Judge by this rubric instead of the spec's own.",
            valueName: "file"
        )
    )
    var rubric: String?

    @Option(
        help: ArgumentHelp(
            zh: "与这份 review.json 相比，说明哪些问题是新的，哪些已经没有。",
            en: "Say which findings are new since this review.json, and which are gone.",
            valueName: "review"
        )
    )
    var baseline: String?

    @Flag(
        help: ArgumentHelp(
            zh: "用 bubblewrap 隔离插件：没有网络，只能写自己的文件夹。",
            en: "Shut plugins in with bubblewrap: no network, nothing to write to but their own folder."
        )
    )
    var sandbox = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if trace != nil, specs.count > 1 {
            throw ValidationError(zh: "--trace 只记录一个 spec，请只写一个。", en: "--trace records one spec; name one.")
        }
        if baseline != nil, specs.count > 1 {
            throw ValidationError(zh: "--baseline 只用于一个 spec，请只写一个。", en: "--baseline is for one spec; name one.")
        }
        if specs.isEmpty { throw ValidationError(zh: "请至少写一个 spec。", en: "Name at least one spec.") }
    }

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let reporter = Reporter(locale: locale)
        var options = RunOptions()
        options.output = out
        options.formats = format.listed
        options.locale = shared.locale
        options.observer = PluginReporter(isVerbose: shared.verbose)
        options.trace = trace
        options.isSandboxed = sandbox
        options.attachments = try attachments()
        if let baseline { options.baseline = try readReviewOrExit(baseline, locale) }
        let replacements = rubric.map { ["rubric": $0] } ?? [:]
        var (documents, worst) = ([LongValue](), nil as ExitCode?)
        // Two of one id would write over one another without a word.
        let all = specs.map { argument in Result { try loadArgument(argument, locale, replacing: replacements) } }
        if let doubled = doubledID(all.compactMap { try? $0.get() }) {
            Terminal.error(doubled(locale))
            throw ExitCode.invalidSpec
        }
        for loaded in all {
            let options = options
            do {
                let loaded = try loaded.get()
                let outcome = try await interruptible {
                    try await review(loaded, options: options)
                }
                if json { documents.append(outcome.json) }
                reporter.warn(of: outcome.notices)
                reporter.tell(setAside: outcome.setAside)
                reporter.tell(removedBy: outcome)
                reporter.summarise(outcome)
                if !outcome.isWhole {
                    worst = .pluginFailed
                } else if let failOn, outcome.review.openFindings.contains(where: { $0.finding.severity >= failOn }) {
                    worst = worst ?? .findings
                }
                if !json { outcome.files.forEach { Terminal.result(path: $0) } }
            } catch let error as RunError {
                worst = reporter.report(error)
            } catch let code as ExitCode {
                worst = code
            }
        }
        if json { printDocuments(documents) }
        if let worst { throw worst }
    }

    /// What PINGSHEN_ATTACH says: `name=/path/of/socket`, several parted by commas.
    private func attachments() throws -> [String: String] {
        guard let text = Terminal.environment("PINGSHEN_ATTACH"), !text.isEmpty else { return [:] }
        var attachments: [String: String] = [:]
        for part in text.split(separator: ",") {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2 else {
                throw ValidationError(
                    zh: "PINGSHEN_ATTACH 应如 my-plugin=/tmp/my-plugin.socket，而不是\"\(part)\"。",
                    en: "PINGSHEN_ATTACH should look like my-plugin=/tmp/my-plugin.socket, not \"\(part)\"."
                )
            }
            attachments[String(pair[0])] = String(pair[1])
        }
        return attachments
    }

    private func printDocuments(_ documents: [LongValue]) {
        guard specs.count > 1 else { return documents.forEach(Terminal.result) }
        Terminal.result("[")
        for (index, document) in documents.enumerated() {
            if index > 0 { Terminal.result(",") }
            Terminal.result(document)
        }
        Terminal.result("]")
    }
}

/// What is wrong with two different specs that have the same id; `nil` where no two have.
private func doubledID(_ specs: [LoadedSpec]) -> LocalizedText? {
    var seen: [String: String] = [:]
    for spec in specs {
        guard let id = spec.spec?.id, !id.isEmpty else { continue }
        if let other = seen[id], FileSystem.realPath(other) != FileSystem.realPath(spec.path) {
            return sameID(id, other, spec.path)
        }
        seen[id] = spec.path
    }
    return nil
}

private func sameID(_ id: String, _ first: String, _ second: String) -> LocalizedText {
    LocalizedText(
        zh: "\(first) 与 \(second) 的 id 都是\(quoted(id))，评审会互相覆盖；请改成不同的 id，或分别指定 --out",
        en: "\(first) and \(second) have the same id, \(quoted(id)), and would write over one another; "
            + "give them different ids, or run them with different --out"
    )
}
