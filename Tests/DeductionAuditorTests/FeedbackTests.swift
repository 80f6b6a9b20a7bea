import PluginKit
import ReviewModel
import Testing

@testable import deduction_auditor

@Suite("The feedback round")
struct FeedbackTests {
    private let lines = AuditTables().lines([
        ["L1", "works", "/", 1, "1000.00", "1000.00"], ["L2", "rent", "/", 1, "500.00", "500.00"],
    ])
    private let columns = ["line", "kind", "reply", "answer", "final_amount"]

    private func assess(_ deductions: [[Value]], _ feedback: [[Value]]) async throws -> Assessment {
        let tables = lines.deductions(deductions).with("feedback", columns, feedback)
        return try await DeductionAuditor().score(ScoringRequest(dossier: Dossier(tables: tables.tables)))
    }

    private func found(_ assessment: Assessment) -> [String] {
        assessment.findings.filter { $0.rule.hasPrefix("feedback/") }.map { "\($0.severity) \($0.rule) \($0.subject)" }
    }

    @Test("the final amount counts, and the fact leads to its cell")
    func final() async throws {
        let assessment = try await assess(
            [["L1", "cut", "300.00", "duplicate"], ["L2", "cut", "50.00", "duplicate"]],
            [["L1", .null, "please", "agreed in part", "200.00"], ["L2", .null, "please", "no", .null]]
        )
        #expect(found(assessment) == [])
        #expect(assessment.adjustments.map { $0.parts.map(\.amount) } == [[200], [50]])
        let facts = Dictionary(assessment.facts.map { ($0.id, $0) }) { first, _ in first }
        #expect(facts["amounts.approved"]?.value.decimal == 1250)
        #expect(facts["lines.L1.deducted"]?.sources.map(\.description) == ["/tables/feedback/0/final_amount"])
        #expect(facts["lines.L2.deducted"]?.sources.map(\.description) == ["/tables/deductions/1/amount"])
        #expect(facts["feedback.proposed"]?.value.decimal == 350)
        #expect(facts["feedback.given_up"]?.calculation == "350.00 − 250.00 = 100.00")
    }

    @Test("what is said at length of a draft's amount is found, unless another reason stands for it")
    func opinions() async throws {
        func found(_ reason: Value) async throws -> [String] {
            let tables = lines.with(
                "deductions",
                ["line", "kind", "amount", "reason", "opinion"],
                [["L1", "cut", "300.00", "duplicate", "of 1,000.00 yuan, 700.00 are approved"]]
            ).with("feedback", columns + ["final_reason"], [["L1", .null, "please", "in part", "200.00", reason]])
            let assessment = try await DeductionAuditor().score(ScoringRequest(dossier: Dossier(tables: tables.tables)))
            return assessment.findings.filter { $0.rule == "feedback/reason-of-draft" }.map {
                $0.pointers.map(\.description).joined()
            }
        }
        #expect(try await found(.null) == ["/tables/deductions/0/opinion"])
        #expect(try await found("half of it is a duplicate") == [])
    }

    @Test("amounts count what the form says")
    func units() async throws {
        var table = Table(
            schema: TableSchema(
                name: "budget_lines",
                columns: [
                    Column(name: "id"), Column(name: "group"), Column(name: "amount", type: .decimal, unit: "EUR"),
                ]
            )
        )
        table.append(row: ["L1", "rent", "500.00"])
        let assessment = try await DeductionAuditor().score(ScoringRequest(dossier: Dossier(tables: [table])))
        #expect(assessment.adjustments.map(\.unit) == ["EUR"])
        #expect(assessment.facts.filter { $0.id == "amounts.approved" }.map(\.unit) == ["EUR"])
        let plain = try await DeductionAuditor().score(ScoringRequest(dossier: Dossier(tables: lines.tables)))
        #expect(plain.adjustments.map(\.unit) == ["CNY", "CNY"])
    }

    @Test("a deduction that is given up is none, and a review without a round has no facts of it")
    func givenUp() async throws {
        let assessment = try await assess(
            [["L1", "cut", "300.00", "duplicate"]],
            [["L1", .null, "please", "agreed", "0.00"]]
        )
        #expect(assessment.adjustments[0].parts == [])
        #expect(found(assessment) == [])
        #expect(!assessment.findings.contains { $0.rule == "deduction/not-positive" })
        #expect(
            try await !assess([["L1", "cut", "300.00", "duplicate"]], []).facts.contains {
                $0.id.hasPrefix("feedback.")
            }
        )
    }

    @Test("a reply needs an answer, most of all where the amount has changed")
    func unanswered() async throws {
        let cut: [[Value]] = [["L1", "cut", "300.00", "duplicate"]]
        #expect(
            try await found(assess(cut, [["L1", .null, "please", .null, .null]])) == ["warning feedback/unanswered L1"]
        )
        #expect(
            try await found(assess(cut, [["L1", .null, .null, .null, "200.00"]])) == ["error feedback/unanswered L1"]
        )
    }

    @Test("a reply must be about one deduction, and none may grow by it")
    func unmatched() async throws {
        let two: [[Value]] = [["L1", "cut", "300.00", "duplicate"], ["L1", "deferral", "30.00", "duplicate"]]
        #expect(try await found(assess(two, [["L2", .null, "a", "b", .null]])) == ["error feedback/unmatched L2"])
        #expect(try await found(assess(two, [["L1", .null, "a", "b", .null]])) == ["error feedback/unmatched L1"])
        #expect(try await found(assess(two, [["L1", "deferral", "a", "b", "20.00"]])) == [])
        #expect(try await found(assess(two, [["L1", "cut", "a", "b", "301.00"]])) == ["warning feedback/raised L1"])
    }
}
