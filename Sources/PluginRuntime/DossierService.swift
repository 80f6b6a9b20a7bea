internal import DossierQuery
package import PluginWire
package import ReviewModel
internal import Synchronization

/// Answers what plugins ask about the dossier while they serve a call.
///
/// A question names the call that it is asked for; once that call has its reply, nothing more may be asked for it.
package final class DossierService: Sendable {
    package let streams = OpenStreams()
    private let open = Mutex<[RequestID: Dossier]>([:])

    package init() {}

    /// From now on, questions for the call `owner` are answered from `dossier`.
    package func begin(_ owner: RequestID, _ dossier: Dossier) {
        open.withLock { $0[owner] = dossier }
    }

    /// No more questions for `owner`; its streams end.
    package func end(_ owner: RequestID) {
        open.withLock { $0[owner] = nil }
        streams.closeAll(of: owner)
    }

    /// What it answers in a moment, for it is a page at the most. A query may take longer.
    package static let quickMethods: Set<String> = [
        DossierTables.method, DossierRead.method, StreamNext.method, StreamClose.method,
    ]

    package func answer(_ call: Peer.Call) throws(RPCError) -> Value {
        switch call.method {
        case DossierTables.method:
            let request = try DossierTables.read(call.params, of: call.method)
            let tables = try dossier(request.parent).tables
            return DossierTables.Response(
                tables: tables.map { .init(schema: $0.schema, rowCount: $0.rowCount) }
            ).wire
        case DossierRead.method:
            return try read(.read(call.params, of: call.method)).wire
        case DossierQuestion.method:
            return try ask(.read(call.params, of: call.method)).wire
        case StreamNext.method:
            return try streams.next(.read(call.params, of: call.method)).wire
        case StreamClose.method:
            streams.close(try StreamClose.read(call.params, of: call.method).stream)
            return Nothing().wire
        default:
            throw RPCError(
                .methodNotFound,
                "unknown method \"\(call.method)\"",
                help: "the host answers dossier/tables, dossier/read, dossier/query, stream/next and stream/close"
            )
        }
    }

    private func dossier(_ parent: Int) throws(RPCError) -> Dossier {
        guard let dossier = open.withLock({ $0[.number(parent)] }) else {
            throw RPCError(
                .notPermitted,
                "no call \(parent) is being served",
                help: "\"parent\" is the id of the request that the question is asked for, while it is being served"
            )
        }
        return dossier
    }

    private func read(_ request: DossierRead) throws(RPCError) -> DossierRead.Response {
        let dossier = try dossier(request.parent)
        guard var table = dossier.table(request.table) else {
            throw RPCError(
                .invalidParams,
                "the dossier has no table \"\(request.table)\"",
                kind: .user,
                help: suggestion(for: request.table, among: dossier.tables.map(\.name))?.en
            )
        }
        if let columns = request.columns { table = try select(columns, from: table) }
        let stream = streams.open(TablePager(table), owner: .number(request.parent))
        return DossierRead.Response(schema: table.schema, stream: stream)
    }

    private func ask(_ request: DossierQuestion) throws(RPCError) -> WireTable {
        let (query, dossier) = (DossierQuery(request.sql), try dossier(request.parent))
        let parameters = Dictionary(request.parameters.members.map { ($0.key, $0.value) }) { first, _ in first }
        do throws(QueryError) {
            let answer = try query.run(on: dossier, parameters: parameters)
            return streams.inline(answer, owner: .number(request.parent))
        } catch {
            let place = error.place(in: request.sql)
            throw RPCError(
                .invalidParams,
                "line \(place.line), column \(place.column) of the query: \(error.message.en)",
                kind: .user,
                help: error.help?.en
            )
        }
    }

    private func select(_ names: [String], from table: Table) throws(RPCError) -> Table {
        var positions: [Int] = []
        for name in names {
            guard let position = table.schema.position(of: name) else {
                throw RPCError(
                    .invalidParams,
                    "the table \"\(table.name)\" has no column \"\(name)\"",
                    kind: .user,
                    help: suggestion(for: name, among: table.schema.columns.map(\.name))?.en
                )
            }
            positions.append(position)
        }
        var selected = table.selecting(positions)
        // Its column need not be among them.
        selected.schema.origin = nil
        return selected
    }
}
