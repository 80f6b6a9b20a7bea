public import ReviewModel

/// A scorer with typed settings. Checking them comes with it.
///
///     @main struct RoundAmounts: ConfiguredScorer {
///         static func main() async { await serve(RoundAmounts(), version: "1.0.0") }
///         let role = RoleDescription.scorer("round-amounts", "points at round amounts", reads: ["lines"], settings: Settings.self)
///
///         func score(_ dossier: Dossier, _ settings: Settings, _ context: any RoleContext) throws -> Assessment {
///             Assessment(findings: …)
///         }
///     }
public protocol ConfiguredScorer: Scorer {
    associatedtype Settings: PluginSettings
    func score(_ dossier: Dossier, _ settings: Settings, _ context: any RoleContext) async throws -> Assessment
}

/// A data source with typed settings.
public protocol ConfiguredSource: DataSource {
    associatedtype Settings: PluginSettings
    func tables(_ settings: Settings, _ context: any RoleContext) async throws -> [Table]
}

/// A renderer with typed settings.
public protocol ConfiguredRenderer: Renderer {
    associatedtype Settings: PluginSettings
    func render(_ request: RenderingRequest, _ settings: Settings) async throws -> Rendering
}

extension ConfiguredScorer {
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        Settings.read(configuration).diagnostics
    }

    public func score(_ request: ScoringRequest) async throws -> Assessment {
        try await score(request.dossier, Settings.read(request.configuration).settings, request.context)
    }
}

extension ConfiguredSource {
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        Settings.read(configuration).diagnostics
    }

    public func tables(_ request: SourceRequest) async throws -> [Table] {
        try await tables(Settings.read(request.configuration).settings, request.context)
    }
}

extension ConfiguredRenderer {
    public func validate(_ configuration: Value) async throws -> [ConfigurationDiagnostic] {
        Settings.read(configuration).diagnostics
    }

    public func render(_ request: RenderingRequest) async throws -> Rendering {
        try await render(request, Settings.read(request.configuration).settings)
    }
}

extension RoleDescription {
    /// A scorer whose settings are described by their type.
    public static func scorer(
        _ name: String,
        _ summary: String,
        reads: [String] = [],
        requires: [String] = [],
        settings: (some PluginSettings).Type
    ) -> RoleDescription {
        RoleDescription(
            kind: .scorer,
            name: name,
            summary: summary,
            reads: reads,
            requires: requires,
            configSchema: settings.schema
        )
    }

    /// A data source that fills the tables `writes`.
    public static func source(
        _ name: String,
        _ summary: String,
        writes: [String],
        settings: (some PluginSettings).Type
    ) -> RoleDescription {
        RoleDescription(kind: .source, name: name, summary: summary, writes: writes, configSchema: settings.schema)
    }

    /// A renderer of the formats `writes`. `reviewParts` are the long parts of the review that it wants, `nil` for all;
    /// `takes` and `onRequest` are formats as ``RoleDescription`` has them.
    public static func renderer(
        _ name: String,
        _ summary: String,
        writes: [String],
        reads: [String] = [],
        reviewParts: [String]? = nil,
        takes: [String] = [],
        onRequest: [String] = [],
        finds: Bool = false,
        settings: (some PluginSettings).Type
    ) -> RoleDescription {
        RoleDescription(
            kind: .renderer,
            name: name,
            summary: summary,
            reads: reads,
            writes: writes,
            reviewParts: reviewParts,
            takes: takes,
            onRequest: onRequest,
            finds: finds,
            configSchema: settings.schema
        )
    }
}
