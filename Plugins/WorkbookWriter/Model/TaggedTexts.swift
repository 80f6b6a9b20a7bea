import ReportNames
import ReviewModel

/// Texts of the dossier that hold tags (`{{amounts.approved}}`), filled in as a report prints them. Without any, nothing is read for them.
final class TaggedTexts {
    private let request: RenderingRequest
    private let dossier: Dossier
    private let summaries: [TableSummary]
    private var filler: FilledTexts?

    /// Tags of tables with more rows stay as they are written: a sentence does not list that many.
    private static let mostRows = 10_000

    /// - Parameters:
    ///   - dossier: what the workbook has read of it so far.
    ///   - summaries: all tables that there are.
    init(_ request: RenderingRequest, _ dossier: Dossier, _ summaries: [TableSummary]) {
        (self.request, self.dossier, self.summaries) = (request, dossier, summaries)
    }

    func filled(_ table: Table) async throws -> Table {
        FilledTexts.hasTags(table) ? try await texts().filled(table) : table
    }

    func filled(_ review: Review) async throws -> Review {
        FilledTexts.hasTags(review) ? try await texts().filled(review) : review
    }

    func filled(_ dossier: Dossier) async throws -> Dossier {
        var filled = dossier
        for field in dossier.fields.members where FilledTexts.hasTags(field.value) {
            filled.fields[field.key] = try await texts().filled(field.value, at: JSONPointer(["fields", field.key]))
        }
        for table in dossier.tables where FilledTexts.hasTags(table) { filled.set(try await texts().filled(table)) }
        return filled
    }

    private func texts() async throws -> FilledTexts {
        if let filler { return filler }
        var request = request
        request.dossier = dossier
        for summary in summaries where dossier.table(summary.schema.name) == nil && summary.rowCount <= Self.mostRows {
            request.dossier.set(try await readTable(summary.schema, request))
        }
        let texts = FilledTexts(request)
        filler = texts
        return texts
    }
}
