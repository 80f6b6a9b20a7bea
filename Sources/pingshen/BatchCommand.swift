internal import ArgumentParser
internal import LocalFiles
internal import ReviewBatch
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: words(
            zh: "同时评审许多 spec；没有变化的不再重做。",
            en: "Reviews many specs, side by side; what has not changed is not reviewed again."
        ),
        discussion: words(
            zh: """
                可以给出 spec、文件夹（其中有 spec.yaml，或有许多 spec 和子文件夹）、工作簿，以及 'towns/*/2026/*.yaml' 这样的通配路径。\
                每个评审写到以其 id 命名的文件夹，同 run；OUT/batch/batch.json 说明每个 spec 的结果，OUT/batch/index.html、batch.xlsx 和 batch.md 是汇总，同 summarize。\
                先检查全部 spec：有错误的和 id 重复的会指出，其余照常评审。一个评审失败或停住不影响别的。Ctrl-C 以已完成的结束，再次运行时接着做。

                退出码：0 全部评审完毕 · 1 有达到 --fail-on 的问题 · 2 有 spec 写错 · 3 有插件失败，或评审不完整 · 73 无法写出 · 130 中断；以全部评审中最坏的为准。
                """,
            en: """
                Takes specs, folders (with a spec.yaml, or with specs and folders of them), workbooks, and patterns such as \
                'towns/*/2026/*.yaml'. Each review gets a folder named after its id, as with run, and OUT/batch/batch.json says \
                what became of each spec; OUT/batch/index.html, batch.xlsx and batch.md sum them up, as summarize does. All specs are checked before anything runs: those with mistakes, and those that share \
                an id, are told of, and the others are reviewed. A review that fails or hangs costs no other one. Ctrl-C ends the \
                batch with what is done; the next call goes on from there.

                Exit codes: 0 all reviewed · 1 findings at or above --fail-on · 2 a spec is invalid · 3 a plugin failed, or a \
                review is incomplete · 73 output cannot be written · 130 interrupted; the worst of all reviews counts.
                """
        )
    )

    @Argument(
        help: ArgumentHelp(
            zh: "文件夹、spec、工作簿，或带通配符的路径。",
            en: "Folders, specs, workbooks or patterns.",
            valueName: "folder|spec|pattern|book"
        )
    )
    var specs: [String]

    @Option(help: ArgumentHelp(zh: "评审结果写到哪个文件夹。", en: "Where the review folders go.", valueName: "folder"))
    var out = "out"

    @Option(
        help: ArgumentHelp(
            zh: "同时评审几个；默认与处理器数相同。",
            en: "Reviews at the same time; by default as many as there are processors.",
            valueName: "count"
        )
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp(
            zh: "输出的格式，用逗号分开；默认全部。",
            en: "Formats to write, separated by commas; all by default.",
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

    @Option(
        help: ArgumentHelp(
            zh: "一个评审最多用多少秒，超过的算失败。",
            en: "How long one review may take; what takes longer has failed.",
            valueName: "seconds"
        )
    )
    var deadline: Int?

    @Flag(help: ArgumentHelp(zh: "把 batch.json 输出到标准输出。", en: "Print batch.json on standard output."))
    var json = false

    @Flag(
        help: ArgumentHelp(
            zh: "全部重新评审，没有变化的也重做。",
            en: "Review every spec and take every step, also those that are as they were."
        )
    )
    var noCache = false

    @Flag(
        help: ArgumentHelp(
            zh: "说明每个 spec、每个步骤为什么要做，或者为什么不必再做。",
            en: "Say of every spec, and of every step, why it is reviewed or taken, or that it need not be."
        )
    )
    var explainCache = false

    @Flag(
        help: ArgumentHelp(
            zh: "用 bubblewrap 隔离插件：没有网络，只能写自己的文件夹。",
            en: "Shut plugins in with bubblewrap: no network, nothing to write to but their own folder."
        )
    )
    var sandbox = false

    @OptionGroup var summary: SummaryOptions

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if specs.isEmpty { throw ValidationError(zh: "请至少写一个 spec 或文件夹。", en: "Name at least one spec or folder.") }
        if specs.contains("") {
            throw ValidationError(
                zh: "空的参数什么也不指（变量没有赋值？）；本文件夹写作 '.'。",
                en: "An empty argument names nothing (a variable that is not set?); '.' is this folder."
            )
        }
        if let jobs, !(1...Self.maximumJobs).contains(jobs) {
            throw ValidationError(
                zh: "--jobs 应为 1 至 \(Self.maximumJobs) 的数。",
                en: "--jobs is a number from 1 to \(Self.maximumJobs)."
            )
        }
        if let deadline, !Spec.deadlineSeconds.contains(deadline) {
            throw ValidationError(
                zh: "--deadline 应为 1 至 \(Spec.deadlineSeconds.upperBound) 的秒数。",
                en: "--deadline is a number of seconds from 1 to \(Spec.deadlineSeconds.upperBound)."
            )
        }
        if noCache, explainCache {
            throw ValidationError(
                zh: "有 --no-cache 时 --explain-cache 没有可说明的。",
                en: "--explain-cache has nothing to say with --no-cache."
            )
        }
    }

    /// Each has its plugins' processes.
    static let maximumJobs = 256

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        let description = try summary.description(locale)
        try requireOwnDatabase(summary.sqlite, locale)
        var run = RunOptions()
        run.output = out
        run.formats = format.listed
        run.locale = shared.locale
        run.isSandboxed = sandbox
        var options = BatchOptions(jobs: jobs ?? processors(), locale: locale)
        (options.run, options.usesCache, options.failOn) = (run, !noCache, failOn)
        options.explainsCache = explainCache
        options.deadline = deadline.map { .seconds($0) }
        let isVerbose = shared.verbose
        options.observer = { PluginReporter(isVerbose: isVerbose, beginning: $0.inOneLine + ": ") }
        let (words, batch) = (specs, options)
        let reporter = BatchReporter(locale: locale, isVerbose: isVerbose, explains: explainCache)
        do {
            let result = try await interruptible { [run] in
                let result = try await reviewBatch(words, batch) { reporter.hear($0) }
                reporter.close(result)
                if Task.isCancelled, FileSystem.exists("\(run.output)/\(batchFolder)/index.html") {
                    Terminal.say(isOfEarlier(run.output)(locale))
                }
                return result
            }
            if let failure = result.failure {
                Terminal.error(failure(locale))
                throw ExitCode.cannotWrite
            }
            let reviewed = result.items.filter { [.done, .incomplete, .unchanged].contains($0.state) }.map(\.id)
            var request = SummaryRequest(out, by: description, locale)
            (request.ids, request.mayStand, request.run.isSandboxed) = (Set(reviewed), !noCache, sandbox)
            request.database = summary.sqlite
            request.run.observer = PluginReporter(isVerbose: isVerbose)
            let summed = try await interruptible { [request] in try await summarize(request) }
            if json {
                Terminal.result(bytes: result.document(locale))
            } else {
                for file in [result.file] + summed.files { Terminal.result(path: file) }
            }
            let code = result.exitCode
            if summed.hasFailures, code < ExitCode.pluginFailed.rawValue { throw ExitCode.pluginFailed }
            if code != 0 { throw ExitCode(Int32(code)) }
        } catch let error as RunError {
            throw Reporter(locale: locale).report(error)
        }
    }
}

private func isOfEarlier(_ folder: String) -> LocalizedText {
    LocalizedText(
        zh: "\(folder)/\(batchFolder) 中的汇总是上一次的；pingshen summarize \(folder) 按现有评审重新汇总",
        en:
            "the summary in \(folder)/\(batchFolder) is of an earlier batch; pingshen summarize \(folder) makes it of the reviews that there are"
    )
}

/// As many as this process may use.
func processors() -> Int {
    min(Processors.count, BatchCommand.maximumJobs)
}
