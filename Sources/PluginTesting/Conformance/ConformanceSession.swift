internal import PluginRuntime
internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// One plugin process under check: says lines, takes lines, and keeps the transcript.
final class ConformanceSession: Sendable {
    let program: PluginProgram
    let material: ConformanceMaterial
    private let plugin: RawPlugin
    private let transcript = Mutex<[String]>([])

    /// How long a reply may take: as long as a host waits for a sign of life.
    static let patience = Duration.seconds(60)

    init(plugin: RawPlugin, program: PluginProgram, material: ConformanceMaterial) {
        self.plugin = plugin
        self.program = program
        self.material = material
    }

    func result(of check: ConformanceCheck) async -> ConformanceCheck.Result {
        let verdict: ConformanceCheck.Verdict
        do {
            try await check.run(self)
            let stray = plugin.rest().first { !$0.isEmpty && !$0.hasPrefix("{") }
            verdict = stray.map { .failed("something that is no message on standard output: \($0)") } ?? .passed
        } catch let failure as Nonconformance {
            verdict = .failed(failure.found)
        } catch let skip as NotApplicable {
            verdict = .skipped(skip.reason)
        } catch {
            verdict = .failed("\(error)")
        }
        return ConformanceCheck.Result(check: check, verdict: verdict, transcript: transcript.withLock { $0 })
    }

    // MARK: Lines

    func send(raw text: String) {
        note("→ ", text)
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

    func line(within limit: Duration = patience) async -> String? {
        let line = await plugin.receive(within: limit)
        if let line { note("← ", line) }
        return line
    }

    private func note(_ mark: String, _ text: String) {
        let shown = text.count > 400 ? text.prefix(400) + "…" : text[...]
        transcript.withLock { $0.append(mark + shown.filter { $0 != "\n" }) }
    }

    // MARK: Messages

    /// The next message; stray output, unreadable JSON and silence are nonconformances.
    func message(within limit: Duration = patience) async throws -> Value {
        guard let line = await line(within: limit) else { throw Nonconformance(found: "no reply") }
        guard line.hasPrefix("{") else {
            throw Nonconformance(found: "something that is no message on standard output: \(line.prefix(80))")
        }
        do {
            return try JSONReader.read(Array(line.utf8))
        } catch {
            throw Nonconformance(found: "a line that is not JSON: \(error)")
        }
    }

    /// The reply to `id`. What the plugin asks in the meantime is answered from the dossier, notifications are passed.
    func reply(to id: Value) async throws -> Value {
        while true {
            let message = try await message()
            if message["method"] != nil {
                if let asked = message["id"] { serve(asked, message) }
                continue
            }
            guard message["jsonrpc"] == "2.0" else {
                throw Nonconformance(found: "a reply without \"jsonrpc\":\"2.0\"")
            }
            guard message["id"] == id else {
                throw Nonconformance(found: "a reply to the id \(message["id"]?.scalarText ?? "?") that was not asked")
            }
            guard (message["result"] == nil) != (message["error"] == nil) else {
                throw Nonconformance(found: "a reply needs a result or an error, and not both")
            }
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
        let hello = Initialize(hostName: "conformance", hostVersion: hostVersion, locale: .en)
        let reply = try await result(1, Initialize.method, hello.wire)
        do {
            return try Initialize.Response.read(reply, of: Initialize.method).manifest
        } catch {
            throw Nonconformance(found: error.message)
        }
    }

    /// The first role of a kind, or the reason to skip.
    func role(_ kind: RoleKind, of manifest: PluginManifest) throws -> RoleDescription {
        guard let role = manifest.roles.first(where: { $0.kind == kind }) else {
            throw NotApplicable(reason: "the plugin has no \(kind.rawValue)")
        }
        return role
    }

    func settings(_ role: RoleDescription) -> Value { material.settings[role.name] ?? [:] }

    /// The parameters of `scorer/score` for `role`, with `dossier` or the material's.
    func scoring(_ role: RoleDescription, _ dossier: Dossier? = nil, streams: OpenStreams? = nil) -> Value {
        let dossier = dossier ?? material.dossier
        let tables = dossier.tables.filter { role.reads.contains($0.name) }
        let streams = streams ?? self.streams
        let wire = WireDossier(
            fields: dossier.fields,
            tables: tables.map { streams.inline($0, owner: .text("conformance")) }
        )
        return Score(role: role.name, configuration: settings(role), dossier: wire).wire
    }

    private let streams = OpenStreams()

    /// Answers what a plugin may ask while it is served.
    private func serve(_ id: Value, _ message: Value) {
        let params = message["params"] ?? .null
        do {
            guard message["method"]?.text == RowsNext.method else {
                throw RPCError(.methodNotFound, "this host answers only stream/next", kind: .user)
            }
            let page = try streams.next(RowsNext.read(params, of: RowsNext.method))
            send(["jsonrpc": "2.0", "id": id, "result": page.wire])
        } catch let error as RPCError {
            send(["jsonrpc": "2.0", "id": id, "error": error.wire])
        } catch {
            send(["jsonrpc": "2.0", "id": id, "error": RPCError(.internalError, "\(error)").wire])
        }
    }
}
