public import ReviewModel
internal import Synchronization

/// One side of a conversation: matches replies to requests and serves what the other side asks.
///
/// A peer knows nothing of pipes: lines are handed to ``serve(_:)``, and what is to be written is handed to `send`,
/// which must not block for long and must keep lines whole. So the same peer runs in a plugin, in the host, and in
/// tests that connect two of them without any process.
public final class Peer: Sendable {
    /// A request from the other side.
    public struct Call: Sendable {
        public var id: RequestID
        public var method: String
        /// The parameters as they came.
        public var text: JSONText

        /// The parameters as a tree, made anew each time.
        public var params: Value { text.value }
    }

    /// What a request is answered with: written when the line is.
    public struct Reply: Sendable {
        let write: @Sendable (inout JSONWriter) -> Void

        public init(_ value: Value) { write = { $0.write(value) } }

        init(_ value: some WireValue) { write = { value.encode(into: &$0) } }
    }

    /// What arrives besides replies.
    public struct Handlers: Sendable {
        public var request: @Sendable (Call, Peer) async throws -> Reply
        /// Methods that are answered in a moment: their handlers run in the thread that reads, up to the first time
        /// that they wait. Waking another thread would take longer than the answer.
        public var quick: Set<String>
        public var notification: @Sendable (_ method: String, _ params: Value) -> Void
        /// A line that is no message at all, such as a stray print.
        public var stray: @Sendable (String) -> Void

        public init(
            request: @escaping @Sendable (Call, Peer) async throws -> Value,
            notification: @escaping @Sendable (_ method: String, _ params: Value) -> Void = { _, _ in },
            stray: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.init(answer: { Reply(try await request($0, $1)) }, notification: notification, stray: stray)
        }

        public init(
            answer: @escaping @Sendable (Call, Peer) async throws -> Reply,
            quick: Set<String> = [],
            notification: @escaping @Sendable (_ method: String, _ params: Value) -> Void = { _, _ in },
            stray: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.request = answer
            self.quick = quick
            self.notification = notification
            self.stray = stray
        }
    }

    private let send: @Sendable ([UInt8]) -> Void
    private let handlers: Handlers
    private let state = Mutex(State())

    private struct State {
        var limits = WireLimits.standard
        var nextID = 1
        var pending: [Int: UnsafeContinuation<JSONText, any Error>] = [:]
        /// Requests on the wire, and those that wait because the other side takes no more at once; first come, first
        /// served.
        var inFlight = 0
        var waiting: [CheckedContinuation<Void, any Error>] = []
        var cancelled: Set<Int> = []
        /// `nil` for a quick one that has only begun.
        var serving: [RequestID: Task<Void, Never>?] = [:]
        var end: (any Error)?
    }

    public init(handlers: Handlers, send: @escaping @Sendable ([UInt8]) -> Void) {
        self.handlers = handlers
        self.send = send
    }

    /// The limits agreed at `initialize`; ``WireLimits/standard`` until then.
    public var limits: WireLimits {
        get { state.withLock { $0.limits } }
        set { state.withLock { $0.limits = newValue } }
    }
}

// MARK: - Asking

extension Peer {
    /// Sends a request and waits for its reply. Cancelling the task sends `$/cancel`; the reply is still awaited.
    ///
    /// - Throws: the other side's ``RPCError``, or the error that ended the conversation.
    public func call<Request: WireRequest>(_ request: Request) async throws -> Request.Response {
        let result = try await call(id: reserveID(), Request.method) { request.encode(into: &$0) }
        return try Request.Response.decode(result, of: Request.method)
    }

    /// An id for a request that is about to be made, so that streams can be opened on its behalf before it is sent.
    public func reserveID() -> Int {
        state.withLock { state in
            state.nextID += 1
            return state.nextID - 1
        }
    }

    /// Sends a request under an id from ``reserveID()``, used once; the reply is a tree.
    public func call(id: Int, _ method: String, _ params: Value) async throws -> Value {
        try await call(id: id, method) { $0.write(params) }.value
    }

    /// Sends a request under an id from ``reserveID()``, used once.
    ///
    /// No more requests go out at once than the other side takes; the rest wait their turn here.
    ///
    /// - Parameters:
    ///   - params: writes the parameters, one value.
    ///   - whenItsTurn: called right before the request goes out: its time begins then.
    /// - Returns: the result as it came.
    public func call(
        id: Int,
        _ method: String,
        whenItsTurn: () -> Void = {},
        _ params: (inout JSONWriter) -> Void
    ) async throws -> JSONText {
        let line = Envelope.request(id: id, method, params)
        let (limit, isFree) = try state.withLock { state in
            if let end = state.end { throw end }
            guard line.count <= state.limits.lineBytes + 1, state.inFlight < state.limits.requestsInFlight else {
                return (state.limits.lineBytes, false)
            }
            state.inFlight += 1
            return (state.limits.lineBytes, true)
        }
        guard line.count <= limit + 1 else {
            throw RPCError(
                .messageTooLarge,
                "the request \(method) needs \(line.count) bytes, the limit is \(limit)",
                kind: .user,
                help: "make the settings or the fields smaller; tables are sent in pages"
            )
        }
        if !isFree { try await takeTurn() }
        whenItsTurn()
        return try await withTaskCancellationHandler {
            // Resumed once, by whoever takes it out of `pending`.
            try await withUnsafeThrowingContinuation { continuation in
                let end = state.withLock { state in
                    if state.end == nil { state.pending[id] = continuation }
                    return state.end
                }
                if let end {
                    passTurn()
                    continuation.resume(throwing: end)
                } else {
                    send(line)
                    // A task that was cancelled before its request went out must cancel it now.
                    if Task.isCancelled { cancel(id) }
                }
            }
        } onCancel: {
            cancel(id)
        }
    }

    private func takeTurn() async throws {
        try await withCheckedThrowingContinuation { continuation in
            let outcome: Result<Void, any Error>? = state.withLock { state in
                if let end = state.end { return .failure(end) }
                if state.inFlight < state.limits.requestsInFlight {
                    state.inFlight += 1
                    return .success(())
                }
                state.waiting.append(continuation)
                return nil
            }
            if let outcome { continuation.resume(with: outcome) }
        }
    }

    /// A request is answered: the next that waits goes out.
    private func passTurn() {
        let next = state.withLock { Self.passTurn(&$0) }
        next?.resume()
    }

    private static func passTurn(_ state: inout State) -> CheckedContinuation<Void, any Error>? {
        if !state.waiting.isEmpty { return state.waiting.removeFirst() }
        state.inFlight -= 1
        return nil
    }

    /// Whether a request of this side is still without its reply, or one of the other side's is being served.
    public var isWaiting: Bool { state.withLock { !$0.pending.isEmpty || !$0.serving.isEmpty } }

    public func notify(_ notification: some WireNotification) {
        send(Message.notification(method: type(of: notification).method, params: notification.wire).line)
    }

    /// Tells the other side that the reply to `id` is no longer wanted. The reply is still awaited.
    public func cancel(_ id: Int) {
        let isWaiting = state.withLock { $0.pending[id] != nil && $0.cancelled.insert(id).inserted }
        if isWaiting { notify(Cancel(id: .number(id))) }
    }

    /// Ends the conversation: every request that still waits, and every later one, fails with `error`.
    public func end(_ error: any Error) {
        let (pending, waiting) = state.withLock { state in
            defer { (state.pending, state.waiting) = ([:], []) }
            if state.end == nil { state.end = error }
            return (state.pending.sorted { $0.key < $1.key }.map(\.value), state.waiting)
        }
        for continuation in pending { continuation.resume(throwing: error) }
        for continuation in waiting { continuation.resume(throwing: error) }
    }
}

// MARK: - Serving

extension Peer {
    /// Takes lines until they end, serving requests side by side. Returns normally at the end of the lines, when what
    /// is still being served has been cancelled and has ended.
    ///
    /// - Throws: ``ProtocolViolation`` for a line that breaks the protocol.
    public func serve<Lines: AsyncSequence>(_ lines: Lines) async throws
    where Lines.Element == LineSplitter.Element {
        do {
            for try await element in lines { try receive(element) }
        } catch {
            await stopServing()
            throw error
        }
        await stopServing()
    }

    /// Takes one line: a reply is handed to whoever waits for it, a request begins to be served. Never waits, so that it
    /// may be called from the thread that reads.
    ///
    /// - Throws: ``ProtocolViolation`` for a line that breaks the protocol.
    public func receive(_ element: LineSplitter.Element) throws(ProtocolViolation) {
        if let call = try take(element) { start(call) }
    }

    /// Cancels what is still being served and waits for it.
    public func stopServing() async {
        let tasks = state.withLock { $0.serving.values.compactMap { $0 } }
        for task in tasks { task.cancel() }
        for task in tasks { await task.value }
    }

    /// Handles one line; a request is returned, to be served.
    private func take(_ element: LineSplitter.Element) throws(ProtocolViolation) -> Call? {
        switch element {
        case .oversize(let start):
            throw ProtocolViolation(reason: tooLongALine(limits.lineBytes), line: start)
        case .line(let line):
            switch try Envelope.open(line, limits: limits) {
            case .blank: return nil
            case .stray(let text):
                handlers.stray(text)
                return nil
            case .message(let message): return try take(message, line: line)
            }
        }
    }

    private func take(_ message: Envelope, line: [UInt8]) throws(ProtocolViolation) -> Call? {
        switch message {
        case .request(let id, let method, let params):
            return Call(id: id, method: method, text: params)
        case .notification(Cancel.method, let params):
            if let cancel = Cancel(wire: ValueReader(params.value, log: DiagnosticLog())) {
                state.withLock { $0.serving[cancel.id] ?? nil }?.cancel()
            }
        case .notification(let method, let params):
            handlers.notification(method, params.value)
        case .response(let id, let result):
            try resolve(id, .success(result), line: line)
        case .failure(let id?, let error):
            try resolve(id, .failure(error), line: line)
        case .failure(nil, let error):
            throw ProtocolViolation(reason: couldNotRead(error), line: line)
        }
        return nil
    }

    private func resolve(
        _ id: RequestID,
        _ result: Result<JSONText, any Error>,
        line: [UInt8]
    ) throws(ProtocolViolation) {
        var next: CheckedContinuation<Void, any Error>?
        let continuation: UnsafeContinuation<JSONText, any Error>? = state.withLock { state in
            guard case .number(let number) = id, let waiting = state.pending.removeValue(forKey: number) else {
                return nil
            }
            if !state.cancelled.isEmpty { state.cancelled.remove(number) }
            next = Self.passTurn(&state)
            return waiting
        }
        next?.resume()
        guard let continuation else {
            throw ProtocolViolation(reason: replyToNothing(of: id), line: line)
        }
        continuation.resume(with: result)
    }

    private func start(_ call: Call) {
        enum Refusal { case none, duplicate, full }
        let refusal = state.withLock { state -> Refusal in
            if state.serving[call.id] != nil { return .duplicate }
            if state.serving.count >= state.limits.requestsInFlight { return .full }
            state.serving[call.id] = .some(nil)
            return .none
        }
        switch refusal {
        case .none:
            let isQuick = handlers.quick.contains(call.method)
            let task = isQuick ? Task.immediate { await answer(call) } : Task { await answer(call) }
            // Unless it has ended in the meantime.
            state.withLock { state in
                if state.serving[call.id] != nil { state.serving[call.id] = task }
            }
        case .duplicate:
            reply(call.id, .failure(RPCError(.invalidRequest, "the id is that of a request still being served")))
        case .full:
            reply(call.id, .failure(RPCError(.limitExceeded, "too many requests at once", kind: .transient)))
        }
    }

    private func answer(_ call: Call) async {
        let result: Result<Reply, RPCError>
        do {
            result = .success(try await handlers.request(call, self))
        } catch let error as RPCError {
            result = .failure(error)
        } catch is CancellationError {
            result = .failure(RPCError(.cancelled, "cancelled", kind: .transient))
        } catch {
            // A query that went wrong says so itself, whichever side it has crossed.
            let spoken =
                (error as? QueryMistake).map { RPCError($0) } ?? (error as? any SpokenError).map { RPCError($0) }
            result = .failure(spoken ?? RPCError(.pluginFailure, "\(error)"))
        }
        // Before the reply: whoever reads it may send the next request at once.
        state.withLock { $0.serving[call.id] = nil }
        reply(call.id, result)
    }

    private func reply(_ id: RequestID, _ result: Result<Reply, RPCError>) {
        switch result {
        case .success(let reply):
            let line = Envelope.response(id: id, reply.write)
            guard line.count <= limits.lineBytes + 1 else {
                let error = RPCError(
                    .messageTooLarge,
                    "the reply needs \(line.count) bytes, the limit is \(limits.lineBytes)",
                    help: "return less, or return a stream"
                )
                return self.reply(id, .failure(error))
            }
            send(line)
        case .failure(let error):
            send(Message.failure(id: id, error: error).line)
        }
    }
}

private func tooLongALine(_ bytes: Int) -> LocalizedText {
    LocalizedText(zh: "一行超过 \(bytes) 字节", en: "a line of more than \(bytes) bytes")
}

private func couldNotRead(_ error: RPCError) -> LocalizedText {
    LocalizedText(
        zh: "对方读不懂收到的一行：\(error.message)",
        en: "the other side could not read a line: \(error.message)"
    )
}

private func replyToNothing(of id: RequestID) -> LocalizedText {
    if case .text(let text) = id, Int(text) != nil {
        return LocalizedText(
            zh: "答复的 id 是文字 \(quoted(text))，请求的 id 是数字：id 须原样送回",
            en:
                "a reply whose id is the text \(quoted(text)), where that of the request is a number: ids come back as they were sent"
        )
    }
    return LocalizedText(
        zh: "答复了没有提出、或已经答复过的请求",
        en: "a reply to a request that was not made or was answered already"
    )
}
