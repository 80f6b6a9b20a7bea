internal import CLinux
internal import Glibc
internal import LocalFiles
internal import PluginWire
internal import Synchronization

/// The host's ends of the pipes to one process, and the one thread that moves bytes through them.
///
/// Writing never waits: what the pipe does not take at once is kept, bounded, and written when there is room. Reading
/// never waits for a task: a line is handed on as it comes, standard error has its turn in the same loop.
///
/// The loop is a task executor too. A task that talks to the process and prefers this executor goes on in the very thread
/// that has read the reply, and what it sends then goes out in one write with everything else of that turn. Waking
/// another thread for each would take longer than the whole round trip (Docs/Decisions/0015).
final class PipeLoop: TaskExecutor {
    /// What is done with what is read, on the loop's thread.
    struct Readers: Sendable {
        var output: @Sendable (LineSplitter.Element) -> Void
        var error: @Sendable (UnsafeRawBufferPointer) -> Void
        /// Standard output has ended, and whatever came was handed on.
        var outputEnded: @Sendable () -> Void
    }

    /// The host's ends; reading and writing may be one descriptor, that of a socket.
    struct Ends {
        var input: Int32
        var output: Int32
        var error: Int32?
    }

    private struct State {
        var outgoing: OutgoingBytes
        /// Where to write; `nil` before the start and once it is closed.
        var input: Int32?
        /// Where to read; `nil` while nobody does.
        var output: Int32?
        var isFinished = false
        var overflow: (@Sendable () -> Void)?
        /// Called when something was to be written that nobody can read any more.
        var deafness: (@Sendable () -> Void)?
        /// Bytes that were pushed so far.
        var pushed = 0
        var jobs: [UnownedJob] = []
        var isRunning = false
        var isAsleep = false
        var thread = pthread_t()
        /// Reading ends then, even if a pipe is still open.
        var deadline: ContinuousClock.Instant?
    }

    private let state: Mutex<State>
    private let wakeUp: Int32
    private let limit: Int
    let ended = Signal()

    /// - Parameters:
    ///   - outgoingLimit: the most bytes that may wait to be read by the process.
    ///   - lineLimit: the longest line that is taken.
    init(outgoingLimit: Int = OutgoingBytes.standardLimit, lineLimit: Int = WireLimits.standard.lineBytes) {
        state = Mutex(State(outgoing: OutgoingBytes(limit: outgoingLimit)))
        limit = lineLimit
        wakeUp = eventfd(0, O_CLOEXEC | O_NONBLOCK)
    }

    deinit { close(wakeUp) }

    /// `body` is called once, by whoever pushes the line that is too much.
    func onOverflow(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.overflow = body }
    }

    /// `body` is called once, by whoever finds out that the process reads no more of what is pushed.
    func onDeafness(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.deafness = body }
    }

    /// Begins to read, and to write what was pushed so far. The ends are closed when the loop ends.
    ///
    /// - Throws: ``FileError`` where there is no descriptor or no thread for it; then the ends are closed.
    func start(_ ends: Ends, _ readers: Readers) throws(FileError) {
        _ = fcntl(ends.input, F_SETFL, fcntl(ends.input, F_GETFL) | O_NONBLOCK)
        // Without a bell nobody could wake the thread.
        let code = wakeUp < 0 ? EMFILE : startThread(ends, readers)
        if code == 0 { return }
        for end in [ends.input, ends.output, ends.error ?? -1] { close(end) }
        ended.send()
        throw FileError(starting: "thread", errno: code)
    }

    /// Returns 0, or an error number.
    private func startThread(_ ends: Ends, _ readers: Readers) -> Int32 {
        state.withLock { state in
            let context = Unmanaged.passRetained(Start(loop: self, ends: ends, readers: readers))
            var thread = pthread_t()
            let status = pthread_create(&thread, nil, { Start.run($0) }, context.toOpaque())
            guard status == 0 else {
                context.release()
                return status
            }
            (state.input, state.output, state.isRunning, state.thread) = (ends.input, ends.output, true, thread)
            pthread_detach(thread)
            return 0
        }
    }

    /// Sends one line. Never waits.
    func push(_ line: [UInt8]) {
        let (trouble, mustWake): ((@Sendable () -> Void)?, Bool) = state.withLock { state in
            guard !state.isFinished else { return (nil, false) }
            let wasEmpty = state.outgoing.isEmpty
            guard state.outgoing.append(line) else {
                state.outgoing.removeAll()
                state.isFinished = true
                defer { state.overflow = nil }
                return (state.overflow, false)
            }
            state.pushed += line.count
            // The loop's own thread writes at the end of its turn; others only if nobody else has begun.
            guard let input = state.input, wasEmpty, !isOnLoop(state) else { return (nil, false) }
            switch state.outgoing.write(to: input) {
            case .everything: return (nil, false)
            case .pipeIsFull: return (nil, wake(&state))
            case .readerIsGone: return (Self.giveUp(&state), wake(&state))
            }
        }
        if mustWake { ring() }
        trouble?()
    }

    /// Nobody reads any more; returns what is to be done about it.
    private static func giveUp(_ state: inout State) -> (@Sendable () -> Void)? {
        state.isFinished = true
        defer { state.deafness = nil }
        return state.deafness
    }

    /// Whether nobody can read what would be written.
    var isDeaf: Bool {
        state.withLock { state in
            guard let input = state.input else { return state.isFinished }
            var look = pollfd(fd: input, events: 0, revents: 0)
            return poll(&look, 1, 0) > 0 && Int32(look.revents) & POLLERR != 0
        }
    }

    /// How many bytes were pushed so far.
    var pushedBytes: Int { state.withLock { $0.pushed } }

    /// Whether the process has read nothing of what was pushed after so many bytes.
    func hasReadNothing(after mark: Int) -> Bool {
        state.withLock { state in
            guard let input = state.input, state.pushed > mark else { return false }
            var waiting: Int32 = 0
            // Not every end of a pipe says how much is in it; then nobody knows.
            guard ioctl(input, UInt(FIONREAD), &waiting) == 0 else { return false }
            return Int(waiting) + state.outgoing.count >= state.pushed - mark
        }
    }

    /// Closes the process's standard input once what was pushed is written.
    func finish() {
        let mustWake = state.withLock { state in
            state.isFinished = true
            return wake(&state)
        }
        if mustWake { ring() }
    }

    /// The process is gone: what still stands in the pipes is read, for at most so long.
    func end(within limit: Duration) async {
        let mustWake = state.withLock { state in
            state.isFinished = true
            state.deadline = .now + limit
            return state.isRunning ? wake(&state) : nil
        }
        guard let mustWake else { return }
        if mustWake { ring() }
        await ended.wait(atMost: limit + .seconds(1))
    }

    /// Comes back when everything is read and handed on that the process had written before, or after many turns in which it went
    /// on writing.
    ///
    /// - Returns: whether there is nothing left.
    func settle() async -> Bool {
        for _ in 0..<Self.turnsToSettle where await withTaskExecutorPreference(self, operation: { self.hasMore() }) {
            continue
        }
        return !hasMore()
    }

    /// A turn reads four times what a pipe holds.
    private static let turnsToSettle = 8

    /// Whether there is something to read. In the thread that reads, before it does so in its turn.
    private func hasMore() -> Bool {
        state.withLock { state in
            guard let output = state.output else { return false }
            var look = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
            return poll(&look, 1, 0) > 0 && Int32(look.revents) & POLLIN != 0
        }
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let taken: Bool? = state.withLock { state in
            guard state.isRunning else { return nil }
            state.jobs.append(job)
            return wake(&state)
        }
        guard let mustWake = taken else { return globalConcurrentExecutor.enqueue(job) }
        if mustWake { ring() }
    }

    private func isOnLoop(_ state: State) -> Bool {
        state.isRunning && pthread_equal(state.thread, pthread_self()) != 0
    }

    /// Whether the thread sleeps and has to be woken by ``ring()``, after the lock.
    private func wake(_ state: inout sending State) -> Bool {
        defer { state.isAsleep = false }
        return state.isAsleep
    }

    private func ring() {
        var one: UInt64 = 1
        _ = write(wakeUp, &one, 8)
    }
}

// MARK: - The thread

/// What the thread is given.
private final class Start {
    let loop: PipeLoop
    let ends: PipeLoop.Ends
    let readers: PipeLoop.Readers

    init(loop: PipeLoop, ends: PipeLoop.Ends, readers: PipeLoop.Readers) {
        (self.loop, self.ends, self.readers) = (loop, ends, readers)
    }

    static func run(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
        guard let context else { return nil }
        let start = Unmanaged<Start>.fromOpaque(context).takeRetainedValue()
        start.loop.run(start.ends, start.readers)
        return nil
    }
}

extension PipeLoop {
    fileprivate func run(_ ends: Ends, _ readers: Readers) {
        let executor = asUnownedTaskExecutor()
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 18, alignment: 16)
        defer { buffer.deallocate() }
        var splitter = LineSplitter(limit: limit)
        var (shortWait, wasBusy) = (ShortWait.ofThisMachine, false)
        var (output, error): (Int32?, Int32?) = (ends.output, ends.error)
        var waits = [pollfd](repeating: pollfd(fd: wakeUp, events: Int16(POLLIN), revents: 0), count: 4)
        var isHeard = true
        while true {
            runJobs(executor)
            guard let turn = beginWaiting(isReading: output != nil || error != nil) else { break }
            // poll passes over descriptors of -1. That nobody reads any more it tells unasked, again and again.
            (waits[1].fd, waits[2].fd) = (output ?? -1, error ?? -1)
            waits[3].fd = isHeard || turn.mustWrite ? turn.input ?? -1 : -1
            waits[3].events = Int16(turn.mustWrite ? POLLOUT : 0)
            // Asleep, the thread is woken by a bell; awake it looks itself.
            let isReady = turn.timeout != 0 && wasBusy && shortWait.wait { poll(&waits, 4, 0) != 0 }
            if !isReady { _ = poll(&waits, 4, turn.timeout) }
            wasBusy = waits[1].revents != 0 || turn.timeout == 0
            state.withLock { $0.isAsleep = false }
            if waits[0].revents != 0 {
                var count: UInt64 = 0
                _ = read(wakeUp, &count, 8)
            }
            if Int32(waits[3].revents) & ~POLLOUT != 0, isHeard {
                isHeard = false
                noteUnread()
            }
            if waits[1].revents != 0, let descriptor = output {
                if let count = take(from: descriptor, buffer) {
                    let bytes = UnsafeRawBufferPointer(rebasing: buffer[..<count])
                    for element in splitter.push(bytes) { readers.output(element) }
                } else {
                    for element in splitter.finish() { readers.output(element) }
                    readers.outputEnded()
                    output = nil
                }
            }
            if waits[2].revents != 0, let descriptor = error {
                if let count = take(from: descriptor, buffer) {
                    readers.error(UnsafeRawBufferPointer(rebasing: buffer[..<count]))
                } else {
                    error = nil
                }
            }
        }
        if output != nil {
            for element in splitter.finish() { readers.output(element) }
            readers.outputEnded()
        }
        stop(executor)
        close(ends.output)
        if let error = ends.error { close(error) }
        ended.send()
    }

    /// Reads what there is; `nil` at the end.
    private func take(from descriptor: Int32, _ buffer: UnsafeMutableRawBufferPointer) -> Int? {
        while true {
            let count = read(descriptor, buffer.baseAddress, buffer.count)
            if count > 0 { return count }
            if count == 0 || errno != EINTR { return nil }
        }
    }

    /// Nobody reads any more: is there something that nobody has read?
    private func noteUnread() {
        let trouble: (@Sendable () -> Void)? = state.withLock { state in
            guard let input = state.input else { return nil }
            var waiting: Int32 = 0
            let hasUnread = ioctl(input, UInt(FIONREAD), &waiting) == 0 && waiting > 0
            return hasUnread || !state.outgoing.isEmpty ? Self.giveUp(&state) : nil
        }
        trouble?()
    }

    private struct Turn {
        /// Where to write.
        var input: Int32?
        /// Whether there is something to write, once there is room.
        var mustWrite: Bool
        var timeout: Int32
    }

    /// Writes what the turn has brought, and says what to wait for; `nil` when the loop is over.
    private func beginWaiting(isReading: Bool) -> Turn? {
        var trouble: (@Sendable () -> Void)?
        defer { trouble?() }
        return state.withLock { state in
            if let input = state.input {
                let progress = state.outgoing.write(to: input)
                if progress == .readerIsGone { trouble = Self.giveUp(&state) }
                if state.isFinished, progress != .pipeIsFull {
                    hangUp(input)
                    state.input = nil
                }
            }
            var timeout: Int32 = -1
            if let deadline = state.deadline {
                let left = deadline - .now
                guard isReading, left > .zero else { return nil }
                timeout =
                    Int32(left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000) + 1
            }
            if !state.jobs.isEmpty { timeout = 0 }
            state.isAsleep = timeout != 0
            return Turn(input: state.input, mustWrite: !state.outgoing.isEmpty, timeout: timeout)
        }
    }

    private func runJobs(_ executor: UnownedTaskExecutor) {
        while true {
            let jobs = state.withLock { state in
                defer { state.jobs = [] }
                return state.jobs
            }
            if jobs.isEmpty { return }
            for job in jobs { job.runSynchronously(on: executor) }
        }
    }

    /// From here on jobs are run elsewhere.
    private func stop(_ executor: UnownedTaskExecutor) {
        let jobs = state.withLock { state in
            state.isRunning = false
            state.isFinished = true
            state.output = nil
            if let input = state.input { hangUp(input) }
            state.input = nil
            defer { state.jobs = [] }
            return state.jobs
        }
        for job in jobs { job.runSynchronously(on: executor) }
    }
}

/// Closes the writing end; where it is half of a socket, the other side sees its input end all the same.
private func hangUp(_ descriptor: Int32) {
    _ = shutdown(descriptor, Int32(SHUT_WR))
    close(descriptor)
}

extension ShortWait {
    fileprivate static var ofThisMachine: ShortWait {
        ShortWait(cores: sysconf(Int32(_SC_NPROCESSORS_ONLN))) {
            FileSystem.readFromKernel("/proc/loadavg", atMost: 4096).map(ShortWait.runnable) ?? .max
        }
    }
}
