internal import ArgumentParser
internal import Glibc
internal import Synchronization

/// Runs `body` so that Ctrl-C (or TERM) cancels it: plugins are seen off and nothing half-written stays. Then the
/// program ends with 130.
func interruptible<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let work = Task { try await body() }
    Interruption.handler.withLock { $0 = { work.cancel() } }
    Interruption.watch()
    let result = await work.result
    if Interruption.happened.load(ordering: .relaxed) { throw ExitCode.interrupted }
    return try result.get()
}

private enum Interruption {
    static let happened = Atomic<Bool>(false)
    static let handler = Mutex<(@Sendable () -> Void)?>(nil)

    /// Waits for the signals on a thread of its own: a signal handler could do next to nothing.
    static func watch() {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGHUP)
        pthread_sigmask(SIG_BLOCK, &signals, nil)
        var thread = pthread_t()
        let status = pthread_create(&thread, nil, { _ in Interruption.wait() }, nil)
        if status == 0 { pthread_detach(thread) }
    }

    private static func wait() -> UnsafeMutableRawPointer? {
        var signals = sigset_t()
        sigemptyset(&signals)
        sigaddset(&signals, SIGINT)
        sigaddset(&signals, SIGTERM)
        sigaddset(&signals, SIGHUP)
        var signal: Int32 = 0
        while sigwait(&signals, &signal) == 0 {
            // The second Ctrl-C does not wait any longer.
            if happened.exchange(true, ordering: .relaxed) { _exit(130) }
            handler.withLock { $0 }?()
        }
        return nil
    }
}
