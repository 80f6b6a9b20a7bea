internal import Synchronization

/// Watches over the calls of one session. One sleeping task serves them all: a task and a timer for every call would
/// cost more than the call.
final class DeadlineWatch: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Watched {
        var start: Instant
        /// The time that the call may take; `nil` when it may go on as long as there are signs of life.
        var limit: Duration?
        var expire: @Sendable (_ limit: Duration) -> Void
    }

    private struct State {
        var calls: [Int: Watched] = [:]
        var wakeAt: Instant?
        var sleeper: Task<Void, Never>?
    }

    private let idle: Duration
    private let lastSign: @Sendable () -> Instant
    private let state = Mutex(State())

    /// - Parameters:
    ///   - idle: how long a call without a limit may go on without a sign of life.
    ///   - lastSign: when the plugin last gave one.
    init(idle: Duration, lastSign: @escaping @Sendable () -> Instant) {
        self.idle = idle
        self.lastSign = lastSign
    }

    /// From now on `id` is watched; `expire` is called once when its time is up.
    func begin(_ id: Int, limit: Duration?, expire: @escaping @Sendable (_ limit: Duration) -> Void) {
        let now = ContinuousClock.now
        state.withLock { state in
            state.calls[id] = Watched(start: now, limit: limit, expire: expire)
            let due = now + (limit ?? idle)
            if state.wakeAt.map({ due < $0 }) ?? true { sleep(until: due, &state) }
        }
    }

    func end(_ id: Int) {
        state.withLock { state in _ = state.calls.removeValue(forKey: id) }
    }

    /// Stops watching for good.
    func stop() {
        state.withLock { state in
            state.calls = [:]
            state.sleeper?.cancel()
        }
    }

    private func sleep(until due: Instant, _ state: inout State) {
        state.sleeper?.cancel()
        state.wakeAt = due
        state.sleeper = Task {
            guard (try? await Task.sleep(until: due, clock: .continuous)) != nil else { return }
            wake()
        }
    }

    private func wake() {
        let (now, sign) = (ContinuousClock.now, lastSign())
        let expired: [(expire: @Sendable (Duration) -> Void, limit: Duration)] = state.withLock { state in
            var (expired, next) = ([(expire: @Sendable (Duration) -> Void, limit: Duration)](), nil as Instant?)
            for (id, call) in state.calls {
                let due = (call.limit == nil ? max(call.start, sign) : call.start) + (call.limit ?? idle)
                if due <= now {
                    expired.append((call.expire, call.limit ?? idle))
                    state.calls[id] = nil
                } else {
                    next = next.map { min($0, due) } ?? due
                }
            }
            state.wakeAt = nil
            if let next { sleep(until: next, &state) }
            return expired
        }
        for call in expired { call.expire(call.limit) }
    }
}
