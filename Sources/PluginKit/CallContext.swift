internal import PluginWire
internal import ReviewModel
internal import Synchronization

/// The context of one request from the host: logs and progress go back as notifications, rows are pulled on demand.
final class CallContext: RoleContext {
    let peer: Peer
    let request: RequestID
    let frame: CallFrame
    let locale: Locale
    private let lastProgress = Mutex<(done: Int, at: ContinuousClock.Instant)?>(nil)

    /// The protocol allows ten progress messages a second.
    private static let progressInterval = Duration.milliseconds(100)

    /// - Parameter locale: the one of the whole conversation, where the call names none of its own.
    init(_ call: PluginCall, _ frame: CallFrame, locale: Locale) {
        peer = call.peer
        request = call.id
        self.frame = frame
        self.locale = frame.locale ?? locale
    }

    var step: String { frame.step }
    var scratchDirectory: String? { frame.scratchDirectory }

    func log(_ level: LogLevel, _ message: String) {
        peer.notify(Log(level: level, message: message))
    }

    func restsOnMore(_ what: String) {
        peer.notify(Log(level: .debug, message: "the answer rests on \(what)", parent: parent, isOnce: true))
    }

    func spent(_ times: [RuleTime]) {
        let sum = times.reduce(0) { $0 + $1.microseconds }
        let message = "\(times.count) rules checked in \(sum) µs"
        peer.notify(Log(level: .debug, message: message, parent: parent, ruleTimes: times))
    }

    func progress(done: Int, total: Int?, message: String) {
        let now = ContinuousClock.now
        let isDue = lastProgress.withLock { last in
            if let last, done <= last.done || (done != total && now - last.at < Self.progressInterval) { return false }
            last = (done, now)
            return true
        }
        if isDue { peer.notify(Progress(parent: parent, done: done, total: total, message: message)) }
    }

    private var parent: Int? {
        if case .number(let number) = request { number } else { nil }
    }

    func tables() async throws -> [TableSummary] {
        try await peer.call(DossierTables(parent: served)).tables.map {
            TableSummary(schema: $0.schema, rowCount: $0.rowCount)
        }
    }

    func query(_ sql: String, _ parameters: Record) async throws -> Table {
        let question = DossierQuestion(parent: try served, sql: sql, parameters: parameters)
        do {
            return try await peer.call(question).assemble(ahead: 2) { try await self.peer.call($0) }
        } catch let error as RPCError {
            if let mistake = error.mistake { throw mistake }
            throw error
        }
    }

    func cells(of sql: String, _ parameters: Record) async throws -> [JSONPointer] {
        let question = DossierQuestion(parent: try served, sql: sql, parameters: parameters, cells: true)
        let table = try await peer.call(question).assemble(ahead: 2) { try await self.peer.call($0) }
        // An older host has answered the question itself.
        guard table.schema.columns.map(\.name) == [DossierQuestion.cellColumn] else { return [] }
        return (0..<table.rowCount).compactMap { table.cell(row: $0, column: 0).text.flatMap(JSONPointer.init) }
    }

    func read(_ table: String, columns: [String]?, page body: @Sendable (Table) async throws -> Void) async throws {
        let opened = try await peer.call(DossierRead(parent: served, table: table, columns: columns))
        let stream = WireTable(schema: opened.schema, page: nil, stream: opened.stream)
        do {
            try await stream.forEachPage(ahead: 2) {
                try await self.peer.call($0)
            } _: { page in
                var table = Table(schema: opened.schema)
                guard page.append(to: &table) else { throw stream.misfit(page, page.sequence) }
                try await body(table)
            }
        } catch {
            // Whoever has seen enough throws; the host need not keep the rest.
            _ = try? await peer.call(StreamClose(stream: opened.stream))
            throw error
        }
    }

    private var served: Int {
        get throws(RPCError) {
            guard let parent else {
                throw RPCError(.invalidParams, "the host numbers its requests; this one has a text")
            }
            return parent
        }
    }

    /// The dossier with every table whole, streams pulled to their end.
    func assemble(_ dossier: WireDossier) async throws -> Dossier {
        var whole = Dossier(fields: dossier.fields)
        for table in dossier.tables {
            whole.set(try await table.assemble(ahead: 2) { try await self.peer.call($0) })
        }
        return whole
    }
}
