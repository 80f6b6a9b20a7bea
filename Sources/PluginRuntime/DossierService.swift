internal import DossierQuery
package import PluginWire
package import ReviewModel
internal import Synchronization

/// Answers what plugins ask about the dossier while they serve a call.
///
/// A question names the call that it is asked for; once that call has its reply, nothing more may be asked for it.
package final class DossierService: Sendable {
    package let streams = OpenStreams()
    private let queries = QueryThread()
    private let open = Mutex<[RequestID: Subject]>([:])

    /// What a call is about: a dossier, or settings, when there is none yet.
    package enum Subject: Sendable {
        /// - reads: gets what is asked.
        case dossier(Dossier, DossierReads? = nil)
        case settings(any SettingsContext)
    }

    package init() {}

    /// From now on, questions for the call `owner` are answered from a dossier, or held against what a context knows.
    package func begin(_ owner: RequestID, _ subject: Subject) {
        open.withLock { $0[owner] = subject }
    }

    /// No more questions for `owner`; its streams end.
    package func end(_ owner: RequestID) {
        open.withLock { $0[owner] = nil }
        streams.closeAll(of: owner)
    }

    /// Everything that a plugin may ask. Quick is what is a page at the most; a query may take longer.
    package var methods: MethodTable<Void> {
        MethodTable([
            .quick(DossierTables.self) { request, _ in
                let (dossier, reads) = try self.dossier(request.parent)
                reads?.noteTables()
                let tables = dossier.tables
                return DossierTables.Response(
                    tables: tables.map { .init(schema: $0.schema, rowCount: $0.rowCount) }
                )
            },
            .quick(DossierRead.self) { request, _ in
                try self.noting(request.parent) { () throws(RPCError) in try self.read(request) }
            },
            .method(DossierQuestion.self) { request, _ in
                try await self.queries.run {
                    try self.noting(request.parent) { () throws(RPCError) in try self.ask(request) }
                }
            },
            .method(DossierCheck.self) { request, _ in
                try await self.queries.run { try await self.check(request) }
            },
            .quick(StreamNext<StreamPage>.self) { request, _ in try self.streams.next(request) },
            .quick(StreamClose.self) { request, _ in
                self.streams.close(request.stream)
                return Nothing()
            },
        ])
    }

    private func isOpen(_ parent: Int) -> Bool { open.withLock { $0[.number(parent)] != nil } }

    private func dossier(_ parent: Int) throws(RPCError) -> (Dossier, DossierReads?) {
        switch try subject(parent) {
        case .dossier(let dossier, let reads): return (dossier, reads)
        case .settings(let context):
            // What the spec itself gives is there before anything is judged.
            if let given = (context as? SettingsOutline)?.dossier { return (given, nil) }
            throw RPCError(
                .notPermitted,
                "there is no dossier yet",
                help: "while settings are checked, a query can be checked with \"\(DossierCheck.method)\""
            )
        }
    }

    private func subject(_ parent: Int) throws(RPCError) -> Subject {
        guard let subject = open.withLock({ $0[.number(parent)] }) else {
            throw RPCError(
                .notPermitted,
                "no call \(parent) is being served",
                help: "\"parent\" is the id of the request that the question is asked for, while it is being served"
            )
        }
        return subject
    }

    /// What was refused is no answer that could be held against another.
    private func noting<Answer>(_ parent: Int, _ body: () throws(RPCError) -> Answer) throws(RPCError) -> Answer {
        do throws(RPCError) { return try body() } catch {
            if case .dossier(_, let reads?)? = open.withLock({ $0[.number(parent)] }) { reads.giveUp() }
            throw error
        }
    }

    private func read(_ request: DossierRead) throws(RPCError) -> DossierRead.Response {
        let (dossier, reads) = try dossier(request.parent)
        guard var table = dossier.table(request.table) else {
            throw RPCError(
                .invalidParams,
                "the dossier has no table \"\(request.table)\"",
                kind: .user,
                help: suggestion(for: request.table, among: dossier.tables.map(\.name))?.en
            )
        }
        try checkRoom(request.parent)
        if let columns = request.columns { table = try select(columns, from: table) }
        reads?.noteTable(request.table, request.columns)
        let stream = streams.open(TablePager(table), owner: .number(request.parent))
        return DossierRead.Response(schema: table.schema, stream: stream)
    }

    private func ask(_ request: DossierQuestion) throws(RPCError) -> WireTable {
        let (dossier, reads) = try dossier(request.parent)
        try checkRoom(request.parent)
        do throws(QueryError) {
            // Nobody waits for the answer to a question of a call that is over.
            let isOver: @Sendable () -> Bool = { Task.isCancelled || !self.isOpen(request.parent) }
            let query = DossierQuery(request.sql)
            let answer = try query.answer(on: dossier, request.parameters, cells: request.cells, isOver)
            reads?.note(request.sql, request.parameters, cells: request.cells, answer)
            return streams.inline(answer, owner: .number(request.parent), isMade: true)
        } catch {
            throw RPCError(error.mistake(in: request.sql))
        }
    }

    /// Answers that nobody reads are held until the call ends, so there is an end to them.
    private func checkRoom(_ parent: Int) throws(RPCError) {
        let open = streams.open(of: .number(parent))
        guard open.count >= PageLimits.openStreams || open.bytes >= PageLimits.openBytes else { return }
        throw RPCError(
            .limitExceeded,
            "\(open.count) streams are open, which hold \(open.bytes >> 20) MiB; \(PageLimits.openStreams) and "
                + "\(PageLimits.openBytes >> 20) MiB are taken",
            help: "read each to its end, or close it with \"\(StreamClose.method)\""
        )
    }

    private func check(_ request: DossierCheck) async throws -> QueryOutline {
        switch try subject(request.parent) {
        case .settings(let context): return try await context.check(request.sql, parameters: request.parameters)
        case .dossier(let dossier, let reads):
            reads?.noteTables()
            // Its fields do not say which others there may be, so any is taken.
            let tables = dossier.tables.map(\.schema)
            return DossierQuery(request.sql).check(tables: tables, parameters: request.parameters).outline
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
        return table.selecting(positions)
    }
}
