internal import ArgumentParser
internal import Glibc
internal import LocalFiles
internal import PluginRuntime
internal import ReviewBatch
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading
internal import Synchronization

struct WorkerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "worker",
        abstract: words(
            zh: "评审标准输入中所列的项目，一行一个，每行答以一行。",
            en: "Reviews what standard input names, a line each, and answers each with a line."
        ),
        discussion: words(
            zh: """
                供把工作分到多台机器上的程序使用，例子见 Docs/SCALE.md。输入的一行是 spec 的路径，或 \
                {"spec": PATH}，或 {"text": YAML, "name": "meals.yaml", "files": {"lines.yaml": TEXT, "book.xlsx": \
                {"base64": "…"}}}。输出的一行是一行的 review.json，或 {"error": {"line", "spec", "code", "message", \
                "mistakes"}}，顺序与输入相同。标准输出没有别的内容。写错的行也是数据：每行都有回答时退出码为 0，没有人再读时为 73。\
                没有 --out 时不写报告，同 run --format json。
                """,
            en: """
                For programs that spread work over machines; Docs/SCALE.md shows some. A line in is a spec's path, or \
                {"spec": PATH}, or {"text": YAML, "name": "meals.yaml", "files": {"lines.yaml": TEXT, "book.xlsx": \
                {"base64": "…"}}}. A line out is review.json in one line, or {"error": {"line", "spec", "code", "message", \
                "mistakes"}}, in the order of the lines in. Nothing else goes to standard output. A bad line is data, and \
                the exit code is 0 when every line has got its answer, 73 when nobody reads them any more. Without --out \
                no reports are made, as with run \
                --format json.
                """
        )
    )

    @Option(
        help: ArgumentHelp(
            zh: "评审结果写到哪个文件夹，同 run；默认不保留。",
            en: "Where the review folders go, as with run; none are kept by default.",
            valueName: "folder"
        )
    )
    var out: String?

    @Option(
        help: ArgumentHelp(
            zh: "与 --out 同用：输出的格式；默认全部。",
            en: "Formats to write with --out; all by default.",
            valueName: "md,html"
        )
    )
    var format: [String] = []

    @Option(help: ArgumentHelp(zh: "同时评审几个。", en: "Reviews at the same time.", valueName: "count"))
    var jobs = 1

    @Option(
        help: ArgumentHelp(
            zh: "一个评审最多用多少秒，超过的以错误作答。",
            en: "How long one review may take; what takes longer is answered with an error.",
            valueName: "seconds"
        )
    )
    var deadline: Int?

    @Flag(
        help: ArgumentHelp(
            zh: "用 bubblewrap 隔离插件：没有网络，只能写自己的文件夹。",
            en: "Shut plugins in with bubblewrap: no network, nothing to write to but their own folder."
        )
    )
    var sandbox = false

    @OptionGroup var shared: SharedOptions

    func validate() throws {
        guard (1...BatchCommand.maximumJobs).contains(jobs) else {
            throw ValidationError(
                zh: "--jobs 应为 1 至 \(BatchCommand.maximumJobs) 的数。",
                en: "--jobs is a number from 1 to \(BatchCommand.maximumJobs)."
            )
        }
        if let deadline, !Spec.deadlineSeconds.contains(deadline) {
            throw ValidationError(
                zh: "--deadline 应为 1 至 \(Spec.deadlineSeconds.upperBound) 的秒数。",
                en: "--deadline is a number of seconds from 1 to \(Spec.deadlineSeconds.upperBound)."
            )
        }
        if !format.isEmpty, out == nil {
            throw ValidationError(
                zh: "--format 与 --out 同用；没有 --out 不写报告。",
                en: "--format is for --out; without it no reports are made."
            )
        }
    }

    func run() async throws {
        let locale = Terminal.locale(shared.locale)
        var options = BatchOptions(jobs: jobs, locale: locale)
        if let out { options.run.output = out }
        options.run.formats = format.listed
        options.run.locale = shared.locale
        options.run.isSandboxed = sandbox
        options.deadline = deadline.map { .seconds($0) }
        let isVerbose = shared.verbose
        options.observer = { PluginReporter(isVerbose: isVerbose, beginning: $0.inOneLine + ": ") }
        let (ready, keepsFiles, input) = (options, out != nil, StandardInput())
        do {
            try await interruptible {
                // What nobody reads any more need not be made.
                try await serveLines(ready, keepsFiles: keepsFiles) {
                    Terminal.isClosed ? nil : input.line()
                } _: { answer in
                    Terminal.result(bytes: answer)
                }
            }
        } catch let error as RunError {
            throw Reporter(locale: locale).report(error)
        }
        // Elsewhere a reader who has gone has seen enough; here somebody waits for every answer.
        if Terminal.isClosed {
            Terminal.error(unread(locale))
            throw ExitCode.cannotWrite
        }
    }
}

private let unread = LocalizedText(
    zh: "标准输出在全部回答写出之前被关闭，其余的行没有评审",
    en: "standard output was closed before all answers were written; the lines that were left have none"
)

/// Standard input, line by line.
private final class StandardInput: Sendable {
    private struct State {
        var bytes: [UInt8] = []
        var start = 0
        var isOver = false
    }

    private let state = Mutex(State())

    /// A spec with its files; larger ones are sent as paths.
    private static let maximumBytes = 256 << 20

    /// Waits for the next line; `nil` at the end. A last line without an end counts.
    func line() -> WorkLine? {
        state.withLock { state in
            var (line, isTooLong) = ([UInt8](), false)
            while true {
                let rest = state.bytes[state.start...]
                let end = rest.firstIndex(of: UInt8(ascii: "\n"))
                let part = rest[..<(end ?? rest.endIndex)]
                if line.count + part.count > Self.maximumBytes { (line, isTooLong) = ([], true) }
                if !isTooLong { line += part }
                if let end {
                    state.start = end + 1
                    break
                }
                guard fill(&state) else {
                    if line.isEmpty, !isTooLong { return nil }
                    break
                }
            }
            if isTooLong { return .tooLong(limit: Self.maximumBytes) }
            if line.last == UInt8(ascii: "\r") { line.removeLast() }
            return .bytes(line)
        }
    }

    private func fill(_ state: inout State) -> Bool {
        if state.isOver { return false }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        var count = 0
        repeat { count = read(STDIN_FILENO, &buffer, buffer.count) } while count < 0 && errno == EINTR
        (state.bytes, state.start) = (Array(buffer[..<max(0, count)]), 0)
        state.isOver = count <= 0
        return count > 0
    }
}
