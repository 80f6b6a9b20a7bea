import PluginKit
import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Settings of the prose reconciler")
struct SettingsTests {
    @Test("mistakes are told at their place, all of them")
    func mistakes() async throws {
        let settings: Value = [
            "texts": ["/filds/texts", "problem.finding", "a.b.c"], "min_length": 0, "terms": ["设施": ["", "采购"]],
            "exept": [],
        ]
        let diagnostics = try await ProseReconciler().validate(settings)
        #expect(
            diagnostics.map { "\($0.code) \($0.pointer)" } == [
                "prose/selector /texts/0", "prose/selector /texts/2", "prose/min-length /min_length",
                "prose/empty-word /terms/设施/0", "value/unknown-key /exept", "prose/unknown-table /texts/1",
            ]
        )
        #expect(diagnostics.last?.help?.en == "did you mean \"problems\"?")
    }

    @Test("no settings at all are sound")
    func none() async throws {
        #expect(try await ProseReconciler().validate(.null).isEmpty)
        #expect(try await ProseReconciler().validate([:]).isEmpty)
    }
}
