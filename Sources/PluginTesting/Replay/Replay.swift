public import PluginRuntime
internal import PluginWire
public import ReviewModel

/// What a plugin said otherwise than it was recorded.
public struct ReplayDifference: Sendable {
    /// The line of the trace.
    public var line: Int
    /// What it was about: `scorer/score`, or `the reply to scorer/score`.
    public var subject: String
    /// Where in the message.
    public var pointer: JSONPointer
    /// As JSON; `nil` where there is nothing.
    public var expected: String?
    public var found: String?
}

/// How a replay went.
public struct ReplayResult: Sendable {
    /// Messages of the plugin that were compared.
    public var compared: Int
    public var differences: [ReplayDifference]
    /// Why the replay ended before the recording did.
    public var failure: String?
}

/// Says to a plugin what was recorded, and compares what it answers.
///
/// Messages are matched by their ids, not by their order: a plugin that serves two requests at once may answer in
/// either. Logs and progress are for people and are not compared. A renderer gets an empty folder of its own in place of
/// the recorded one.
///
/// - Parameter patience: how long to wait for a message that was recorded.
public func replay(
    _ transcript: Transcript,
    with program: PluginProgram,
    patience: Duration = .seconds(60)
) async throws -> ReplayResult {
    try await withRawPlugin(program) { plugin in
        var session = ReplaySession(plugin: plugin, patience: patience)
        for entry in transcript.entries where session.result.failure == nil {
            if entry.isToPlugin { session.say(entry) } else { await session.expect(entry) }
        }
        plugin.closeInput()
        if session.result.failure == nil, await plugin.exit(within: patience) == nil {
            session.result.failure = "it did not end when its standard input did"
        }
        return session.result
    }
}

private struct ReplaySession {
    let plugin: RawPlugin
    let patience: Duration
    var result = ReplayResult(compared: 0, differences: [])

    /// Methods of the recorded requests to the plugin, by id.
    private var methods: [RequestID: String] = [:]
    /// The plugin numbers its own requests; the replies need the numbers that it uses this time.
    private var ids: [RequestID: RequestID] = [:]
    /// Messages that came before their turn.
    private var early: [Message] = []

    init(plugin: RawPlugin, patience: Duration) { (self.plugin, self.patience) = (plugin, patience) }

    mutating func say(_ entry: Transcript.Entry) {
        guard case .message(let message)? = try? Message.parse(Array(entry.line.utf8)) else {
            // Whatever it was, the plugin is to see it.
            return plugin.send(entry.line + "\n")
        }
        switch message {
        case .request(let id, let method, let params):
            methods[id] = method
            var params = params
            if params["scratchDirectory"] != nil, case .record(var record) = params {
                record["scratchDirectory"] = .text(plugin.folder)
                params = .record(record)
            }
            send(.request(id: id, method: method, params: params))
        case .response(let id, let result): send(.response(id: ids[id] ?? id, result: result))
        case .failure(let id?, let error): send(.failure(id: ids[id] ?? id, error: error))
        default: send(message)
        }
    }

    mutating func expect(_ entry: Transcript.Entry) async {
        guard case .message(let recorded)? = try? Message.parse(Array(entry.line.utf8)), !recorded.isForPeople else {
            return
        }
        let subject = self.subject(of: recorded)
        guard let message = await next(matching: recorded) else {
            result.failure =
                result.failure ?? "line \(entry.number) of the trace: \(subject) did not come"
            return
        }
        result.compared += 1
        if case .request(let old, _, _) = recorded, case .request(let new, _, _) = message { ids[old] = new }
        guard let difference = ValueDifference.between(recorded.content, message.content) else { return }
        result.differences.append(
            ReplayDifference(
                line: entry.number,
                subject: subject,
                pointer: difference.pointer,
                expected: difference.expected.map(text),
                found: difference.found.map(text)
            )
        )
    }

    private func subject(of message: Message) -> String {
        switch message {
        case .request(_, let method, _), .notification(let method, _): method
        case .response(let id, _): "the reply to \(methods[id] ?? "a request")"
        case .failure(let id, _): "the reply to \(id.flatMap { methods[$0] } ?? "a request")"
        }
    }

    /// The message of the plugin that corresponds to the recorded one.
    private mutating func next(matching recorded: Message) async -> Message? {
        if let index = early.firstIndex(where: { $0.corresponds(to: recorded) }) { return early.remove(at: index) }
        while let line = await plugin.receive(within: patience) {
            let parsed: Message.Line
            do throws(ProtocolViolation) {
                parsed = try Message.parse(Array(line.utf8))
            } catch {
                result.failure = "it broke the protocol: \(error.reason): \(error.line)"
                return nil
            }
            guard case .message(let message) = parsed, !message.isForPeople else { continue }
            if message.corresponds(to: recorded) { return message }
            early.append(message)
        }
        return nil
    }

    private func send(_ message: Message) { plugin.send(String(decoding: message.line, as: UTF8.self)) }

    private func text(_ value: Value) -> String { String(decoding: JSONWriter.line(value), as: UTF8.self) }
}

extension Message {
    /// Logs and progress.
    fileprivate var isForPeople: Bool {
        if case .notification(let method, _) = self { method == Log.method || method == Progress.method } else { false }
    }

    fileprivate func corresponds(to recorded: Message) -> Bool {
        switch (self, recorded) {
        case (.request(_, let one, _), .request(_, let other, _)): one == other
        case (.notification(let one, _), .notification(let other, _)): one == other
        case (.response(let one, _), .response(let other, _)), (.response(let one, _), .failure(let other?, _)),
            (.failure(let one?, _), .response(let other, _)), (.failure(let one?, _), .failure(let other?, _)):
            one == other
        default: false
        }
    }

    /// What is compared: everything but the ids.
    fileprivate var content: Value {
        switch self {
        case .request(_, _, let params), .notification(_, let params): ["params": params]
        case .response(_, let result): ["result": result]
        case .failure(_, let error): ["error": error.wire]
        }
    }
}
