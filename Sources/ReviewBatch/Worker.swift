internal import LocalFiles
internal import PluginRuntime
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading

/// Reviews what it is given, an item a line, and answers each with a line, in the order in which they came: the review as
/// `review.json` has it, or `{"error": {…}}`.
///
/// Whatever an item does, the next is served. Memory is bounded: no more lines are read than are being served, and answers wait
/// for earlier ones only so far.
///
/// - Parameters:
///   - options: `run.output` and its formats count only where `keepsFiles` says so; else no report is made.
///   - read: waits for the next line and returns it, `nil` after the last. Called from a thread of its own.
/// - Throws: ``RunError`` where there is no room, or no sandbox; `CancellationError`.
public func serveLines(
    _ options: BatchOptions,
    keepsFiles: Bool,
    _ read: @escaping @Sendable () -> WorkLine?,
    _ answer: @escaping @Sendable ([UInt8]) -> Void
) async throws {
    let worker = Worker(options, keepsFiles: keepsFiles, read, answer)
    do { try await worker.serve() } catch let error as FileError { throw RunError.output(cannotWrite(error)) }
}

/// A line as it was read.
public enum WorkLine: Sendable {
    case bytes([UInt8])
    /// More bytes than anybody takes.
    case tooLong(limit: Int)
}

private final class Worker: Sendable {
    private let options: BatchOptions
    private let keepsFiles: Bool
    private let lines: LineSource
    private let outbox: Outbox

    init(
        _ options: BatchOptions,
        keepsFiles: Bool,
        _ read: @escaping @Sendable () -> WorkLine?,
        _ answer: @escaping @Sendable ([UInt8]) -> Void
    ) {
        (self.options, self.keepsFiles) = (options, keepsFiles)
        lines = LineSource(read)
        outbox = Outbox(ahead: 4 * options.jobs, answer)
    }

    func serve() async throws {
        var options = options
        if options.run.isSandboxed { options.run.sandbox = try await sandbox() }
        let ready = options
        try await withPluginBenches(options.jobs) { benches in
            try await withTemporaryFolder { folder in
                await withTaskCancellationHandler {
                    await withTaskGroup { group in
                        for bench in benches { group.addTask { await self.serve(bench, ready, folder) } }
                    }
                } onCancel: {
                    self.lines.end()
                    self.outbox.end()
                }
            }
        }
        try Task.checkCancellation()
    }

    private func serve(_ bench: PluginBench, _ options: BatchOptions, _ folder: String) async {
        while !Task.isCancelled, let item = await lines.next() {
            guard await outbox.hasRoom(for: item.number) else { return }
            let answer = await answer(item.line, item.content, options, bench, folder + "/\(item.number)")
            // What was given up with the whole worker is no answer.
            if !Task.isCancelled { outbox.put(answer, item.number) }
        }
    }

    private func answer(
        _ number: Int,
        _ line: WorkLine,
        _ options: BatchOptions,
        _ bench: PluginBench,
        _ folder: String
    ) async -> [UInt8] {
        var name = ""
        do {
            guard case .bytes(let bytes) = line else {
                guard case .tooLong(let limit) = line else { return [] }
                throw BadLine(tooLong(limit))
            }
            let item = try WorkItem(bytes)
            name = item.name
            try FileSystem.makeFolder(folder)
            defer { FileSystem.tidyAway(folder) }
            let loaded = try item.load(storingIn: folder)
            if loaded.hasLastingErrors || loaded.spec == nil { throw RunError.invalid(CheckedSpec(loaded: loaded)) }
            let outcome = try await within(options.deadline) { [keepsFiles] in
                var run = options.run
                run.observer = options.observer(loaded.path)
                if !keepsFiles { (run.output, run.formats) = (folder + "/out", ["json"]) }
                return try await bench.review(loaded, run)
            }
            return JSONWriter.inertLine(outcome.json.whole)
        } catch {
            return JSONWriter.inertLine(["error": failure(error, number, name)])
        }
    }

    /// What is answered where there is no review: the line that it belongs to, what `run` would have ended with, and why.
    private func failure(_ error: any Error, _ number: Int, _ name: String) -> Value {
        var (code, message, mistakes) = (3, LocalizedText("\(error)"), [Value]())
        switch error {
        case let error as BadLine: (code, message) = (2, error.message)
        case let error as FileError: (code, message) = (73, error.sentence)
        case let error as TookTooLong: message = error.message
        case RunError.invalid(let checked):
            let found = checked.loaded.diagnostics
            let first = found.first { $0.severity == .error }
            if let first { (code, message) = (2, first.message) }
            if first == nil, let failure = checked.failures.first { message = failure.failure.message }
            mistakes = found.prefix(Self.maximumMistakes).map { .text("\($0.place): \($0.message(options.locale))") }
        case RunError.failed(let failures):
            if let first = failures.first { message = first.failure.message }
            if failures.allSatisfy(\.failure.isOfMachine) { code = 73 }
        case RunError.output(let text): (code, message) = (73, text)
        case RunError.sandbox(let text): message = text
        case RunError.unknownFormat(let format, let known): (code, message) = (2, unknownFormat(format, known))
        default: break
        }
        var record: Record = [
            "line": .integer(number), "code": .integer(code), "message": .text(message(options.locale)),
        ]
        if !name.isEmpty { record["spec"] = .text(name) }
        if !mistakes.isEmpty { record["mistakes"] = .list(mistakes) }
        return .record(record)
    }

    /// A line is for a program; people have the spec checked by `validate`.
    private static let maximumMistakes = 20
}

// MARK: - Messages

private func tooLong(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "这一行超过 \(limit >> 20) MiB；请改为传路径",
        en: "the line has more than \(limit >> 20) MiB; send a path instead"
    )
}
