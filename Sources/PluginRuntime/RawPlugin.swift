internal import Glibc
internal import LocalFiles
internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// A plugin's process spoken to line by line, without any understanding of the protocol: for tests of plugins, which must
/// be able to say wrong things.
public final class RawPlugin: Sendable {
    private struct State {
        var lines: [String] = []
        /// Of the lines that nobody has taken yet.
        var bytes = 0
        var exit: LocalizedText?
        var lack: LocalizedText?
        var said = LineTail()
    }

    private let process = PluginProcess(
        loop: PipeLoop(lineLimit: WireLimits.hard.lineBytes),
        times: PluginTimes()
    )
    private let state = Mutex(State())
    private let outputLimit: Int
    /// The folder that it runs in.
    public let folder: String

    fileprivate init(folder: String, outputLimit: Int) { (self.folder, self.outputLimit) = (folder, outputLimit) }

    /// What its process is started with.
    package enum Standing: Sendable {
        /// The user's own environment. It runs in that folder, its scratch folder by default.
        case known(in: String? = nil)
        /// As a plugin is started in a run, in its scratch folder: of the host's environment it sees these variables only.
        case inRun(Sandbox? = nil, passing: [String])
    }

    /// Sends bytes as they are; a line needs its line feed.
    public func send(_ text: String) { process.loop.push(Array(text.utf8)) }

    /// Ends the plugin's standard input.
    public func closeInput() { process.loop.finish() }

    /// The next line of its standard output; `nil` when none comes within `limit`, or when the process has ended.
    public func receive(within limit: Duration) async -> String? {
        let next: [String]? = await poll(limit) { state in
            if !state.lines.isEmpty {
                let line = state.lines.removeFirst()
                state.bytes -= line.utf8.count
                return [line]
            }
            return state.exit == nil ? nil : []
        }
        return next?.first
    }

    /// How the process ended, `exit status 0`; `nil` when it still runs after `limit`.
    public func exit(within limit: Duration) async -> String? {
        await poll(limit) { $0.exit }?.en
    }

    /// How the process has ended, in both languages.
    var end: LocalizedText? { state.withLock { $0.exit } }

    /// Everything that is left of its standard output.
    public func rest() -> [String] { state.withLock { $0.lines } }

    /// The last lines that it wrote to standard error.
    public var standardError: [String] { state.withLock { $0.said.lines } }

    /// What the machine lacks to start it.
    var lack: LocalizedText? { state.withLock { $0.lack } }

    private func poll<Result: Sendable>(_ limit: Duration, _ take: (inout State) -> Result?) async -> Result? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let result = state.withLock({ take(&$0) }) { return result }
            if ContinuousClock.now >= deadline { return nil }
            guard (try? await Task.sleep(for: .milliseconds(1))) != nil else { return nil }
        }
    }

    fileprivate func run(_ launch: PluginProcess.Launch) async {
        let readers = PipeLoop.Readers(
            output: { self.take($0) },
            error: { bytes in self.state.withLock { $0.said.push(bytes) } },
            outputEnded: {}
        )
        let end = await process.run(launch, readers)
        if case .notStarted(.noRoom(let lack)) = end { state.withLock { $0.lack = lack } }
        let exit =
            switch end {
            case .notStarted(.noRoom(let lack)): LocalizedText(zh: lack.zh, en: "not started: \(lack.en)")
            case .notStarted(.spawnFailed(let detail)): LocalizedText(zh: detail.zh, en: "not started: \(detail.en)")
            case .notStarted(let reason): LocalizedText("not started: \(reason)")
            case .ended(let status): status
            }
        state.withLock { $0.exit = $0.exit ?? exit }
    }

    private func take(_ element: LineSplitter.Element) {
        let line =
            switch element {
            case .line(let bytes): String(decoding: bytes, as: UTF8.self)
            case .oversize(let start): String(decoding: start, as: UTF8.self) + "…"
            }
        let isTooMuch = state.withLock { state in
            guard state.exit == nil else { return false }
            state.lines.append(line)
            state.bytes += line.utf8.count
            if state.bytes > outputLimit { state.exit = talksUnasked(outputLimit) }
            return state.exit != nil
        }
        if isTooMuch { process.kill(SIGKILL) }
    }

    /// Says why it ended, for whoever asks.
    fileprivate func stop(_ reason: LocalizedText) { state.withLock { $0.exit = $0.exit ?? reason } }

    fileprivate func close() {
        process.close()
        process.kill(SIGKILL)
    }
}

/// Starts `program` as in a run, with a scratch folder of its own, hands it to `body` and ends it, with whatever it has
/// started.
///
/// - Parameters:
///   - arguments: are given to it after those of its command.
///   - outputLimit: how many bytes it may write that nobody has taken yet; beyond, it is killed.
public func withRawPlugin<Result: Sendable>(
    _ program: PluginProgram,
    arguments: [String] = [],
    outputLimit: Int = 64 << 20,
    _ body: (RawPlugin) async throws -> Result
) async throws -> Result {
    try await withRawPlugin(
        program,
        arguments: arguments,
        as: .inRun(passing: program.environment),
        outputLimit: outputLimit,
        body
    )
}

/// The same, with what it is started with.
func withRawPlugin<Result: Sendable>(
    _ program: PluginProgram,
    arguments: [String],
    as standing: RawPlugin.Standing,
    outputLimit: Int,
    _ body: (RawPlugin) async throws -> Result
) async throws -> Result {
    if let obstacle = program.obstacle() { throw PluginFailure(plugin: program.name, obstacle) }
    return try await withScratchFolder { scratch, caretaker in
        let own = scratch + "/plugin"
        try FileSystem.makeFolder(own)
        let plugin = RawPlugin(folder: own, outputLimit: outputLimit)
        let launch = try launch(program, arguments, standing, own, caretaker) {
            plugin.stop(LocalizedText(zh: $0.zh, en: "stopped: \($0.en)"))
        }
        // Only when the process is gone, and before the caretaker goes.
        defer { killStragglers(of: scratch) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { await plugin.run(launch) }
            defer { plugin.close() }
            return try await body(plugin)
        }
    }
}

private func launch(
    _ program: PluginProgram,
    _ arguments: [String],
    _ standing: RawPlugin.Standing,
    _ own: String,
    _ caretaker: Caretaker,
    onExcess: @escaping @Sendable (LocalizedText) -> Void
) throws(FileError) -> PluginProcess.Launch {
    let command = program.command + arguments
    switch standing {
    case .known(let folder):
        var changed = ["TMPDIR": own]
        // Byte-code in an installed plugin's folder would not belong to it.
        if program.copy != nil { changed["PYTHONDONTWRITEBYTECODE"] = "1" }
        return PluginProcess.Launch(
            command: command,
            environment: .inherited(except: changed),
            folder: folder ?? own,
            caretaker: caretaker
        )
    case .inRun(let sandbox, let passing):
        return PluginProcess.Launch(
            command: try sandbox?.wrap(command, of: program, folder: own) ?? command,
            environment: .only(program.variables(scratch: own, passing: passing)),
            folder: own,
            limits: program.limits,
            isShutIn: sandbox != nil,
            countedFolders: [own] + (sandbox == nil ? [] : Sandbox.furtherFolders(of: own)),
            onExcess: onExcess,
            caretaker: caretaker
        )
    }
}

private func talksUnasked(_ bytes: Int) -> LocalizedText {
    LocalizedText(
        zh: "已终止：没有人问它，它却输出了超过 \(bytes) 字节",
        en: "stopped: it writes more than \(bytes) bytes unasked"
    )
}
