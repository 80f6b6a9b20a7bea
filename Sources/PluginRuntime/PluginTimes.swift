public import ReviewModel

/// How long a plugin may take for what.
public struct PluginTimes: Sendable {
    /// From spawn to the reply to `initialize`.
    public var start = Duration.seconds(10)
    /// Without any sign of life during a call.
    public var idle = Duration.seconds(60)
    /// From a question about settings or rules to its reply, whatever the signs of life: they are asked before anything is
    /// judged, and somebody waits.
    public var question = Duration.seconds(300)
    /// For a step without `deadline_seconds`, whatever the signs of life, over all calls that it is made of: a day's
    /// work has more than one such step in it, and who needs longer says so.
    public var step = Duration.seconds(3600)
    /// From `$/cancel` to the reply.
    public var cancel = Duration.seconds(2)
    /// From a request to a plugin that has served a review before to its being read: such a plugin has nothing else to do.
    public var wake = Duration.seconds(5)
    /// From what cannot be written, since nobody reads standard input any more, to the end of the process.
    public var hangUp = Duration.seconds(2)
    /// From `shutdown` and the end of standard input to the end of the process.
    public var shutdown = Duration.seconds(2)
    /// From TERM to KILL.
    public var terminate = Duration.seconds(2)

    public init() {}

    /// For a plugin that stands in a debugger.
    static let unlimited: PluginTimes = {
        var times = PluginTimes()
        let longest = Duration.seconds(1 << 30)
        (times.start, times.idle, times.question) = (longest, longest, longest)
        (times.step, times.cancel, times.wake, times.hangUp) = (longest, longest, longest, longest)
        return times
    }()
}

/// Hears what plugins say besides their replies.
public protocol PluginObserver: Sendable {
    func log(plugin: String, _ level: LogLevel, _ message: String)
    func progress(plugin: String, done: Int, total: Int?, _ message: String)
}

/// Hears nothing.
public struct SilentObserver: PluginObserver {
    public init() {}
    public func log(plugin: String, _ level: LogLevel, _ message: String) {}
    public func progress(plugin: String, done: Int, total: Int?, _ message: String) {}
}
