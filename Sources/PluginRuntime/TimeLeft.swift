/// The time that a step may take, over all calls that it is made of: opening a source and pulling its pages, say.
package struct TimeLeft: Sendable {
    /// `nil` where the plugin may go on as long as it shows signs of life.
    package let limit: Duration?
    private let start = ContinuousClock.now

    package init(_ limit: Duration?) { self.limit = limit }

    package var left: Duration? { limit.map { $0 - (.now - start) } }
}
