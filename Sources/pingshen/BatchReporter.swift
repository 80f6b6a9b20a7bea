internal import Glibc
internal import PluginRuntime
internal import ReviewBatch
internal import ReviewModel
internal import ReviewPipeline
internal import SpecLoading
internal import Synchronization

/// Tells people how a batch gets on, on standard error: one line that is written over where that is a terminal, else a line a
/// review.
final class BatchReporter: Sendable {
    private struct State {
        var total = 0
        var ended = 0
        var running = 0
        var failed = 0
        var isShown = false
        /// What has been told of that goes; thousands of specs use the same.
        var noticed: Set<LocalizedText> = []
        var noticedAgain = 0
    }

    private let locale: Locale
    private let isVerbose: Bool
    private let explains: Bool
    private let isTerminal = isatty(STDERR_FILENO) == 1 && Terminal.environment("TERM") != "dumb"
    private let state = Mutex(State())

    init(locale: Locale, isVerbose: Bool, explains: Bool) {
        (self.locale, self.isVerbose, self.explains) = (locale, isVerbose, explains)
    }

    func hear(_ event: BatchEvent) {
        switch event {
        case .found(let count, let parts):
            state.withLock { $0.total = count }
            say(found(count, parts.count)(locale))
            if isVerbose { for part in parts { say("  " + passedOver(part.inOneLine)(locale)) } }
        case .checked(let count, let total): show(checking(count, total)(locale), everyTime: count == total)
        case .explained(let spec, let reason): if explains { say("\(spec): \(reason(locale))".inOneLine) }
        case .began:
            state.withLock { $0.running += 1 }
            showProgress()
        case .noticed(let notices): tell(notices)
        case .setAside(let copies): Terminal.say(keptAside(copies)(locale))
        case .ended(let item, let mistakes, let failures): tell(item, mistakes, failures)
        }
    }

    /// The last line: what became of all.
    func close(_ result: BatchResult) {
        clear()
        let again = state.withLock { $0.noticedAgain }
        if again > 0, !isVerbose { Terminal.say(noticedAgain(again)(locale)) }
        Terminal.say(painted: Terminal.bold(summary(result)(locale)))
    }

    /// Each thing that goes is told once, where it was met first.
    private func tell(_ notices: LoadedSpec) {
        var shown = notices
        let new = state.withLock { state in notices.diagnostics.filter { state.noticed.insert($0.message).inserted } }
        if !isVerbose { shown.diagnostics = new }
        state.withLock { $0.noticedAgain += notices.diagnostics.count - shown.diagnostics.count }
        if !shown.diagnostics.isEmpty { say(shown.rendered(locale: locale, isColoured: Terminal.isColoured)) }
    }

    private func tell(_ item: BatchItem, _ mistakes: String?, _ failures: [StepFailure]) {
        let number = state.withLock { state in
            state.ended += 1
            if item.state != .unchanged { state.running = max(0, state.running - 1) }
            if ![.done, .unchanged].contains(item.state) { state.failed += 1 }
            return (state.ended, state.total)
        }
        let isQuiet = item.state == .unchanged || item.state == .done
        // Thousands that are as they were are told of at the end.
        if item.state != .unchanged || isVerbose, !(isTerminal && isQuiet && !isVerbose) {
            say("[\(number.0)/\(number.1)] " + line(item)(locale).inOneLine)
        }
        if isVerbose {
            if let mistakes { say(mistakes) }
            for failure in failures.map(\.failure) {
                for line in failure.standardError { say("    \(failure.plugin)> \(line)") }
            }
        }
        showProgress()
    }

    // MARK: The line that is written over

    private func showProgress() {
        guard isTerminal else { return }
        let line = state.withLock { state in
            progress(state.ended, state.total, running: state.running, failed: state.failed)
        }
        show(line(locale), everyTime: true)
    }

    private func show(_ text: String, everyTime: Bool) {
        guard isTerminal, everyTime || state.withLock({ !$0.isShown }) else { return }
        state.withLock { $0.isShown = true }
        Terminal.overwrite(text)
    }

    private func say(_ text: String) {
        clear()
        Terminal.say(text)
    }

    private func clear() {
        guard
            state.withLock({ state in
                defer { state.isShown = false }
                return state.isShown
            })
        else { return }
        Terminal.overwrite("")
    }
}

// MARK: - Messages

private func found(_ specs: Int, _ parts: Int) -> LocalizedText {
    let (zh, en) =
        parts > 0
        ? ("；另有 \(parts) 个 YAML 文件是部件，未评审", "; \(parts) YAML file(s) are parts of specs and passed over") : ("", "")
    return LocalizedText(zh: "共 \(specs) 个 spec\(zh)", en: "\(specs) spec(s)\(en)")
}

private func passedOver(_ path: String) -> LocalizedText {
    LocalizedText(zh: "部件：\(path)", en: "a part: \(path)")
}

private func noticedAgain(_ count: Int) -> LocalizedText {
    LocalizedText(
        zh: "上述即将取消的内容另有 \(count) 处，--verbose 逐一列出",
        en: "what goes, as told above, stands in \(count) more place(s); --verbose lists them"
    )
}

private func checking(_ count: Int, _ total: Int) -> LocalizedText {
    LocalizedText(zh: "检查 \(count)/\(total)", en: "checking \(count)/\(total)")
}

private func progress(_ ended: Int, _ total: Int, running: Int, failed: Int) -> LocalizedText {
    LocalizedText(
        zh: "已完成 \(ended)/\(total)，进行中 \(running)，有问题 \(failed)，剩余 \(max(0, total - ended - running))",
        en: "\(ended)/\(total) done, \(running) running, \(failed) failed, \(max(0, total - ended - running)) left"
    )
}

private func stateName(_ state: BatchItem.State) -> LocalizedText {
    switch state {
    case .done: LocalizedText(zh: "完成", en: "done")
    case .incomplete: LocalizedText(zh: "不完整", en: "incomplete")
    case .invalid: LocalizedText(zh: "spec 有误", en: "invalid")
    case .failed: LocalizedText(zh: "失败", en: "failed")
    case .unchanged: LocalizedText(zh: "未变化", en: "unchanged")
    case .notRun: LocalizedText(zh: "未评审", en: "not run")
    }
}

private func line(_ item: BatchItem) -> LocalizedText {
    let name = item.id.isEmpty ? item.spec : item.id
    let counts = Severity.allCases.reversed().map { ($0, item.findings[$0] ?? 0) }.filter { $0.1 > 0 }
    func parts(_ verdict: String?, _ counts: [String], _ message: String?, _ state: String) -> String {
        ([state, name] + (item.town.isEmpty ? [] : [item.town]) + [verdict].compactMap(\.self) + counts).joined(
            separator: "  "
        )
            + (message.map { "  " + $0 } ?? "")
    }
    let state = stateName(item.state)
    return LocalizedText(
        zh: parts(item.verdict?.name.zh, counts.map { "\($0.name.zh) \($1)" }, item.message?.zh, state.zh),
        en: parts(item.verdict?.name.en, counts.map { "\($1) \($0.name.en)" }, item.message?.en, state.en)
    )
}

private func summary(_ result: BatchResult) -> LocalizedText {
    let counts = BatchItem.State.allCases.map { ($0, result.count($0)) }.filter { $0.1 > 0 }
    return LocalizedText(
        zh: counts.map { "\(stateName($0).zh) \($1)" }.joined(separator: "，"),
        en: counts.map { "\($1) \(stateName($0).en)" }.joined(separator: ", ")
    )
}
