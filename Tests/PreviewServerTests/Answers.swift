import PreviewWire
import Synchronization

/// What was answered.
final class Answers: Sendable {
    private let answers = Mutex<[PreviewAnswer]>([])
    var all: [PreviewAnswer] { answers.withLock { $0 } }
    func add(_ answer: PreviewAnswer) { answers.withLock { $0.append(answer) } }
}
