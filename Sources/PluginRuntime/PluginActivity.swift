internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// Signs of life of one plugin: passes its logs and progress on, and remembers when the last one came.
final class PluginActivity: Sendable {
    private let plugin: String
    private let observer: any PluginObserver
    private let lastSign = Mutex(ContinuousClock.now)
    /// How long the rules took that were checked for a call, by the call's id, until somebody asks.
    private let ruleTimes = Mutex<[Int: [RuleTime]]>([:])

    init(plugin: String, observer: any PluginObserver) {
        self.plugin = plugin
        self.observer = observer
    }

    var last: ContinuousClock.Instant { lastSign.withLock { $0 } }

    func touch() { lastSign.withLock { $0 = .now } }

    func take(notification method: String, _ params: Value) {
        let reader = ValueReader(params, log: DiagnosticLog())
        switch method {
        case Log.method:
            guard let log = Log(wire: reader) else { return }
            if let call = log.parent, !log.ruleTimes.isEmpty { ruleTimes.withLock { $0[call] = log.ruleTimes } }
            observer.log(plugin: plugin, log.level, log.message)
        case Progress.method:
            touch()
            if let progress = Progress(wire: reader) {
                observer.progress(plugin: plugin, done: progress.done, total: progress.total, progress.message)
            }
        default: break
        }
    }

    /// What the plugin said of the rules that it checked for a call; asked once.
    func takeRuleTimes(of call: RequestID) -> [RuleTime] {
        guard case .number(let id) = call else { return [] }
        return ruleTimes.withLock { $0.removeValue(forKey: id) } ?? []
    }

    func take(stray text: String) {
        observer.log(plugin: plugin, .warning, "stray output: \(text)")
    }
}
