internal import PluginWire
public import ReviewModel

/// A plugin that did not do its part. Made by the host, never sent over the wire.
public struct PluginFailure: Error, Sendable {
    public var plugin: String
    public var reason: Reason
    /// The last lines that the plugin wrote to standard error.
    public var standardError: [String]

    public enum Reason: Sendable {
        case notFound(searched: [String], similar: String?)
        case spawnFailed(LocalizedText)
        /// The machine lets no plugin be started; the sentence says what it lacks.
        case noRoom(LocalizedText)
        case crashed(status: LocalizedText, during: String)
        /// No reply within the time for it.
        case hung(call: String, seconds: Int)
        /// It gave up when it was told that the time is up.
        case tookTooLong(call: String, seconds: Int)
        case violation(reason: LocalizedText, line: String)
        /// It asks and asks and does not read the replies, of which so many bytes wait.
        case deaf(bytes: Int)
        /// It has closed its standard input, and was to be told more.
        case closedInput(during: String)
        /// It has served a review before and does not read the next request.
        case asleep(call: String, seconds: Int)
        /// It has logged and printed more bytes than a host takes.
        case talksTooMuch(bytes: Int)
        /// What it and the processes that it has started use up together is more than they may; a sentence says what.
        case overLimit(LocalizedText)
        /// The plugin answered with an error.
        case refused(call: String, LocalizedText)
        /// A message for it or from it fits no line, and it does not take long lists in pieces.
        case tooLong(call: String, LocalizedText)
        /// The plugin answered something that makes no sense.
        case nonsense(call: String, LocalizedText)
        /// It is not in the lock file.
        case notLocked(lock: String)
        /// It is not what was locked; the detail says how that shows.
        case changed(file: String, lock: String, String)
        /// It is not what was installed; half a sentence says what shows that.
        case notAsInstalled(LocalizedText)
        /// What was installed cannot be used; half a sentence says why and what to do.
        case unusableInstallation(LocalizedText)
        /// It is locked, and a reason that is nobody's malice may be why it is not what was locked; half a sentence.
        case lockedOtherwise(lock: String, LocalizedText)
        /// Nobody can say which files run when it is started; half a sentence says why and what to do.
        case unlockable(LocalizedText)
        /// Two specs mean different programs by its name.
        case ambiguous(String, String)
        /// A renderer's file that may not be taken; the sentence says why.
        case unusableFile(LocalizedText)
    }

    public init(plugin: String, _ reason: Reason, standardError: [String] = []) {
        self.plugin = plugin
        self.reason = reason
        self.standardError = standardError
    }

    /// Whether it is the machine that is at fault: a folder that cannot be made, descriptors that have run out.
    public var isOfMachine: Bool { if case .noRoom = reason { true } else { false } }

    /// Whether the process died, so that a new one may do better.
    package var isCrash: Bool { if case .crashed = reason { true } else { false } }

    /// One sentence that names the plugin, what happened and the next step. What it quotes of the plugin is bounded; the trace has
    /// it all.
    public var message: LocalizedText {
        let name = "\(quoted(plugin))"
        switch reason.bounded {
        case .notFound(let searched, let similar):
            return notFound(name, searched, similar)
        case .spawnFailed(let detail):
            return LocalizedText(
                zh: "插件\(name)无法启动：\(detail.zh)。请检查文件是否存在、是否可执行。",
                en: "plugin \(name) cannot be started: \(detail.en); check that the file exists and is executable"
            )
        case .noRoom(let lack):
            return LocalizedText(
                zh: "插件\(name)无法启动：\(lack.zh)",
                en: "plugin \(name) cannot be started: \(lack.en)"
            )
        case .crashed(let status, let call):
            return LocalizedText(
                zh: "插件\(name)在 \(call) 期间意外退出（\(status.zh)）。请看它在标准错误上的输出。",
                en: "plugin \(name) ended during \(call) (\(status.en)); see what it wrote to standard error"
            )
        case .hung(let call, let seconds):
            return LocalizedText(
                zh: "插件\(name)在 \(seconds) 秒内没有答复 \(call)，已被终止。",
                en: "plugin \(name) did not answer \(call) within \(seconds) s and was stopped"
            ).withRemedy(forCall: call)
        case .tookTooLong(let call, let seconds):
            return LocalizedText(
                zh: "插件\(name)在 \(seconds) 秒内没有完成 \(call)，已被取消。",
                en: "plugin \(name) did not finish \(call) within \(seconds) s and was cancelled"
            ).withRemedy(forCall: call)
        case .violation(let reason, let line):
            return LocalizedText(
                zh: "插件\(name)违反了协议：\(reason.zh)。该行开头：\(line)",
                en: "plugin \(name) broke the protocol: \(reason.en); the line begins: \(line)"
            )
        case .deaf(let bytes):
            return LocalizedText(
                zh: "插件\(name)不断提问却不读取答复（积压超过 \(bytes >> 20) MiB），已被终止。插件须在写的同时读标准输入。",
                en:
                    "plugin \(name) asks without reading the replies (more than \(bytes >> 20) MiB wait) and was stopped; "
                    + "it must read standard input while it writes"
            )
        case .closedInput(let call):
            return LocalizedText(
                zh: "插件\(name)在 \(call) 时已关闭标准输入，收不到任何请求，已被终止。插件须读标准输入，直到它结束。",
                en:
                    "plugin \(name) had closed its standard input by \(call), so that no request reaches it, and was stopped; it must "
                    + "read standard input until that ends"
            )
        case .asleep(let call, let seconds):
            return LocalizedText(
                zh: "插件\(name)做完一次评审后，\(seconds) 秒内没有读取下一个请求 \(call)，已被终止。",
                en:
                    "plugin \(name) has served a review and did not read the next request, \(call), within \(seconds) s; it was stopped"
            )
        case .talksTooMuch(let bytes):
            return LocalizedText(
                zh: "插件\(name)的日志和杂散输出超过 \(bytes >> 20) MiB，已被终止。请让它少写日志。",
                en: "plugin \(name) logged and printed more than \(bytes >> 20) MiB and was stopped; let it log less"
            )
        case .overLimit(let excess):
            return LocalizedText(
                zh: "插件\(name)已被终止：\(excess.zh)",
                en: "plugin \(name) was stopped: \(excess.en)"
            )
        case .refused(let call, let reason):
            return LocalizedText(
                zh: "插件\(name)拒绝了 \(call)：\(reason.zh)",
                en: "plugin \(name) refused \(call): \(reason.en)"
            )
        case .tooLong(let call, let detail):
            return LocalizedText(
                zh: "插件\(name)的 \(call) 装不进一行：\(detail.zh)。它不会分批收发长列表（capability \"lists\"），请换用较新的版本或套件。",
                en:
                    "\(call) of the plugin \(name) does not fit a line: \(detail.en); it does not take long lists in pieces "
                    + "(capability \"lists\"): use a newer release of it, or build it with a newer kit"
            )
        case .nonsense(let call, let detail):
            return LocalizedText(
                zh: "插件\(name)对 \(call) 的答复无法使用：\(detail.zh)",
                en: "plugin \(name) gave no usable answer to \(call): \(detail.en)"
            )
        case .notLocked(let lock):
            return LocalizedText(
                zh: "插件\(name)不在 \(lock) 中，未启动。核实后可用 pingshen plugins lock SPEC 将其锁定。",
                en: "plugin \(name) is not in \(lock) and was not started; "
                    + "once you trust it, lock it with: pingshen plugins lock SPEC"
            )
        case .changed(let file, let lock, let detail):
            return LocalizedText(
                zh: "插件\(name)与 \(lock) 锁定的不同，未启动：\(file)（\(detail)）。请查明是谁改动的；确认后用 pingshen plugins lock SPEC 重新锁定。",
                en: "plugin \(name) is not what \(lock) has locked and was not started: \(file) (\(detail)); "
                    + "find out who changed it, then lock it anew with: pingshen plugins lock SPEC"
            )
        case .notAsInstalled(let deviation):
            return LocalizedText(
                zh: "插件\(name)与安装时不同，未启动：\(deviation.zh)。请查明是谁改动的；确认后用 pingshen plugins add 重新安装。",
                en: "plugin \(name) is not what was installed and was not started: \(deviation.en); "
                    + "find out who changed it, then install it anew: pingshen plugins add FOLDER"
            )
        case .unusableInstallation(let reason):
            return LocalizedText(
                zh: "已安装的插件\(name)无法启动：\(reason.zh)",
                en: "the installed plugin \(name) cannot be started: \(reason.en)"
            )
        case .lockedOtherwise(let lock, let reason):
            return LocalizedText(
                zh: "插件\(name)与 \(lock) 锁定的不同，未启动：\(reason.zh)。确认后用 pingshen plugins lock SPEC 重新锁定。",
                en: "plugin \(name) is not what \(lock) has locked and was not started: \(reason.en); "
                    + "once you trust it, lock it anew with: pingshen plugins lock SPEC"
            )
        case .unlockable(let reason):
            return LocalizedText(
                zh: "插件\(name)无法锁定，未启动：\(reason.zh)",
                en: "plugin \(name) cannot be locked and was not started: \(reason.en)"
            )
        case .ambiguous(let one, let other):
            return LocalizedText(
                zh: "这些 spec 用插件名\(name)指两个不同的程序：\(one) 和 \(other)。请改名，或分别放在各自有 pingshen.lock 的文件夹。",
                en: "these specs mean two programs by the plugin \(name): \(one) and \(other); "
                    + "rename one, or lock them in folders of their own"
            )
        case .unusableFile(let sentence):
            return sentence
        }
    }
}

extension PluginFailure {
    /// The same with what the plugin says of it in its error, such as a traceback: beside its last words.
    func adding(_ detail: String?) -> PluginFailure {
        guard let detail, !detail.isEmpty else { return self }
        var tail = LineTail()
        Array(detail.utf8).withUnsafeBytes { tail.push($0) }
        var told = self
        told.standardError += tail.lines.filter { !standardError.contains($0) }
        return told
    }

    /// The same, with no secret in what it quotes of the plugin.
    package func masked(by secrets: SecretMask) -> PluginFailure {
        PluginFailure(plugin: plugin, reason.masked(by: secrets), standardError: standardError.map(secrets.masked))
    }
}

extension PluginFailure.Reason {
    /// The same, with no secret in what it quotes of the plugin.
    func masked(by secrets: SecretMask) -> Self {
        switch self {
        case .violation(let reason, let line): .violation(reason: secrets.masked(reason), line: secrets.masked(line))
        case .refused(let call, let reason): .refused(call: call, secrets.masked(reason))
        case .nonsense(let call, let detail): .nonsense(call: call, secrets.masked(detail))
        case .unusableFile(let sentence): .unusableFile(secrets.masked(sentence))
        default: self
        }
    }
}

extension PluginFailure.Reason {
    /// Bytes of one quotation: a paragraph. An error text may be as long as a line of the wire, and would hide all the others.
    private static let quotedBytes = 4000

    /// The same, with quotations that a person can read.
    fileprivate var bounded: Self {
        let most = Self.quotedBytes
        return switch self {
        case .spawnFailed(let detail): .spawnFailed(detail.bounded(to: most))
        case .violation(let reason, let line):
            .violation(reason: reason.bounded(to: most), line: line.bounded(to: most))
        case .refused(let call, let reason): .refused(call: call, reason.bounded(to: most))
        case .tooLong(let call, let detail): .tooLong(call: call, detail.bounded(to: most))
        case .nonsense(let call, let detail): .nonsense(call: call, detail.bounded(to: most))
        case .unusableFile(let sentence): .unusableFile(sentence.bounded(to: most))
        default: self
        }
    }
}

extension LocalizedText {
    /// With what gives the call more time, where something does.
    fileprivate func withRemedy(forCall call: String) -> LocalizedText {
        // These belong to no step's deadline.
        if [ValidateConfiguration.method, ListRules.method].contains(call) { return self }
        if call == Initialize.method {
            return LocalizedText(
                zh: zh + "若它已答复，须每写一行就刷新标准输出（flush）；若启动确实慢，可在 plugins: 下该插件处用 start_seconds 延长时限。",
                en: en
                    + "; if it has answered, it must flush standard output after every line; if its start takes so long, "
                    + "start_seconds beside its name under plugins: allows more"
            )
        }
        if call == manifestOption {
            return LocalizedText(
                zh: zh + "插件应在加载其他内容之前先打印它。",
                en: en + "; a plugin prints it before it loads anything that takes long"
            )
        }
        return LocalizedText(
            zh: zh + "可在步骤中用 deadline_seconds 延长时限。",
            en: en + "; deadline_seconds in its step allows more"
        )
    }
}

private func notFound(_ name: String, _ searched: [String], _ similar: String?) -> LocalizedText {
    let places = searched.joined(separator: ", ")
    let hintZh = similar.map { "是不是\(quoted($0))？" } ?? "可在 spec 的 plugins: 中写明它的 command。"
    let hintEn = similar.map { "did you mean \(quoted($0))?" } ?? "name its command under plugins: in the spec"
    return LocalizedText(
        zh: "找不到插件\(name)（查找过：\(places)）。\(hintZh)",
        en: "no plugin \(name) (looked in: \(places)); \(hintEn)"
    )
}
