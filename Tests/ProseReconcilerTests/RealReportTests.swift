import PluginKit
import ReviewModel
import SpecLoading
import Testing

@testable import prose_reconciler

/// The texts of a real report, as its spec holds them.
@Suite("The prose of a real report")
struct RealReportTests {
    private func assess(_ path: String) async throws -> Assessment {
        let root = #filePath.split(separator: "/").dropLast(3).map { "/" + $0 }.joined()
        let loaded = loadSpec(root + "/" + path)
        return try await ProseReconciler().score(ScoringRequest(dossier: try #require(loaded.spec?.dossier)))
    }

    @Test("what it says that its figures do not, and nothing else")
    func findings() async throws {
        let findings = try await assess("Specs/hongqiao/party-service-2026.yaml").findings
        #expect(
            findings.map { "\($0.severity) \($0.rule) \($0.found) | \($0.expected)" } == [
                "error prose/mismatch 30.00 万/年 | 18.13 万元/年 / 19.19 万元/年 / 12.86 万元/年",
                "error prose/sum-of-parts 800.23 万元 | 632.23 万元", "info prose/unbound 30% / 60% | ",
            ]
        )
        #expect(
            findings[1].message.zh.hasSuffix("合计 632.23 万元，相差 168.00 万元；计入 阵地文化展示氛围提升 168.00 万元 才得此数，而文中没有列出")
        )
        let texts = findings.map { $0.pointers.map(\.description).filter { !$0.hasPrefix("/tables/history") } }
        #expect(texts[1].first == "/fields/texts/increase_reason")
        // The same numbers in two texts are one finding.
        #expect(texts[2] == ["/fields/texts/work_plan", "/fields/texts/stage_plan"])
        #expect(texts[0] == ["/tables/deductions/1/reason", "/tables/deductions/1/opinion"])
    }

    @Test("the example town's texts hold")
    func example() async throws {
        let findings = try await assess("Specs/example-town/meal-delivery-2026.yaml").findings
        #expect(!findings.contains { $0.severity >= .warning }, "\(findings)")
    }
}
