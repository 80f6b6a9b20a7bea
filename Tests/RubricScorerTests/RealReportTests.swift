import ReviewModel
import Testing

@testable import rubric_scorer

/// The scores of a real report: thirty-nine criteria scored by the applicant, three sections by the reviewer.
@Suite("Scores of a real report")
struct RealReportTests {
    private static let levels: Value = [
        ["name": "高", "share": "100%"], ["name": "中", "share": "50%"], ["name": "低", "share": "0%"],
    ]

    private static let bands: Value = [
        ["code": "feasible", "name": ["zh": "可行", "en": "feasible"], "range": "[90, 100]"],
        ["code": "partly-feasible", "name": ["zh": "部分可行", "en": "partly feasible"], "range": "[70, 90)"],
        ["code": "deferred", "name": ["zh": "暂缓", "en": "deferred"], "range": "[0, 70)"],
    ]

    private static func when(_ evaluated: Bool) -> Record {
        ["when": ["field": "/project/evaluated_last_year", "equals": .boolean(evaluated)]]
    }

    private static let decision = ScoreTables.node(
        "A",
        50,
        [
            ScoreTables.node(
                "A1",
                30,
                [
                    ScoreTables.indicator("A11", ["5", "5"]), ScoreTables.indicator("A12", ["6", "2", "2"]),
                    ScoreTables.indicator("A13", ["3", "2", "5"]),
                ]
            ),
            ScoreTables.node(
                "A2",
                20,
                [
                    ScoreTables.indicator("A21", ["2", "3"]), ScoreTables.indicator("A22", ["2", "3"]),
                    ScoreTables.indicator("A23", ["2", "3"]), ScoreTables.indicator("A24", ["5"]),
                ]
            ),
        ]
    )

    private static let management = ScoreTables.node(
        "B",
        30,
        [
            ScoreTables.node(
                "B1",
                20,
                [
                    ScoreTables.indicator("B11", ["3", "2"]), ScoreTables.indicator("B12", ["3", "2", "3", "2"]),
                    ScoreTables.indicator("B13", ["3", "1", "1"]),
                ]
            ),
            ScoreTables.node(
                "B2",
                10,
                [
                    ScoreTables.indicator("B21", ["4", "3", "3"], when(false)),
                    ScoreTables.indicator("B22", ["5", "5"], when(true)),
                ],
                ["alternatives": true]
            ),
        ]
    )

    private static let performance = ScoreTables.node(
        "C",
        20,
        [
            ScoreTables.node("C1", 12, ["C11", "C12", "C13"].map { ScoreTables.indicator($0, ["2", "2"]) }),
            ScoreTables.indicator(
                "C2",
                ["2", "2"],
                [
                    "pooled": true,
                    "items": .list(["C21", "C22", "C23"].map { ["code": .text($0), "name": .text($0)] }),
                ]
            ),
            ScoreTables.node(
                "C3",
                4,
                [ScoreTables.indicator("C31", ["1", "0.5", "0.5"]), ScoreTables.indicator("C32", ["1", "1"])]
            ),
        ]
    )

    private static let given: [(String, [String])] = [
        ("A11", ["5", "5"]), ("A12", ["6", "2", "2"]), ("A13", ["3", "2", "5"]), ("A21", ["2", "3"]),
        ("A22", ["2", "0"]), ("A23", ["2", "3"]), ("A24", ["4"]), ("B11", ["3", "2"]),
        ("B12", ["2", "1", "3", "2"]), ("B13", ["3", "1", "1"]), ("B22", ["5", "5"]), ("C11", ["2", "2"]),
        ("C12", ["2", "2"]), ("C13", ["2", "2"]), ("C31", ["1", "0.5", "0.5"]), ("C32", ["1", "1"]),
    ]

    private static let tables = ScoreTables(
        rubric: [
            "id": "real", "levels": levels, "bands": bands, "items": [decision, management, performance],
        ],
        scores: given.flatMap { code, points in
            points.enumerated().map { ["self", .text("\(code)-\($0 + 1)"), .text($1)] }
        } + [["self", "C2", "4"], ["review", "A", "44"], ["review", "B", "27"], ["review", "C", "17"]],
        evidence: given.map(\.0).filter { $0 != "A22" } + ["C2"],
        problems: ["the plan is not clear", "the budget is not detailed"],
        declared: [
            ["scores.self.total", "94", "points"], ["scores.self.A", "46", "points"],
            ["scores.self.B", "28", "points"],
            ["scores.self.C", "20", "points"], ["scores.self.A22", "2", "points"], ["scores.self.B2", "10", "points"],
            ["scores.review.total", "88", "points"], ["scores.review.A", "44", "points"],
        ],
        project: ["evaluated_last_year": true]
    )

    @Test("self 94 is 46 + 28 + 20, review 88 is 44 + 27 + 17, and the verdict is the review's")
    func totals() async throws {
        let assessment = try await Self.tables.assess()
        #expect(
            assessment.scores.map { "\($0.rater) \($0.total ?? -1) \($0.max ?? -1)" } == [
                "self 94 100", "review 88 100",
            ]
        )
        let sections = assessment.scores.map { sheet in
            sheet.items.filter { $0.parent == nil }.map { $0.points?.description ?? "" }
        }
        #expect(sections == [["46", "28", "20"], ["44", "27", "17"]])
        #expect(assessment.scores.map(\.verdict?.name.zh) == ["可行", "部分可行"])
        #expect(assessment.scores.last?.verdict?.band == "[70, 90)")
        #expect(assessment.facts.first { $0.id == "verdict" }?.value == "partly-feasible")
        #expect(assessment.facts.first { $0.id == "scores.self.B12" }?.value.decimal?.description == "8")
    }

    @Test("the alternative that does not apply and the pooled indicators have no points of their own")
    func statuses() async throws {
        let items = try await Self.tables.assess().scores[0].items
        let status = Dictionary(uniqueKeysWithValues: items.map { ($0.code, $0.status) })
        #expect(status["B21"] == .notApplicable && status["B21-1"] == .notApplicable)
        #expect(status["B22"] == .summed && status["B2"] == .summed)
        #expect(status["C2"] == .given && status["C21"] == .pooled && status["C2-1"] == .unscored)
        #expect(status["A22-2"] == .given)
    }

    @Test("what the reviewer should be told, and nothing invented")
    func findings() async throws {
        #expect(
            try await Self.tables.findings() == [
                "warning rubric/loss-unexplained self/A22-2", "info rubric/loss-not-itemised review/A",
                "info rubric/loss-not-itemised review/B", "info rubric/loss-not-itemised review/C",
                "warning rubric/no-such-level self/A24-1", "warning rubric/no-such-level self/B12-1",
                "warning rubric/no-evidence A22-1",
            ]
        )
    }

    @Test("a total that the document states wrongly is an error where it is stated")
    func declared() async throws {
        var tables = Self.tables
        tables.declared[0][1] = "95"
        let findings = try await tables.assess().findings.filter { $0.severity == .error }
        #expect(
            findings.map { "\($0.rule) \($0.pointers[0])" } == ["declared/differs /tables/declared_figures/0/value"]
        )
        #expect(findings[0].expected == "94" && findings[0].found == "95")
    }
}
