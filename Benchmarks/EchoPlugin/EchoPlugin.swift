import PluginKit
import ReviewModel
import Synchronization

/// Answers every call with as little work as possible: what remains is the cost of the wire.
@main
struct EchoPlugin {
    static func main() async {
        let roles: [Plugin.Role] = [.scorer(Echo()), .source(Rows())]
        await serve(Plugin(name: "echo", version: "1", description: "measures the wire", roles: roles))
    }
}

struct Echo: Scorer {
    let role = RoleDescription(
        kind: .scorer,
        name: "echo",
        summary: "measures the wire",
        reads: ["rows"],
        configSchema: nil
    )

    /// Says how long the text was that came in, so that nothing can be optimised away.
    func validate(_ configuration: Value) -> [ConfigurationDiagnostic] {
        let length = configuration["text"]?.text?.utf8.count ?? 0
        return length == 0
            ? []
            : [
                ConfigurationDiagnostic(code: "echo", message: LocalizedText("\(length)"), pointer: JSONPointer())
            ]
    }

    func score(_ request: ScoringRequest) async throws -> Assessment {
        if let table = request.configuration["pages"]?.text {
            let rows = Atomic(0)
            try await request.context.read(table, columns: nil) { rows.add($0.rowCount, ordering: .relaxed) }
            let count = rows.load(ordering: .relaxed)
            return Assessment(facts: [Fact(id: "rows", label: LocalizedText("rows"), value: .integer(count))])
        }
        return Assessment(facts: [
            Fact(
                id: "rows",
                label: LocalizedText("rows"),
                value: .integer(request.dossier.table("rows")?.rowCount ?? 0)
            )
        ])
    }
}

/// A table of as many rows of 200 bytes as are asked for.
struct Rows: DataSource {
    let role = RoleDescription(kind: .source, name: "rows", summary: "measures the wire", writes: ["rows"])

    func tables(_ request: SourceRequest) -> [Table] {
        var table = Table(schema: TableSchema(name: "rows", columns: (0..<4).map { Column(name: "c\($0)") }))
        let cell = Value.text(String(repeating: "x", count: 46))
        for _ in 0..<(request.configuration["rows"]?.integer ?? 0) { table.append(row: [cell, cell, cell, cell]) }
        return [table]
    }
}
