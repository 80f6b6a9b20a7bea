internal import ArgumentParser
internal import LocalFiles
internal import ReviewBatch
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

struct BatchCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batch",
        abstract: "Reviews many specs, side by side; what has not changed is not reviewed again.",
        discussion: """
            Takes specs, folders (with a spec.yaml, or with specs and folders of them), workbooks, and patterns such as \
            'towns/*/2026/*.yaml'. Each review gets a folder named after its id, as with run, and OUT/batch/batch.json says \
            what became of each spec; OUT/batch/index.html, batch.xlsx and batch.md sum them up, as summarize does. All specs are checked before anything runs: those with mistakes, and those that share \
            an id, are told of, and the others are reviewed. A review that fails or hangs costs no other one. Ctrl-C ends the \
            batch with what is done; the next call goes on from there.

            Exit codes: 0 all reviewed · 1 findings at or above --fail-on · 2 a spec is invalid · 3 a plugin failed, or a \
            review is incomplete · 73 output cannot be written · 130 interrupted; the worst of all reviews counts.
            """
    )

    @Argument(help: ArgumentHelp("Folders, specs, workbooks or patterns.", valueName: "folder|spec|pattern|book"))
    var specs: [String]

    @Option(help: ArgumentHelp("Where the review folders go.", valueName: "folder"))
    var out = "out"

    @Option(
        help: ArgumentHelp(
            "Reviews at the same time; by default as many as there are processors.",
            valueName: "count"
        )
    )
    var jobs: Int?

    @Option(
        help: ArgumentHelp("Formats to write, separated by commas; all by default.", valueName: "md,html")
    )
    var format: [String] = []

    @Option(
        help: ArgumentHelp("Exit with 1 if a finding is at least this severe.", valueName: "blocker|error|warning|info")
    )
    var failOn: Severity?

    @Option(help: ArgumentHelp("How long one review may take; what takes longer has failed.", valueName: "seconds"))
    var deadline: Int?

    @Flag(help: "Print batch.json on standard output.")
    var json = false

    @Flag(help: "Review every spec and take every step, also those that are as they were.")
    var noCache = false

    @Flag(help: "Say of every spec, and of every step, why it is reviewed or taken, or that it need not be.")
    var explainCache = false

    @Flag(help: "Shut plugins in with bubblewrap: no network, nothing to write to but their own folder.")
    var sandbox = false

    @OptionGroup var summary: SummaryOptions

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        if specs.isEmpty { throw ValidationError("Name at least one spec or folder.") }
        if specs.contains("") {
            throw ValidationError("An empty argument names nothing (a variable that is not set?); '.' is this folder.")
        }
        if let jobs, !(1...Self.maximumJobs).contains(jobs) {
            throw ValidationError("--jobs is a number from 1 to \(Self.maximumJobs).")
        }
        if let deadline, !Spec.deadlineSeconds.contains(deadline) {
            throw ValidationError("--deadline is a number of seconds from 1 to \(Spec.deadlineSeconds.upperBound).")
        }
        if noCache, explainCache { throw ValidationError("--explain-cache has nothing to say with --no-cache.") }
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
