import ReviewModel
import Testing

@testable import rubric_scorer

@Suite("What the rubric scorer finds")
struct ScoreFindingTests {
    /// Five levels deep, free points, no verdicts.
    private static let deep: Value = [
        "id": "deep",
        "items": [
            ScoreTables.node(
                "1",
                10,
                [
                    ScoreTables.node(
                        "1.1",
                        6,
                        [ScoreTables.node("1.1.1", 6, [ScoreTables.indicator("x", ["2", "4"])])]
                    ),
                    ScoreTables.node("1.2", 4, []),
                ]
            )
        ],
    ]

    private let tables = ScoreTables(rubric: deep, evidence: ["1"])

    private func scored(_ scores: [[Value]]) -> ScoreTables {
        var tables = tables
        tables.scores = scores
        return tables
    }

    @Test("a tree of any depth adds up from wherever scores are given")
    func depth() async throws {
        let sheet = try #require(
            try await scored([["r", "x-1", "2"], ["r", "x-2", "4"], ["r", "1.2", "3.5", "late"]]).assess().scores.first
        )
        #expect(sheet.total?.description == "9.5" && sheet.verdict == nil)
        #expect(sheet.items.map(\.code) == ["1", "1.1", "1.1.1", "x", "x-1", "x-2", "1.2"])
        #expect(sheet.items[3].points == 6 && sheet.items[3].parent == "1.1.1")
        #expect(sheet.items[6].reason == "late" && sheet.items[6].pointer?.description == "/tables/scores/2")
    }

    @Test("a score that the known parts cannot make up is found before all are known")
    func outOfReach() async throws {
        #expect(
            try await scored([["r", "1", "3"], ["r", "1.2", "4"]]).findings() == ["error rubric/out-of-reach r/1"]
        )
        #expect(
            try await scored([["r", "1", "9"], ["r", "1.2", "1", "why"]]).findings().first
                == "error rubric/out-of-reach r/1"
        )
        #expect(try await scored([["r", "1", "10"], ["r", "1.2", "4"]]).findings() == [])
    }

    @Test("what is missing for a total is named as deep as something is scored")
    func incomplete() async throws {
        let assessment = try await scored([["r", "x-1", "2"]]).assess()
        #expect(assessment.scores.allSatisfy { $0.total == nil && $0.verdict == nil })
        #expect(assessment.findings.map(\.rule) == ["rubric/incomplete"])
        #expect(assessment.findings.first?.message.en.hasSuffix("x-2, 1.2") == true)
        let none = try await scored([["r", "y", "2"]]).assess()
        #expect(none.findings.map { "\($0.rule) \($0.message.en.suffix(1))" }.last == "rubric/incomplete 1")
    }

    @Test("two raters are judged apart")
    func raters() async throws {
        let assessment = try await scored([["a", "1", "10"], ["b", "1.1", "7"], ["b", "1.2", "4"]]).assess()
        #expect(assessment.scores.map(\.rater) == ["a", "b"])
        #expect(assessment.findings.map { "\($0.rule) \($0.subject)" } == ["rubric/above-maximum b/1.1"])
        #expect(!assessment.facts.contains { $0.id == "verdict" })
    }

    @Test("negative points are found")
    func negative() async throws {
        #expect(
            try await scored([["r", "1.1", "6"], ["r", "1.2", "-1", "fined"]]).findings()
                == ["error rubric/negative-points r/1.2"]
        )
    }

    @Test("a review that takes points names a problem")
    func problems() async throws {
        var tables = scored([["review", "1.1", "6"], ["review", "1.2", "3", "late"]])
        #expect(try await tables.findings() == ["warning rubric/loss-without-problem review"])
        tables.problems = ["late"]
        #expect(try await tables.findings() == [])
    }

    @Test("a total that no band holds has no verdict")
    func noVerdict() async throws {
        var tables = scored([["r", "1", "10"]])
        tables.rubric = [
            "id": "open", "bands": [["code": "all", "name": "all", "range": "[0, 10]"]],
            "items": [ScoreTables.node("1", 10, [])],
        ]
        tables.scores = [["r", "1", "10.5"]]
        #expect(try await tables.findings() == ["error rubric/above-maximum r/1", "error rubric/no-verdict r"])
    }

    @Test("evidence above an item or below a pool counts for it")
    func evidence() async throws {
        var tables = ScoreTables(
            rubric: [
                "id": "pool",
                "items": [
                    ScoreTables.indicator("P", ["2", "2"], ["pooled": true, "items": [["code": "P1", "name": "p"]]])
                ],
            ],
            scores: [["r", "P", "4"]]
        )
        #expect(try await tables.findings() == ["warning rubric/no-evidence P"])
        tables.evidence = ["P-2"]
        #expect(try await tables.findings() == [])
    }

    @Test("many full marks without evidence are one finding, at each of their places")
    func manyWithoutEvidence() async throws {
        let codes = (1...5).map { "A\($0)" }
        let criteria = codes.map { code -> Value in ["code": .text(code), "text": .text(code), "max": 2] }
        let item: Value = ["code": "A", "name": "A", "max": 10, "criteria": .list(criteria)]
        let rubric: Value = ["id": "r", "items": [item]]
        func tables(_ count: Int) -> ScoreTables {
            let scores = codes.enumerated().map { position, code -> [Value] in
                ["r", .text(code), position < count ? "2" : "1"]
            }
            return ScoreTables(rubric: rubric, scores: scores)
        }
        #expect(try await tables(3).findings().count { $0.contains("no-evidence") } == 3)
        let found = try await tables(5).assess().findings.filter { $0.rule == "rubric/no-evidence" }
        #expect(found.map(\.pointers.count) == [5] && found.map(\.found) == ["A1、A2、A3、A4、A5"])
    }

    @Test("points for what the evidence does not mention are found, one finding for a piece of evidence")
    func silentEvidence() async throws {
        func findings(_ words: [Value], evidence: [String]) async throws -> [String] {
            let criteria: [Value] = [
                ["code": "A1-1", "text": "plan", "max": 2, "evidence_words": .list(words)],
                ["code": "A1-2", "text": "price", "max": 3, "evidence_words": ["price"]],
            ]
            let item: Value = ["code": "A1", "name": "A1", "max": 5, "criteria": .list(criteria)]
            let rubric: Value = ["id": "r", "items": [["code": "A", "name": "A", "max": 5, "items": [item]]]]
            let tables = ScoreTables(
                rubric: rubric,
                scores: [["self", "A1-1", 2, .null, .null], ["self", "A1-2", 0, "none", .null]],
                evidence: evidence
            )
            return try await tables.findings().filter { $0.contains("evidence-silent") }
        }
        // The evidence reads "as filed"; nothing was given for the price.
        #expect(try await findings(["plan"], evidence: ["A1"]) == ["warning rubric/evidence-silent A1"])
        #expect(try await findings(["plan", "filed"], evidence: ["A1"]) == [])
        #expect(try await findings(["plan"], evidence: ["A1-1"]) == ["warning rubric/evidence-silent A1"])
        #expect(try await findings(["plan"], evidence: []) == [])
    }

    @Test("two items with one query each have the points of their own maximum")
    func sameQuery() async throws {
        let query: Record = ["compute": "SELECT :max * share FROM t"]
        let rubric: Value = [
            "id": "r", "items": [ScoreTables.node("A", 10, [], query), ScoreTables.node("B", 4, [], query)],
        ]
        var table = Table(schema: TableSchema(name: "t", columns: [Column(name: "share", type: .decimal)]))
        table.append(row: ["0.5"])
        let sheets = try await ScoreTables(rubric: rubric, more: [table]).assess().scores
        #expect(sheets.first?.items.map(\.points) == [5, 2])
        #expect(sheets.first?.total == 7)
    }

    @Test("of a score that a rater gave twice the first counts, in the combination too, and nobody is missing for it")
    func combinedTwice() async throws {
        let rubric: Value = [
            "id": "r", "combine": ["into": "review", "method": "mean"],
            "items": [ScoreTables.node("A", 10, []), ScoreTables.node("B", 10, [])],
        ]
        let scores: [[Value]] = [
            ["one", "A", 2, "r", .null], ["one", "A", 8, "r", .null], ["two", "A", 4, "r", .null],
            ["one", "B", 6, "r", .null], ["one", "B", 10, "r", .null],
        ]
        let assessment = try await ScoreTables(rubric: rubric, scores: scores).assess()
        #expect(assessment.scores.first { $0.rater == "review" }?.items.map(\.points) == [3, 6])
        #expect(assessment.findings.filter { $0.rule == "rubric/missing-rater" }.map(\.subject) == ["B"])
    }
}
