internal import Glibc
internal import Synchronization

/// A thread of its own for what one plugin makes the host compute: its queries, one after another.
///
/// On the threads that all tasks share, a plugin that asks 64 long questions at once would take all of them, and neither
/// its deadline nor anybody else's step would get a turn until the last is answered. One at a time, it also holds the
/// memory of one query. There is a thread only while there is work.
final class QueryThread: TaskExecutor {
    private struct State {
        var jobs: [UnownedJob] = []
        var isRunning = false
    }

    private let state = Mutex(State())

    /// Runs `body` when it is its turn. Who waits may be cancelled meanwhile; `body` looks for itself.
    func run<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await withTaskExecutorPreference(self, operation: body)
    }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        let mustStart = state.withLock { state in
            state.jobs.append(job)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if mustStart { start() }
    }

    private func start() {
        let context = Unmanaged.passRetained(self)
        if Self.startThread(context.toOpaque()) == 0 { return }
        // No thread is to be had: better on those of all than never.
        context.release()
        Task.detached { self.work() }
    }

    /// Returns 0, or the number of the error.
    private static func startThread(_ context: UnsafeMutableRawPointer) -> Int32 {
        withUnsafeTemporaryAllocation(of: pthread_attr_t.self, capacity: 1) { buffer in
            guard let attributes = buffer.baseAddress, pthread_attr_init(attributes) == 0 else { return ENOMEM }
            defer { pthread_attr_destroy(attributes) }
            pthread_attr_setstacksize(attributes, stackBytes)
            pthread_attr_setdetachstate(attributes, Int32(PTHREAD_CREATE_DETACHED))
            var thread = pthread_t()
            return pthread_create(
                &thread,
                attributes,
                { context in
                    if let context { Unmanaged<QueryThread>.fromOpaque(context).takeRetainedValue().work() }
                    return nil
                },
                context
            )
        }
    }

    /// What a query nests, and no more, has been tried with so much (Tests/DossierQueryTests); who starts the host may
    /// allow less.
    private static let stackBytes = 8 << 20

    private func work() {
        let executor = asUnownedTaskExecutor()
        while let job = next() { job.runSynchronously(on: executor) }
    }

    private func next() -> UnownedJob? {
        state.withLock { state in
            state.isRunning = !state.jobs.isEmpty
            return state.jobs.isEmpty ? nil : state.jobs.removeFirst()
        }
    }
}
