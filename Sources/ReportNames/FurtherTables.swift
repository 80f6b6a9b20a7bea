internal import ReportTemplate
package import ReviewModel
internal import Synchronization

/// The tables that a template or a text among the fields names and that no renderer is sent: those of the form's own that
/// ``ReportModel`` knows nothing of. They are read whole, for a report prints them whole.
///
/// - Parameter names: those that the template says.
package func furtherTables(_ names: Set<String>, _ request: RenderingRequest) async throws -> [Table] {
    var names = names.union(namesInTexts(.record(request.dossier.fields)))
    if names.contains("execution_total") { names.insert("execution") }
    // `tables.lines` is the form's table, whatever the program calls by its name.
    let own = names.contains("tables") ? names.intersection(ReportModel.derived) : []
    names.subtract(ReportModel.rootNames)
    names.formUnion(own)
    names.subtract(request.dossier.fields.keys)
    names.subtract(request.dossier.tables.map(\.name))
    if names.isEmpty { return [] }
    do {
        var tables: [Table] = []
        for summary in try await request.context.tables() where names.contains(summary.schema.name) {
            let table = Mutex(Table(schema: summary.schema))
            try await request.context.read(summary.schema.name, columns: nil) { page in
                let fits = table.withLock { $0.append(page: page.page(0..<page.rowCount)) }
                if !fits { throw OddPage(table: summary.schema.name) }
            }
            tables.append(table.withLock { $0 })
        }
        return tables
    } catch is NoDossier {
        return []
    }
}

/// A page of a table had other columns than the table.
package struct OddPage: Error, CustomStringConvertible {
    package var table: String

    package init(table: String) { self.table = table }

    package var description: String { "a page of the table \"\(table)\" does not fit its columns" }
}

/// The names in texts that hold tags.
private func namesInTexts(_ value: Value) -> Set<String> {
    switch value {
    case .text(let text):
        Wording.hasTags(text) ? Wording(text, at: JSONPointer(), log: DiagnosticLog()).firstNames : []
    case .list(let items): items.reduce(into: []) { $0.formUnion(namesInTexts($1)) }
    case .record(let record): record.members.reduce(into: []) { $0.formUnion(namesInTexts($1.value)) }
    default: []
    }
}
