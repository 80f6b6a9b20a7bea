package import PluginWire
internal import ReviewModel
internal import Synchronization

/// A request of the host, as the methods see it.
struct PluginCall: Sendable {
    let id: RequestID
    let peer: Peer
}

/// What a plugin answers to each method, over any ``Peer``: the part of `serve` that needs no process.
final class PluginConversation: Sendable {
    private let plugin: Plugin
    private let streams = OpenStreams()
    private let stage = Mutex(Stage.fresh)

    private enum Stage: Sendable {
        case fresh
        case ready(Host)
        case shuttingDown
    }

    /// What the host has said of itself.
    private struct Host: Sendable {
        var locale: Locale
        var capabilities: Set<Capability>
    }

    init(_ plugin: Plugin) { self.plugin = plugin }

    /// The handlers to give to the peer that talks to the host.
    var handlers: Peer.Handlers {
        let methods = methods
        return Peer.Handlers(
            answer: { call, peer in
                if call.method != Initialize.method { _ = try self.host() }
                return try await methods.answer(call, PluginCall(id: call.id, peer: peer))
            },
            quick: methods.quick
        )
    }

    /// Everything that a host may ask. Quick is what is no work of the plugin's own.
    private var methods: MethodTable<PluginCall> {
        MethodTable([
            .quick(Initialize.self) { try self.initialize($0, $1.peer) },
            .quick(ValidateConfiguration.self) { request, call in
                let diagnostics = try await self.role(request.role).validate(
                    request.configuration,
                    in: try self.settingsContext(call, request.form, request.given)
                )
                return ValidateConfiguration.Response(diagnostics: diagnostics)
            },
            .quick(ListRules.self) { request, _ in
                var rules = try await self.role(request.role).rules(request.configuration)
                if !request.withExamples { for index in rules.indices { rules[index].examples = [] } }
                return ListRules.Response(rules: rules)
            },
            .method(OpenSource.self) { try await self.open($0, self.context($1, $0.frame)) },
            .long(Score.self) {
                try await self.score($0, self.context($1, $0.frame))
            } fitting: { result, call in
                try self.fitting(result, call)
            },
            .long(Render.self) {
                try await self.render($0, self.context($1, $0.frame))
            } fitting: { result, _ in
                result.whole
            },
            .quick(StreamNext<StreamPage>.self) { request, _ in try self.streams.next(request) },
            .quick(StreamClose.self) { request, _ in
                self.streams.close(request.stream)
                return Nothing()
            },
            .quick(Shutdown.self) { _, _ in
                self.stage.withLock { $0 = .shuttingDown }
                return Nothing()
            },
        ])
    }

    private func initialize(_ request: Initialize, _ peer: Peer) throws(RPCError) -> Initialize.Response {
        let common = supportedProtocolVersions.filter(request.protocolVersions.contains)
        guard let version = common.max() else {
            throw Initialize.noCommonVersion(requested: request.protocolVersions, plugin: plugin.manifest.name)
        }
        peer.limits = WireLimits.standard.combined(with: request.limits)
        stage.withLock { $0 = .ready(Host(locale: request.locale, capabilities: request.capabilities)) }
        return Initialize.Response(
            protocolVersion: version,
            manifest: plugin.manifest,
            capabilities: plugin.capabilities
        )
    }

    private func host() throws(RPCError) -> Host {
        switch stage.withLock({ $0 }) {
        case .ready(let host): return host
        case .fresh: throw RPCError(.notInitialized, "the first message must be \"initialize\"")
        case .shuttingDown: throw RPCError(.shuttingDown, "the plugin is shutting down", kind: .transient)
        }
    }

    private func context(_ call: PluginCall, _ frame: CallFrame) throws(RPCError) -> CallContext {
        CallContext(call, frame, locale: try host().locale)
    }

    /// What settings are checked in: a host that does not check queries has no say on them.
    private func settingsContext(
        _ call: PluginCall,
        _ form: FormText?,
        _ given: GivenDossier?
    ) throws(RPCError) -> any SettingsContext {
        guard try host().capabilities.contains(.queryCheck), case .number(let parent) = call.id else {
            return FormContext(form: form?.outline, given: given)
        }
        return HostedSettings(peer: call.peer, parent: parent, text: form, given: given)
    }

    /// The result as the host can take it: the ends of long lists in streams, which stay open until they are read.
    private func fitting(_ result: LongValue, _ call: PluginCall) throws(RPCError) -> Value {
        guard try host().capabilities.contains(.lists) else { return result.whole }
        return streams.shortened(result, owner: call.id)
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
        let host = try host().capabilities
        var asked = SourceRequest(
            configuration: request.configuration,
            dossier: try await context.assemble(request.dossier),
            form: request.form?.outline,
            context: context
        )
        asked.mayStream = host.contains(.lastPageFindings)
        let reading = try await source.read(asked)
        let places: PlaceDetail = host.contains(.sheetPlaces) ? .bySheet : host.contains(.places) ? .each : .none
        return OpenSource.Response(
            tables: reading.tables.map { streams.inline($0, owner: context.request, places: places) }
                + reading.streams.map { streams.open($0, owner: context.request, places: places) },
            fields: reading.fields,
            findings: reading.findings
        )
    }

    private func score(_ request: Score, _ context: CallContext) async throws -> Assessment {
        guard case .scorer(let scorer) = try role(request.role) else { throw wrongKind(request.role, "scorer") }
        return try await scorer.score(
            ScoringRequest(
                configuration: request.configuration,
                dossier: try await context.assemble(request.dossier),
                prior: request.prior,
                rules: request.rules,
                form: request.form?.outline,
                context: context
            )
        )
    }

    private func render(_ request: Render, _ context: CallContext) async throws -> Render.Response {
        guard case .renderer(let renderer) = try role(request.role) else { throw wrongKind(request.role, "renderer") }
        let rendering = try await renderer.render(
            RenderingRequest(
                configuration: request.configuration,
                review: request.review,
                dossier: try await context.assemble(request.dossier),
                formats: request.formats,
                taken: request.taken,
                scratchDirectory: request.scratchDirectory,
                form: request.form?.outline,
                context: context
            )
        )
        return Render.Response(rendering)
    }

    private func wrongKind(_ role: String, _ kind: String) -> RPCError {
        RPCError(.invalidParams, "the role \"\(role)\" is no \(kind)", kind: .user)
    }
}

/// Settings whose queries the host checks.
private struct HostedSettings: SettingsContext {
    let peer: Peer
    let parent: Int
    let text: FormText?
    let given: GivenDossier?

    var form: DossierOutline? { text?.outline }

    func check(_ sql: String, parameters: [String: ColumnType?]) async throws -> QueryOutline {
        try await peer.call(DossierCheck(parent: parent, sql: sql, parameters: parameters))
    }

    /// `nil` where the host has no dossier yet, or the dossier not that table.
    func answer(_ sql: String, parameters: Record) async throws -> Table? {
        let question = DossierQuestion(parent: parent, sql: sql, parameters: parameters)
        do {
            return try await peer.call(question).assemble(ahead: 2) { try await peer.call($0) }
        } catch is RPCError {
            return nil
        }
    }
}

extension Plugin {
    /// The plugin's side of a new conversation, for a peer that is joined to a host's without a process.
    package func conversation() -> Peer.Handlers {
        PluginConversation(self).handlers
    }
}

extension MethodTable<PluginCall>.Entry {
    /// A request whose lists are whole before anybody looks at them, and whose reply is made to fit a line.
    fileprivate static func long<Request: WireRequest>(
        _ type: Request.Type,
        _ body: @escaping @Sendable (Request, PluginCall) async throws -> Request.Response,
        fitting: @escaping @Sendable (LongValue, PluginCall) throws -> Value
    ) -> Self {
        .raw(Request.method) { params, call in
            let whole = try await params.completed { try await call.peer.call($0) }
            let result = try await body(.decode(whole, of: Request.method), call)
            return Peer.Reply(try fitting(result.long, call))
        }
    }
}
