import ReviewModel
import Testing

@testable import rubric_scorer

@Suite("Ratings, and rubrics without a total")
struct RatingTests {
    /// Dimensions by A to D, D* counting as D; the whole by A to D with a plus.
    private static func letters(_ aggregate: Value, _ more: Record = [:]) -> Value {
        var rubric: Record = [
            "id": "letters",
            "scales": [
                "dimension": ["levels": ["A", "B", "C", "D", ["name": "D*", "counts_as": "D"], Self.notApplicable]],
                "indicator": ["levels": ["A", "B+", "B", "C+", "C", "D+", "D"]],
            ],
            "aggregate": "none",
            "items": [
                [
                    "code": "P", "name": "p", "scale": "dimension", "rating": "indicator", "aggregate": aggregate,
                    "items": [["code": "P.1", "name": "1"], ["code": "P.2", "name": "2"]],
                ],
                ["code": "Q", "name": "q", "scale": "dimension"],
            ],
        ]
        for member in more.members { rubric[member.key] = member.value }
        return .record(rubric)
    }

    private static let notApplicable: Value = ["name": "NA", "not_applicable": true]

    private func sheet(_ rubric: Value, _ levels: [(String, String)]) async throws -> ScoreSheet? {
        try await tables(rubric, levels).assess().scores.first
    }

    private func tables(_ rubric: Value, _ levels: [(String, String)]) -> ScoreTables {
        ScoreTables(rubric: rubric, scores: levels.map { ["review", .text($0), .null, "r", .text($1)] })
    }

    private func level(_ code: String, _ sheet: ScoreSheet?) -> String? {
        sheet?.items.first { $0.code == code }?.level
    }

    @Test("letters have names and neither points nor a total")
    func names() async throws {
        let sheet = try #require(
            try await sheet(Self.letters("weakest-plus"), [("P.1", "B"), ("P.2", "C"), ("Q", "A")])
        )
        #expect(sheet.total == nil && sheet.max == nil)
        #expect(sheet.items.allSatisfy { $0.points == nil && $0.max == nil })
        #expect(level("P", sheet) == "C+" && level("Q", sheet) == "A")
    }

    @Test("who asks for a letter asks for those that count as it")
    func starredCondition() async throws {
        let rubric = Self.letters(
            "weakest-plus",
            ["overrides": [["code": "stop", "name": "stop", "when": ["item": "Q", "level": "D"]]]]
        )
        let scores = [("P.1", "A"), ("P.2", "A")]
        #expect(try await sheet(rubric, scores + [("Q", "D*")])?.verdict?.code == "stop")
        #expect(try await sheet(rubric, scores + [("Q", "C")])?.verdict == nil)
    }

    @Test("a problem with an item of the best letter is told, and the best letter without evidence is called so")
    func problemOfTheBest() async throws {
        var tables = tables(Self.letters("weakest-plus"), [("P.1", "A"), ("P.2", "A"), ("Q", "B")])
        tables.scores[0][3] = ""
        var problems = Table(
            schema: TableSchema(name: "problems", columns: ["problem", "codes"].map { Column(name: $0) })
        )
        problems.append(row: ["late", ["P.2", "Q"]])
        tables.more = [problems]
        let told = try await tables.assess().findings.map(\.message.zh)
        #expect(told.contains("问题\"late\"涉及P.2，该项却为最高档A"))
        #expect(!told.contains { $0.contains("涉及Q") || $0.contains("满分") })
    }

    @Test("one unscored dimension leaves the others standing, and is named")
    func gap() async throws {
        let tables = tables(Self.letters("weakest-plus"), [("P.1", "B"), ("Q", "A")])
        let assessment = try await tables.assess()
        #expect(level("Q", assessment.scores.first) == "A" && level("P", assessment.scores.first) == nil)
        #expect(assessment.findings.map { $0.message.en } == ["the scores of \"review\" are incomplete: P.2"])
    }

    @Test("a table that says nothing of the letters that are left is named")
    func tableWithoutEntry() async throws {
        let rubric: Value = [
            "id": "p", "aggregate": "none",
            "scale": ["levels": ["A", "B", ["name": "NA", "not_applicable": true]]],
            "items": [
                [
                    "code": "P", "name": "p", "aggregate": ["table": ["A A": "A", "A B": "B", "B B": "B"]],
                    "items": [["code": "P.1", "name": "1"], ["code": "P.2", "name": "2"]],
                ]
            ],
        ]
        let scores: [[Value]] = [["review", "P.1", .null, "r", "A"], ["review", "P.2", .null, "r", "NA"]]
        let assessment = try await ScoreTables(rubric: rubric, scores: scores).assess()
        #expect(
            assessment.findings.filter { $0.rule == "rubric/incomplete" }.map(\.message.en) == [
                "the scores of \"review\" are incomplete: P (its table says nothing of A)"
            ]
        )
    }

    @Test(
        "what a query gives wrongly of one of many things is told once, with its name, and nothing that follows from it"
    )
    func uncomputedOfMany() async throws {
        let rubric: Value = [
            "id": "many", "each": ["table": "bids", "key": "id", "name": "name"],
            "combine": ["into": "review", "raters": ["a", "b", "c"], "method": "mean"],
            "items": [
                ScoreTables.node("A", 10, []),
                ScoreTables.node("J", 30, [], ["compute": "SELECT price FROM bids WHERE id = :subject"]),
            ],
        ]
        var bids = Table(
            schema: TableSchema(
                name: "bids",
                columns: [Column(name: "id"), Column(name: "name"), Column(name: "price", type: .decimal)]
            )
        )
        for (id, price) in [("B1", 20), ("B2", 33)] {
            bids.append(row: [.text(id), .text("Bid \(id)"), .decimal(ExactDecimal(price))])
        }
        let scores: [[Value]] = ["a", "b", "c"].flatMap { rater in
            ["B1", "B2"].map { [.text(rater), "A", 8, "r", .null, .text($0)] }
        }
        let assessment = try await ScoreTables(rubric: rubric, scores: scores, more: [bids]).assess()
        let errors = assessment.findings.filter { $0.severity == .error }
        #expect(
            errors.map { "\($0.subject): \($0.message.en)" } == [
                "B2/J: the query of J gives no usable score for \"Bid B2\": 33 (0–30 is wanted)"
            ]
        )
        let review = assessment.scores.filter { $0.baseRater == "review" }
        #expect(review.map(\.subject?.name) == ["Bid B1", "Bid B2"] && review.map(\.subject?.rank) == [1, nil])
        #expect(assessment.scores.allSatisfy { !$0.isReview })
    }

    @Test("a letter that counts as another is compared as that one and printed as itself")
    func starred() async throws {
        let sheet = try await sheet(Self.letters("weakest-plus"), [("P.1", "D*"), ("P.2", "C"), ("Q", "D*")])
        #expect(level("P", sheet) == "D+" && level("P.1", sheet) == "D*" && level("Q", sheet) == "D*")
    }

    @Test(
        "a table gives letters of the whole's own scale, whatever the order of the parts",
        arguments: [("A", "B", "B+"), ("B", "A", "B+"), ("A", "A", "A"), ("D*", "A", "C+"), ("NA", "A", "A")]
    )
    func table(first: String, second: String, whole: String) async throws {
        let table: Value = [
            "table": [
                "A": "A", "B": "B", "C": "C", "D": "D", "A A": "A", "A B": "B+", "A C": "B", "A D": "C+", "B B": "B",
                "B C": "C+", "B D": "C", "C C": "C", "C D": "D+", "D D": "D",
            ]
        ]
        let sheet = try await sheet(Self.letters(table), [("P.1", first), ("P.2", second), ("Q", "A")])
        #expect(level("P", sheet) == whole)
    }

    @Test(
        "a matrix looks the parts up in their order",
        arguments: [("likely", "minor", "medium"), ("rare", "severe", "low")]
    )
    func matrix(likelihood: String, impact: String, risk: String) async throws {
        let rubric: Value = [
            "id": "risk", "rating": "risk",
            "scales": [
                "likelihood": ["levels": ["likely", "rare"]], "impact": ["levels": ["severe", "minor"]],
                "risk": ["levels": ["high", "medium", "low"]],
            ],
            "aggregate": [
                "matrix": [
                    "likely | severe": "high", "likely | minor": "medium", "rare | severe": "low",
                    "rare | minor": "low",
                ]
            ],
            "items": [
                ["code": "L", "name": "l", "scale": "likelihood"], ["code": "I", "name": "i", "scale": "impact"],
            ],
        ]
        let sheet = try #require(try await sheet(rubric, [("L", likelihood), ("I", impact)]))
        #expect(sheet.level == risk && sheet.total == nil)
    }

    @Test("a mean at the top is a mean of the items, by their weights")
    func mean() async throws {
        let items = zip(["a", "b", "c", "d"], [20, 10, 20, 50]).map { code, weight in
            ScoreTables.node(code, 100, [], ["weight": .integer(weight)])
        }
        let rubric: Value = ["id": "m", "aggregate": "mean", "items": .list(items)]
        let scores: [[Value]] = [
            ["review", "a", 100], ["review", "b", 88, "r"], ["review", "c", 86, "r"], ["review", "d", 67, "r"],
        ]
        let sheet = try await ScoreTables(rubric: rubric, scores: scores).assess().scores.first
        #expect(sheet?.total?.description == "79.5" && sheet?.max == 100)
    }

    @Test("a level by query may be not applicable, and what it stands for is left out")
    func queriedLevel() async throws {
        let rubric: Value = [
            "id": "q", "aggregate": "mean",
            "levels": [["name": "yes", "share": "100%"], ["name": "no", "share": "0%"], Self.notApplicable],
            "items": [
                [
                    "code": "A", "name": "a",
                    "compute_level": "SELECT CASE WHEN count(*) = 0 THEN 'NA' ELSE 'yes' END FROM problems",
                ],
                ["code": "B", "name": "b"],
            ],
        ]
        let assessment = try await tables(rubric, [("B", "no")]).assess()
        #expect(assessment.scores.first?.total == 0)
        #expect(assessment.scores.first?.items.first?.status == .notApplicable)
        #expect(!assessment.findings.contains { $0.rule == "rubric/not-computable" })
    }

    @Test("a scale may go below nothing", arguments: [("-4", 0), ("-5", 1), ("-3.5", 1), ("4", 0)])
    func minimum(points: String, findings: Int) async throws {
        let rubric: Value = [
            "id": "change", "scales": ["change": ["min": -4, "step": 1]],
            "bands": [
                ["code": "worse", "name": "worse", "range": "[-4, 0)"],
                ["code": "better", "name": "better", "range": "[0, 4]"],
            ],
            "items": [["code": "A", "name": "a", "max": 4, "scale": "change"]],
        ]
        let tables = ScoreTables(
            rubric: rubric,
            scores: [["review", "A", .text(points), "r"]],
            evidence: ["A"],
            problems: ["p"]
        )
        let found = try await tables.findings().filter { $0.contains("negative") || $0.contains("no-such-level") }
        #expect(found.count == findings)
        let sheet = try await tables.assess().scores.first
        #expect(sheet?.total?.description == points)
    }

    @Test("the letters of several raters become one, between two the lower")
    func combined() async throws {
        let rubric = Self.letters("weakest-plus", ["combine": ["into": "review", "method": "median"]])
        var scores: [[Value]] = []
        for (rater, level) in [("e1", "A"), ("e2", "B"), ("e3", "B"), ("e4", "A")] {
            scores += ["P.1", "P.2", "Q"].map { [.text(rater), .text($0), .null, "r", .text(level)] }
        }
        let assessment = try await ScoreTables(rubric: rubric, scores: scores).assess()
        let review = assessment.scores.first { $0.rater == "review" }
        #expect(level("Q", review) == "B" && level("P", review) == "B")
    }

    @Test("many things of a table are judged apart and ranked, equal ones alike, and another is none of them")
    func many() async throws {
        let rubric: Value = [
            "id": "many", "each": ["table": "schools", "key": "id", "name": "name"],
            "items": [
                ScoreTables.node("A", 10, []),
                ScoreTables.node("B", 5, [], ["compute": "SELECT stars FROM schools WHERE id = :subject"]),
            ],
        ]
        var schools = Table(
            schema: TableSchema(
                name: "schools",
                columns: [Column(name: "id"), Column(name: "name"), Column(name: "stars", type: .decimal)]
            )
        )
        for (id, stars) in [("S1", 1), ("S2", 3), ("S3", 3)] {
            schools.append(row: [.text(id), .text("School \(id)"), .decimal(ExactDecimal(stars))])
        }
        let scores: [[Value]] = [
            ["review", "A", 8, "r", .null, "S1"], ["review", "A", 6, "r", .null, "S2"],
            ["review", "A", 4, "r", .null, "S3"], ["review", "A", 4, "r", .null, "S9"],
        ]
        let assessment = try await ScoreTables(rubric: rubric, scores: scores, more: [schools]).assess()
        #expect(assessment.scores.map(\.rater) == ["review/S1", "review/S2", "review/S3"])
        #expect(assessment.scores.map(\.total) == [9, 9, 7])
        #expect(assessment.scores.map { $0.subject?.rank } == [1, 1, 3])
        let unknown = assessment.findings.filter { $0.rule == "rubric/unknown-code" }
        #expect(unknown.map(\.message.en) == ["there is no \"S9\" to judge"])
        let fact = assessment.facts.first { $0.id == "scores.review/S2.B" }
        #expect(fact?.sources.map(\.description) == ["/tables/schools/1/stars"])
        #expect(fact?.calculation == "SELECT stars FROM schools WHERE id = :subject (:subject = S2)")
    }

    @Test("who is vetoed ranks behind all who are not, also where the verdict is that of a band")
    func vetoedRank() async throws {
        func ranks(_ code: String) async throws -> [Int?] {
            let rubric: Value = [
                "id": "many", "each": ["table": "schools", "key": "id", "name": "name"],
                "bands": [
                    ["code": "in", "name": "in", "range": "[6, 10]"],
                    ["code": "wait", "name": "wait", "range": "[3, 6)"],
                    ["code": "out", "name": "out", "range": "[0, 3)"],
                ],
                "overrides": [
                    [
                        "code": .text(code), "name": "v",
                        "when": ["query": "SELECT stars < 0 FROM schools WHERE id = :subject"],
                    ]
                ],
                "items": [ScoreTables.node("A", 10, [])],
            ]
            var schools = Table(
                schema: TableSchema(
                    name: "schools",
                    columns: [Column(name: "id"), Column(name: "name"), Column(name: "stars", type: .decimal)]
                )
            )
            for (id, stars) in [("S1", -1), ("S2", 1), ("S3", 1), ("S4", 1)] {
                schools.append(row: [.text(id), .text(id), .decimal(ExactDecimal(stars))])
            }
            let scores: [[Value]] = [
                ["review", "A", 9, "r", .null, "S1"], ["review", "A", 4, "r", .null, "S2"],
                ["review", "A", 8, "r", .null, "S3"], ["review", "A", 1, "r", .null, "S4"],
            ]
            return try await ScoreTables(rubric: rubric, scores: scores, more: [schools]).assess().scores
                .map { $0.subject?.rank }
        }
        #expect(try await ranks("veto") == [4, 2, 1, 3])
        // Among those that are out it has the most points.
        #expect(try await ranks("out") == [3, 2, 1, 4])
    }

    @Test("a letter given otherwise than its parts make it is named, not its rank")
    func otherLetter() async throws {
        let tables = tables(Self.letters("weakest-plus"), [("P", "A"), ("P.1", "B"), ("P.2", "C"), ("Q", "A")])
        let finding = try await tables.assess().findings.first { $0.rule == "rubric/wrong-sum" }
        #expect(finding?.message.en == "P \"p\" is given A, its parts make it C+")
    }

    @Test("what is said of one of many things calls it by its name, with its key where two are called alike")
    func namesOfThings() async throws {
        let rubric: Value = [
            "id": "many", "each": ["table": "works", "key": "id", "name": "title"],
            "combine": ["into": "review", "raters": ["p", "q"], "method": "mean"],
            "items": [["code": "A", "name": "idea", "max": 10], ["code": "B", "name": "craft", "max": 10]],
        ]
        var works = Table(schema: TableSchema(name: "works", columns: [Column(name: "id"), Column(name: "title")]))
        for (id, title) in [("W1", "Bridge"), ("W2", "Mill"), ("W3", "Mill")] {
            works.append(row: [.text(id), .text(title)])
        }
        let scores: [[Value]] = ["W1", "W2", "W3"].flatMap { id -> [[Value]] in
            ["p", "q"].flatMap { rater -> [[Value]] in
                [[.text(rater), "A", 9, "r", .null, .text(id)], [.text(rater), "B", 9, "r", .null, .text(id)]]
            }
        }
        // One of six is 11 of 10 points without a reason, and one is not there.
        var given = scores
        given[0][2] = 11
        given.remove(at: 7)
        let found = try await ScoreTables(rubric: rubric, scores: given, more: [works]).assess().findings
        func messages(_ rule: String) -> [String] { found.filter { $0.rule == rule }.map(\.message.en) }
        #expect(messages("rubric/missing-rater") == ["B \"craft\" of \"Mill\" is scored by 1 rater, without q"])
        #expect(
            messages("rubric/incomplete") == ["the scores of \"q (Mill, W2)\" are incomplete, there is no total: B"]
        )
        #expect(messages("rubric/above-maximum") == ["p (Bridge): A \"idea\" has 11 points, more than its maximum 10"])
        #expect(found.first { $0.rule == "rubric/incomplete" }?.message.zh.contains("q（Mill, W2）") == true)
    }
}
