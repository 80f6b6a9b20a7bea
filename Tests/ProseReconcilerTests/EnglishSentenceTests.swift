import PluginKit
import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("What English sentences say of the whole and of each other")
struct EnglishSentenceTests {
    private func audit(_ paragraphs: [String], _ tables: [Table] = []) async throws -> [String] {
        var texts = Table(schema: TableSchema(name: "paragraphs", columns: [Column(name: "text")]))
        for paragraph in paragraphs { texts.append(row: [.text(paragraph)]) }
        let request = ScoringRequest(dossier: Dossier(fields: [:], tables: [texts] + tables))
        return try await ProseReconciler().score(request).findings.filter { $0.severity > .info }
            .map { "\($0.rule) \($0.found) \($0.expected)" }
    }

    private static let report = [
        "The Parks Service applied for a budget of 1,240,000 for 2026 to replace eight vehicles. Of the 22 vehicles in the fleet, 8 are older than ten years (36.36%).",
        "The request consists of 960,000 for vehicles (8 at 120,000 each), 180,000 for attachments and 100,000 for a workshop. Funding comes from the general fund (840,000) and a grant (400,000).",
        "We recommend 1,105,000, a reduction of 135,000 (10.89%). For vehicles, 7 of the 8 requested are approved at 120,000 each, 840,000 in total; the reduction is 120,000.",
        "In 2024 the service spent 586,000 of its budget of 610,000 (96.07%). It serves 46,000 households.",
        "The project scores 84 out of 100 points: need 27, costing 24, objectives 16 and delivery plan 17.",
        "It is recommended for funding of 1,105,000, of which 705,000 from the general fund and 400,000 from the grant.",
    ]

    @Test("nothing is said of a report that agrees with itself")
    func right() async throws {
        let found = try await audit(Self.report)
        #expect(found == [])
    }

    @Test("what stands behind of which is a share of what stands before it")
    func ofWhich() async throws {
        let text = "The programme was estimated at $100.69 million, of which $65.00 million (64.6%) is a loan."
        #expect(try await audit([text]) == [])
        let wrong = try await audit([text.replacing("64.6", with: "46.6")])
        #expect(wrong.count == 1 && wrong[0].hasPrefix("prose/arithmetic"), "\(wrong)")
    }

    @Test(
        "a number that others deny is told",
        arguments: [
            ("of 1,240,000 for", "of 1,420,000 for", "prose/wholes-disagree"), ("36.36", "63.36", "prose/arithmetic"),
            ("960,000 for", "690,000 for", "prose/arithmetic"), ("180,000 for", "108,000 for", "prose/wholes-disagree"),
            ("fund (840,000)", "fund (480,000)", "prose/wholes-disagree"), ("10.89", "10.98", "prose/rate"),
            ("7 of the 8 requested", "6 of the 8 requested", "prose/arithmetic"),
            ("spent 586", "spent 568", "prose/arithmetic"),
            ("plan 17", "plan 71", "prose/sum-of-parts"), ("which 705,000", "which 750,000", "prose/sum-of-parts"),
        ]
    )
    func changed(old: String, new: String, rule: String) async throws {
        let found = try await audit(Self.report.map { $0.replacing(old, with: new) })
        #expect(found.contains { $0.hasPrefix(rule) }, "\(found)")
    }

    @Test("what a table says of the whole is what a sentence must say, with a currency's sign or without")
    func tables() async throws {
        let columns = [
            Column(name: "id"), Column(name: "group"), Column(name: "quantity", type: .decimal),
            Column(name: "unit_price", type: .decimal), Column(name: "amount", type: .decimal),
        ]
        var lines = Table(schema: TableSchema(name: "budget_lines", columns: columns))
        lines.append(row: [.text("L1"), .text("Servers"), 6, "12750.00", "76500.00"])
        lines.append(row: [.text("L2"), .text("Training days"), 60, "800.00", "48000.00"])
        #expect(try await audit(["The service requests £124,500 for a new case management system."], [lines]) == [])
        #expect(
            try await audit(["The service requests £142,500 for a new case management system."], [lines])
                == ["prose/mismatch £142,500 124,500.00"]
        )
        // 46,000 households are counted, and an item is not the whole.
        #expect(
            try await audit(["The service serves 46,000 households. For servers it requests 76,500 in 2026."], [lines])
                == []
        )
    }
}
