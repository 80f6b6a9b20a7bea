import PluginKit
import ReviewModel
import Synchronization

extension ScoringRequest {
    /// The dossier with the tables of the form's own, which no manifest can name: they are read whole.
    func dossierWithFormTables() async throws -> Dossier {
        var dossier = dossier
        for summary in try await furtherTables() where dossier.table(summary.schema.name) == nil {
            let table = Mutex(Table(schema: summary.schema))
            try await context.read(summary.schema.name, columns: nil) { page in
                _ = table.withLock { $0.append(page: page.page(0..<page.rowCount)) }
            }
            dossier.set(table.withLock { $0 })
        }
        return dossier
    }

    /// Whoever calls without a host, or a host that answers no questions, has sent everything.
    private func furtherTables() async throws -> [TableSummary] {
        do {
            return try await context.tables().filter { !ProseSettings.tables.contains($0.schema.name) }
        } catch is CancellationError {
            throw CancellationError()
        } catch {
            return []
        }
    }
}
