internal import Synchronization

/// Watches over the calls of one session. One sleeping task serves them all: a task and a timer for every call would
/// cost more than the call.
final class DeadlineWatch: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Watched {
        var start: Instant
        /// When the call has to be over.
        var end: Instant
        var needsSigns: Bool
        var expire: @Sendable (_ isSilent: Bool) -> Void

        /// When its time is up after the last sign of life, and whether silence is the reason.
        func due(after sign: Instant, idle: Duration) -> (at: Instant, isSilent: Bool) {
            let silent = max(start, sign) + idle
            return needsSigns && silent < end ? (silent, true) : (end, false)
        }
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
    ///   - idle: how long a call that needs signs of life may go on without one.
    ///   - lastSign: when the plugin last gave one.
    init(idle: Duration, lastSign: @escaping @Sendable () -> Instant) {
        self.idle = idle
        self.lastSign = lastSign
    }

    /// From now on `id` is watched; `expire` is called once when its time is up, and told whether that is for silence.
    func begin(
        _ id: Int,
        limit: Duration,
        needsSigns: Bool = false,
        expire: @escaping @Sendable (_ isSilent: Bool) -> Void
    ) {
        let now = ContinuousClock.now
        let call = Watched(start: now, end: now + limit, needsSigns: needsSigns, expire: expire)
        state.withLock { state in
            state.calls[id] = call
            let due = call.due(after: now, idle: idle).at
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
        let expired: [(call: Watched, isSilent: Bool)] = state.withLock { state in
            var (expired, next) = ([(call: Watched, isSilent: Bool)](), nil as Instant?)
            for (id, call) in state.calls {
                let due = call.due(after: sign, idle: idle)
                if due.at <= now {
                    expired.append((call, due.isSilent))
                    state.calls[id] = nil
                } else {
                    next = next.map { min($0, due.at) } ?? due.at
                }
            }
            state.wakeAt = nil
            if let next { sleep(until: next, &state) }
            return expired
        }
        for (call, isSilent) in expired { call.expire(isSilent) }
    }
}
