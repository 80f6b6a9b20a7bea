import Glibc
import PluginKit
import ReviewModel

// A plugin that plays every role and asks everything once, for the recorded conversations that Docs/PROTOCOL.md shows.

@main
struct Tour {
    static func main() async {
        await serve(
            Plugin(
                name: "tour",
                version: "1.0.0",
                description: "Says everything that there is to say, once.",
                roles: [.source(Ledger()), .scorer(RoundNumbers()), .scorer(Slow()), .renderer(Digest())]
            )
        )
    }
}

struct Ledger: ConfiguredSource {
    struct Settings: PluginSettings {
        let year: Int
        init(_ settings: SettingsReader) { year = settings.integer("year", default: 2025, in: 2000...2100) }
    }

    let role = RoleDescription.source("ledger", "what was paid", writes: ["history"], settings: Settings.self)

    func tables(_ settings: Settings, _ context: any RoleContext) -> [Table] {
        var history = Table(
            schema: TableSchema(
                name: "history",
                columns: [
                    Column(name: "year", type: .integer),
                    Column(name: "paid", title: LocalizedText(zh: "支出", en: "paid"), type: .decimal, unit: "CNY"),
                ]
            )
        )
        history.append(row: [.integer(settings.year - 1), "97153.00"])
        history.append(row: [.integer(settings.year), "102699.00"])
        return [history]
    }
}

struct RoundNumbers: ConfiguredScorer {
    struct Settings: PluginSettings {
        let step: ExactDecimal
        init(_ settings: SettingsReader) { step = settings.decimal("step", default: 10_000) }
    }

    struct Enough: Error {}

    let role = RoleDescription.scorer(
        "round-number-check",
        "round amounts",
        reads: ["lines"],
        requires: ["lines"],
        settings: Settings.self
    )

    private let question = "SELECT id, amount FROM lines WHERE amount % :step = 0"

    func validate(
        _ configuration: Value,
        in context: any SettingsContext
    ) async throws -> [ConfigurationDiagnostic] {
        let outline = try await context.check(question, parameters: ["step": .decimal])
        // One that goes wrong, to show what is said of it.
        _ = try await context.check("SELECT id, amuont FROM lines")
        return Settings.read(configuration).diagnostics + outline.mistakes.map { $0.diagnostic(at: JSONPointer()) }
    }

    func score(_ dossier: Dossier, _ settings: Settings, _ context: any RoleContext) async throws -> Assessment {
        context.log(.warning, "the history ends in October")
        context.progress(done: 1, total: 4, message: "tables")
        let tables = try await context.tables()
        try await context.read("history", columns: ["paid"]) { _ in }
        // One row would do, so the rest is not read.
        try? await context.read("lines", columns: nil) { _ in throw Enough() }
        let round = try await context.query(question, ["step": .decimal(settings.step)])
        var findings: [Finding] = []
        for row in round.rows {
            let amount = row.text("amount")
            let position = dossier.rows(of: "lines").first { $0.text("id") == row.text("id") }
            findings.append(
                Finding(
                    rule: "tour/round-number",
                    severity: .info,
                    message: LocalizedText(
                        zh: "金额 \(amount) 是 \(settings.step) 的整数倍",
                        en: "\(amount) is a multiple of \(settings.step)"
                    ),
                    subject: row.text("id"),
                    pointers: [position?.pointer("amount")].compactMap { $0 },
                    found: amount
                )
            )
        }
        let fact = Fact(id: "tour.tables", label: LocalizedText(zh: "表数", en: "tables"), value: .integer(tables.count))
        return Assessment(findings: findings, facts: [fact])
    }
}

/// Never comes to an end by itself.
struct Slow: Scorer {
    let role = RoleDescription(kind: .scorer, name: "slow", summary: "waits")

    func score(_ request: ScoringRequest) async throws -> Assessment {
        try await Task.sleep(for: .seconds(3600))
        return Assessment()
    }
}

struct Digest: ConfiguredRenderer {
    let role = RoleDescription.renderer(
        "digest",
        "one line",
        writes: ["md"],
        reads: ["lines"],
        settings: NoSettings.self
    )

    func render(_ request: RenderingRequest, _ settings: NoSettings) -> Rendering {
        if let file = fopen(request.scratchDirectory + "/digest.md", "w") {
            fputs("# \(request.review.id)\n", file)
            fclose(file)
        }
        return Rendering([RenderedArtifact(path: "digest.md", mediaType: "text/markdown; charset=utf-8")])
    }
}
