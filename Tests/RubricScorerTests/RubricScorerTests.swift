import ReviewModel
import Rubrics
import Testing

@testable import rubric_scorer

@Suite("The rubric scorer")
struct RubricScorerTests {
    private static let rubric: Value = [
        "id": "small",
        "levels": [["name": "高", "share": "100%"], ["name": "中", "share": "50%"], ["name": "低", "share": "0%"]],
        "bands": [
            ["code": "no", "name": "暂缓", "range": "[0, 7)"], ["code": "part", "name": "部分可行", "range": "[7, 9)"],
            ["code": "yes", "name": "可行", "range": "[9, 10]"],
        ],
        "items": [
            [
                "code": "A", "name": "决策", "max": 5,
                "items": [
                    [
                        "code": "A1", "name": "依据", "max": 4,
                        "criteria": [
                            ["code": "A1-1", "max": 2, "text": "充分"], ["code": "A1-2", "max": 2, "text": "相关"],
                        ],
                    ],
                    ["code": "A2", "name": "可行", "max": 1],
                ],
            ],
            [
                "code": "B", "name": "风险", "max": 3, "alternatives": true,
                "items": [
                    ["code": "B1", "name": "新项目", "max": 3, "when": ["field": "/project/evaluated", "equals": false]],
                    ["code": "B2", "name": "老项目", "max": 3, "when": ["field": "/project/evaluated", "equals": true]],
                ],
            ],
            [
                "code": "C", "name": "效益", "max": 2, "pooled": true,
                "criteria": [["code": "C-1", "max": 2, "text": "两个指标"]],
                "items": [["code": "C1", "name": "经济"], ["code": "C2", "name": "社会"]],
            ],
        ],
    ]

    private func assess(
        _ scores: [(String, String, String)],
        evidence: [(String, String)] = [("A", "e"), ("B", "e"), ("C", "e")],
        evaluated: Value = true,
        rubric: Value = Self.rubric
    ) async throws -> Assessment {
        var table = Table(
            schema: TableSchema(
                name: "scores",
                columns: ["rater", "code", "points", "reason"].map { Column(name: $0) }
            )
        )
        for (rater, code, points) in scores { table.append(row: [.text(rater), .text(code), .text(points)]) }
        var proofs = Table(
            schema: TableSchema(name: "evidence", columns: ["code", "text"].map { Column(name: $0) })
        )
        for (code, text) in evidence { proofs.append(row: [.text(code), .text(text)]) }
        let dossier = Dossier(fields: ["project": ["evaluated": evaluated]], tables: [table, proofs])
        return try await RubricScorer().score(ScoringRequest(configuration: ["rubric": rubric], dossier: dossier))
    }

    private let complete = [
        ("self", "A1-1", "2"), ("self", "A1-2", "1"), ("self", "A2", "1"), ("self", "B2", "3"), ("self", "C", "1.5"),
    ]

    @Test("criteria add up to indicators, sections and the total; the band gives the verdict")
    func totals() async throws {
        let assessment = try await assess(complete)
        let sheet = try #require(assessment.scores.first)
        #expect(sheet.total?.description == "8.5")
        #expect(sheet.max == 10)
        #expect(sheet.verdict?.code == "part")
        let points = Dictionary(uniqueKeysWithValues: sheet.items.map { ($0.code, $0) })
        #expect(points["A1"]?.points == 3)
        #expect(points["A1"]?.status == .summed)
        #expect(points["B1"]?.status == .notApplicable)
        #expect(points["B"]?.points == 3)
        #expect(points["C1"]?.status == .pooled)
        #expect(points["C"]?.status == .given)
        #expect(assessment.facts.contains { $0.id == "scores.self.A1" && $0.value.decimal == 3 })
    }

    @Test("the other alternative applies when the field says so")
    func alternatives() async throws {
        let scores = complete.map { $0.1 == "B2" ? ("self", "B1", "3") : $0 }
        #expect(try await assess(scores, evaluated: false).scores.first?.total?.description == "8.5")
        let wrong = try await assess(complete, evaluated: false)
        #expect(wrong.findings.contains { $0.rule == "rubric/not-applicable" && $0.subject == "self/B2" })
        let unknown = try await assess(complete, evaluated: nil)
        #expect(unknown.findings.contains { $0.rule == "rubric/alternatives" })
    }

    @Test("section totals alone make a sheet, and say which losses no item explains")
    func sectionsOnly() async throws {
        let assessment = try await assess([("review", "A", "4"), ("review", "B", "3"), ("review", "C", "2")])
        #expect(assessment.scores.first?.total == 9)
        #expect(
            assessment.findings.map { "\($0.rule) \($0.subject)" } == [
                "rubric/loss-not-itemised review/A", "rubric/loss-without-problem review",
            ]
        )
    }

    @Test("a rater who leaves something out has no total")
    func incomplete() async throws {
        let assessment = try await assess(Array(complete.dropLast()))
        let sheet = try #require(assessment.scores.first)
        #expect(assessment.scores.count == 1 && sheet.total == nil && sheet.verdict == nil && sheet.max != nil)
        #expect(sheet.items.contains { $0.isScored })
        #expect(assessment.findings.contains { $0.rule == "rubric/incomplete" && $0.message.en.hasSuffix("C") })
    }

    @Test(
        "a wrong score is found at its row",
        arguments: [
            (("self", "A9", "1"), "rubric/unknown-code"), (("self", "A2", "1"), "rubric/scored-twice"),
            (("self", "A1", "4"), "rubric/wrong-sum"), (("self", "C-1", "3"), "rubric/above-maximum"),
            (("self", "C1", "1"), "rubric/shares-points"),
        ]
    )
    func wrongScores(extra: (String, String, String), rule: String) async throws {
        let assessment = try await assess(complete + [extra])
        let finding = try #require(assessment.findings.first { $0.rule == rule })
        #expect(finding.pointers.first?.tokens.prefix(3) == ["tables", "scores", "5"])
    }

    @Test("points between the levels, losses without a word and full marks without evidence are warnings")
    func flaws() async throws {
        var scores = complete
        scores[0].2 = "1.5"
        let assessment = try await assess(scores, evidence: [("A1", "e"), ("C", "e")])
        #expect(
            assessment.findings.map { "\($0.rule) \($0.subject)" } == [
                "rubric/loss-not-itemised self/C", "rubric/no-such-level self/A1-1", "rubric/no-evidence A2",
                "rubric/no-evidence B2",
            ]
        )
        let silent = try await assess(scores, evidence: [("A2", "e"), ("B", "e"), ("C", "e")])
        #expect(silent.findings.contains { $0.rule == "rubric/loss-unexplained" && $0.subject == "self/A1-2" })
    }

    @Test("a clean sheet has no findings")
    func clean() async throws {
        let scores = complete.map { $0.1 == "C" ? ("self", "C-1", "2") : $0 }
        #expect(try await assess(scores).findings == [])
    }

    @Test("settings without a rubric are refused with a place")
    func settings() {
        #expect(RubricScorer().validate([:]).map(\.message.en) == ["missing key \"rubric\""])
        #expect(RubricScorer().validate(["rubric": Self.rubric, "rubrik": 1]).first?.pointer.description == "/rubrik")
    }
}
