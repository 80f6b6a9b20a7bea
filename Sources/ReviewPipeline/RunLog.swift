internal import ReviewModel
internal import Synchronization

/// Timings of one run, kept apart from the review: the only output that differs between two runs of the same spec.
final class RunLog: Sendable {
    private let entries = Mutex<[Value]>([])
    private let start = ContinuousClock.now

    /// Runs `body` and notes how long the step took.
    func timing<Result: Sendable>(_ step: String, _ body: () async throws -> Result) async rethrows -> Result {
        let begin = ContinuousClock.now
        defer {
            let end = ContinuousClock.now
            let entry: Value = [
                "step": .text(step), "startMicroseconds": .integer(microseconds(begin - start)),
                "durationMicroseconds": .integer(microseconds(end - begin)),
            ]
            add(entry)
        }
        return try await body()
    }

    func add(_ entry: Value) {
        entries.withLock { $0.append(entry) }
    }

    /// One JSON object a line.
    var lines: [UInt8] {
        entries.withLock { $0 }.flatMap { JSONWriter.inertLine($0) + [UInt8(ascii: "\n")] }
    }

    private func microseconds(_ duration: Duration) -> Int {
        Int(duration.components.seconds) * 1_000_000 + Int(duration.components.attoseconds / 1_000_000_000_000)
    }
}
