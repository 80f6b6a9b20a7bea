import PluginKit
import ReviewModel

struct BreakdownCheck: RuleScorer {
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

    func rules(_ settings: Settings) -> RuleSet<Lumps> { RuleSet([lump]) }

    func subject(_ request: ScoringRequest, _ settings: Settings) -> Lumps {
        let single = request.dossier.rows(of: "budget_lines").filter { $0.decimal("quantity") == 1 }
        return Lumps(lines: single, ceiling: settings.ceiling)
    }
}

/// What the rules look at, made once.
struct Lumps: Sendable {
    var lines: [TableRow]
    var ceiling: ExactDecimal
}

private let lump = RuleCheck<Lumps>(
    "example/lump",
    .info,
    title: LocalizedText(zh: "大额只列总价", en: "a large amount in one lump"),
    manual: LocalizedText(
        zh: "数量为 1 而金额超过 ceiling 的明细：请申报单位列明数量和单价。",
        en: "Lines of quantity 1 and more than `ceiling`: ask for quantities and unit prices."
    ),
    examples: [
        .bad(
            "tables: {budget_lines: [{id: L1, quantity: 1, amount: ↓1000000.01}]}",
            zh: "只列了总价",
            en: "stands as one lump"
        ),
        .good("tables: {budget_lines: [{id: L1, quantity: 2, amount: 1000000.01}]}"),
    ],
    check: { lumps, findings in
        for line in lumps.lines where line.decimal("amount") ?? 0 > lumps.ceiling {
            findings.report(
                LocalizedText(zh: "只列了总价", en: "stands as one lump"),
                subject: line.text("id"),
                pointers: [line.pointer("amount")]
            )
        }
    }
)
