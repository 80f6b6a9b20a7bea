internal import Glibc
internal import PluginWire
internal import Subprocess
internal import Synchronization
internal import SystemPackage

extension PluginSession {
    /// Runs the process until it has ended and is reaped. Never throws: how it went is told to those who wait.
    func run() async {
        do {
            let result = try await Subprocess.run(
                configuration,
                input: .inputWriter,
                output: .sequence,
                error: .sequence
            ) {
                await converse($0)
            }
            // The leader is reaped; whoever it left behind in its group goes too.
            killProcessGroup()
            end(.crashed(status: words(result.terminationStatus), during: state.withLock { $0.currentCall }))
        } catch is CancellationError {
            end(.crashed(status: "stopped", during: state.withLock { $0.currentCall }))
        } catch {
            end(.spawnFailed("\(error)"))
        }
    }

    /// Kills the process and everything it has started in its group.
    func killProcessGroup() {
        if let group = state.withLock({ $0.processGroup }) { _ = Glibc.kill(-group, SIGKILL) }
    }

    private typealias PluginExecution = Execution<CustomWriteInput, SequenceOutput, SequenceOutput>

    private var configuration: Configuration {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = teardown
        return Configuration(
            executable: .path(FilePath(program.command[0])),
            arguments: Arguments(Array(program.command.dropFirst())),
            environment: environment,
            workingDirectory: FilePath(scratch),
            platformOptions: options
        )
    }

    private var teardown: [TeardownStep] {
        [.gracefulShutDown(toProcessGroup: true, allowedDurationToNextStep: times.terminate)]
    }

    /// Only what a program needs to run, and what the spec passes by name.
    private var environment: Subprocess.Environment {
        var variables: [Subprocess.Environment.Key: String] = ["HOME": scratch, "TMPDIR": scratch]
        for name in ["PATH", "LANG", "TZ", "LC_ALL", "LC_CTYPE", "LC_MESSAGES"] + program.environment {
            if let value = FileSystem.environment(name), let key = Subprocess.Environment.Key(rawValue: name) {
                variables[key] = value
            }
        }
        return .custom(variables)
    }

    /// Moves bytes until the plugin's standard output ends, then sees the process off.
    private func converse(_ execution: PluginExecution) async {
        state.withLock { $0.processGroup = execution.processIdentifier.value }
        let teardown = teardown
        await withTaskGroup { group in
            group.addTask { await self.drain(execution.standardError) }
            group.addTask { await self.write(to: execution.standardInputWriter) }
            group.addTask {
                await self.closing.wait()
                guard (try? await Task.sleep(for: self.times.shutdown)) != nil else { return }
                await execution.teardown(using: teardown)
            }
            await read(execution.standardOutput)
            outgoing.finish()
            await execution.teardown(using: teardown)
            group.cancelAll()
        }
    }

    private func read(_ output: SubprocessOutputSequence) async {
        do {
            try await peer.serve(LineSequence(output, limit: peer.limits.lineBytes))
        } catch let violation as ProtocolViolation {
            end(.violation(reason: violation.reason, line: violation.line))
        } catch {
            // The pipe broke: the process is gone or going, which `run` reports with its status.
        }
    }

    private func write(to writer: StandardInputWriter) async {
        while let lines = await outgoing.next() {
            guard (try? await writer.write(lines)) != nil else { break }
        }
        try? await writer.finish()
    }

    private func drain(_ output: SubprocessOutputSequence) async {
        do {
            for try await buffer in output {
                standardError.withLock { tail in buffer.withUnsafeBytes { tail.push($0) } }
            }
        } catch {
            // Nothing more can be read; what was read is kept.
        }
    }

    private func words(_ status: TerminationStatus) -> String {
        switch status {
        case .exited(let code): "exit status \(code)"
        case .signaled(let signal): "signal \(signal)"
        }
    }
}

/// The lines of a plugin's standard output.
struct LineSequence: AsyncSequence {
    typealias Element = LineSplitter.Element

    private let output: SubprocessOutputSequence
    private let limit: Int

    init(_ output: SubprocessOutputSequence, limit: Int) {
        self.output = output
        self.limit = limit
    }

    func makeAsyncIterator() -> Iterator {
        Iterator(buffers: output.makeAsyncIterator(), splitter: LineSplitter(limit: limit))
    }

    struct Iterator: AsyncIteratorProtocol {
        var buffers: SubprocessOutputSequence.Iterator
        var splitter: LineSplitter
        private var ready: [Element] = []
        private var nextReady = 0
        private var isAtEnd = false

        init(buffers: SubprocessOutputSequence.Iterator, splitter: LineSplitter) {
            self.buffers = buffers
            self.splitter = splitter
        }

        mutating func next() async throws -> Element? {
            while nextReady == ready.count {
                if isAtEnd { return nil }
                if let buffer = try await buffers.next() {
                    ready = buffer.withUnsafeBytes { splitter.push($0) }
                } else {
                    ready = splitter.finish()
                    isAtEnd = true
                }
                nextReady = 0
            }
            defer { nextReady += 1 }
            return ready[nextReady]
        }
    }
}
