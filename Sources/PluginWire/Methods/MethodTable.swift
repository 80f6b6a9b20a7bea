public import ReviewModel

/// Every request of the protocol, in the order of Docs/PROTOCOL.md. One method, one file beside this.
public let protocolMethods: [any WireRequest.Type] = [
    Initialize.self, ValidateConfiguration.self, ListRules.self, OpenSource.self, Score.self, Render.self,
    Shutdown.self,
    DossierTables.self, DossierRead.self, DossierQuestion.self, DossierCheck.self, StreamNext<StreamPage>.self,
    StreamClose.self,
]

/// Every message without a reply.
public let protocolNotifications: [any WireNotification.Type] = [Cancel.self, Log.self, Progress.self]

/// The requests that one side answers: what is in this list is answered, and nothing else is.
///
///     let methods = MethodTable<Peer.Call>([
///         .quick(StreamNext<StreamPage>.self) { request, _ in try streams.next(request) },
///         .method(Score.self) { request, call in try await scorer.score(request) },
///     ])
public struct MethodTable<Context: Sendable>: Sendable {
    /// One request with its answer.
    public struct Entry: Sendable {
        public var method: String
        /// Whether it is answered in a moment, in the thread that reads; see ``Peer/Handlers/quick``.
        public var isQuick: Bool
        fileprivate var answer: @Sendable (JSONText, Context) async throws -> Peer.Reply

        /// A request whose answer may take as long as it takes.
        public static func method<Request: WireRequest>(
            _ type: Request.Type,
            isQuick: Bool = false,
            _ body: @escaping @Sendable (Request, Context) async throws -> Request.Response
        ) -> Entry {
            Entry(method: Request.method, isQuick: isQuick) { params, context in
                Peer.Reply(try await body(.decode(params, of: Request.method), context))
            }
        }

        /// A request whose parameters and reply somebody reads and writes himself.
        public static func raw(
            _ method: String,
            _ body: @escaping @Sendable (JSONText, Context) async throws -> Peer.Reply
        ) -> Entry {
            Entry(method: method, isQuick: false, answer: body)
        }

        /// A request that is answered in a moment.
        public static func quick<Request: WireRequest>(
            _ type: Request.Type,
            _ body: @escaping @Sendable (Request, Context) async throws -> Request.Response
        ) -> Entry {
            method(type, isQuick: true, body)
        }
    }

    public let entries: [Entry]
    private let byName: [String: Entry]

    public init(_ entries: [Entry]) {
        self.entries = entries
        byName = Dictionary(entries.map { ($0.method, $0) }) { first, _ in first }
    }

    public var quick: Set<String> { Set(entries.filter(\.isQuick).map(\.method)) }

    /// - Throws: ``RPCError``, `methodNotFound` for what is not in the list.
    public func answer(_ call: Peer.Call, _ context: Context) async throws -> Peer.Reply {
        guard let entry = byName[call.method] else {
            throw RPCError(
                .methodNotFound,
                "unknown method \"\(call.method)\"",
                help: suggestion(for: call.method, among: entries.map(\.method))?.en
                    ?? "answered are: " + entries.map(\.method).joined(separator: ", ")
            )
        }
        return try await entry.answer(call.text, context)
    }
}
