public import PluginKit
internal import PluginWire
public import ReviewModel

/// A host for tests of a plugin: asks it in process what a real host asks over a pipe.
///
///     let assessment = try await withLoopback(Plugin(MyScorer(), version: "1")) { host in
///         try await host.score("my-scorer", configuration: ["step": 100], dossier: dossier)
///     }
///
/// Everything is written to JSON and read back, tables are cut into pages and pulled, and errors arrive as the host
/// would see them, so a plugin that works here works in a pipeline.
public struct LoopbackHost: Sendable {
    /// What the plugin says of itself.
    public let manifest: PluginManifest
    private let peer: Peer
    private let streams: OpenStreams

    /// What the plugin finds wrong with its settings.
    public func validate(_ role: String, configuration: Value) async throws -> [ConfigurationDiagnostic] {
        try await peer.call(ValidateConfiguration(role: role, configuration: configuration)).diagnostics
    }

    /// The assessment of `dossier`; the plugin gets those tables that its role says it reads.
    public func score(
        _ role: String,
        configuration: Value = [:],
        dossier: Dossier,
        prior: [String: Assessment] = [:]
    ) async throws -> Assessment {
        try await peer.call(
            Score(role: role, configuration: configuration, dossier: inline(dossier, for: role), prior: prior)
        )
    }

    /// The files that the plugin wrote into `scratchDirectory`, an existing folder.
    public func render(
        _ role: String,
        configuration: Value = [:],
        review: Review,
        dossier: Dossier,
        formats: [String],
        scratchDirectory: String
    ) async throws -> [RenderedArtifact] {
        try await peer.call(
            Render(
                role: role,
                configuration: configuration,
                review: review,
                dossier: inline(dossier, for: role),
                formats: formats,
                scratchDirectory: scratchDirectory
            )
        ).artifacts
    }

    /// The tables that a data source opens, pulled to their ends.
    public func tables(_ role: String, configuration: Value = [:]) async throws -> [Table] {
        let response = try await peer.call(OpenSource(role: role, configuration: configuration))
        var tables: [Table] = []
        for table in response.tables { tables.append(try await table.assemble { try await peer.call($0) }) }
        return tables
    }

    private func inline(_ dossier: Dossier, for role: String) -> WireDossier {
        let reads = manifest.roles.first { $0.name == role }?.reads ?? []
        let tables = dossier.tables.filter { reads.contains($0.name) }
        return WireDossier(fields: dossier.fields, tables: tables.map { streams.inline($0, owner: .text(role)) })
    }

    fileprivate init(manifest: PluginManifest, peer: Peer, streams: OpenStreams) {
        self.manifest = manifest
        self.peer = peer
        self.streams = streams
    }
}

/// Runs `plugin` in process, shakes hands and hands a host to `body`; the plugin is shut down afterwards.
public func withLoopback<Result: Sendable>(
    _ plugin: Plugin,
    locale: Locale = .zh,
    _ body: @Sendable (LoopbackHost) async throws -> Result
) async throws -> Result {
    let streams = OpenStreams()
    let host = Peer.Handlers(request: { call, _ in
        guard call.method == StreamNext.method else {
            throw RPCError(.capabilityMissing, "the loopback host answers only stream/next", kind: .user)
        }
        return try streams.next(.read(call.params, of: call.method)).wire
    })
    return try await withJoinedPeers(host, plugin.conversation()) { peer, _ in
        let hello = Initialize(hostName: "loopback", hostVersion: "1", locale: locale)
        let manifest = try await peer.call(hello).manifest
        let result = try await body(LoopbackHost(manifest: manifest, peer: peer, streams: streams))
        _ = try await peer.call(Shutdown())
        return result
    }
}
