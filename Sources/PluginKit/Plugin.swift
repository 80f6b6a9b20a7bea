internal import PluginWire
public import ReviewModel

/// The version of this kit, which a plugin that is made with it tells: `swift 1.0.0`.
public let kitVersion = "1.0.0"

/// A program that plays one role or more.
///
///     @main struct Main {
///         static func main() async { await serve(Plugin(MyScorer(), version: "1.0.0")) }
///     }
public struct Plugin: Sendable {
    public var manifest: PluginManifest
    /// Whether the process may serve one review after another: nothing of one stays in it for the next, neither in memory nor in
    /// its folder. Only who knows that says so.
    public var isReusable = false
    /// Whether equal calls are answered alike: an answer rests on what the call says, on what is asked about the dossier for it, on the files that
    /// settings name, and on nothing else. An answer that rests on more, now and then, is said to with ``RoleContext/restsOnMore(_:)``.
    public var isRepeatable = false
    let roles: [String: Role]

    /// One role of a plugin.
    public enum Role: Sendable {
        case source(any DataSource)
        case scorer(any Scorer)
        case renderer(any Renderer)

        public var description: RoleDescription {
            switch self {
            case .source(let source): source.role
            case .scorer(let scorer): scorer.role
            case .renderer(let renderer): renderer.role
            }
        }

        func validate(
            _ configuration: Value,
            in context: any SettingsContext
        ) async throws -> [ConfigurationDiagnostic] {
            switch self {
            case .source(let source): try await source.validate(configuration, in: context)
            case .scorer(let scorer): try await scorer.validate(configuration, in: context)
            case .renderer(let renderer): try await renderer.validate(configuration, in: context)
            }
        }

        func rules(_ configuration: Value) async throws -> [Rule] {
            if case .scorer(let scorer) = self { try await scorer.rules(configuration) } else { [] }
        }
    }

    /// A plugin of several roles. `version` is its release, for people; compatibility is the protocol's affair.
    public init(name: String, version: String, description: String, roles: [Role]) {
        manifest = PluginManifest(
            name: name,
            version: version,
            description: description,
            roles: roles.map(\.description)
        )
        manifest.kit = "swift \(kitVersion)"
        self.roles = Dictionary(roles.map { ($0.description.name, $0) }) { first, _ in first }
    }

    /// A plugin of one role, named like it.
    public init(_ scorer: some Scorer, version: String) {
        self.init(name: scorer.role.name, version: version, description: scorer.role.summary, roles: [.scorer(scorer)])
    }

    public init(_ renderer: some Renderer, version: String) {
        self.init(
            name: renderer.role.name,
            version: version,
            description: renderer.role.summary,
            roles: [.renderer(renderer)]
        )
    }

    public init(_ source: some DataSource, version: String) {
        self.init(name: source.role.name, version: version, description: source.role.summary, roles: [.source(source)])
    }
}

extension Plugin {
    /// What it says that it can do.
    var capabilities: Set<Capability> {
        var capabilities = Set<Capability>.both
        if isReusable { capabilities.insert(.reusable) }
        if isRepeatable { capabilities.insert(.repeatable) }
        return capabilities
    }
}
