internal import DossierQuery
internal import PluginWire
package import ReviewModel
internal import Synchronization

/// The checksums of what one dossier answers, each computed once for all steps that are judged by it.
package final class DossierLookup: Sendable {
    package let dossier: Dossier
    private let thread = QueryThread()
    private let tables = Mutex<[String: TableDigest]>([:])
    private let answers = Mutex<[DossierReads.Question: String]>([:])

    package init(_ dossier: Dossier) { self.dossier = dossier }

    /// The checksum of a table; `nil` where there is none of that name.
    package func table(_ name: String) -> TableDigest? {
        if let known = tables.withLock({ $0[name] }) { return known }
        guard let digest = dossier.table(name).map({ TableDigest($0) }) else { return nil }
        tables.withLock { $0[name] = digest }
        return digest
    }

    /// The same, or that of some columns.
    func digest(ofTable name: String, _ columns: [String]?) -> String? {
        columns.map { table(name)?.selecting($0) } ?? table(name)?.text
    }

    /// The checksum of the answer to a question; `nil` where it has none.
    package func answer(to question: DossierReads.Question) async -> String? {
        switch question {
        case .tables: return dossier.digestOfTables
        case .table(let name, let columns): return digest(ofTable: name, columns)
        case .query(let sql, let parameters, let cells):
            if let known = answers.withLock({ $0[question] }) { return known }
            // Where plugins' queries are answered, too.
            let answer = try? await thread.run { [dossier] in
                try DossierQuery(sql).answer(on: dossier, parameters, cells: cells) { Task.isCancelled }
            }
            guard let answer else { return nil }
            let digest = TableDigest(answer).text
            answers.withLock { $0[question] = digest }
            return digest
        }
    }
}

extension DossierQuery {
    /// The answer to a question of a plugin.
    func answer(
        on dossier: Dossier,
        _ parameters: Record,
        cells: Bool,
        _ isCancelled: @escaping @Sendable () -> Bool
    ) throws(QueryError) -> Table {
        let values = Dictionary(parameters.members.map { ($0.key, $0.value) }) { first, _ in first }
        guard cells else { return try run(on: dossier, parameters: values, isCancelled: isCancelled) }
        let column = Column(name: DossierQuestion.cellColumn)
        var table = Table(schema: TableSchema(name: "cells", columns: [column]))
        for pointer in try self.cells(on: dossier, parameters: values, isCancelled: isCancelled) {
            table.append(row: [.text(pointer.description)])
        }
        return table
    }
}
