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
    private let remarks = Mutex(0)
    private let limits: TalkLimits
    private let locale: Locale
    private let secrets: SecretMask
    private let talk: Mutex<Talk>

    private struct Talk {
        /// Bytes that are still passed on, of what is always shown and of what is shown when asked for.
        var (loud, quiet): (Int, Int)
        /// Bytes that are still taken.
        var taken: Int
        var isCut = false
        var onExcess: (@Sendable (_ limit: Int) -> Void)?
    }

    /// Calls whose rule times are kept: as many as can be asked at once.
    private static let maximumCallsTimed = WireLimits.standard.requestsInFlight

    init(plugin: String, observer: any PluginObserver, limits: TalkLimits, locale: Locale, secrets: SecretMask) {
        (self.plugin, self.observer, self.limits, self.locale) = (plugin, observer, limits, locale)
        self.secrets = secrets
        talk = Mutex(Talk(loud: limits.shown, quiet: limits.shown, taken: limits.taken))
    }

    /// What is done, once, when the plugin has said more than ``TalkLimits/taken``.
    func onExcess(_ body: @escaping @Sendable (_ limit: Int) -> Void) {
        talk.withLock { $0.onExcess = body }
    }

    /// Begins to count anew what the plugin says, for another review.
    func renew() {
        ruleTimes.withLock { $0 = [:] }
        talk.withLock { talk in
            (talk.loud, talk.quiet, talk.taken, talk.isCut) = (limits.shown, limits.shown, limits.taken, false)
        }
    }

    var last: ContinuousClock.Instant { lastSign.withLock { $0 } }

    func touch() { lastSign.withLock { $0 = .now } }

    func take(notification method: String, _ params: Value) {
        guard takes(params.estimatedBytes + method.utf8.count) else { return }
        let reader = ValueReader(params, log: DiagnosticLog())
        switch method {
        case Log.method:
            guard let log = Log(wire: reader) else { return }
            if let call = log.parent, !log.ruleTimes.isEmpty {
                let times = log.ruleTimes.map { RuleTime(rule: secrets.masked($0.rule), duration: $0.duration) }
                ruleTimes.withLock { if $0.count < Self.maximumCallsTimed { $0[call] = times } }
            }
            if log.isOnce { remarks.withLock { $0 += 1 } }
            pass(log.level, log.message)
        case Progress.method:
            touch()
            if let progress = Progress(wire: reader) {
                let message = shown(secrets.masked(progress.message), isLoud: false) ?? ""
                observer.progress(plugin: plugin, done: progress.done, total: progress.total, message)
            }
        default: break
        }
    }

    /// What the plugin said of the rules that it checked for a call; asked once.
    func takeRuleTimes(of call: RequestID) -> [RuleTime] {
        guard case .number(let id) = call else { return [] }
        return ruleTimes.withLock { $0.removeValue(forKey: id) } ?? []
    }

    /// How often it has said something that does not come again with a kept answer: a warning, an error, or that an answer rests on
    /// more than the host sees.
    var remarkCount: Int { remarks.withLock { $0 } }

    func take(stray text: String) {
        if takes(text.utf8.count) { pass(.warning, stray(text)(locale)) }
    }

    private func pass(_ level: LogLevel, _ said: String) {
        let message = secrets.masked(said)
        if level == .warning || level == .error { remarks.withLock { $0 += 1 } }
        let shown = shown(message, isLoud: level == .warning || level == .error)
        if let shown { observer.log(plugin: plugin, level, shown) }
        let isFirstCut = talk.withLock { talk in
            guard shown.map({ $0.utf8.count < message.utf8.count }) ?? true, !talk.isCut else { return false }
            talk.isCut = true
            return true
        }
        if isFirstCut { observer.log(plugin: plugin, .warning, cut(limits.shown)(locale)) }
    }

    /// As much of the message as is still passed on; `nil` for nothing. An empty one counts as well: it is a line.
    private func shown(_ message: String, isLoud: Bool) -> String? {
        let bytes = message.utf8.count + 1
        let left = talk.withLock { talk in
            defer {
                if isLoud { talk.loud = max(0, talk.loud - bytes) } else { talk.quiet = max(0, talk.quiet - bytes) }
            }
            return isLoud ? talk.loud : talk.quiet
        }
        if left == 0 { return nil }
        return bytes <= left ? message : String(decoding: message.utf8.prefix(left), as: UTF8.self)
    }

    /// Whether so many more bytes are taken.
    private func takes(_ bytes: Int) -> Bool {
        let (isTaken, onExcess) = talk.withLock { talk in
            talk.taken -= bytes
            guard talk.taken < 0 else { return (true, nil as (@Sendable (Int) -> Void)?) }
            defer { talk.onExcess = nil }
            return (false, talk.onExcess)
        }
        onExcess?(limits.taken)
        return isTaken
    }
}

private func cut(_ limit: Int) -> LocalizedText {
    LocalizedText(
        zh: "它的消息超过 \(limit) 字节，其余不再显示",
        en: "it has logged more than \(limit) bytes; the rest is not shown"
    )
}

private func stray(_ text: String) -> LocalizedText {
    LocalizedText(zh: "杂散输出：\(text)", en: "stray output: \(text)")
}
