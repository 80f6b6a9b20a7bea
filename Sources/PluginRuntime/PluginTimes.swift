public import ReviewModel

/// How long a plugin may take for what.
public struct PluginTimes: Sendable {
    /// From spawn to the reply to `initialize`.
    public var start = Duration.seconds(10)
    /// Without any sign of life during a call.
    public var idle = Duration.seconds(60)
    /// From `$/cancel` to the reply.
    public var cancel = Duration.seconds(2)
    /// From `shutdown` and the end of standard input to the end of the process.
    public var shutdown = Duration.seconds(2)
    /// From TERM to KILL.
    public var terminate = Duration.seconds(2)

    public init() {}

    /// For a plugin that stands in a debugger.
    static let unlimited: PluginTimes = {
        var times = PluginTimes()
        (times.start, times.idle, times.cancel) = (.seconds(1 << 30), .seconds(1 << 30), .seconds(1 << 30))
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
