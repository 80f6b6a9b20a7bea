import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import norm_checker

@Suite("The norm checker")
struct NormCheckerTests {
    private let examples = RuleExamples(
        form: "Specs/forms/town-budget-request.yaml",
        of: Plugin(NormChecker(), version: "1")
    )

    @Test("what each rule says of its examples, and where", arguments: normRules.rules)
    func examples(rule: Rule) async throws {
        let wrong = try await examples.whatIsWrong(with: rule)
        #expect(wrong.isEmpty, "\(wrong.joined(separator: "\n"))")
    }

    private let line: Table = {
        var table = Table(
            schema: TableSchema(
                name: "budget_lines",
                columns: [
                    Column(name: "id"), Column(name: "group"), Column(name: "detail"),
                    Column(name: "quantity", type: .decimal), Column(name: "unit"),
                    Column(name: "unit_price", type: .decimal), Column(name: "amount", type: .decimal),
                ]
            )
        )
        table.append(row: ["L1", "电脑", "/", "2", "台", "6000.00", "12000.00"])
        return table
    }()

    private func prices(_ more: Record) -> Value {
        var norm: Record = [
            "of": "computer", "rule": ["number": "一号", "clause": "第一条"], "seen": true, "from": "2020-01-01",
            "cap": ["per": ["piece"], "amount": 5000],
        ]
        for member in more.members { norm[member.key] = member.value }
        return [
            "prices": [
                "prices": "p", "units": ["piece": ["words": ["台"]]], "items": ["computer": ["words": ["电脑"]]],
                "norms": ["n": .record(norm)],
            ]
        ]
    }

    private func assess(_ more: Record = [:]) async throws -> Assessment {
        let fields: Record = ["project": ["town": "甲镇", "year": 2026]]
        return try await NormChecker().score(
            ScoringRequest(configuration: prices(more), dossier: Dossier(fields: fields, tables: [line]))
        )
    }

    @Test("a norm that was seen and binds the town gives an error with the excess")
    func certain() async throws {
        let found = try await assess().findings
        #expect(found.map { "\($0.severity) \($0.rule) \($0.difference)" } == ["error norm/price-above 2,000.00"])
        #expect(found[0].message.zh == "\"电脑\"核定 12,000.00 元，按一号第一条最多 10,000.00 元，超出 2,000.00 元")
        #expect(found[0].proof?.calculation == "2 piece × 5,000.00 = 10,000.00")
    }

    @Test("one from memory, and one that does not bind the town, give a warning that says so")
    func doubts() async throws {
        let memory = try await assess(["seen": false]).findings
        #expect(memory.map(\.severity) == [.warning] && memory[0].message.zh.hasSuffix("（标准凭记忆录入，引用前请核对原文）"))
        let reference = try await assess(["reference": ["zh": "仅供参考", "en": "of others"]]).findings
        #expect(reference.map(\.severity) == [.warning] && reference[0].message.en.hasSuffix("(of others)"))
    }

    @Test("a norm of another place is none, and that is said")
    func elsewhere() async throws {
        let found = try await assess(["place": "乙镇"]).findings
        #expect(found.map { "\($0.severity) \($0.rule)" } == ["info norm/not-judged"])
    }

    @Test("what is allowed and what is left are facts")
    func facts() async throws {
        let facts = try await assess().facts
        #expect(
            facts.map { "\($0.id) \($0.value.scalarText ?? "")" } == [
                "norms.L1.allowed 10000.00", "norms.L1.headroom -2000.00",
            ]
        )
        #expect(facts[1].calculation == "10,000.00 − 12,000.00 = -2,000.00")
    }

    @Test("without prices the settings are wrong")
    func noPrices() async throws {
        let found = try await NormChecker().validate([:])
        #expect(found.map(\.code) == ["prices/none"])
    }
}
