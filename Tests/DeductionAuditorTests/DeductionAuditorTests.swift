import PluginKit
import ReviewModel
import Testing

@testable import deduction_auditor

@Suite("The deduction auditor")
struct DeductionAuditorTests {
    private func table(_ name: String, _ columns: [String], _ rows: [[Value]]) -> Table {
        var table = Table(schema: TableSchema(name: name, columns: columns.map { Column(name: $0) }))
        for row in rows { table.append(row: row) }
        return table
    }

    private func lines(_ rows: [[Value]]) -> Table {
        table("budget_lines", ["id", "group", "detail", "quantity", "unit_price", "amount"], rows)
    }

    private let twoLines: [[Value]] = [
        ["L1", "works", "", "2", "1710081.15", "3420162.30"], ["L2", "courses", "", "1", "350000.00", "350000.00"],
    ]

    private func assess(_ tables: Table...) async throws -> Assessment {
        try await DeductionAuditor().score(ScoringRequest(dossier: Dossier(tables: tables)))
    }

    private func deductions(_ rows: [[Value]]) -> Table {
        table("deductions", ["line", "kind", "amount", "reason"], rows)
    }

    @Test("every line has its adjustment, every figure its fact")
    func adjustments() async throws {
        let assessment = try await assess(
            lines(twoLines),
            deductions([["L1", "deferral", "118080.00", "retention"], ["L2", "cut", "50000.00", "history"]])
        )
        #expect(assessment.findings == [])
        #expect(assessment.adjustments.map(\.subject) == ["L1", "L2"])
        let facts = Dictionary(uniqueKeysWithValues: assessment.facts.map { ($0.id, $0.value.decimal?.description) })
        #expect(facts["amounts.requested"] == "3770162.30")
        #expect(facts["amounts.approved"] == "3602082.30")
        #expect(facts["amounts.deducted"] == "168080.00")
        #expect(facts["amounts.deferred"] == "118080.00")
        #expect(facts["lines.L1.rate"] == "3.45")
        #expect(facts["lines.L2.rate"] == "14.29")
        #expect(facts["groups.works.approved"] == "3302082.30")
    }

    @Test("a product that is not the amount is found, a rounded one is not")
    func products() async throws {
        let assessment = try await assess(
            lines([["L1", "a", "", "3", "33.333", "100.00"], ["L2", "b", "", "3", "33.33", "100.00"]])
        )
        #expect(
            assessment.findings.map { "\($0.rule) \($0.subject) \($0.expected)" } == [
                "arithmetic/line-product L2 99.99"
            ]
        )
    }

    @Test("cuts of unknown lines, of nothing, and of more than was asked are found")
    func impossibleCuts() async throws {
        let assessment = try await assess(
            lines(twoLines),
            deductions([
                ["L3", "cut", "1", "duplicate"], ["L2", "cut", "0", "duplicate"],
                ["L2", "cut", "350000.01", "duplicate"],
            ])
        )
        #expect(
            assessment.findings.map(\.rule) == [
                "deduction/unknown-line", "deduction/not-positive", "deduction/above-request",
            ]
        )
    }

    @Test("an increase adds to what is approved")
    func increase() async throws {
        let assessment = try await assess(lines(twoLines), deductions([["L2", "increase", "1000.00", "duplicate"]]))
        #expect(assessment.facts.first { $0.id == "lines.L2.approved" }?.value.decimal?.description == "351000.00")
    }

    @Test("the printed table is held against what was computed, cell by cell")
    func printedAudit() async throws {
        let assessment = try await assess(
            lines(twoLines),
            deductions([["L2", "cut", "50000.00", "duplicate"]]),
            table(
                "printed_audit",
                ["line", "requested", "approved", "deducted", "rate"],
                [
                    ["L1", "3420162.30", "3420162.30", "0.00", "0.00"],
                    ["L2", "350000.00", "300000.00", "50000.00", "14.28"],
                ]
            )
        )
        #expect(
            assessment.findings.map { "\($0.rule) \($0.pointers[0]) \($0.expected) \($0.found)" } == [
                "deduction/printed-differs /tables/printed_audit/1/rate 14.29% 14.28%"
            ]
        )
    }

    @Test("the history is recomputed: rates, sums, overspending, years that are not over")
    func history() async throws {
        let assessment = try await assess(
            lines(twoLines),
            table(
                "history",
                ["year", "item", "adjusted", "paid", "declared_rate"],
                [
                    [2024, "a", "100.00", "99.50", "99.50"], [2024, "b", "100.00", "101.00", "100.00"],
                    [2025, "a", "10.00", "5.00", "50.00"],
                ]
            ),
            table(
                "history_years",
                ["year", "cut_off", "declared_adjusted", "declared_paid", "declared_rate"],
                [[2024, nil, "200.00", "200.50", "100.24"], [2025, "2025-10-31", "10.00", "5.00", "50.00"]]
            )
        )
        #expect(
            assessment.findings.map { "\($0.rule) \($0.subject) \($0.expected)" } == [
                "history/item-rate 2024/b 101.00%", "history/overspent 2024/b ≤ 100.00",
                "history/year-total 2024 100.25%",
                "history/partial-year 2025 ",
            ]
        )
        #expect(assessment.facts.first { $0.id == "history.2024.paid" }?.value.decimal?.description == "200.50")
    }

    @Test("funding by level must make up the request")
    func funding() async throws {
        let assessment = try await assess(
            lines(twoLines),
            table("funding", ["level", "name", "amount"], [["town", "镇级", "3770162.31"]])
        )
        #expect(assessment.findings.map(\.rule) == ["arithmetic/funding-sum"])
    }
}
