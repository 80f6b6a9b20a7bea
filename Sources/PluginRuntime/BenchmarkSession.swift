internal import PluginWire
package import ReviewModel

/// A running plugin as benchmarks see it: single calls, without a pipeline around them.
package struct BenchmarkSession: Sendable {
    private let session: PluginSession

    fileprivate init(session: PluginSession) { self.session = session }

    package func validate(_ role: String, _ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await session.call(ValidateConfiguration(role: role, configuration: configuration)).diagnostics
    }

    package func tables(_ role: String, _ configuration: Value) async throws -> [Table] {
        guard let role = session.manifest?.roles.first(where: { $0.name == role }) else { return [] }
        return try await RemoteSource(session: session, role: role, limit: nil).tables(
            SourceRequest(configuration: configuration)
        )
    }

    package func score(
        _ role: String,
        _ dossier: Dossier,
        _ configuration: Value = nil
    ) async throws -> Assessment {
        guard let role = session.manifest?.roles.first(where: { $0.name == role }) else { return Assessment() }
        return try await RemoteScorer(session: session, role: role, limit: nil).score(
            ScoringRequest(configuration: configuration, dossier: dossier)
        )
    }
}

/// Starts one plugin, shakes hands and sees it off afterwards.
package func withBenchmarkPlugin<Result: Sendable>(
    _ command: [String],
    _ body: @Sendable (BenchmarkSession) async throws -> Result
) async throws -> Result {
    let program = PluginProgram(name: "benchmark", command: command, environment: [], origin: .spec)
    return try await withScratchFolder { scratch, caretaker in
        var settings = SessionSettings(scratch: scratch, times: PluginTimes(), locale: .en, observer: SilentObserver())
        settings.caretaker = caretaker
        return try await withPlugins([program], settings) { sessions, failures in
            guard let session = sessions[program.name] else {
                throw failures[program.name] ?? PluginFailure(plugin: program.name, .spawnFailed(LocalizedText("")))
            }
            return try await session.onItsThread { try await body(BenchmarkSession(session: session)) }
        }
    }
}
