internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// Signs of life of one plugin: passes its logs and progress on, and remembers when the last one came.
final class PluginActivity: Sendable {
    private let plugin: String
    private let observer: any PluginObserver
    private let lastSign = Mutex(ContinuousClock.now)

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
            if let log = Log(wire: reader) { observer.log(plugin: plugin, log.level, log.message) }
        case Progress.method:
            touch()
            if let progress = Progress(wire: reader) {
                observer.progress(plugin: plugin, done: progress.done, total: progress.total, progress.message)
            }
        default: break
        }
    }

    func take(stray text: String) {
        observer.log(plugin: plugin, .warning, "stray output: \(text)")
    }
}
