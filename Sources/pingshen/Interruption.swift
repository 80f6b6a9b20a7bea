internal import ArgumentParser
internal import Dispatch
internal import Glibc
internal import Synchronization

/// Runs `body` so that Ctrl-C (or TERM, or a closed terminal) cancels it: plugins are seen off and nothing half-written
/// stays. Then the program ends with 130.
func interruptible<Result: Sendable>(
    _ body: @escaping @Sendable () async throws -> Result
) async throws -> Result {
    let work = Task { try await body() }
    Interruption.handler.withLock { $0 = { work.cancel() } }
    let result = await work.result
    Interruption.handler.withLock { $0 = nil }
    if Interruption.happened.load(ordering: .relaxed) { throw ExitCode.interrupted }
    return try result.get()
}

/// The signals that ask the program to end.
enum Interruption {
    fileprivate static let happened = Atomic<Bool>(false)
    fileprivate static let handler = Mutex<(@Sendable () -> Void)?>(nil)
    /// Made once, then only kept alive.
    nonisolated(unsafe) private static let sources: [any DispatchSourceSignal] = {
        let queue = DispatchQueue(label: "interruption")
        return [SIGINT, SIGTERM, SIGHUP].filter(isWanted).map { number in
            // Ignored by the process, seen by the source; plugins get the default disposition back.
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: queue)
            source.setEventHandler { end() }
            source.activate()
            return source
        }
    }()

    /// From now on the signals are taken on a queue of their own: a signal handler could do next to nothing.
    static func watch() {
        _ = sources
    }

    /// Whether whoever has started the program lets the signal reach it: under nohup, and in the background of a script, one
    /// that was ignored stays ignored.
    private static func isWanted(_ number: Int32) -> Bool {
        var current = sigaction()
        guard sigaction(number, nil, &current) == 0 else { return true }
        return unsafeBitCast(current.__sigaction_handler.sa_handler, to: Int.self)
            != unsafeBitCast(SIG_IGN, to: Int.self)
    }

    private static func end() {
        let cancel = handler.withLock { $0 }
        // With nothing to tidy up, or on the second Ctrl-C, the end comes at once.
        guard let cancel, !happened.exchange(true, ordering: .relaxed) else { _exit(130) }
        cancel()
    }
}
