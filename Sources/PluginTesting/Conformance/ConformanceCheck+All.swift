internal import PluginRuntime
internal import PluginWire
internal import ReviewModel

extension ConformanceCheck {
    /// Every check, in the order in which a conversation meets them.
    public static let all: [ConformanceCheck] = [
        manifest, handshake, noCommonVersion, tooEarly, unknownMethod, unknownNotification, unknownMembers, lineEnds,
        validSettings, settingsSchema, unknownSetting, unknownRole, badParameters, rules, open, score,
        fewTables, hugeTable, sameAgain, reusable, render, twoAtOnce, cancel, shutdown, endOfInput, endInMidCall,
    ]

    /// What is checked only where somebody asks for it: an example may be meant for other settings than a spec's, or need other
    /// steps before it.
    public static let further: [ConformanceCheck] = [examples]

    private static let manifest = ConformanceCheck(
        id: "manifest",
        rule: "`--plugin-manifest` prints the manifest and exits with 0 (Launch)"
    ) { session in
        let manifest: PluginManifest
        do throws(PluginFailure) { manifest = try await PluginRuntime.manifest(of: session.program) } catch {
            throw Nonconformance(found: ([error.message.en] + error.standardError).joined(separator: "\n           "))
        }
        if manifest.roles.isEmpty {
            throw Nonconformance(found: "no role; among \"roles\" a manifest names a source, a scorer or a renderer")
        }
        for role in manifest.roles {
            guard let wrong = role.deprecation?.whatIsWrong else { continue }
            throw Nonconformance(found: "the role \"\(role.name)\" is deprecated: \(wrong)")
        }
    }

    private static let handshake = ConformanceCheck(
        id: "handshake",
        rule: "`initialize` is answered with one of the offered versions and the roles (Life)"
    ) { session in
        try await session.shakeHands()
    }

    private static let noCommonVersion = ConformanceCheck(
        id: "no-common-version",
        rule: "without a common version the error is -32002 (Versions)"
    ) { session in
        let params: Value = [
            "protocolVersions": [9999], "host": ["name": "conformance", "version": "0"], "locale": "en",
        ]
        try await session.expectError(-32002, 1, Initialize.method, params)
    }

    private static let tooEarly = ConformanceCheck(
        id: "too-early",
        rule: "before `initialize` every call is refused with -32001 (Life)"
    ) { session in
        try await session.expectError(-32001, 1, ValidateConfiguration.method, ["role": "x", "config": [:]])
    }

    private static let unknownMethod = ConformanceCheck(
        id: "unknown-method",
        rule: "an unknown method is refused with -32601 (Values)"
    ) { session in
        try await session.shakeHands()
        try await session.expectError(-32601, 2, "conformance/unknown")
    }

    private static let unknownNotification = ConformanceCheck(
        id: "unknown-notification",
        rule: "an unknown notification is ignored and gets no reply (Values)"
    ) { session in
        try await session.shakeHands()
        session.send(["jsonrpc": "2.0", "method": "$/conformance", "params": [:]])
        _ = try await session.result(2, Shutdown.method)
    }

    private static let unknownMembers = ConformanceCheck(
        id: "unknown-members",
        rule: "members that a plugin does not know are ignored (Values)"
    ) { session in
        var hello = Initialize(hostName: "conformance", hostVersion: "0", locale: .en).wire.record ?? Record()
        hello["conformance"] = ["of": "tomorrow"]
        session.send([
            "jsonrpc": "2.0", "id": 1, "method": .text(Initialize.method), "params": .record(hello), "tomorrow": true,
        ])
        guard try await session.reply(to: 1)["result"] != nil else { throw Nonconformance(found: "it was refused") }
    }

    private static let lineEnds = ConformanceCheck(
        id: "line-ends",
        rule: "blank lines and a carriage return before the line feed are tolerated (Framing)"
    ) { session in
        let hello = Initialize(hostName: "conformance", hostVersion: "0", locale: .en).wire
        let line = String(
            decoding: JSONWriter.line(["jsonrpc": "2.0", "id": 1, "method": .text(Initialize.method), "params": hello]),
            as: UTF8.self
        )
        session.send(raw: "\n\r\n" + line + "\r\n\n")
        guard try await session.reply(to: 1)["result"] != nil else { throw Nonconformance(found: "it was refused") }
    }

    private static let unknownRole = ConformanceCheck(
        id: "unknown-role",
        rule: "a role that the plugin has not is refused with -32602 (Errors)"
    ) { session in
        let manifest = try await session.shakeHands()
        if manifest.roles.count == 1 { throw NotApplicable(reason: "a plugin of one role may ignore the role's name") }
        try await session.expectError(-32602, 2, ValidateConfiguration.method, ["role": "no such role", "config": [:]])
    }

    private static let badParameters = ConformanceCheck(
        id: "bad-parameters",
        rule: "parameters that make no sense get an error object, and the plugin lives on (Errors)"
    ) { session in
        let manifest = try await session.shakeHands()
        let methods = [RoleKind.scorer: Score.method, .renderer: Render.method]
        let roles = manifest.roles.filter { methods[$0.kind] != nil }
        if roles.isEmpty { throw NotApplicable(reason: "a source may ignore all of them") }
        for (index, role) in roles.enumerated() {
            let nonsense: Value = ["role": .text(role.name), "dossier": "none", "review": "none", "formats": 7]
            session.request(.integer(index + 2), methods[role.kind] ?? "", nonsense)
            let reply = try await session.reply(to: .integer(index + 2))
            guard reply["error"]?["message"]?.text?.isEmpty == false, reply["error"]?["code"]?.integer != nil else {
                throw Nonconformance(found: "no error object with a code and a message")
            }
        }
        _ = try await session.result(.integer(roles.count + 2), Shutdown.method)
    }
}
