import PluginKit
import ReviewModel

/// Answers every call with as little work as possible: what remains is the cost of the wire.
@main
struct EchoPlugin {
    static func main() async {
        await serve(Echo(), version: "1")
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

    func score(_ request: ScoringRequest) -> Assessment {
        Assessment(facts: [
            Fact(
                id: "rows",
                label: LocalizedText("rows"),
                value: .integer(request.dossier.table("rows")?.rowCount ?? 0)
            )
        ])
    }
}
