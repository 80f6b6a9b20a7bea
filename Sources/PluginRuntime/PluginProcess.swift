internal import CLinux
internal import Glibc
internal import LocalFiles
internal import ReviewModel
internal import Subprocess
internal import Synchronization
internal import SystemPackage

/// One process with its pipes, from spawn to reaping. What is said through the pipes is none of its business.
final class PluginProcess: Sendable {
    /// What to start.
    struct Launch {
        var command: [String]
        var environment: Environment
        var folder: String
        var limits: ResourceLimits?
        /// Whether its first process is the sandbox's, which tells of a signal to the plugin by an exit status.
        var isShutIn = false
        /// Folders that count as the plugin's own, where its limits are watched.
        var countedFolders: [String] = []
        /// Told what there is too much of, before the process and all that it has started are killed for it.
        var onExcess: (@Sendable (LocalizedText) -> Void)?
        /// Told of the process, so that it ends even when the host is killed.
        var caretaker: Caretaker?

        enum Environment {
            /// The host's own, but for some variables.
            case inherited(except: [String: String])
            case only([String: String])
        }
    }

    /// How it went.
    enum End {
        case notStarted(PluginFailure.Reason)
        /// `exit status 0`, `signal 9`.
        case ended(LocalizedText)
    }

    let loop: PipeLoop
    private let times: PluginTimes
    private let group = Mutex<Int32?>(nil)
    /// Sent when the process is there, or will never be.
    private let started = Signal()
    /// Sent when the process should go by itself.
    private let closing = Signal()
    /// Sent when it should not be given time for that.
    private let stopping = Signal()
    private let exited = Signal()

    /// How long what a process has written is read for after its end: a process that it has started may hold the pipe.
    private static let timeToRead = Duration.milliseconds(500)

    init(loop: PipeLoop, times: PluginTimes) {
        self.loop = loop
        self.times = times
    }

    /// Runs the process until it has ended, everything that it has written is read, and its group is gone. Cancelling
    /// the task stops the process.
    func run(_ launch: Launch, _ readers: PipeLoop.Readers) async -> End {
        let pipes: Pipes
        do throws(FileError) {
            pipes = try Pipes()
            do throws(FileError) { try loop.start(pipes.ours, readers) } catch {
                for end in [pipes.input, pipes.output, pipes.error] { Glibc.close(end) }
                throw error
            }
        } catch {
            exited.send()
            return .notStarted(.noRoom(error.sentence))
        }
        return await withTaskGroup { tasks in
            tasks.addTask { await self.seeOff() }
            tasks.addTask { await self.watch(launch) }
            // Not a child task: a cancelled one is seen off like any other, it is not given up.
            let end = await Task { await self.spawn(launch, pipes) }.value
            exited.send()
            await loop.end(within: Self.timeToRead)
            // The leader is reaped; whoever it left behind in its group goes too.
            kill(SIGKILL)
            if let group = group.withLock({ $0 }) { launch.caretaker?.forget(group) }
            tasks.cancelAll()
            return end
        }
    }

    /// Closes the process's standard input. It has ``PluginTimes/shutdown`` to end, then gets TERM, and at last KILL.
    func close() {
        loop.finish()
        closing.send()
    }

    /// The number of the process, once it has one.
    var leader: Int32? { group.withLock { $0 } }

    /// Waits until the process has ended, at most so long.
    func hasEnded(within limit: Duration) async { await exited.wait(atMost: limit) }

    /// TERM at once, and KILL when that does not help.
    func stop() {
        stopping.send()
        close()
    }

    /// Whether it has ended, also where nobody has come to notice yet.
    var isDead: Bool {
        guard let leader else { return false }
        var info = siginfo_t()
        let answer = waitid(P_PID, id_t(leader), &info, WEXITED | WNOHANG | WNOWAIT)
        // Of one that is still at work nothing is said.
        return answer == 0 ? info.si_signo == SIGCHLD : errno == ECHILD
    }

    /// Signals the process and everything it has started in its group.
    func kill(_ signal: Int32) {
        if let group = group.withLock({ $0 }) { _ = Glibc.kill(-group, signal) }
    }

    private func seeOff() async {
        await closing.wait()
        if !Task.isCancelled {
            await withTaskGroup { tasks in
                tasks.addTask { await self.stopping.wait() }
                tasks.addTask { await self.exited.wait(atMost: self.times.shutdown) }
                await tasks.next()
                tasks.cancelAll()
            }
        }
        loop.finish()
        kill(SIGTERM)
        await exited.wait(atMost: times.terminate)
        kill(SIGKILL)
    }

    private func watch(_ launch: Launch) async {
        await started.wait()
        guard let limits = launch.limits, let leader = group.withLock({ $0 }) else { return }
        var watch = LimitWatch(limits, leader: leader, folder: launch.folder, folders: launch.countedFolders)
        guard let excess = await watch.excess() else { return }
        launch.onExcess?(excess)
        watch.kill()
    }

    private func spawn(_ launch: Launch, _ pipes: Pipes) async -> End {
        var options = PlatformOptions()
        options.createSession = true
        let environment: Subprocess.Environment =
            switch launch.environment {
            case .inherited(let changes): .inherit.updating(keyed(changes).mapValues(Optional.some))
            case .only(let variables): .custom(keyed(variables))
            }
        let configuration = Configuration(
            executable: .path(FilePath(launch.command[0])),
            arguments: Arguments(Array(launch.command.dropFirst())),
            environment: environment,
            workingDirectory: FilePath(launch.folder),
            platformOptions: options
        )
        do {
            let result = try await Subprocess.run(
                configuration,
                input: .fileDescriptor(FileDescriptor(rawValue: pipes.input), closeAfterSpawningProcess: true),
                output: .fileDescriptor(FileDescriptor(rawValue: pipes.output), closeAfterSpawningProcess: true),
                error: .fileDescriptor(FileDescriptor(rawValue: pipes.error), closeAfterSpawningProcess: true)
            ) { execution in
                let process = execution.processIdentifier.value
                launch.caretaker?.watch(process)
                launch.limits?.apply(to: process)
                group.withLock { $0 = process }
                started.send()
            }
            return .ended(words(result.terminationStatus, launch))
        } catch {
            return .notStarted(reason(error))
        }
    }
}

private func reason(_ error: any Error) -> PluginFailure.Reason {
    if let code = (error as? SubprocessError)?.underlyingError?.rawValue,
        [EMFILE, ENFILE, EAGAIN, ENOMEM].contains(code)
    {
        return .noRoom(FileError(starting: "fork", errno: code).sentence)
    }
    return .spawnFailed(LocalizedText("\(error)"))
}

private func keyed(_ variables: [String: String]) -> [Subprocess.Environment.Key: String] {
    variables.reduce(into: [:]) { all, variable in
        if let key = Subprocess.Environment.Key(rawValue: variable.key) { all[key] = variable.value }
    }
}

private func words(_ status: TerminationStatus, _ launch: PluginProcess.Launch) -> LocalizedText {
    func signalled(_ signal: Int32) -> LocalizedText {
        let why = launch.limits?.explanation(signal: signal)
        return LocalizedText(
            zh: "信号 \(signal)" + (why.map { "：" + $0.zh } ?? ""),
            en: "signal \(signal)" + (why.map { ": " + $0.en } ?? "")
        )
    }
    switch status {
    case .exited(let code):
        if launch.isShutIn && code > 128 { return signalled(code - 128) }
        return LocalizedText(zh: "退出码 \(code)", en: "exit status \(code)")
    case .signaled(let signal): return signalled(signal)
    }
}

/// The three pipes to a process.
private struct Pipes {
    /// The ends that the process gets.
    let (input, output, error): (Int32, Int32, Int32)
    let ours: PipeLoop.Ends

    /// As much as Linux lets anyone have; less when many plugins run. A page then goes through in one piece.
    private static let capacity: Int32 = 1 << 20

    init() throws(FileError) {
        var ends: [Int32] = []
        for _ in 0..<3 {
            var pipe: [Int32] = [-1, -1]
            guard pipe2(&pipe, O_CLOEXEC) == 0 else {
                let error = FileError("pipe")
                for end in ends { close(end) }
                throw error
            }
            ends += pipe
        }
        for end in [ends[1], ends[2]] { _ = fcntl(end, PINGSHEN_SET_PIPE_SIZE, Self.capacity) }
        (input, output, error) = (ends[0], ends[3], ends[5])
        ours = PipeLoop.Ends(input: ends[1], output: ends[2], error: ends[4])
    }
}
