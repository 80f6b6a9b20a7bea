public import PluginKit
internal import PluginRuntime
internal import PluginWire
public import ReviewModel

/// A host for tests of a plugin: asks it in process what a real host asks over a pipe.
///
///     let assessment = try await withLoopback(Plugin(MyScorer(), version: "1")) { host in
///         try await host.score("my-scorer", configuration: ["step": 100], dossier: dossier)
///     }
///
/// Everything is written to JSON and read back, tables are cut into pages and pulled, and errors arrive as the host
/// would see them, and questions about the dossier are answered, so a plugin that works here works in a pipeline.
public struct LoopbackHost: Sendable {
    /// What the plugin says of itself.
    public let manifest: PluginManifest
    private let peer: Peer
    private let service: DossierService

    /// What the plugin finds wrong with its settings.
    ///
    /// - Parameter form: what a dossier may hold; queries among the settings are held against it.
    public func validate(
        _ role: String,
        configuration: Value,
        form: DossierOutline? = nil
    ) async throws -> [ConfigurationDiagnostic] {
        let context = SettingsOutline(form: form)
        return try await call(.settings(context)) { _ in
            ValidateConfiguration(role: role, configuration: configuration, form: context.text)
        }.diagnostics
    }

    /// The checks that the plugin makes with these settings, with their examples.
    public func rules(_ role: String, configuration: Value = .null) async throws -> [Rule] {
        try await peer.call(ListRules(role: role, configuration: configuration, withExamples: true)).rules
    }

    /// The assessment of `dossier`; the plugin gets those tables that its role says it reads.
    public func score(
        _ role: String,
        configuration: Value = [:],
        dossier: Dossier,
        prior: [String: Assessment] = [:],
        rules: RuleSettings = RuleSettings(),
        form: DossierOutline? = nil
    ) async throws -> Assessment {
        try await call(.dossier(dossier)) { owner in
            Score(
                role: role,
                configuration: configuration,
                dossier: inline(dossier, for: role, owner),
                prior: prior,
                rules: rules,
                form: form.map { FormText($0) }
            )
        }
    }

    /// What the plugin wrote into `scratchDirectory`, an existing folder.
    public func render(
        _ role: String,
        configuration: Value = [:],
        review: Review,
        dossier: Dossier,
        formats: [String],
        taken: [TakenFile] = [],
        scratchDirectory: String
    ) async throws -> Rendering {
        try await call(.dossier(dossier)) { owner in
            Render(
                role: role,
                configuration: configuration,
                review: review,
                dossier: inline(dossier, for: role, owner),
                formats: formats,
                taken: taken,
                scratchDirectory: scratchDirectory
            )
        }.rendering
    }

    /// The tables that a data source opens, pulled to their ends.
    public func tables(
        _ role: String,
        configuration: Value = [:],
        dossier: Dossier = Dossier()
    ) async throws -> [Table] { try await read(role, configuration: configuration, dossier: dossier).tables }

    /// The tables that a data source opens, pulled to their ends, and its findings.
    public func read(
        _ role: String,
        configuration: Value = [:],
        dossier: Dossier = Dossier(),
        form: DossierOutline? = nil
    ) async throws -> SourceReading {
        let response = try await call(.dossier(dossier)) { owner in
            OpenSource(
                role: role,
                configuration: configuration,
                dossier: inline(dossier, for: role, owner),
                form: form.map { FormText($0) }
            )
        }
        var (tables, findings) = ([Table](), response.findings)
        for table in response.tables {
            let reading = try await table.assembleReading { try await peer.call($0) }
            tables.append(reading.table)
            findings += reading.findings
        }
        return SourceReading(tables, fields: response.fields, findings: findings)
    }

    /// A call during which the plugin may ask about `subject`.
    private func call<Request: WireRequest>(
        _ subject: DossierService.Subject,
        _ make: (RequestID) -> Request
    ) async throws -> Request.Response {
        let id = peer.reserveID()
        let owner = RequestID.number(id)
        service.begin(owner, subject)
        defer { service.end(owner) }
        let params = service.streams.shortened(make(owner).long, under: ["prior", "review"], owner: owner)
        let result = try await peer.call(id: id, Request.method, params)
        let whole = try await JSONText(result).completed { try await peer.call($0) }
        return try .decode(whole, of: Request.method)
    }

    private func inline(_ dossier: Dossier, for role: String, _ owner: RequestID) -> WireDossier {
        let reads = manifest.roles.first { $0.name == role }?.reads ?? []
        let tables = dossier.tables.filter { reads.contains($0.name) }
        return WireDossier(fields: dossier.fields, tables: tables.map { service.streams.inline($0, owner: owner) })
    }

    fileprivate init(manifest: PluginManifest, peer: Peer, service: DossierService) {
        self.manifest = manifest
        self.peer = peer
        self.service = service
    }
}

/// Runs `plugin` in process, shakes hands and hands a host to `body`; the plugin is shut down afterwards.
public func withLoopback<Result: Sendable>(
    _ plugin: Plugin,
    locale: Locale = .zh,
    _ body: @Sendable (LoopbackHost) async throws -> Result
) async throws -> Result {
    let service = DossierService()
    let methods = service.methods
    let host = Peer.Handlers(answer: { call, _ in try await methods.answer(call, ()) })
    return try await withJoinedPeers(host, plugin.conversation()) { peer, _ in
        let hello = Initialize(hostName: "loopback", hostVersion: "1", locale: locale)
        let manifest = try await peer.call(hello).manifest
        let result = try await body(LoopbackHost(manifest: manifest, peer: peer, service: service))
        _ = try await peer.call(Shutdown())
        return result
    }
}
