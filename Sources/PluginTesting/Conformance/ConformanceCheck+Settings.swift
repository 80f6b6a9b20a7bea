internal import PluginRuntime
internal import PluginWire
internal import ReviewModel

/// What becomes of a role's settings: those of the plugin's own mind, and those of its `configSchema`, which the host holds them against.
extension ConformanceCheck {
    static let validSettings = ConformanceCheck(
        id: "settings",
        rule: "`config/validate` answers with a list of diagnostics (Life)"
    ) { session in
        let manifest = try await session.shakeHands()
        for (index, role) in manifest.roles.enumerated() {
            let own = try await session.diagnostics(of: role, session.settings(role), id: index + 2)
            let told = own + SchemaCheck(role.configSchema).mistakes(in: session.settings(role))
            if let mistake = told.first(where: { $0.severity >= .error }) {
                if session.material.settings[role.name] == nil {
                    throw Wanting(what: session.asksForSettings(role, mistake))
                }
                throw Nonconformance(found: "the settings of the spec are refused: \(mistake.message.en)")
            }
        }
    }

    static let settingsSchema = ConformanceCheck(
        id: "settings-schema",
        rule: "`configSchema` is a JSON Schema that makes sense, and its own defaults fit it (initialize)"
    ) { session in
        let manifest = try await session.shakeHands()
        let described = manifest.roles.filter { !$0.configSchema.isNull }
        if described.isEmpty {
            throw NotApplicable(reason: "no role has a schema, so that editors and the host know no settings")
        }
        for role in described {
            guard case .record = role.configSchema else {
                throw Nonconformance(found: "the schema of the role \"\(role.name)\" is no mapping")
            }
            if let wrong = SoundSchema(role.configSchema).whatIsWrong {
                throw Nonconformance(
                    found: "the schema of the role \"\(role.name)\" at \(wrong.pointer): \(wrong.words)"
                )
            }
        }
    }

    static let unknownSetting = ConformanceCheck(
        id: "unknown-setting",
        rule:
            "a setting that the role does not have is a mistake, with its place: by its schema, or by the plugin (config/validate)",
        needs: ["handshake", "settings"]
    ) { session in
        let manifest = try await session.shakeHands()
        // A schema that says so lets anything pass on purpose, and a role without one says nothing.
        let closed = manifest.roles.filter { role in
            guard case .record(let schema) = role.configSchema else { return false }
            return schema["additionalProperties"].map { $0 == false } ?? true
        }
        if closed.isEmpty { throw NotApplicable(reason: "no role has a schema that lists its settings") }
        for (index, role) in closed.enumerated() {
            var settings = session.settings(role).record ?? Record()
            settings["no_such_setting"] = 1
            let own = try await session.diagnostics(of: role, .record(settings), id: index + 2)
            let told = own + SchemaCheck(role.configSchema).mistakes(in: .record(settings))
            guard told.contains(where: { $0.pointer == JSONPointer(["no_such_setting"]) }) else {
                throw Nonconformance(
                    found: "\"no_such_setting\" of the role \"\(role.name)\" passes in silence; "
                        + "say \"additionalProperties\": false in its schema, or point at it in config/validate"
                )
            }
        }
    }
}

extension ConformanceSession {
    /// What the plugin says of settings.
    fileprivate func diagnostics(
        of role: RoleDescription,
        _ settings: Value,
        id: Int
    ) async throws -> [ConfigurationDiagnostic] {
        let params: Value = ["role": .text(role.name), "config": settings]
        let reply = try await result(.integer(id), ValidateConfiguration.method, params)
        let response: ValidateConfiguration.Response
        do throws(RPCError) {
            response = try ValidateConfiguration.Response.read(reply, of: ValidateConfiguration.method)
        } catch {
            throw Nonconformance(found: error.message)
        }
        // What is absent is an empty list.
        guard reply["diagnostics"].map({ $0.list != nil }) ?? true else {
            throw Nonconformance(found: "\"diagnostics\" is no list")
        }
        return response.diagnostics
    }
}
