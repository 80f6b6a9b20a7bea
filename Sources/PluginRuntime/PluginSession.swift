internal import Glibc
package import LocalFiles
package import PluginWire
package import ReviewModel
package import Synchronization

/// A running plugin: its process, the conversation with it, and what became of both.
///
/// A session lives inside ``withPlugins(_:_:)``. ``run()`` (in PluginSession+Process.swift) owns the process from spawn to
/// reaping; everything else talks to the peer. Tasks that do so prefer ``executor``. A process that ends, breaks the protocol or is stopped ends the
/// conversation, which fails whatever still waits for a reply.
package final class PluginSession: Sendable {
    package let program: PluginProgram
    package let peer: Peer
    /// The plugin's own folder, held open since before the plugin started: it may rename it, or put a link in its place.
    private let folder: HeldFolder
    package let settings: SessionSettings
    let activity: PluginActivity
    package let service = DossierService()
    let process: PluginProcess
    let standardError = Mutex(LineTail())
    package let state = Mutex(State())
    private let deadlines: DeadlineWatch

    package struct State {
        package var manifest: PluginManifest?
        package var capabilities: Set<Capability> = []
        /// What the plugin is busy with, for the message if it ends.
        package var currentCall = "start"
        /// Calls whose time was up, with the seconds that they had.
        package var stopped: [Int: Int] = [:]
        /// Why the conversation ended; the first reason counts.
        package var end: PluginFailure.Reason?
        /// Whether something went wrong, or was given up, so that nobody knows what the plugin is still doing.
        var isSpoilt = false
        /// How much had been written when it was taken for a further review, until it is asked for the first time in it.
        var isToWakeAfter: Int?
        /// Whether the conversation ended when nobody was waiting, so that nobody has been told why.
        var hasEndedUnasked = false
    }

    /// - Parameter scratch: the plugin's own folder.
    package init(_ program: PluginProgram, scratch: HeldFolder, _ settings: SessionSettings) {
        self.program = program
        folder = scratch
        var settings = settings
        if settings.attachments[program.name] != nil { settings.times = .unlimited }
        self.settings = settings
        let (times, trace) = (settings.times, settings.trace)
        let outgoingLimit = settings.outgoingLimit
        let loop = PipeLoop(outgoingLimit: outgoingLimit)
        process = PluginProcess(loop: loop, times: times)
        let activity = PluginActivity(
            plugin: program.name,
            observer: settings.observer,
            limits: settings.talkLimits,
            locale: settings.locale,
            secrets: settings.secrets
        )
        self.activity = activity
        deadlines = DeadlineWatch(idle: times.idle) { activity.last }
        let methods = service.methods
        peer = Peer(
            handlers: Peer.Handlers(
                answer: { call, _ in try await methods.answer(call, ()) },
                quick: methods.quick,
                notification: { activity.take(notification: $0, $1) },
                stray: { activity.take(stray: $0) }
            ),
            send: { line in
                trace?.note(program.name, .toPlugin, line)
                loop.push(line)
            }
        )
        loop.onOverflow { [weak self] in
            self?.end(.deaf(bytes: outgoingLimit))
            self?.process.kill(SIGKILL)
        }
        loop.onDeafness { [weak self] in self?.giveUpTalking() }
        activity.onExcess { [weak self] bytes in
            self?.end(.talksTooMuch(bytes: bytes))
            self?.process.kill(SIGKILL)
        }
    }

    /// The thread that reads the plugin's replies: what is done between two calls is best done there.
    var executor: PipeLoop { process.loop }

    /// What the plugin can do; nothing before ``start()``.
    package var capabilities: Set<Capability> { state.withLock { $0.capabilities } }

    /// Whether the plugin says that it answers equal calls alike.
    package var isRepeatable: Bool { capabilities.contains(.repeatable) }

    /// What the plugin said of itself; present once ``start()`` has returned.
    package var manifest: PluginManifest? { state.withLock { $0.manifest } }

    /// Makes the session ready for the next review: its folder is emptied, and what it has said is forgotten.
    ///
    /// - Returns: whether it can be; not where anything has gone wrong with it, or something of the last review stays.
    package func renew() -> Bool {
        let isSound = state.withLock { $0.end == nil && !$0.isSpoilt && $0.manifest != nil }
        guard isSound, !peer.isWaiting, folder.isStill(at: folder.path), folder.empty() == nil else { return false }
        if settings.sandbox != nil {
            for further in Sandbox.furtherFolders(of: scratch) {
                guard let held = try? HeldFolder(further, followingLinks: false), held.empty() == nil else {
                    return false
                }
            }
        }
        activity.renew()
        standardError.withLock { $0 = LineTail() }
        return true
    }

    /// What went wrong with it since it was asked for the last time. What it has said unasked is refused by then, and is not taken
    /// for an answer to what it will be asked.
    func mistakeBetweenCalls() async -> PluginFailure? {
        guard await process.loop.settle() else {
            return failure(.violation(reason: goesOnWriting, line: ""))
        }
        // Who is about to be gone has closed its input, too.
        if state.withLock({ $0.end == nil }), process.loop.isDeaf {
            await process.hasEnded(within: .milliseconds(100))
        }
        let (end, unasked, call) = state.withLock { ($0.end, $0.hasEndedUnasked, $0.currentCall) }
        if let end { return unasked ? failure(end) : nil }
        return process.loop.isDeaf ? failure(.closedInput(during: call)) : nil
    }

    /// From now on it serves a further review: it has nothing else to do, so its first request is to be read soon.
    func expectAwake() {
        let mark = process.loop.pushedBytes
        state.withLock { $0.isToWakeAfter = mark }
    }

    /// Watches whether a request is read that goes out to a plugin which is to be awake.
    private func watchWaking(_ method: String) {
        let mark = state.withLock { state in
            defer { state.isToWakeAfter = nil }
            return state.isToWakeAfter
        }
        guard let mark else { return }
        let limit = settings.times.wake
        deadlines.begin(Self.waking, limit: limit) { [weak self] _ in
            guard let self, isOpen, process.loop.hasReadNothing(after: mark) else { return }
            end(.asleep(call: method, seconds: Int(limit.components.seconds)))
            process.kill(SIGKILL)
        }
    }

    /// Something was to be written that nobody can read any more. Who has died is told as such, for which there is a moment.
    private func giveUpTalking() {
        guard settings.attachments[program.name] == nil else { return }
        let call = state.withLock { $0.currentCall }
        deadlines.begin(Self.hangingUp, limit: settings.times.hangUp) { [weak self] _ in
            // Of one that has died the end is told as soon as somebody gets to it.
            guard let self, isOpen, !process.isDead else { return }
            end(.closedInput(during: call))
            process.kill(SIGKILL)
        }
    }

    /// Whether the conversation goes on.
    private var isOpen: Bool { state.withLock { $0.end == nil } }

    /// What is watched that is no request: its ids count from 1.
    private static let (waking, hangingUp) = (-1, -2)

    /// Where the plugin's own folder was made.
    package var scratch: String { folder.path }

    /// The folder of one step in the plugin's own, made where there is none.
    ///
    /// - Throws: ``PluginFailure`` where the plugin has put something else in its place.
    package func folder(ofStep step: String) throws(PluginFailure) -> HeldFolder {
        do throws(FileError) {
            return try folder.folder(FilePaths.plainName(step))
        } catch {
            throw failure(.unusableFile(noFolder(program.name, error)))
        }
    }

    /// Ends the conversation; the first reason given is the one that is told.
    package func end(_ reason: PluginFailure.Reason) {
        let isAwaited = peer.isWaiting
        let first = state.withLock { state in
            if state.end == nil { (state.end, state.hasEndedUnasked) = (reason, !isAwaited) }
            return state.end ?? reason
        }
        deadlines.stop()
        peer.end(failure(first))
        process.loop.finish()
    }

    /// From now on the process serves no other review.
    private func spoil() { state.withLock { $0.isSpoilt = true } }

    package func failure(_ reason: PluginFailure.Reason) -> PluginFailure {
        let lines = standardError.withLock { $0.lines }
        spoil()
        return PluginFailure(
            plugin: program.name,
            reason.masked(by: settings.secrets),
            standardError: lines.map(settings.secrets.masked)
        )
    }
}

// MARK: - Calls

extension PluginSession {
    /// The handshake; returns what the plugin says of itself.
    package func start() async throws -> PluginManifest {
        let request = Initialize(hostName: "pingshen", hostVersion: hostVersion, locale: settings.locale)
        let response = try await call(request, limit: settings.startLimits[program.name] ?? settings.times.start)
        guard request.protocolVersions.contains(response.protocolVersion) else {
            throw failure(.nonsense(call: Initialize.method, notOffered(response.protocolVersion)))
        }
        peer.limits = WireLimits.standard.combined(with: response.limits)
        state.withLock { ($0.manifest, $0.capabilities) = (response.manifest, response.capabilities) }
        return response.manifest
    }

    package func call<Request: WireRequest>(_ request: Request, limit: Duration? = nil) async throws -> Request.Response
    {
        try await call(about: nil, within: time(limit)) { _ in request }
    }

    /// The time for a step: its deadline, or what a step without one may take.
    func time(_ limit: Duration?) -> TimeLeft {
        limit.map { TimeLeft($0) } ?? TimeLeft(unlessSilent: settings.times.step)
    }

    /// The time for a question about settings or rules.
    var timeForQuestion: TimeLeft { TimeLeft(unlessSilent: settings.times.question) }

    /// Makes a call. While it is served the plugin may ask about its subject; `make` is given the call's id, so that streams
    /// can be opened on its behalf.
    package func call<Request: WireRequest>(
        about subject: DossierService.Subject?,
        within time: TimeLeft,
        make: (RequestID) -> Request
    ) async throws -> Request.Response {
        let result = try await result(about: subject, within: time, make: make)
        do {
            guard Request.hasLongLists else { return try .decode(result, of: Request.method) }
            let whole = try await result.completed {
                try await self.call(about: nil, within: time) { [request = $0] _ in request }
            }
            return try .decode(whole, of: Request.method)
        } catch let error as RPCError {
            throw failure(.nonsense(call: Request.method, error.complaint))
        }
    }

    private func result<Request: WireRequest>(
        about subject: DossierService.Subject?,
        within time: TimeLeft,
        make: (RequestID) -> Request
    ) async throws -> JSONText {
        let method = Request.method
        state.withLock { $0.currentCall = method }
        let id = peer.reserveID()
        let owner = RequestID.number(id)
        if let subject { service.begin(owner, subject) }
        defer { if subject != nil { service.end(owner) } }
        let left = try left(time, method)
        defer { deadlines.end(id) }
        let request = make(owner)
        let params: Value? = Request.hasLongLists ? try fitting(request.long, of: method, owner) : Value?.none
        do {
            return try await peer.call(
                id: id,
                method,
                whenItsTurn: {
                    // Others may have held it up, which is not its fault.
                    time.begin()
                    watchWaking(method)
                    // Until the call ends, which is while the session lives.
                    deadlines.begin(id, limit: left, needsSigns: time.needsSigns) { isSilent in
                        self.stop(id, method, after: isSilent ? self.settings.times.idle : time.limit)
                    }
                },
                { writer in
                    if let params { writer.write(params) } else { request.encode(into: &writer) }
                }
            )
        } catch let error as RPCError {
            // No mistake: it need not know the question, and may serve further reviews.
            if method == ListRules.method, error.code == RPCError.Code.methodNotFound.rawValue { throw UnknownMethod() }
            spoil()
            if error.code == RPCError.Code.cancelled.rawValue {
                try Task.checkCancellation()
                // It did as it was told: not a refusal, but a call that took too long.
                if let seconds = state.withLock({ $0.stopped[id] }) {
                    throw failure(.tookTooLong(call: method, seconds: seconds))
                }
            }
            if error.code == RPCError.Code.messageTooLarge.rawValue, !capabilities.contains(.lists) {
                throw failure(.tooLong(call: method, error.sentence))
            }
            throw failure(.refused(call: method, error.sentence)).adding(error.detail.map(settings.secrets.masked))
        }
    }

    /// The parameters as the plugin can take them: the ends of long lists in streams, for those that know how.
    private func fitting(_ params: LongValue, of method: String, _ owner: RequestID) throws -> Value {
        if capabilities.contains(.lists) {
            return service.streams.shortened(params, under: ["prior", "review"], owner: owner)
        }
        if let whole = params.whole(within: peer.limits.lineBytes) { return whole }
        let params = params.whole
        let bytes = params.estimatedBytes
        let longest = params.longestList.map { (pointer: "\($0.pointer)", count: $0.count) }
        throw failure(.tooLong(call: method, tooMuchToSend(bytes, longest: longest)))
    }

    private func left(_ time: TimeLeft, _ method: String) throws -> Duration {
        // Nobody hurries who is being debugged.
        if settings.attachments[program.name] != nil { return PluginTimes.unlimited.step }
        let left = time.left
        guard left > .zero else {
            throw failure(.tookTooLong(call: method, seconds: Int(time.limit.components.seconds)))
        }
        return left
    }

    /// Asks the plugin to end and closes its standard input; ``run()`` sees to the rest.
    package func close() async {
        // It would not hear of it; and one that may stay has nothing to finish.
        if process.loop.isDeaf { return capabilities.contains(.reusable) ? process.stop() : process.close() }
        if state.withLock({ $0.end == nil && $0.manifest != nil }) {
            _ = try? await call(Shutdown(), limit: settings.times.shutdown)
        }
        process.close()
    }

    /// Stops a call whose time is up: `$/cancel` goes out, and a plugin that does not even answer that is killed with
    /// its whole process group.
    private func stop(_ id: Int, _ method: String, after limit: Duration) {
        state.withLock { $0.stopped[id] = Int(limit.components.seconds) }
        peer.cancel(id)
        deadlines.begin(id, limit: settings.times.cancel) { [weak self] _ in
            self?.end(.hung(call: method, seconds: Int(limit.components.seconds)))
            self?.process.kill(SIGKILL)
        }
    }
}

private func noFolder(_ plugin: String, _ error: FileError) -> LocalizedText {
    LocalizedText(
        zh: "插件\"\(plugin)\"的临时文件夹 \(error.path) 已不能使用：\(error.reason.zh)。插件不得改动或替换它。",
        en: "the scratch folder \(error.path) of the plugin \"\(plugin)\" cannot be used any more: \(error.reason.en); "
            + "a plugin must not replace it"
    )
}

private func notOffered(_ version: Int) -> LocalizedText {
    LocalizedText(
        zh: "它选了协议的版本 \(version)，而主程序没有提出这个版本",
        en: "it chose version \(version) of the protocol, which was not offered"
    )
}

private let goesOnWriting = LocalizedText(zh: "没有人问它时还在不断输出", en: "it goes on writing when nobody asks")

private func tooMuchToSend(_ bytes: Int, longest: (pointer: String, count: Int)?) -> LocalizedText {
    LocalizedText(
        zh: "要发送约 \(bytes) 字节" + (longest.map { "，其中最长的是 \($0.pointer)，\($0.count) 项" } ?? ""),
        en: "about \(bytes) bytes are to be sent"
            + (longest.map { "; the longest of it is \($0.pointer), \($0.count) elements" } ?? "")
    )
}
