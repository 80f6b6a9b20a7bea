import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("Of whom a number is")
struct NumberScopeTests {
    /// The numbers that are held to be another figure of the dossier, each with what it should be.
    private func mismatches(_ text: String) async throws -> [String] {
        try await ProseTables(texts: [("opinion", text)]).assess().findings.filter { $0.rule == "prose/mismatch" }
            .map { "\($0.found) → \($0.expected)" }
    }

    @Test(
        "what is said of another place is held against nothing, until the project is named again",
        arguments: [
            ("类似项目：甲区课程活动审定 68 万元，灶具 8 套；乙区课程活动审定 92 万元。", []),
            ("周边地区课程活动审定 68 万元，本项目课程活动审定 31.00 万元。", ["31.00 万元 → 30.00 万元"]),
            ("课程活动审定 68 万元。", ["68 万元 → 30.00 万元"]),
        ] as [(String, [String])]
    )
    func elsewhere(text: String, expected: [String]) async throws {
        #expect(try await mismatches(text) == expected)
    }

    @Test(
        "of a list the place of a number says whose it is, where one of them bears that out",
        arguments: [
            ("灶具、课程活动分别审定 8.00 万元和 30.00 万元。", []),
            ("灶具、课程活动分别审定 8.00 万元和 31.00 万元。", ["31.00 万元 → 30.00 万元"]),
            ("灶具和课程活动的审定金额分别为 30.00 万元、8.00 万元。", []),
            ("2024 年、2025 年课程活动支出分别为 15.00 万元、10.00 万元。", []),
            ("2024 年、2025 年课程活动支出分别为 15.00 万元、11.00 万元。", ["11.00 万元 → 10.00 万元"]),
            ("区级 60%、镇级 40%，审定数中分别为 24 万元、16 万元。", []),
        ] as [(String, [String])]
    )
    func lists(text: String, expected: [String]) async throws {
        #expect(try await mismatches(text) == expected)
    }

    @Test(
        "what several things come to is held against their sum, not against the last of them",
        arguments: [
            ("项目1（灶具）与项目3（课程活动）合计审定 38.00 万元，另有一项。", []),
            ("项目1（灶具）与项目3（课程活动）合计审定 39.00 万元，另有一项。", ["39.00 万元 → 38.00 万元"]),
            ("灶具、照明与课程活动合计审定 44.00 万元。", []),
        ] as [(String, [String])]
    )
    func together(text: String, expected: [String]) async throws {
        #expect(try await mismatches(text) == expected)
    }

    @Test(
        "behind words that nobody understood a sentence is of the whole where two of its numbers are",
        arguments: [
            ("单位所提预算 45.00 万元，经评审，审定预算 40.00 万元，核减 5.00 万元，核减率 11.11%。", []),
            ("单位所提预算 45.00 万元，经评审，审定预算 41.00 万元，核减 5.00 万元，核减率 11.11%。", ["41.00 万元 → 40.00 万元"]),
            ("灯箱、照明两项申报 25.00 万元，占 55.56%；审定 20.00 万元。", []),
            ("某设备所提预算 25.00 万元，经评审，审定预算 20.00 万元，核减 5.00 万元。", []),
        ] as [(String, [String])]
    )
    func wholes(text: String, expected: [String]) async throws {
        #expect(try await mismatches(text) == expected)
    }

    @Test("what an amount was cut to is not what was cut")
    func cutTo() async throws {
        #expect(try await mismatches("课程活动由 35.00 万元核减为 30.00 万元。") == [])
        #expect(try await mismatches("课程活动核减 9.00 万元。").count == 1)
    }
}
