package import PluginWire
internal import ReviewModel
internal import Synchronization

/// What a plugin answers to each method, over any ``Peer``: the part of `serve` that needs no process.
final class PluginConversation: Sendable {
    private let plugin: Plugin
    private let streams = OpenStreams()
    private let stage = Mutex(Stage.fresh)

    private enum Stage: Sendable {
        case fresh
        case ready(Locale)
        case shuttingDown
    }

    init(_ plugin: Plugin) { self.plugin = plugin }

    /// The handlers to give to the peer that talks to the host.
    var handlers: Peer.Handlers {
        Peer.Handlers(request: { call, peer in try await self.answer(call, peer) }, quick: quickMethods)
    }

    private func answer(_ call: Peer.Call, _ peer: Peer) async throws -> Value {
        if call.method == Initialize.method {
            return try initialize(.read(call.params, of: call.method), peer).wire
        }
        let locale = try readyLocale()
        let context = CallContext(peer: peer, request: call.id, locale: locale)
        switch call.method {
        case ValidateConfiguration.method:
            let request = try ValidateConfiguration.read(call.params, of: call.method)
            let diagnostics = try await role(request.role).validate(request.configuration)
            return ValidateConfiguration.Response(diagnostics: diagnostics).wire
        case ListRules.method:
            let request = try ListRules.read(call.params, of: call.method)
            return ListRules.Response(rules: try await role(request.role).rules(request.configuration)).wire
        case OpenSource.method:
            return try await open(.read(call.params, of: call.method), context).wire
        case Score.method:
            return try await score(.read(call.params, of: call.method), context).wire
        case Render.method:
            return try await render(.read(call.params, of: call.method), context).wire
        case StreamNext.method:
            return try streams.next(.read(call.params, of: call.method)).wire
        case StreamClose.method:
            streams.close(try StreamClose.read(call.params, of: call.method).stream)
            return Nothing().wire
        case Shutdown.method:
            stage.withLock { $0 = .shuttingDown }
            return Nothing().wire
        default:
            throw RPCError(
                .methodNotFound,
                "unknown method \"\(call.method)\"",
                help:
                    "protocol 1 knows initialize, config/validate, rules/list, source/open, scorer/score, renderer/render, "
                    + "stream/next, stream/close and shutdown"
            )
        }
    }

    private func initialize(_ request: Initialize, _ peer: Peer) throws(RPCError) -> Initialize.Response {
        let common = supportedProtocolVersions.filter(request.protocolVersions.contains)
        guard let version = common.max() else {
            throw Initialize.noCommonVersion(requested: request.protocolVersions, plugin: plugin.manifest.name)
        }
        peer.limits = WireLimits.standard.combined(with: request.limits)
        stage.withLock { $0 = .ready(request.locale) }
        return Initialize.Response(protocolVersion: version, manifest: plugin.manifest)
    }

    private func readyLocale() throws(RPCError) -> Locale {
        switch stage.withLock({ $0 }) {
        case .ready(let locale): return locale
        case .fresh: throw RPCError(.notInitialized, "the first message must be \"initialize\"")
        case .shuttingDown: throw RPCError(.shuttingDown, "the plugin is shutting down", kind: .transient)
        }
    }

    private func role(_ name: String) throws(RPCError) -> Plugin.Role {
        if let role = plugin.roles[name] { return role }
        let names = plugin.roles.keys.sorted()
        throw RPCError(
            .invalidParams,
            "\(plugin.manifest.name) has no role \"\(name)\"",
            kind: .user,
            help: suggestion(for: name, among: names)?.en
        )
    }

    private func open(_ request: OpenSource, _ context: CallContext) async throws -> OpenSource.Response {
        guard case .source(let source) = try role(request.role) else { throw wrongKind(request.role, "source") }
        let tables = try await source.tables(
            SourceRequest(configuration: request.configuration, context: context)
        )
        return OpenSource.Response(tables: tables.map { streams.inline($0, owner: context.request) })
    }

    private func score(_ request: Score, _ context: CallContext) async throws -> Assessment {
        guard case .scorer(let scorer) = try role(request.role) else { throw wrongKind(request.role, "scorer") }
        return try await scorer.score(
            ScoringRequest(
                configuration: request.configuration,
                dossier: try await context.assemble(request.dossier),
                prior: request.prior,
                rules: request.rules,
                context: context
            )
        )
    }

    private func render(_ request: Render, _ context: CallContext) async throws -> Render.Response {
        guard case .renderer(let renderer) = try role(request.role) else { throw wrongKind(request.role, "renderer") }
        let artifacts = try await renderer.render(
            RenderingRequest(
                configuration: request.configuration,
                review: request.review,
                dossier: try await context.assemble(request.dossier),
                formats: request.formats,
                scratchDirectory: request.scratchDirectory,
                context: context
            )
        )
        return Render.Response(artifacts: artifacts)
    }

    private func wrongKind(_ role: String, _ kind: String) -> RPCError {
        RPCError(.invalidParams, "the role \"\(role)\" is no \(kind)", kind: .user)
    }
}

/// What is answered in the thread that reads: everything but the plugin's real work.
private let quickMethods: Set<String> = [
    Initialize.method, ValidateConfiguration.method, ListRules.method, StreamNext.method, StreamClose.method,
    Shutdown.method,
]

extension Plugin {
    /// The plugin's side of a new conversation, for a peer that is joined to a host's without a process.
    package func conversation() -> Peer.Handlers {
        PluginConversation(self).handlers
    }
}
