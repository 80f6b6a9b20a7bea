internal import Glibc
internal import PluginWire
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// A plugin's process spoken to line by line, without any understanding of the protocol: for tests of plugins, which must
/// be able to say wrong things.
public final class RawPlugin: Sendable {
    private struct State {
        var lines: [String] = []
        var exit: String?
        var processGroup: Int32?
    }

    private let outgoing = ByteQueue()
    private let state = Mutex(State())

    /// Sends bytes as they are; a line needs its line feed.
    public func send(_ text: String) { outgoing.push(Array(text.utf8)) }

    /// Ends the plugin's standard input.
    public func closeInput() { outgoing.finish() }

    /// The next line of its standard output; `nil` when none comes within `limit`, or when the process has ended.
    public func receive(within limit: Duration) async -> String? {
        let next: [String]? = await poll(limit) { state in
            if !state.lines.isEmpty { return [state.lines.removeFirst()] }
            return state.exit == nil ? nil : []
        }
        return next?.first
    }

    /// How the process ended, `exit status 0`; `nil` when it still runs after `limit`.
    public func exit(within limit: Duration) async -> String? {
        await poll(limit) { $0.exit }
    }

    /// Everything that is left of its standard output.
    public func rest() -> [String] { state.withLock { $0.lines } }

    private func poll<Result: Sendable>(_ limit: Duration, _ take: (inout State) -> Result?) async -> Result? {
        let deadline = ContinuousClock.now + limit
        while true {
            if let result = state.withLock({ take(&$0) }) { return result }
            if ContinuousClock.now >= deadline { return nil }
            guard (try? await Task.sleep(for: .milliseconds(1))) != nil else { return nil }
        }
    }

    fileprivate func run(_ program: PluginProgram, scratch: String) async {
        var options = PlatformOptions()
        options.createSession = true
        let configuration = Configuration(
            executable: .path(FilePath(program.command[0])),
            arguments: Arguments(Array(program.command.dropFirst())),
            workingDirectory: FilePath(scratch),
            platformOptions: options
        )
        let result = try? await Subprocess.run(configuration, input: .inputWriter, output: .sequence, error: .discarded)
        {
            await converse($0)
        }
        let status: String? =
            switch result?.terminationStatus {
            case .exited(let code): "exit status \(code)"
            case .signaled(let signal): "signal \(signal)"
            case nil: nil
            }
        state.withLock { $0.exit = status ?? "did not start" }
    }

    private func converse(_ execution: Execution<CustomWriteInput, SequenceOutput, DiscardedOutput>) async {
        state.withLock { $0.processGroup = execution.processIdentifier.value }
        await withTaskGroup { group in
            group.addTask {
                let writer = execution.standardInputWriter
                while let bytes = await self.outgoing.next() {
                    guard (try? await writer.write(bytes)) != nil else { break }
                }
                try? await writer.finish()
            }
            await read(execution.standardOutput)
            outgoing.finish()
        }
    }

    private func read(_ output: SubprocessOutputSequence) async {
        var lines = LineSequence(output, limit: WireLimits.hard.lineBytes).makeAsyncIterator()
        while let element = try? await lines.next() {
            switch element {
            case .line(let bytes): state.withLock { $0.lines.append(String(decoding: bytes, as: UTF8.self)) }
            case .oversize(let start): state.withLock { $0.lines.append(String(decoding: start, as: UTF8.self) + "…") }
            }
        }
    }

    fileprivate func close() {
        outgoing.finish()
        if let group = state.withLock({ $0.exit == nil ? $0.processGroup : nil }) { kill(-group, SIGKILL) }
    }
}

/// Starts `program` in a scratch folder of its own, hands it to `body` and ends it.
public func withRawPlugin<Result: Sendable>(
    _ program: PluginProgram,
    _ body: (RawPlugin) async throws -> Result
) async throws -> Result {
    _ = brokenPipesAreErrors
    let scratch = try FileSystem.makeTemporaryFolder(
        prefix: (FileSystem.environment("TMPDIR") ?? "/tmp") + "/pingshen-test-"
    )
    defer { FileSystem.remove(scratch) }
    let plugin = RawPlugin()
    return try await withThrowingTaskGroup(of: Void.self) { group in
        group.addTask { await plugin.run(program, scratch: scratch) }
        defer { plugin.close() }
        return try await body(plugin)
    }
}
