import ReviewModel
import Testing

@testable import rubric_scorer

@Suite("Whose sheet a score stands on, and what would change its verdict")
struct WhoseSheetTests {
    private let computed: Record = ["compute": "SELECT :max * 1"]

    @Test(
        "a sheet that the data fill in is that of the rater whom the rubric names",
        arguments: [(["self"], "self"), (["review"], "review"), ([], "review"), (["self", "review"], "review")]
    )
    func computedSheet(raters: [Value], rater: String) async throws {
        var rubric: Record = ["id": "r", "items": [ScoreTables.node("A", 10, [], computed)]]
        if !raters.isEmpty { rubric["raters"] = .list(raters) }
        let assessment = try await ScoreTables(rubric: .record(rubric)).assess()
        #expect(assessment.scores.map(\.rater) == [rater])
    }

    @Test("where the data give all of it, the reviewer has a sheet also beside one that somebody has filled in")
    func besideOthers() async throws {
        let all: Value = [
            "id": "r", "items": [ScoreTables.node("A", 10, [], computed), ScoreTables.node("B", 5, [], computed)],
        ]
        let scores: [[Value]] = [["self", "A", 9, "r"]]
        let sheets = try await ScoreTables(rubric: all, scores: scores).assess().scores
        #expect(sheets.map { "\($0.rater) \($0.total?.description ?? "")" } == ["self 14", "review 15"])
        let some: Value = [
            "id": "r", "items": [ScoreTables.node("A", 10, []), ScoreTables.node("B", 5, [], computed)],
        ]
        #expect(try await ScoreTables(rubric: some, scores: scores).assess().scores.map(\.rater) == ["self"])
    }

    // MARK: - Limits

    private static func limited(_ condition: Value = ["item": "B", "below": "50%"]) -> Value {
        [
            "id": "r",
            "bands": [
                ["code": "poor", "name": "p", "range": "[0, 10)"], ["code": "fair", "name": "f", "range": "[10, 15)"],
                ["code": "good", "name": "g", "range": "[15, 20]"],
            ],
            "overrides": [["code": "fair", "name": "f", "at_most": true, "when": condition]],
            "items": [ScoreTables.node("A", 15, []), ScoreTables.node("B", 5, [])],
        ]
    }

    @Test(
        "a limit lowers a better verdict and lets a worse one stand",
        arguments: [(15, 1, "fair"), (15, 3, "good"), (9, 2, "fair"), (5, 2, "poor"), (0, 0, "poor")]
    )
    func limit(a: Int, b: Int, verdict: String) async throws {
        let scores: [[Value]] = [["review", "A", .integer(a), "r"], ["review", "B", .integer(b), "r"]]
        let sheet = try await ScoreTables(rubric: Self.limited(), scores: scores).assess().scores.first
        #expect(sheet?.verdict?.code == verdict)
    }

    @Test("under a limit the least change is the score that it is about")
    func underLimit() async throws {
        let scores: [[Value]] = [["review", "A", 14, "r"], ["review", "B", 1, "r"]]
        let found = try await changes(Self.limited(), scores)
        #expect(found.first == "good: B +1.5")
    }

    @Test("an item of which nothing applies does not apply, and is left out of what it is a part of")
    func nothingApplies() async throws {
        let answers: Value = [
            ["name": "yes", "share": "100%"], ["name": "no", "share": "0%"], ["name": "NA", "not_applicable": true],
        ]
        func part(_ code: String, _ weight: Int) -> Value {
            let items: Value = [["code": .text(code + "1"), "name": "p"], ["code": .text(code + "2"), "name": "p"]]
            return [
                "code": .text(code), "name": "n", "max": 100, "weight": .integer(weight), "aggregate": "mean",
                "items": items,
            ]
        }
        let rubric: Value = [
            "id": "r", "aggregate": "mean", "levels": answers, "items": [part("A", 3), part("B", 1), part("C", 4)],
        ]
        let levels = ["A1": "yes", "A2": "no", "B1": "yes", "B2": "NA", "C1": "NA", "C2": "NA"]
        let scores = levels.sorted { $0.key < $1.key }.map { code, level -> [Value] in
            ["review", .text(code), .null, "r", .text(level)]
        }
        let sheet = try #require(try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first)
        // (3 × 50 + 1 × 100) / 4
        #expect(sheet.total == ExactDecimal("62.5"))
        #expect(sheet.items.first { $0.code == "C" }?.status == .notApplicable)
        let none = scores.map { Array($0.dropLast()) + ["NA"] }
        #expect(try await ScoreTables(rubric: rubric, scores: none).assess().scores.map(\.total) == [nil])
    }

    @Test("a part of a mean changes by points of its own, the total by others")
    func ownPoints() async throws {
        let rubric: Value = [
            "id": "r", "aggregate": "mean",
            "bands": [
                ["code": "low", "name": "l", "range": "[0, 80)"], ["code": "high", "name": "h", "range": "[80, 100]"],
            ],
            "items": [
                ["code": "A", "name": "a", "max": 100], ["code": "B", "name": "b", "max": 100],
                ["code": "C", "name": "c", "max": 100],
            ],
        ]
        let scores: [[Value]] = [["review", "A", 90, "r"], ["review", "B", 60, "r"], ["review", "C", 87, "r"]]
        let sheet = try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first
        let item = try #require(sheet?.changes.first?.items.first)
        #expect(item.gain == 1 && item.ownGain == ExactDecimal("2.99"))
    }

    @Test("where rules alone give verdicts, other ones that one score leads to are told, better and worse")
    func rulesAlone() async throws {
        let rubric: Value = [
            "id": "r", "aggregate": "none", "levels": ["Good", "Fair", "Poor"],
            "overrides": [
                ["code": "poor", "name": "p", "when": ["item": "S", "level": "Poor"]],
                ["code": "good", "name": "g", "when": ["item": "T", "level": "Good"]],
                ["code": "fair", "name": "f", "when": ["item": "T", "level": "Fair"]],
            ],
            "items": [["code": "T", "name": "t"], ["code": "S", "name": "s"]],
        ]
        let scores: [[Value]] = [["review", "T", .null, "r", "Fair"], ["review", "S", .null, "r", "Poor"]]
        #expect(try await changes(rubric, scores) == ["fair: S Fair"])
        let sound: [[Value]] = [["review", "T", .null, "r", "Fair"], ["review", "S", .null, "r", "Fair"]]
        #expect(try await changes(rubric, sound) == ["good: T Good", ": T Poor", "poor: S Poor"])
    }

    @Test("a computed score that was written down as it is needs no evidence")
    func agreement() async throws {
        let rubric: Value = [
            "id": "r", "items": [ScoreTables.node("A", 10, [], computed), ScoreTables.node("B", 10, [])],
        ]
        let scores: [[Value]] = [["self", "A", 10], ["self", "B", 10]]
        #expect(try await ScoreTables(rubric: rubric, scores: scores).findings() == ["warning rubric/no-evidence B"])
    }

    @Test("what is said alike of two raters names them, and of one alone does not")
    func named() async throws {
        let rubric: Value = ["id": "r", "items": [ScoreTables.node("A", 10, [])]]
        let scores: [[Value]] = [["e1", "A", 8], ["e2", "A", 8]]
        let both = try await ScoreTables(rubric: rubric, scores: scores).assess().findings.map(\.message.en)
        #expect(
            both == [
                "e1: A loses 2 points with neither reason nor evidence: A",
                "e2: A loses 2 points with neither reason nor evidence: A",
            ]
        )
        let one = try await ScoreTables(rubric: rubric, scores: [scores[0]]).assess().findings.map(\.message.en)
        #expect(one == ["A loses 2 points with neither reason nor evidence: A"])
    }

    @Test("raters are called what the form calls them, in the language of the reader")
    func titled() async throws {
        var tables = ScoreTables(
            rubric: ["id": "r", "items": [ScoreTables.node("A", 10, [])]],
            scores: [["review", "A", 8], ["e2", "A", 8]]
        )
        tables.form = DossierOutline()
        tables.form?.synonyms["scores.rater=review"] = ["评审", "reviewer"]
        let messages = try await tables.assess().findings.map(\.message)
        #expect(messages.map(\.zh).map { $0.prefix(3) } == ["评审：", "e2："])
        #expect(messages.map(\.en).map { $0.prefix(9) } == ["reviewer:", "e2: A los"])
    }

    @Test("a computed score leads through its query to the cells that it names")
    func traced() async throws {
        let query: Record = ["compute": "SELECT :max * sum(paid)\n  / sum(due) FROM payments"]
        let names = ["paid", "due", "note"]
        var table = Table(
            schema: TableSchema(name: "payments", columns: names.map { Column(name: $0, type: .decimal) })
        )
        table.append(row: [3, 4, 0])
        let rubric: Value = ["id": "r", "items": [ScoreTables.node("A", 10, [], query)]]
        let facts = try await ScoreTables(rubric: rubric, more: [table]).assess().facts
        let fact = try #require(facts.first { $0.id == "scores.review.A" })
        #expect(fact.value.decimal?.description == "7.5")
        #expect(fact.calculation == "SELECT :max * sum(paid) / sum(due) FROM payments (:max = 10)")
        #expect(fact.sources.map(\.description) == ["/tables/payments/0/paid", "/tables/payments/0/due"])
    }

    // MARK: - The least change

    private static let thresholds: Value = [
        "id": "proposal", "scales": ["half": ["step": "0.5"]],
        "bands": [
            ["code": "reserve", "name": "reserve", "range": "[0, 10)"],
            ["code": "fund", "name": "fund", "range": "[10, 15]"],
        ],
        "overrides": [
            ["code": "below", "name": "below a threshold", "when": ["item": "IMPL", "below": "60%"]]
        ],
        "items": [
            ["code": "EXC", "name": "e", "max": 5, "scale": "half"],
            ["code": "IMP", "name": "i", "max": 5, "scale": "half"],
            ["code": "IMPL", "name": "q", "max": 5, "scale": "half"],
        ],
    ]

    private func changes(_ rubric: Value, _ scores: [[Value]]) async throws -> [String] {
        let sheet = try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first
        return (sheet?.changes ?? []).map { change in
            let items = change.items.map { "\($0.code) \($0.level ?? "+\($0.gain ?? 0)")" }.joined(separator: ", ")
            return "\(change.verdict): \(items)"
        }
    }

    @Test("half a point on what stands below its threshold is enough")
    func threshold() async throws {
        let scores: [[Value]] = [
            ["review", "EXC", "4.5", "r"], ["review", "IMP", 4, "r"], ["review", "IMPL", "2.5", "r"],
        ]
        #expect(try await changes(Self.thresholds, scores) == ["fund: IMPL +0.5"])
    }

    @Test("the least change is one that the steps allow, of one score where one will do, else of the fewest")
    func steps() async throws {
        let rubric: Value = [
            "id": "s", "scales": ["step": ["step": 2]],
            "bands": [
                ["code": "low", "name": "l", "range": "[0, 15)"], ["code": "middle", "name": "m", "range": "[15, 19)"],
                ["code": "high", "name": "h", "range": "[19, 20]"],
            ],
            "items": [["code": "A", "name": "a", "max": 10, "scale": "step"], ["code": "B", "name": "b", "max": 10]],
        ]
        let scores: [[Value]] = [["review", "A", 6, "r"], ["review", "B", 8, "r"]]
        #expect(try await changes(rubric, scores) == ["middle: B +1", "high: A +4, B +1"])
    }

    @Test("through a mean and a weakest link")
    func deep() async throws {
        let rubric: Value = [
            "id": "d", "aggregate": "mean",
            "levels": [
                ["name": "yes", "share": "100%"], ["name": "partly", "share": "50%"], ["name": "no", "share": "0%"],
            ],
            "bands": [
                ["code": "low", "name": "l", "range": "[0, 75)"], ["code": "high", "name": "h", "range": "[75, 100]"],
            ],
            "items": [
                [
                    "code": "M", "name": "m", "max": 100, "aggregate": "mean",
                    "items": [["code": "M1", "name": "1"], ["code": "M2", "name": "2"]],
                ],
                [
                    "code": "W", "name": "w", "max": 100, "aggregate": "weakest",
                    "items": [["code": "W1", "name": "1", "max": 100], ["code": "W2", "name": "2", "max": 100]],
                ],
            ],
        ]
        let scores: [[Value]] = [
            ["review", "M1", .null, "r", "yes"], ["review", "M2", .null, "r", "yes"],
            ["review", "W1", .null, "r", "yes"],
            ["review", "W2", .null, "r", "no"],
        ]
        #expect(try await changes(rubric, scores) == ["high: W2 partly"])
    }

    @Test("a threshold that half a point less would miss is told, and what points say is not said twice")
    func lossUnderThreshold() async throws {
        let scores: [[Value]] = [
            ["review", "EXC", "4.5", "r"], ["review", "IMP", 4, "r"], ["review", "IMPL", 3, "r"],
        ]
        let sheet = try await ScoreTables(rubric: Self.thresholds, scores: scores).assess().scores.first
        let change = try #require(sheet?.changes.first)
        #expect(sheet?.changes.count == 1 && change.isLoss && change.verdict == "below")
        #expect(change.name?.en == "below a threshold")
        #expect(change.items == [.init(code: "IMPL", gain: ExactDecimal("-0.5"))])
    }

    @Test(
        "what the data give changes by what the rubric allows, and only where what is scored by hand does not suffice"
    )
    func ofData() async throws {
        let bands: Value = [
            ["code": "low", "name": "l", "range": "[0, 12)"], ["code": "high", "name": "h", "range": "[12, 20]"],
        ]
        func rubric(_ scale: Value?, _ query: String) -> Value {
            var node: Record = [
                "code": "B", "name": "B", "max": 10, query: .text("SELECT \(query == "compute" ? "5.3" : "'low'")"),
            ]
            if let scale { node["scale"] = scale }
            return ["id": "r", "bands": bands, "items": [ScoreTables.node("A", 10, []), .record(node)]]
        }
        let half: Value = ["step": "0.5"]
        let levels: Value = [
            "levels": [
                ["name": "high", "share": "100%"], ["name": "middle", "share": "80%"], ["name": "low", "share": "50%"],
            ]
        ]
        // 5 + 5.3: one and seven tenths are wanted, and whoever scores A can give them.
        #expect(try await changes(rubric(half, "compute"), [["review", "A", "5", "x"]]) == ["high: A +1.7"])
        // 10 + 5.3 of A's ten: nothing is left but the data, in steps of a half.
        let full: [[Value]] = [["review", "A", "10", ""]]
        let bandsAbove: Value = [
            ["code": "low", "name": "l", "range": "[0, 17.2)"], ["code": "high", "name": "h", "range": "[17.2, 20]"],
        ]
        func above(_ rubric: Value) -> Value {
            var record = rubric.record ?? [:]
            record["bands"] = bandsAbove
            return .record(record)
        }
        #expect(try await changes(above(rubric(half, "compute")), full) == ["high: B +2.2"])
        #expect(try await changes(above(rubric(nil, "compute")), full) == ["high: B +1.9"])
        #expect(try await changes(above(rubric(levels, "compute_level")), full) == ["high: B middle"])
    }

    @Test("of letters each worse one that changes the verdict is told")
    func lossOfLetters() async throws {
        let rubric: Value = [
            "id": "l", "scale": ["levels": ["A", "B", "C"]],
            "bands": [
                ["code": "pass", "name": "p", "range": "[1, 2]"], ["code": "fail", "name": "f", "range": "[0, 1)"],
            ],
            "items": [
                [
                    "code": "P", "name": "p", "aggregate": "weakest",
                    "items": [["code": "P1", "name": "1"], ["code": "P2", "name": "2"]],
                ]
            ],
        ]
        let scores: [[Value]] = [["review", "P1", .null, "r", "A"], ["review", "P2", .null, "r", "B"]]
        let sheet = try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first
        let change = try #require(sheet?.changes.first)
        #expect(change.isLoss && change.verdict == "fail" && change.name == nil)
        #expect(change.items.map { "\($0.code) \($0.level ?? "")" } == ["P2 C"])
    }

    @Test("of a weakest link the least change is of those alone that are too low, and no further than it takes")
    func leastOfWeakest() async throws {
        let rubric: Value = [
            "id": "w", "scale": ["levels": ["A", "B", "C"]], "aggregate": "weakest",
            "bands": [
                ["code": "ok", "name": "o", "range": "[1, 2]"], ["code": "no", "name": "n", "range": "[0, 1)"],
            ],
            "items": [
                [
                    "code": "P", "name": "p", "aggregate": "weakest",
                    "items": [["code": "P1", "name": "1"], ["code": "P2", "name": "2"]],
                ],
                ["code": "T", "name": "t"],
            ],
        ]
        let scores: [[Value]] = [
            ["review", "P1", .null, "r", "B"], ["review", "P2", .null, "r", "C"], ["review", "T", .null, "r", "C"],
        ]
        #expect(try await changes(rubric, scores).first == "ok: P2 B, T B")
    }

    @Test("a verdict that every better score leads past has no way to it")
    func passedBy() async throws {
        let rubric: Value = [
            "id": "h",
            "bands": [
                ["code": "fund", "name": "f", "range": "[12, 15]"],
                ["code": "reserve", "name": "r", "range": "[10, 12)"],
                ["code": "no", "name": "n", "range": "[0, 10)"],
            ],
            "overrides": [["code": "veto", "name": "v", "when": ["item": "EXC", "below": "80%"]]],
            "items": [ScoreTables.node("EXC", 5, []), ScoreTables.node("IMP", 5, []), ScoreTables.node("IMPL", 5, [])],
        ]
        let scores: [[Value]] = [["review", "EXC", 1, "r"], ["review", "IMP", 5, ""], ["review", "IMPL", 5, ""]]
        let sheet = try #require(try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first)
        let better = sheet.changes.filter { !$0.isLoss }
        #expect(better.map(\.verdict) == ["reserve", "fund"])
        #expect(better.first?.items.isEmpty == true && better.last?.items.map(\.gain) == [3])
    }

    @Test("a limit that one worse score meets is told beside what points alone lead to")
    func lossUnderLimit() async throws {
        let rubric: Value = [
            "id": "c",
            "bands": [
                ["code": "A", "name": "a", "range": "[80, 100]"], ["code": "B", "name": "b", "range": "[60, 80)"],
                ["code": "C", "name": "c", "range": "[0, 60)"],
            ],
            "overrides": [["code": "C", "name": "c", "at_most": true, "when": ["item": "SAFE", "level": "bad"]]],
            "items": [
                [
                    "code": "SAFE", "name": "s", "max": 20,
                    "scale": [
                        "levels": [
                            ["name": "good", "share": "100%"], ["name": "fair", "share": "50%"],
                            ["name": "bad", "share": "25%"],
                        ]
                    ],
                ], ScoreTables.node("REST", 80, []),
            ],
        ]
        let scores: [[Value]] = [["review", "SAFE", .null, "r", "good"], ["review", "REST", 80, ""]]
        let sheet = try #require(try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first)
        let loss = try #require(sheet.changes.first)
        #expect(sheet.changes.count == 1 && loss.isLoss && loss.verdict == "C")
        #expect(loss.items.map(\.level) == ["bad"] && loss.items.map(\.gain) == [-15])
    }

    // MARK: - Vetoes, and where figures come from

    private static func vetoed(_ more: Record = [:]) -> Value {
        var rubric: Record = [
            "id": "v",
            "bands": [
                ["code": "pass", "name": "p", "range": "[60, 100]"], ["code": "fail", "name": "f", "range": "[0, 60)"],
            ],
            "overrides": [["code": "veto", "name": "v", "when": ["field": "/project/veto", "equals": true]]],
            "items": [["code": "A", "name": "a", "max": 60], ["code": "B", "name": "b", "max": 40]],
        ]
        for member in more.members { rubric[member.key] = member.value }
        return .record(rubric)
    }

    @Test("a veto gives a verdict to scores with gaps, which have no total")
    func vetoWithoutTotal() async throws {
        var tables = ScoreTables(rubric: Self.vetoed(), scores: [["review", "A", 50, "r"]])
        #expect(try await tables.assess().scores.map(\.verdict) == [nil])
        tables.project = ["veto": true]
        let assessment = try await tables.assess()
        let sheet = try #require(assessment.scores.first)
        #expect(sheet.verdict?.code == "veto" && sheet.total == nil && sheet.max == 100 && sheet.isReview)
        #expect(assessment.findings.map(\.rule).sorted() == ["rubric/incomplete", "rubric/verdict-overridden"])
        let fact = try #require(assessment.facts.first { $0.id == "verdict" })
        #expect(fact.calculation == "project.veto = true" && fact.inputs.isEmpty)
        #expect(fact.sources.map(\.description) == ["/fields/project/veto"])
    }

    @Test("a combined score names the cells of all who gave it")
    func combinedSources() async throws {
        let rubric: Value = [
            "id": "c", "combine": ["into": "review", "method": "mean"],
            "items": [["code": "A", "name": "a", "max": 10]],
        ]
        let scores: [[Value]] = [["e1", "A", 6, "r"], ["e2", "A", 9, "r"], ["e3", "A", 9, "r"]]
        let facts = try await ScoreTables(rubric: rubric, scores: scores).assess().facts
        let fact = try #require(facts.first { $0.id == "scores.review.A" })
        #expect(fact.sources.map(\.description) == (0...2).map { "/tables/scores/\($0)/points" })
        #expect(fact.calculation == "平均（e1 6、e2 9、e3 9）= 8")
    }

    @Test("a condition that a field of its type can never meet is a mistake")
    func otherType() async throws {
        let form = DossierOutline(
            fields: [
                .init("project", .group([.init("veto", .value(.boolean)), .init("n", .value(.integer))]))
            ],
            tables: [
                TableSchema(
                    name: "scores",
                    columns: [Column(name: "rater"), Column(name: "code"), Column(name: "points", type: .decimal)]
                )
            ]
        )
        func said(_ field: String, _ value: Value) async throws -> [String] {
            let rubric = Self.vetoed([
                "overrides": [["code": "veto", "name": "v", "when": ["field": .text(field), "equals": value]]]
            ])
            return try await RubricScorer().validate(["rubric": rubric], in: FormContext(form: form)).map(\.code)
        }
        #expect(try await said("/project/veto", true) == [])
        #expect(try await said("/project/veto", 3) == ["rubric/other-type"])
        #expect(try await said("/project/n", 3) == [])
        #expect(try await said("/project/n", "three") == ["rubric/other-type"])
    }
}
