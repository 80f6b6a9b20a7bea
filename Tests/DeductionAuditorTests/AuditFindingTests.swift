import PluginKit
import ReviewModel
import Testing

@testable import deduction_auditor

@Suite("What the deduction auditor finds")
struct AuditFindingTests {
    private let oneLine = AuditTables().lines([["L1", "works", "/", 1, "1000.00", "1000.00", "works"]])

    @Test("two lines of one id are found, counted both, and deducted from once")
    func duplicateLines() async throws {
        let tables = AuditTables()
            .lines([["L1", "a", "", 1, "100.00", "100.00"], ["L1", "b", "", 1, "50.00", "50.00"]])
            .deductions([["L1", "cut", "10.00", "duplicate"]])
        let assessment = try await tables.assess()
        #expect(assessment.findings.map(\.rule) == ["arithmetic/duplicate-line"])
        #expect(
            assessment.findings[0].pointers.map(\.description) == [
                "/tables/budget_lines/1/id", "/tables/budget_lines/0/id",
            ]
        )
        let facts = Dictionary(uniqueKeysWithValues: assessment.facts.map { ($0.id, $0.value.decimal?.description) })
        #expect(facts["amounts.requested"] == "150.00")
        #expect(facts["amounts.deducted"] == "10.00")
        #expect(facts["groups.b.requested"] == "50.00")
        #expect(facts["lines.L1.approved"] == "90.00")
    }

    @Test("a finding about every line names the first hundred of them, and says how many there are")
    func manyPlaces() async throws {
        let rows = (0..<300).map { row -> [Value] in
            [.text("L\(row)"), .text("item \(row)"), "", 1, .text("\(row + 1).00"), .text("\(row + 1).00")]
        }
        let findings = try await AuditTables().lines(rows).assess().findings
        let found = try #require(findings.first { $0.rule == "arithmetic/all-quantities-one" })
        #expect(found.pointers.count == 100 && found.message.en.hasPrefix("all 300 budget lines"))
    }

    @Test("a product too large to compute is a finding, not the end of the audit")
    func overflow() async throws {
        let huge = Value.text(String(repeating: "9", count: 30))
        let tables = AuditTables().lines([["L1", "a", "", huge, huge, "1.00"], ["L2", "b", "", 2, "3.00", "5.00"]])
        #expect(
            try await tables.findings() == ["error arithmetic/line-product L1", "error arithmetic/line-product L2"]
        )
    }

    @Test("an amount beyond reckoning is named at its cell and left out; all else is audited")
    func beyond() async throws {
        let huge = "9999999999999999999"
        let fine = "0.0000000000001"
        let assessment = try await AuditTables()
            .lines([
                ["L1", "a", "", 1, .text(huge), .text(huge)], ["L2", "b", "", 2, "3.00", "5.00"],
                ["L3", "c", "", 1, "10.00", "10.00"],
            ])
            .deductions([["L3", "cut", .text(fine), "duplicate of 3"], ["L1", "cut", "1.00", "duplicate of 4"]])
            .assess()
        #expect(
            assessment.findings.map { "\($0.rule) \($0.subject) \($0.pointers[0])" } == [
                "arithmetic/beyond-reckoning L1 /tables/budget_lines/0/amount",
                "arithmetic/beyond-reckoning L3 /tables/deductions/0/amount",
                "arithmetic/line-product L2 /tables/budget_lines/1/amount",
            ]
        )
        #expect(assessment.adjustments.map(\.subject) == ["L2", "L3"])
    }

    @Test("a request without a line is found; where there is no such table, nothing is said")
    func noLine() async throws {
        #expect(try await AuditTables().lines([]).findings() == ["error arithmetic/no-line budget_lines"])
        #expect(try await AuditTables().years([]).findings() == [])
    }

    /// Tables whose columns count what is said.
    private func counting(_ lines: String, _ others: String) -> AuditTables {
        func table(_ name: String, _ columns: [(String, String)], _ row: [Value]) -> Table {
            var table = Table(
                schema: TableSchema(name: name, columns: columns.map { Column(name: $0.0, unit: $0.1) })
            )
            table.append(row: row)
            return table
        }
        return AuditTables(tables: [
            table(
                "budget_lines",
                [("id", ""), ("group", ""), ("quantity", ""), ("unit_price", others), ("amount", lines)],
                ["L1", "works", 2, "50000.00", "10"]
            ),
            table(
                "deductions",
                [("line", ""), ("kind", ""), ("amount", others), ("reason", "")],
                ["L1", "cut", "1.50", "duplicate of 3"]
            ),
            table("funding", [("level", ""), ("amount", others)], ["town", "100000.00"]),
            table(
                "printed_audit",
                [("line", ""), ("requested", others), ("deducted", others)],
                ["L1", "100000.00", "1.50"]
            ),
            table(
                "declared_figures",
                [("figure", ""), ("value", ""), ("unit", "")],
                ["amounts.requested", "100000.00", "CNY"]
            ),
        ])
    }

    @Test("columns in several multiples of one currency are brought to that of the lines, exactly")
    func mixedUnits() async throws {
        let assessment = try await counting("CNY-wan", "CNY").assess()
        #expect(assessment.findings.map(\.rule) == [])
        let amounts = try assessment.adjustments[0].amounts()
        #expect(amounts.deducted == ExactDecimal("0.00015") && amounts.approved == ExactDecimal("9.99985"))
        #expect(amounts.unit == "CNY-wan")
        #expect(try amounts.deductionRate() == 0)
    }

    @Test("columns in two currencies are a mistake that names both")
    func currencies() async throws {
        let error = await #expect(throws: InvalidSettings.self) { try await counting("USD", "CNY").assess() }
        let message = try #require(error?.diagnostics.first?.message.en)
        #expect(message.contains("budget_lines.unit_price in CNY") && message.contains("budget_lines.amount in USD"))
    }

    @Test("an amount of a third decimal is said to have one, not to differ from what prints alike")
    func partOfFen() async throws {
        let assessment = try await AuditTables().lines([["L1", "a", "", 1, "1000.005", "1000.005"]]).assess()
        #expect(
            assessment.findings.first?.message.en
                == "the amount 1,000.005 of \"a\" has a third decimal, money goes to the fen: 1,000.01"
        )
    }

    @Test("the same deduction twice is doubtful, two of one line are not")
    func twice() async throws {
        let rows: [[Value]] = [
            ["L1", "cut", "10.00", "duplicate"], ["L1", "cut", "10.0", "duplicate"],
            ["L1", "cut", "10.00", "another duplicate"],
        ]
        let assessment = try await oneLine.deductions(rows).assess()
        #expect(assessment.findings.map { "\($0.rule) \($0.pointers[0])" } == ["deduction/twice /tables/deductions/1"])
        #expect(try assessment.adjustments[0].amounts().deducted == 30)
    }

    @Test("cuts beside a deferral and an increase add up by kind")
    func kinds() async throws {
        let rows: [[Value]] = [
            ["L1", "cut", "100.00", "duplicate"], ["L1", "deferral", "50.00", "duplicate"],
            ["L1", "increase", "30.00", "duplicate"],
        ]
        let amounts = try await oneLine.deductions(rows).assess().adjustments[0].amounts()
        #expect(amounts.deducted == 150 && amounts.deferred == 50 && amounts.increased == 30 && amounts.approved == 880)
    }

    @Test("a negative deduction is found, and so is one above the request together with others")
    func bounds() async throws {
        #expect(
            try await oneLine.deductions([["L1", "cut", "-1.00", "duplicate"]]).findings() == [
                "error deduction/not-positive L1"
            ]
        )
        let rows: [[Value]] = [["L1", "cut", "600.00", "duplicate"], ["L1", "deferral", "400.01", "duplicate"]]
        #expect(try await oneLine.deductions(rows).findings() == ["error deduction/above-request L1"])
        #expect(try await oneLine.deductions([["L1", "cut", "1000.00", "all of it is a duplicate"]]).findings() == [])
    }

    @Test("the printed table has every line, and no other")
    func printedLines() async throws {
        let tables = oneLine.printed([["L2", "1.00", "1.00", "0.00", "0.00"]])
        #expect(
            try await tables.findings() == [
                "error deduction/printed-unknown-line L2", "error deduction/not-printed L1",
            ]
        )
    }

    @Test("money that was not touched is doubtful where it is asked for again")
    func unspent() async throws {
        let tables = oneLine.history([
            [2024, "works", "500.00", "500.00", "100.00", "works"], [2025, "works", "700.00", "0.00", "0.00", "works"],
            [2025, "lift", "20.00", "0.00", "0.00", nil], [2025, "desks", "30.00", "0.00", "0.00", nil],
            [2025, "nothing granted", "0.00", "0.00", "0.00", nil],
        ])
        let findings = try await tables.assess().findings
        #expect(
            findings.map { "\($0.severity) \($0.rule) \($0.subject)" } == [
                "warning history/unspent-asked-again L1", "info history/nothing-paid 2025",
            ]
        )
        #expect(findings[0].pointers.map(\.description) == ["/tables/history/1/paid", "/tables/budget_lines/0/amount"])
        #expect(findings[1].message.en.contains("2 items worth 50.00"))
    }

    @Test(
        "a year is partial when it is cut off before its last day",
        arguments: [("2025-10-31", true), ("2025-12-31", false), ("2026-01-15", false), (nil, false)]
    )
    func partialYears(cutOff: String?, isPartial: Bool) async throws {
        let tables = oneLine.history([[2025, "works", "10.00", "5.00", "50.00"]]).years([[2025, Value(cutOff)]])
        #expect(try await tables.findings() == (isPartial ? ["info history/partial-year 2025"] : []))
    }

    @Test("figures in 万元 are compared as intervals, half up")
    func wan() async throws {
        let tables = AuditTables().lines([["L1", "a", "", 1, "17650.00", "17650.00"]])
        for (figure, agrees) in [("1.77", true), ("1.76", false), ("1.8", true), ("1.765", true), ("1.7650", true)] {
            let findings = try await tables.declared([["amounts.requested", .text(figure), "wan", "prose"]]).findings()
            #expect(findings.isEmpty == agrees, "\(figure)")
        }
    }

    @Test("a printed rate of two places must be the computed one, half up")
    func rates() async throws {
        // 125 of 100,000 is 0.125 %.
        let tables = AuditTables().lines([["L1", "a", "", 1, "100000.00", "100000.00"]])
            .deductions([["L1", "cut", "125.00", "duplicate"]])
        #expect(try await tables.declared([["amounts.rate", "0.13", "percent", "prose"]]).findings() == [])
        #expect(
            try await tables.declared([["amounts.rate", "0.12", "percent", "prose"]]).findings()
                == ["error declared/differs amounts.rate"]
        )
    }

    @Test("nothing requested has sums but no rate")
    func nothing() async throws {
        let assessment = try await AuditTables().lines([]).assess()
        #expect(assessment.findings.map(\.rule) == ["arithmetic/no-line"] && assessment.adjustments.isEmpty)
        #expect(assessment.facts.first { $0.id == "amounts.requested" }?.value.decimal == 0)
        #expect(!assessment.facts.contains { $0.id == "amounts.rate" })
    }

    @Test("unknown settings are reported")
    func settings() async throws {
        #expect(try await DeductionAuditor().validate([:]).isEmpty)
        #expect(try await DeductionAuditor().validate(.null).isEmpty)
        #expect(try await DeductionAuditor().validate(["rounding": 2]).map(\.code) == ["value/unknown-key"])
    }
}
