internal import Synchronization

/// Lines on their way to one writer. Pushing never waits, so that whoever speaks is never held up by a slow reader; the
/// writer takes all that has gathered at once, so that many small lines cost one write.
///
/// What waits is bounded: a reader that asks for more and more and takes nothing overflows the queue, which then takes
/// nothing more.
final class ByteQueue: Sendable {
    /// Room for as many full pages as requests may be under way, and for a few of the longest lines.
    static let standardLimit = 64 << 20

    private struct State {
        var overflow: (@Sendable () -> Void)?
        var bytes: [UInt8] = []
        var isFinished = false
        var writer: CheckedContinuation<Void, Never>?
    }

    private let state = Mutex(State())
    let limit: Int

    init(limit: Int = standardLimit) { self.limit = limit }

    /// `body` is called once, by whoever pushes the line that is too much.
    func onOverflow(_ body: @escaping @Sendable () -> Void) {
        state.withLock { $0.overflow = body }
    }

    func push(_ line: [UInt8]) {
        let (writer, overflow) = state.withLock { state in
            guard !state.isFinished else {
                return (nil as CheckedContinuation<Void, Never>?, nil as (@Sendable () -> Void)?)
            }
            guard state.bytes.count + line.count <= limit else {
                defer { (state.bytes, state.isFinished, state.overflow, state.writer) = ([], true, nil, nil) }
                return (state.writer, state.overflow)
            }
            state.bytes += line
            defer { state.writer = nil }
            return (state.writer, nil)
        }
        writer?.resume()
        overflow?()
    }

    /// Nothing more will come; what is queued is still handed out.
    func finish() {
        wake { $0.isFinished = true }
    }

    private func wake(_ change: (inout sending State) -> Void) {
        let writer = state.withLock { state in
            change(&state)
            defer { state.writer = nil }
            return state.writer
        }
        writer?.resume()
    }

    /// All that is queued, waiting for the first byte; `nil` at the end. For one caller at a time.
    func next() async -> [UInt8]? {
        while true {
            let (bytes, isFinished) = state.withLock { state in
                defer { state.bytes = [] }
                return (state.bytes, state.isFinished)
            }
            if !bytes.isEmpty { return bytes }
            if isFinished { return nil }
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if !state.bytes.isEmpty || state.isFinished { return true }
                    state.writer = continuation
                    return false
                }
                if isReady { continuation.resume() }
            }
        }
    }
}

/// Something that happens once and that others wait for.
struct Signal: Sendable {
    private let stream: AsyncStream<Never>
    private let end: AsyncStream<Never>.Continuation

    init() { (stream, end) = AsyncStream.makeStream(of: Never.self) }

    func send() { end.finish() }

    /// Returns at once when the signal has been sent already, or when the task is cancelled.
    func wait() async {
        for await _ in stream {}
    }
}
