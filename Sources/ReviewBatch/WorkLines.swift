internal import Dispatch
internal import Synchronization

/// Lines that somebody waits for, read one by one on a thread of its own, and only as they are asked for.
final class LineSource: Sendable {
    /// A line that is not blank.
    struct Item: Sendable {
        /// Counts such lines from 0, without a gap.
        var number: Int
        /// Counts all lines from 1.
        var line: Int
        var content: WorkLine
    }

    private struct State {
        var waiting: [CheckedContinuation<Item?, Never>] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let demand = DispatchSemaphore(value: 0)

    init(_ read: @escaping @Sendable () -> WorkLine?) {
        DispatchQueue(label: "lines").async { [weak self, demand] in
            var (number, line) = (0, 0)
            while true {
                demand.wait()
                var content = read()
                line += 1
                while case .bytes(let bytes)? = content, bytes.isBlank { (content, line) = (read(), line + 1) }
                guard let content else { break }
                self?.hand(Item(number: number, line: line, content: content))
                number += 1
            }
            self?.end()
        }
    }

    /// The next line; `nil` after the last.
    func next() async -> Item? {
        await withCheckedContinuation { continuation in
            let isOver = state.withLock { state in
                if !state.isOver { state.waiting.append(continuation) }
                return state.isOver
            }
            if isOver { continuation.resume(returning: nil) } else { demand.signal() }
        }
    }

    /// Nobody gets a line any more.
    func end() {
        let waiting = state.withLock { state in
            defer { (state.waiting, state.isOver) = ([], true) }
            return state.waiting
        }
        for continuation in waiting { continuation.resume(returning: nil) }
    }

    private func hand(_ item: Item) {
        let first = state.withLock { $0.waiting.isEmpty ? nil : $0.waiting.removeFirst() }
        first?.resume(returning: item)
    }
}

extension [UInt8] {
    fileprivate var isBlank: Bool {
        allSatisfy { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") || $0 == UInt8(ascii: "\r") }
    }
}

/// Answers on their way out, in the order of the lines that they are to.
final class Outbox: Sendable {
    private struct State {
        var next = 0
        var answers: [Int: [UInt8]] = [:]
        var waiting: [(number: Int, continuation: CheckedContinuation<Bool, Never>)] = []
        var isOver = false
    }

    private let state = Mutex(State())
    private let ahead: Int
    private let send: @Sendable ([UInt8]) -> Void

    /// - Parameter ahead: how many answers may wait for an earlier one.
    init(ahead: Int, _ send: @escaping @Sendable ([UInt8]) -> Void) { (self.ahead, self.send) = (ahead, send) }

    /// Waits until an answer of that number would not have to wait too long; false when nobody sends answers any more.
    func hasRoom(for number: Int) async -> Bool {
        await withCheckedContinuation { continuation in
            let answer: Bool? = state.withLock { state in
                if state.isOver { return false }
                if number < state.next + ahead { return true }
                state.waiting.append((number, continuation))
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    func put(_ answer: [UInt8], _ number: Int) {
        let free = state.withLock { state in
            state.answers[number] = answer
            // Sent in here, so that two of them keep their order.
            while let answer = state.answers.removeValue(forKey: state.next) {
                send(answer + [UInt8(ascii: "\n")])
                state.next += 1
            }
            let free = state.waiting.filter { $0.number < state.next + ahead }
            state.waiting.removeAll { $0.number < state.next + ahead }
            return free
        }
        for (_, continuation) in free { continuation.resume(returning: true) }
    }

    func end() {
        let waiting = state.withLock { state in
            defer { (state.waiting, state.isOver) = ([], true) }
            return state.waiting
        }
        for (_, continuation) in waiting { continuation.resume(returning: false) }
    }
}
