internal import PluginWire
internal import ReviewModel

extension ConformanceCheck {
    static let twoAtOnce = ConformanceCheck(
        id: "two-at-once",
        rule: "two requests in flight get one reply each, in any order (Framing)"
    ) { session in
        let manifest = try await session.shakeHands()
        guard let role = manifest.roles.first else { throw NotApplicable(reason: "the plugin has no role") }
        let params: Value = ["role": .text(role.name), "config": session.settings(role)]
        session.request(2, ValidateConfiguration.method, params)
        session.request(3, ValidateConfiguration.method, params)
        var open: Set<Int> = [2, 3]
        while !open.isEmpty {
            let message = try await session.message()
            guard let id = message["id"]?.integer, message["method"] == nil else { continue }
            guard open.remove(id) != nil else { throw Nonconformance(found: "a second reply to \(id)") }
        }
    }

    static let cancel = ConformanceCheck(
        id: "cancel",
        rule: "a cancelled request still gets its one reply: the result, or -32008 (Life)",
        needs: ["handshake", "settings"]
    ) { session in
        let role = try session.role(.scorer, of: try await session.shakeHands())
        session.requestScore(2, of: role)
        session.send(["jsonrpc": "2.0", "method": .text(Cancel.method), "params": ["id": 2]])
        let reply = try await session.reply(to: 2)
        if let code = reply["error"]?["code"]?.integer, code != RPCError.Code.cancelled.rawValue {
            if session.material.dossier == nil,
                reply["error"]?["data"]?["kind"]?.text.map(["user", "config"].contains) == true
            {
                throw Wanting(
                    what:
                        "it refuses the made-up dossier, \(reply["error"]?["message"]?.text ?? ""); give it a real one: --spec SPEC"
                )
            }
            throw Nonconformance(found: "the error \(code)")
        }
        _ = try await session.result(3, Shutdown.method)
    }

    static let shutdown = ConformanceCheck(
        id: "shutdown",
        rule: "`shutdown` is answered, and nothing is said after it (Life)"
    ) { session in
        try await session.shakeHands()
        _ = try await session.result(2, Shutdown.method)
        session.closeInput()
        if let line = await session.line(within: .milliseconds(500)) {
            throw Nonconformance(found: "a line after the reply to shutdown: \(line.prefix(80))")
        }
    }

    static let endOfInput = ConformanceCheck(
        id: "end-of-input",
        rule: "the plugin ends with status 0 within a second of the end of its input (Orphans)"
    ) { session in
        try await session.shakeHands()
        session.closeInput()
        try await session.expectEnd()
    }

    static let endInMidCall = ConformanceCheck(
        id: "end-in-mid-call",
        rule: "it does so whatever it is doing (Orphans)",
        needs: ["handshake", "settings"]
    ) { session in
        let role = try session.role(.scorer, of: try await session.shakeHands())
        session.requestScore(2, of: role)
        session.closeInput()
        try await session.expectEnd()
    }
}

extension ConformanceSession {
    /// More than the second that the protocol allows: a busy machine is no nonconformance, a plugin that stays is.
    fileprivate func expectEnd() async throws {
        guard let status = await exit(within: material.patience) else {
            throw Nonconformance(found: "it still runs \(material.patience.components.seconds) s later")
        }
        guard status == "exit status 0" else { throw Nonconformance(found: status) }
    }
}
