import PluginKit
import ReviewModel
import Synchronization

extension ScoringRequest {
    /// The dossier with the tables of the form's own, which no manifest can name: they are read whole.
    func dossierWithFormTables() async throws -> Dossier {
        var dossier = dossier
        do {
            for summary in try await context.tables() where dossier.table(summary.schema.name) == nil {
                if ProseSettings.tables.contains(summary.schema.name) { continue }
                let table = Mutex(Table(schema: summary.schema))
                try await context.read(summary.schema.name, columns: nil) { page in
                    _ = table.withLock { $0.append(page: page.page(0..<page.rowCount)) }
                }
                dossier.set(table.withLock { $0 })
            }
        } catch is NoDossier {
            // Whoever calls without a host has sent everything.
        }
        return dossier
    }
}
