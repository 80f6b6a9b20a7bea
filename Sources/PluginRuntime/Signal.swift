internal import Synchronization

/// Something that happens once and that others wait for.
final class Signal: Sendable {
    private struct State {
        var isSent = false
        var nextID = 0
        var waiting: [Int: CheckedContinuation<Void, Never>] = [:]
        /// Waits that were given up before they had begun.
        var givenUp: Set<Int> = []
    }

    private let state = Mutex(State())

    func send() {
        let waiting = state.withLock { state in
            state.isSent = true
            defer { state.waiting = [:] }
            return state.waiting.sorted { $0.key < $1.key }.map(\.value)
        }
        for continuation in waiting { continuation.resume() }
    }

    /// Returns at once when the signal has been sent already, or when the task is cancelled.
    func wait() async {
        let id = newID()
        await withTaskCancellationHandler {
            await wait(as: id)
        } onCancel: {
            giveUp(id)
        }
    }

    /// Waits until the signal comes or `limit` has passed, in a cancelled task too.
    func wait(atMost limit: Duration) async {
        let id = newID()
        // Not a child task: it must sleep on when the caller is cancelled.
        let timer = Task.detached {
            guard (try? await Task.sleep(for: limit)) != nil else { return }
            self.giveUp(id)
        }
        await wait(as: id)
        timer.cancel()
    }

    private func newID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
    }

    private func wait(as id: Int) async {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if state.isSent || state.givenUp.remove(id) != nil { return true }
                state.waiting[id] = continuation
                return false
            }
            if isOver { continuation.resume() }
        }
    }

    private func giveUp(_ id: Int) {
        state.withLock { state in
            let waiting = state.waiting.removeValue(forKey: id)
            if waiting == nil { state.givenUp.insert(id) }
            return waiting
        }?.resume()
    }
}
