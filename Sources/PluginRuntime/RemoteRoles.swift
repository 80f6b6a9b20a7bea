internal import PluginWire
package import ReviewModel

/// A scorer at the other end of a pipe.
package struct RemoteScorer: Scorer {
    package let session: PluginSession
    package let role: RoleDescription
    package let limit: Duration?

    package init(session: PluginSession, role: RoleDescription, limit: Duration?) {
        (self.session, self.role, self.limit) = (session, role, limit)
    }

    package func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await session.validate(role, configuration)
    }

    /// A plugin that does not know the question has no rules to tell of.
    package func rules(_ configuration: Value) async throws -> [Rule] {
        do {
            return try await session.call(ListRules(role: role.name, configuration: configuration)).rules
        } catch let failure as PluginFailure {
            if case .refused = failure.reason { return [] }
            throw failure
        }
    }

    package func score(_ request: ScoringRequest) async throws -> Assessment {
        try await session.onItsThread {
            try await session.call(reading: request.dossier, limit: limit) { owner in
                Score(
                    role: role.name,
                    configuration: request.configuration,
                    dossier: session.inline(request.dossier, for: role, owner: owner),
                    prior: request.prior,
                    rules: request.rules
                )
            }
        }
    }
}

/// A data source at the other end of a pipe.
package struct RemoteSource: DataSource {
    package let session: PluginSession
    package let role: RoleDescription
    package let limit: Duration?

    package init(session: PluginSession, role: RoleDescription, limit: Duration?) {
        (self.session, self.role, self.limit) = (session, role, limit)
    }

    package func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await session.validate(role, configuration)
    }

    package func tables(_ request: SourceRequest) async throws -> [Table] {
        try await session.onItsThread {
            let response = try await session.call(
                OpenSource(role: role.name, configuration: request.configuration),
                limit: limit
            )
            var tables: [Table] = []
            for table in response.tables { tables.append(try await session.assemble(table)) }
            return tables
        }
    }
}

/// A renderer at the other end of a pipe.
package struct RemoteRenderer: Renderer {
    package let session: PluginSession
    package let role: RoleDescription
    package let limit: Duration?

    package init(session: PluginSession, role: RoleDescription, limit: Duration?) {
        (self.session, self.role, self.limit) = (session, role, limit)
    }

    package func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await session.validate(role, configuration)
    }

    package func render(_ request: RenderingRequest) async throws -> [RenderedArtifact] {
        try await session.call(reading: request.dossier, limit: limit) { owner in
            Render(
                role: role.name,
                configuration: request.configuration,
                review: request.review,
                dossier: session.inline(request.dossier, for: role, owner: owner),
                formats: request.formats,
                scratchDirectory: request.scratchDirectory
            )
        }.artifacts
    }
}

extension PluginSession {
    /// Runs `body`, which talks to the plugin, in the thread that reads what the plugin answers.
    package func onItsThread<Result: Sendable>(_ body: () async throws -> Result) async throws -> Result {
        try await withTaskExecutorPreference(executor, operation: body)
    }

    fileprivate func validate(
        _ role: RoleDescription,
        _ configuration: Value
    ) async throws -> [ConfigurationDiagnostic] {
        try await call(ValidateConfiguration(role: role.name, configuration: configuration)).diagnostics
    }

    /// The fields, and of the tables those that the role says it reads.
    fileprivate func inline(_ dossier: Dossier, for role: RoleDescription, owner: RequestID) -> WireDossier {
        let tables = dossier.tables.filter { role.reads.contains($0.name) }
        return WireDossier(fields: dossier.fields, tables: tables.map { service.streams.inline($0, owner: owner) })
    }
}
