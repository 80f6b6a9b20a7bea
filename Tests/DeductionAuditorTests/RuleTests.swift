import PluginKit
import ReviewModel
import Testing

@testable import deduction_auditor

@Suite("The deduction auditor's rules about reasons")
struct RuleTests {
    private func findings(_ tables: AuditTables, _ rules: [String: Record] = [:]) async throws -> [Finding] {
        let request = ScoringRequest(dossier: Dossier(tables: tables.tables), rules: RuleSettings(rules))
        return try await DeductionAuditor().score(request).findings
    }

    private func rules(_ tables: AuditTables, _ rules: [String: Record] = [:]) async throws -> [String] {
        try await findings(tables, rules).map { "\($0.rule) \($0.subject)" }
    }

    private let works = AuditTables().lines([["L1", "works", "/", 1, "1000.00", "1000.00", "works"]])

    @Test(
        "a rate that a workbook has computed is the one that it shows; another one is told",
        arguments: [("98.3333333333333", false), ("98.33", false), ("98.3366666666667", true), ("98.3", true)]
    )
    func computedRates(rate: String, isFound: Bool) async throws {
        let decimal = Value.decimal(try #require(ExactDecimal(rate)))
        let found = try await AuditTables().history([[2023, "河道保洁", "900000.00", "885000.00", decimal, .null]])
            .findings()
        #expect(found.contains { $0.contains("history/item-rate") } == isFound, "\(found)")
    }

    @Test("retention of exactly the cap is right, a fen more is not")
    func retention() async throws {
        #expect(try await rules(works.deductions([["L1", "deferral", "30.00", "质保金"]])) == [])
        let finding = try #require(try await findings(works.deductions([["L1", "deferral", "30.01", "质保金"]])).first)
        #expect(finding.rule == "deduction/retention-above-cap")
        #expect(finding.expected == "≤ 30.00" && finding.found == "30.01" && finding.difference == "0.01")
        #expect(finding.proof?.calculation == "1,000.00 × 3.00% = 30.00 < 30.01")
        #expect(
            finding.proof?.figures.map(\.pointer?.description) == [
                "/tables/budget_lines/0/amount", "/tables/deductions/0/amount",
            ]
        )
    }

    @Test("other money of a later year is no retention, and a stated contract price is a base")
    func base() async throws {
        #expect(try await rules(works.deductions([["L1", "deferral", "400.00", "按进度分期支付"]])) == [])
        let stated = "质保金，合同价款 1,334.00 元的 3%"
        #expect(try await rules(works.deductions([["L1", "deferral", "40.02", .text(stated)]])) == [])
        #expect(
            try await rules(works.deductions([["L1", "deferral", "40.03", .text(stated)]])) == [
                "deduction/retention-above-cap L1"
            ]
        )
        #expect(try await rules(works.deductions([["L1", "deferral", "300.00", "质保金，合同价款 1 万元"]])) == [])
    }

    @Test("a town's own cap counts instead, and a cut is no retention")
    func cap() async throws {
        let five: [String: Record] = ["deduction/retention-above-cap": ["cap": "5.00"]]
        #expect(try await rules(works.deductions([["L1", "deferral", "50.00", "质保金"]]), five) == [])
        #expect(
            try await rules(works.deductions([["L1", "deferral", "50.01", "质保金"]]), five) == [
                "deduction/retention-above-cap L1"
            ]
        )
        #expect(try await rules(works.deductions([["L1", "cut", "500.00", "duplicate"]])) == [])
    }

    @Test("a final payment may be what is unpaid, and not more", arguments: [("40.00", false), ("40.01", true)])
    func tails(amount: String, isFound: Bool) async throws {
        let tables = AuditTables().lines([["L1", "尾款", "works", 1, .text(amount), .text(amount), "works"]])
            .history([[2024, "a", "900.00", "0.00", .null, "works"], [2025, "a", "100.00", "60.00", .null, "works"]])
            .years([[2024], [2025]])
        let found = try await rules(tables).filter { $0.hasPrefix("history/tail") }
        #expect(found == (isFound ? ["history/tail-without-balance L1"] : []))
    }

    @Test("a rise above the limit is found once for an item, unless it was cut or nothing of it was paid")
    func rises() async throws {
        let history: [[Value]] = [[2025, "rent", "100.00", "90.00", .null, "rent"]]
        func tables(_ amount: String) -> AuditTables {
            AuditTables().lines([["L1", "rent", "/", 1, .text(amount), .text(amount), "rent"]]).history(history).years([
                [2025]
            ])
        }
        #expect(try await rules(tables("130.00")) == [])
        #expect(try await rules(tables("130.01")) == ["history/rise-without-reason L1"])
        #expect(try await rules(tables("130.01").deductions([["L1", "cut", "1.00", "duplicate"]])) == [])
        #expect(try await rules(tables("130.01"), ["history/rise-without-reason": ["percent": 50]]) == [])
    }

    @Test("a line that spent less than one that was cut for its execution rate is found")
    func treatment() async throws {
        let tables = AuditTables()
            .lines([
                ["L1", "courses", "/", 1, "100.00", "100.00", "courses"],
                ["L2", "upkeep", "/", 1, "100.00", "100.00", "upkeep"],
                ["L3", "rent", "/", 2, "50.00", "100.00", "rent"],
            ])
            .history([
                [2025, "courses", "100.00", "40.00", .null, "courses"],
                [2025, "upkeep", "100.00", "20.00", .null, "upkeep"],
                [2025, "rent", "100.00", "90.00", .null, "rent"],
            ])
            .years([[2025]])
        #expect(try await rules(tables.deductions([["L1", "cut", "10.00", "参考执行率"]])) == ["treatment/unlike L2"])
        #expect(try await rules(tables.deductions([["L1", "cut", "10.00", "超标准"]])) == [])
    }

    @Test("quantities that are all one are found from three lines on")
    func quantities() async throws {
        func lines(_ quantities: [Value]) -> AuditTables {
            AuditTables().lines(
                quantities.enumerated().map { [.text("L\($0)"), "g", .text("\($0)"), $1, "1.00", $1] }
            )
        }
        #expect(try await rules(lines([1, 1])) == [])
        #expect(try await rules(lines([1, 1, 1])) == ["arithmetic/all-quantities-one budget_lines"])
        #expect(try await rules(lines([1, 2, 1])) == [])
    }
}
