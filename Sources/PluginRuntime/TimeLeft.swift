internal import Synchronization

/// The time that a step may take, over all calls that it is made of: opening a source and pulling its pages, say. It begins when
/// the first of them goes out.
package final class TimeLeft: Sendable {
    /// The whole of it.
    package let limit: Duration
    /// Whether a call must also show signs of life meanwhile, or is given up before.
    package let needsSigns: Bool
    private let start = Mutex<ContinuousClock.Instant?>(nil)

    /// Time that somebody has set: all of it may pass in silence.
    package init(_ limit: Duration) { (self.limit, needsSigns) = (limit, false) }

    /// Time that nobody has set: `bound` at the most, and less where there are no signs of life.
    package init(unlessSilent bound: Duration) { (limit, needsSigns) = (bound, true) }

    /// The first call goes out.
    package func begin() { start.withLock { $0 = $0 ?? .now } }

    package var left: Duration { start.withLock { start in start.map { limit - (.now - $0) } ?? limit } }
}
