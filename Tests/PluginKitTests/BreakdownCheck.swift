import PluginKit
import ReviewModel

struct BreakdownCheck: ConfiguredScorer {
    static func main() async { await serve(BreakdownCheck(), version: "1.0.0") }

    struct Settings: PluginSettings {
        let ceiling: ExactDecimal
        init(_ settings: SettingsReader) { ceiling = settings.decimal("ceiling", default: 1_000_000) }
    }

    let role = RoleDescription.scorer(
        "breakdown-check",
        "large amounts in one lump",
        reads: ["budget_lines"],
        settings: Settings.self
    )

    func score(_ dossier: Dossier, _ settings: Settings, _ context: any RoleContext) -> Assessment {
        let lumps = dossier.rows(of: "budget_lines").filter {
            $0.decimal("quantity") == 1 && $0.decimal("amount") ?? 0 > settings.ceiling
        }
        return Assessment(
            findings: lumps.map { line in
                Finding(
                    rule: "example/lump",
                    severity: .info,
                    message: LocalizedText(zh: "只列了总价", en: "stands as one lump"),
                    subject: line.text("id"),
                    pointers: [line.pointer("amount")]
                )
            }
        )
    }
}
