import PluginKit
import ReviewModel
import Testing

@testable import deduction_auditor

@Suite("The deduction auditor's rules about what is likely")
struct PlausibilityTests {
    private func findings(
        _ tables: AuditTables,
        _ rules: [String: Record] = [:],
        fields: Record = [:]
    ) async throws -> [Finding] {
        let request = ScoringRequest(
            dossier: Dossier(fields: fields, tables: tables.tables),
            rules: RuleSettings(rules)
        )
        return try await DeductionAuditor().score(request).findings
    }

    @Test("an expected rate is held against the pace so far", arguments: [("55.00%", false), ("80.00%", true)])
    func expectedRates(expected: String, isFound: Bool) async throws {
        // 50.00 in the first 304 days; 5.00 more in the last 61 is half that pace, 30.00 more is three times it.
        let tables = AuditTables()
            .history([[2025, "a", "100.00", "50.00", .null, .null]])
            .with(
                "history_years",
                ["year", "cut_off", "expected_rate"],
                [[2025, "2025-10-31", .decimal(ExactDecimal(String(expected.dropLast())) ?? 0)]]
            )
        let found = try await findings(tables).filter { $0.rule == "history/expected-rate-unlikely" }
        #expect(found.count == (isFound ? 1 : 0))
        if isFound {
            #expect(
                found[0].message.en
                    == "80.00% of 2025 takes another 30.00 after 2025-10-31, 2.99 times as much a day as before"
            )
        }
        #expect(
            try await findings(tables, ["history/expected-rate-unlikely": ["times": 3]]).allSatisfy {
                !$0.rule.contains("expected-rate")
            }
        )
    }

    @Test("a recurring project is held against its works, another kind is not")
    func recurring() async throws {
        let lines = AuditTables().lines([
            ["L1", "建设工程", "/", 1, "30.00", "30.00"], ["L2", "课程", "/", 1, "70.00", "70.00"],
        ])
        func found(_ kind: String, _ rules: [String: Record] = [:]) async throws -> [String] {
            try await findings(lines, rules, fields: ["project": ["kind": .text(kind)]])
                .filter { $0.rule == "project/recurring-works" }.map(\.found)
        }
        #expect(try await found("recurring") == ["30.00%"])
        #expect(try await found("one-off") == [])
        #expect(try await found("recurring", ["project/recurring-works": ["percent": "30.01"]]) == [])
        #expect(try await found("recurring", ["project/recurring-works": ["words": ["采购"]]]) == [])
        // What is bought every year recurs.
        let yearly = AuditTables().lines([["L1", "食材采购", "/", 1, "30.00", "30.00", "food"]])
            .history([[2025, "食材采购", "30.00", "29.00", .null, "food"]])
        let finding = try await findings(yearly, fields: ["project": ["kind": "recurring"]])
        #expect(!finding.contains { $0.rule == "project/recurring-works" })
    }

    @Test(
        "final payments under the name of some that were paid are found",
        arguments: [("10.00", true), ("9.00", false)]
    )
    func paidTails(paid: String, isFound: Bool) async throws {
        let tables = AuditTables().lines([["L1", "2024 氛围项目尾款", "东站", 1, "5.00", "5.00"]])
            .history([[2025, "2024年中部氛围项目尾款", "10.00", .text(paid), .null, .null]])
        #expect(try await findings(tables).contains { $0.rule == "history/tail-already-paid" } == isFound)
        let other = AuditTables().lines([["L1", "2023 氛围项目尾款", "东站", 1, "5.00", "5.00"]])
            .history([[2025, "2024年中部氛围项目尾款", "10.00", "10.00", .null, .null]])
        #expect(try await !findings(other).contains { $0.rule == "history/tail-already-paid" })
    }

    @Test("a name that changed in the middle may be another place, other changes are one finding")
    func names() async throws {
        let tables = AuditTables()
            .lines([
                ["L1", "井亭苑党群服务中心工程款", "/", 1, "1.00", "1.00", "a"], ["L2", "课程服务费", "/", 1, "1.00", "1.00", "b"],
                ["L3", "维 护", "/", 1, "1.00", "1.00", "c"],
            ])
            .history([
                [2025, "井亭苑党群服务站工程款", "1.00", "1.00", .null, "a"], [2025, "课程服务", "1.00", "1.00", .null, "b"],
                [2025, "维护", "1.00", "1.00", .null, "c"],
            ])
        let found = try await findings(tables).filter { $0.rule == "history/name-varies" }
        #expect(found.map(\.severity) == [.warning, .info])
        #expect(found.map(\.subject) == ["井亭苑党群服务中心工程款", "names"])
        #expect(found[1].message.en == "1 items changed their names: \"课程服务费\" / \"课程服务\"")
    }

    @Test(
        "a cut to a stated unit price is recomputed",
        arguments: [
            ("三家询价的最低单价为 240.00 元，偏高", "5400.00", []), ("按单价 240 元核定", "5400.01", ["5,400.00"]),
            ("单价 255.00 元或单价 240.00 元", "5400.00", []), ("上年单价为 300.00 元", "5400.00", []),
            ("单价测算不足，共 240.00 元", "5400.00", []),
        ]
    )
    func prices(reason: String, amount: String, expected: [String]) async throws {
        let tables = AuditTables().lines([["L1", "餐箱", "/", 120, "285.00", "34200.00", .null]])
            .deductions([["L1", "cut", .text(amount), .text(reason)]])
        #expect(try await findings(tables).filter { $0.rule == "deduction/price-standard" }.map(\.expected) == expected)
    }

    @Test(
        "a reason names a basis, in a number or in words",
        arguments: [
            ("适当压减", true), ("与上年重复", false), ("压减 10%", false), ("不属于支出范围", false),
        ]
    )
    func bases(reason: String, isFound: Bool) async throws {
        let tables = AuditTables().lines([["L1", "餐箱", "/", 1, "10.00", "10.00", .null]])
            .deductions([["L1", "cut", "1.00", .text(reason)]])
        #expect(try await findings(tables).contains { $0.rule == "deduction/no-basis" } == isFound)
        let rules: [String: Record] = ["deduction/no-basis": ["words": ["压减"]]]
        #expect(
            try await findings(tables, rules).contains { $0.rule == "deduction/no-basis" }
                == (reason != "适当压减" && !reason.contains("10"))
        )
    }

    @Test("retention money that is called a cut leaves a smaller cut")
    func deferrals() async throws {
        let lines = AuditTables().lines([["L1", "works", "/", 1, "1000.00", "1000.00", .null]])
        let called = lines.deductions([["L1", "deferral", "30.00", "现核减作为质保金"], ["L1", "cut", "5.00", "duplicate"]])
        let finding = try #require(try await findings(called).first { $0.rule == "deduction/deferral-as-cut" })
        #expect([finding.expected, finding.found, finding.difference] == ["5.00", "35.00", "30.00"])
        #expect(finding.message.en.hasSuffix("the cuts are 5.00, 0.50%"))
        let named = lines.deductions([["L1", "deferral", "30.00", "缓付的质保金"]])
        #expect(try await !findings(named).contains { $0.rule == "deduction/deferral-as-cut" })
    }

    @Test(
        "many lines that spent less than one that is cut are one finding, with their count and those that spent least"
    )
    func manyUnlike() async throws {
        func tables(_ count: Int) -> AuditTables {
            let keys = (1...count).map { "K\($0)" }
            return AuditTables()
                .lines(
                    [["L0", "cut", "/", 1, "100.00", "100.00", "K0"], ["L0b", "same", "/", 1, "9.00", "9.00", "K0"]]
                        + keys.map { [.text("L\($0)"), .text($0), "/", 1, "100.00", "100.00", .text($0)] }
                )
                .deductions([["L0", "cut", "10.00", "参考执行率核减"]])
                .history(
                    [[2025, "cut", "100.00", "90.00", .null, "K0"]]
                        + keys.enumerated().map {
                            [2025, .text($1), "100.00", .text("\(80 - $0).00"), .null, .text($1)]
                        }
                )
        }
        func unlike(_ count: Int) async throws -> [Finding] {
            try await findings(tables(count)).filter { $0.rule == "treatment/unlike" }
        }
        #expect(try await unlike(20).map(\.subject) == (1...20).map { "LK\($0)" })
        let many = try await unlike(21)
        #expect(many.map(\.subject) == ["L0"])
        #expect(many.first?.found == "21")
        #expect(
            many.first?.message.en.hasSuffix(
                "least of all \"K21\" 60.00%, \"K20\" 61.00%, \"K19\" 62.00%, \"K18\" 63.00%, \"K17\" 64.00%"
            ) == true
        )
        #expect(many.first?.pointers.count == 21)
    }

    @Test("a sum of more than a hundred parts shows the first and the last")
    func longSums() async throws {
        let lines = (1...101).map {
            [.text("L\($0)"), "g", "d", 1, .text("\($0).00"), .text("\($0).00"), .null] as [Value]
        }
        let facts = try await AuditTables().lines(lines).assess().facts
        let total = try #require(facts.first { $0.id == "amounts.requested" })
        #expect(total.calculation.hasSuffix("49.00 + 50.00 + … + 101.00 = 5,151.00"))
        #expect(total.inputs.count == 101)
        let fewer = try await AuditTables().lines(Array(lines.dropLast())).assess().facts
        #expect(fewer.first { $0.id == "amounts.requested" }?.calculation.contains("…") == false)
    }
}
