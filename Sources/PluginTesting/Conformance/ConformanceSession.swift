internal import PluginRuntime
internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// One plugin process under check: says lines, takes lines, and keeps the transcript.
final class ConformanceSession: Sendable {
    let program: PluginProgram
    let material: ConformanceMaterial
    private let plugin: RawPlugin
    private let notes = Notes()
    /// Answers questions about the dossier.
    private let service = DossierService()
    private let host: Peer

    private var patience: Duration { material.patience }

    init(plugin: RawPlugin, program: PluginProgram, material: ConformanceMaterial) {
        self.plugin = plugin
        self.program = program
        self.material = material
        let (methods, notes) = (service.methods, notes)
        host = Peer(
            handlers: Peer.Handlers(answer: { call, _ in try await methods.answer(call, ()) }, quick: methods.quick),
            send: { line in
                let text = String(decoding: line, as: UTF8.self)
                notes.add("→ ", text)
                plugin.send(text)
            }
        )
    }

    func result(
        of check: ConformanceCheck,
        _ body: @Sendable (ConformanceSession) async throws -> Void
    ) async -> ConformanceCheck.Result {
        let verdict = await ConformanceCheck.Verdict(of: {
            try await body(self)
            await host.stopServing()
            if let stray = plugin.rest().first(where: { !$0.isEmpty && !isMessage($0) }) {
                throw Nonconformance(found: noMessage(stray))
            }
        })
        return ConformanceCheck.Result(
            check,
            verdict,
            transcript: notes.all,
            lastWords: plugin.standardError
        )
    }

    // MARK: Lines

    func send(raw text: String) {
        notes.add("→ ", text)
        plugin.send(text)
    }

    func send(_ message: Value) {
        send(raw: String(decoding: JSONWriter.line(message), as: UTF8.self) + "\n")
    }

    func request(_ id: Value, _ method: String, _ params: Value = [:]) {
        send(["jsonrpc": "2.0", "id": id, "method": .text(method), "params": params])
    }

    func closeInput() { plugin.closeInput() }

    func exit(within limit: Duration) async -> String? { await plugin.exit(within: limit) }

    func line(within limit: Duration? = nil) async -> String? {
        let line = await plugin.receive(within: limit ?? patience)
        if let line { notes.add("← ", line) }
        return line
    }

    // MARK: Messages

    /// The next message; stray output, unreadable JSON and silence are nonconformances.
    func message() async throws -> Value {
        guard let line = await line() else { throw Nonconformance(found: await silence()) }
        // Blanks before a message are nothing.
        guard line.drop(while: { $0 == " " || $0 == "\t" }).hasPrefix("{") else {
            throw Nonconformance(found: noMessage(line))
        }
        do {
            return try JSONReader.read(Array(line.utf8))
        } catch {
            throw Nonconformance(
                found: "a line that is not JSON: \(error); a message is one line, without line breaks in it"
            )
        }
    }

    /// Why no line came: the process is gone, or it has not written one.
    private func silence() async -> String {
        if let exit = await plugin.exit(within: .zero) { return "it has ended (\(exit)) without a reply" }
        return "no reply within \(patience.components.seconds) s; is standard output flushed after every line? "
            + "Python and C hold lines back when they write to a pipe"
    }

    /// The reply to `id`. What the plugin asks in the meantime is answered from the dossier, notifications are passed.
    func reply(to id: Value) async throws -> Value {
        while true {
            let message = try await message()
            if message["method"] != nil {
                if message["id"] != nil { try serve(message) }
                continue
            }
            guard message["jsonrpc"] == "2.0" else {
                throw Nonconformance(found: "a reply without \"jsonrpc\":\"2.0\"")
            }
            guard message["id"] == id else {
                let came = String(decoding: JSONWriter.line(message["id"] ?? .null), as: UTF8.self)
                throw Nonconformance(
                    found: "a reply to the id \(came), which was not asked; ids come back as they were sent"
                )
            }
            guard (message["result"] == nil) != (message["error"] == nil) else {
                throw Nonconformance(found: "a reply needs a result or an error, and not both")
            }
            if let number = id.integer { service.end(.number(number)) }
            return message
        }
    }

    func result(_ id: Value, _ method: String, _ params: Value = [:]) async throws -> Value {
        request(id, method, params)
        let reply = try await reply(to: id)
        if let error = reply["error"] {
            throw Nonconformance(
                found: "an error instead of a result: \(error["message"]?.text ?? "without a message")"
            )
        }
        return reply["result"] ?? .null
    }

    /// Sends a request that must be refused with `code`.
    func expectError(_ code: Int, _ id: Value, _ method: String, _ params: Value = [:]) async throws {
        request(id, method, params)
        let reply = try await reply(to: id)
        guard let error = reply["error"] else { throw Nonconformance(found: "a result instead of the error \(code)") }
        guard error["message"]?.text?.isEmpty == false else {
            throw Nonconformance(found: "an error without a message")
        }
        guard error["code"]?.integer == code else {
            throw Nonconformance(found: "the error \(error["code"]?.scalarText ?? "?") instead of \(code)")
        }
    }

    // MARK: Conversations

    /// The handshake; returns the manifest.
    @discardableResult
    func shakeHands() async throws -> PluginManifest {
        // A host that knows no dossier while settings are checked: plugins with queries among them get along without.
        let hello = Initialize(
            hostName: "conformance",
            hostVersion: hostVersion,
            locale: .en,
            capabilities: Set<Capability>.host.subtracting([.queryCheck])
        )
        let reply = try await result(1, Initialize.method, hello.wire)
        let response: Initialize.Response
        do {
            response = try Initialize.Response.read(reply, of: Initialize.method)
        } catch {
            throw Nonconformance(found: error.message + (error.pointer.map { " (\($0))" } ?? ""))
        }
        guard hello.protocolVersions.contains(response.protocolVersion) else {
            let offered = hello.protocolVersions.map(String.init).joined(separator: ", ")
            throw Nonconformance(found: "version \(response.protocolVersion), of which only \(offered) was offered")
        }
        return response.manifest
    }

    /// The first role of a kind, or the reason to skip.
    func role(_ kind: RoleKind, of manifest: PluginManifest) throws -> RoleDescription {
        try manifest.roles(kind)[0]
    }

    func settings(_ role: RoleDescription) -> Value { material.settings[role.name] ?? [:] }

    /// What to give a plugin that cannot do without settings.
    func asksForSettings(_ role: RoleDescription, _ mistake: ConfigurationDiagnostic) -> String {
        let place = mistake.pointer.description.isEmpty ? "" : " (\(mistake.pointer))"
        return "the role \"\(role.name)\" asks for settings: \(mistake.message.en)\(place); "
            + "name a spec with a step that uses it: --spec SPEC"
    }

    /// Asks `role` for its assessment of the material's dossier, about which it may ask until it has answered.
    func requestScore(_ id: Int, of role: RoleDescription) {
        let (owner, dossier) = (RequestID.number(id), material.dossier(for: [role]))
        service.begin(owner, .dossier(dossier))
        let tables = dossier.tables.filter { role.reads.contains($0.name) }
        let wire = WireDossier(fields: dossier.fields, tables: tables.map { service.streams.inline($0, owner: owner) })
        request(.integer(id), Score.method, Score(role: role.name, configuration: settings(role), dossier: wire).wire)
    }

    /// Answers what a plugin asks, as a run does.
    private func serve(_ question: Value) throws {
        do throws(ProtocolViolation) {
            try host.receive(.line(Array(JSONWriter.line(question))))
        } catch {
            throw Nonconformance(found: "\(error.reason): \(shortened(error.line))")
        }
    }
}

/// What was said, line by line.
private final class Notes: Sendable {
    private let lines = Mutex<[String]>([])

    var all: [String] { lines.withLock { $0 } }

    func add(_ mark: String, _ text: String) { lines.withLock { $0.append(mark + shortened(text)) } }
}

/// A line as it is shown: its beginning.
func shortened(_ line: String) -> String {
    let shown = line.count > 400 ? line.prefix(400) + "…" : line[...]
    return String(shown.filter { $0 != "\n" })
}

/// Whether a line can be a message; blanks before it are nothing.
func isMessage(_ line: String) -> Bool { line.drop { $0 == " " || $0 == "\t" }.hasPrefix("{") }

func noMessage(_ line: String) -> String {
    if line.hasPrefix("Content-Length") {
        return "a header; messages have none here, a line is one whole JSON object: \(line.prefix(80))"
    }
    if line.unicodeScalars.first == "\u{FEFF}" { return "a byte order mark before the line; write UTF-8 without one" }
    return "something that is no message on standard output; text for people goes to standard error: \(line.prefix(80))"
}
