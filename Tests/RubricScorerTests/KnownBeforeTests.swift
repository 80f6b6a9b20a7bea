import DossierQuery
import ReviewModel
import Testing

@testable import rubric_scorer

@Suite("What can be known of scores and queries before anything is judged is said then")
struct KnownBeforeTests {
    private static let columns = ["rater", "code", "points", "level", "subject"]

    /// Scores as a spec gives them, and their form.
    private struct Given: SettingsContext {
        var form: DossierOutline?
        var dossier = Dossier()

        init(_ scores: [[Value]], points: ColumnType = .decimal, titles: [String: [String]] = [:]) {
            let columns = KnownBeforeTests.columns.map { Column(name: $0, type: $0 == "points" ? points : .text) }
            let history = TableSchema(
                name: "history",
                columns: [Column(name: "paid", type: .decimal), Column(name: "year", type: .integer)]
            )
            var table = Table(schema: TableSchema(name: "scores", columns: columns))
            for row in scores { table.append(row: row) }
            dossier.set(table)
            dossier.set(Table(schema: history))
            form = DossierOutline(tables: [table.schema, history], synonyms: titles)
        }

        func check(_ sql: String, parameters: [String: ColumnType?]) -> QueryOutline {
            DossierQuery(sql).check(against: form, parameters: parameters)
        }

        func answer(_ sql: String, parameters: Record) async throws -> Table? {
            let values = Dictionary(parameters.members.map { ($0.key, $0.value) }) { first, _ in first }
            return try DossierQuery(sql).run(on: dossier, parameters: values)
        }
    }

    private func told(_ rubric: Value, _ scores: [[Value]] = [], points: ColumnType = .decimal) async throws -> [String]
    {
        let found = try await RubricScorer().validate(["rubric": rubric], in: Given(scores, points: points))
        return found.map {
            "\($0.severity) \($0.code) \($0.pointer)" + ($0.place.map { " \($0.line):\($0.column)" } ?? "")
        }
    }

    @Test("a rater whom the rubric calls by a title of the form is told once, at the rubric")
    func raterByTitle() async throws {
        let rubric: Value = [
            "id": "r", "raters": ["评审组", "guest"], "items": [ScoreTables.node("A", 10, [])],
        ]
        let given = Given(
            [["team", "A", 5, .null, .null], ["team", "A", 6, .null, .null]],
            titles: ["scores.rater=team": ["评审组", "team of reviewers"]]
        )
        let found = try await RubricScorer().validate(["rubric": rubric], in: given)
        #expect(
            found.map { "\($0.code) \($0.pointer) \($0.help?.en ?? "")" } == [
                "rubric/rater-by-title /rubric/raters/0 write team"
            ]
        )
    }

    private func rubric(_ item: Record) -> Value {
        var whole: Record = ["code": "A", "name": "a", "max": 10]
        for member in item.members { whole[member.key] = member.value }
        return ["id": "r", "items": [.record(whole)]]
    }

    @Test("what a query writes out is a level of its item, or points that it can have")
    func constants() async throws {
        let levels: Value = ["levels": [["name": "高", "share": "100%"], ["name": "低", "share": "0%"]]]
        func level(_ sql: String) async throws -> [String] {
            try await told(rubric(["scale": levels, "compute_level": .text(sql)]))
        }
        let place = "/rubric/items/0/compute_level"
        #expect(
            try await level("SELECT CASE WHEN sum(paid) > 1 THEN '高' ELSE '底' END FROM history") == [
                "error rubric/unknown-level \(place) 1:46"
            ]
        )
        #expect(try await level("SELECT CASE WHEN sum(paid) > 1 THEN '高' ELSE '低' END FROM history") == [])
        func points(_ sql: String) async throws -> [String] { try await told(rubric(["compute": .text(sql)])) }
        let own = "/rubric/items/0/compute"
        let text = try await points("SELECT CASE WHEN sum(paid) > 1 THEN '满分' ELSE 0 END FROM history")
        #expect(text == ["error rubric/wrong-answer \(own) 1:37"])
        let tooMany = try await points("SELECT CASE WHEN sum(paid) > 1 THEN 12 ELSE 0 END FROM history")
        #expect(tooMany == ["error rubric/out-of-range \(own) 1:37"])
        #expect(try await points("SELECT CASE WHEN sum(paid) > 1 THEN :max ELSE 0 END FROM history") == [])
    }

    @Test("a rater to be combined whom the form does not know is told before anything is judged")
    func strangeRater() async throws {
        let rubric: Value = [
            "id": "r", "combine": ["into": "review", "raters": ["e1", "e9"], "method": "mean"],
            "items": [ScoreTables.node("A", 10, [])],
        ]
        let scores: [[Value]] = [["e1", "A", 5, .null, .null], ["e2", "A", 6, .null, .null]]
        func found(_ given: Given) async throws -> [String] {
            try await RubricScorer().validate(["rubric": rubric], in: given).map {
                "\($0.severity) \($0.code) \($0.pointer)"
            }
        }
        var closed = Given(scores)
        closed.form?.values["scores.rater"] = ["e1", "e2", "review"]
        #expect(try await found(closed) == ["error rubric/unknown-rater /rubric/combine/raters/1"])
        let titles = ["scores.rater=e1": ["甲", "one"], "scores.rater=e2": ["乙", "two"]]
        #expect(
            try await found(Given(scores, titles: titles)) == ["warning rubric/unknown-rater /rubric/combine/raters/1"]
        )
        // Names leave room for others: who has scored is one, and who is called quite otherwise.
        let further: [[Value]] = scores + [["e9", "A", 7, .null, .null]]
        #expect(try await found(Given(further, titles: titles)) == [])
        #expect(try await found(Given(scores, titles: ["scores.rater=self": ["自评", "self"]])) == [])
        #expect(try await found(Given(scores)) == [])
    }

    @Test(
        "queries that ask for what is judged, in a rubric without each, are one mistake, and so is a query of points for a level"
    )
    func oneCause() async throws {
        let sql: Value = "SELECT max(paid) FROM history WHERE year = :subject"
        let lost: Value = [
            "id": "r",
            "items": [
                ["code": "A", "name": "a", "max": 10, "compute": sql],
                ["code": "B", "name": "b", "max": 5, "compute": sql],
            ],
        ]
        #expect(try await told(lost) == ["error rubric/each-missing /rubric/items/0/compute 1:44"])
        let level = try await told(rubric(["compute_level": "SELECT sum(paid) FROM history"]))
        #expect(level == ["error rubric/wrong-answer /rubric/items/0/compute_level"])
    }

    @Test("a query that gives a row for each of the table is told before anything is judged")
    func severalRows() async throws {
        func found(_ sql: String) async throws -> [String] {
            var given = Given([])
            var history = given.dossier.table("history") ?? Table(schema: TableSchema(name: "history", columns: []))
            history.append(row: ["1.00", 2024])
            history.append(row: ["2.00", 2025])
            given.dossier.set(history)
            return try await RubricScorer().validate(["rubric": rubric(["compute": .text(sql)])], in: given).map {
                "\($0.severity) \($0.code) \($0.pointer)"
            }
        }
        #expect(try await found("SELECT paid FROM history") == ["warning rubric/not-one-value /rubric/items/0/compute"])
        #expect(try await found("SELECT sum(paid) FROM history") == [])
        #expect(try await found("SELECT least(paid, :max) FROM history WHERE year = 2024") == [])
    }

    @Test("a query that asks for the thing that is judged is no further mistake where `each` is one")
    func subjectOfBrokenEach() async throws {
        let broken: Value = [
            "id": "r", "each": "history",
            "items": [
                ["code": "A", "name": "a", "max": 10, "compute": "SELECT max(paid) FROM history WHERE year = :subject"]
            ],
        ]
        #expect(
            try await told(broken).filter { !$0.contains("query/wrong-type") } == [
                "error rubric/table-alone /rubric/each"
            ]
        )
    }

    @Test("a score of what shares its points, and a range without points, are told at their cells")
    func cells() async throws {
        let pool: Record = [
            "pooled": true, "criteria": [["code": "A-1", "text": "t", "max": 10]],
            "items": [["code": "A1", "name": "x"], ["code": "A2", "name": "y"]],
        ]
        #expect(
            try await told(rubric(pool), [["review", "A1", 5, .null, .null]]) == [
                "warning rubric/shares-points /tables/scores/0/code"
            ]
        )
        let ranges: Record = [
            "scale": ["levels": [["name": "良", "share": "[60%, 100%]"], ["name": "差", "share": "[0%, 60%]"]]]
        ]
        #expect(
            try await told(rubric(ranges), [["review", "A", .null, "良", .null]]) == [
                "warning rubric/level-needs-points /tables/scores/0/level"
            ]
        )
        #expect(try await told(rubric(ranges), [["review", "A", 8, "良", .null]]) == [])
    }

    @Test("scores that say what they judge, of a rubric that does not, are told once")
    func forgottenEach() async throws {
        let scores: [[Value]] = [
            ["review", "A", 5, .null, "N"], ["review", "A", 6, .null, "S"], ["review", "A", 7, .null, "W"],
        ]
        #expect(try await told(rubric([:]), scores) == ["warning rubric/each-missing /tables/scores/0/subject"])
    }

    @Test("points are numbers in the form")
    func pointsColumn() async throws {
        #expect(try await told(rubric([:]), points: .text) == ["error rubric/points-column /rubric"])
    }

    // MARK: - The run

    @Test("an override's query that gives no one value is told of its verdict, where it stands")
    func overrideOfRows() async throws {
        let rubric: Value = [
            "id": "r", "items": [ScoreTables.node("A", 10, [])],
            "overrides": [["code": "veto", "name": "v", "when": ["query": "SELECT TRUE FROM evidence"]]],
        ]
        let found = try await ScoreTables(rubric: rubric, scores: [["review", "A", 10, "r"]], evidence: ["A", "A"])
            .assess()
        let finding = try #require(found.findings.first { $0.rule == "rubric/not-one-value" })
        #expect(finding.subject == "veto" && finding.message.en.hasPrefix("the query of the condition of \"veto\""))
        #expect(finding.pointers.map(\.description) == ["/config/rubric/overrides/0/when/query"])
    }

    private static func panel(_ method: Value) -> Value {
        [
            "id": "r", "combine": ["into": "review", "raters": ["p", "q", "z"], "method": method],
            "items": [ScoreTables.node("A", 50, [])],
        ]
    }

    @Test("where less than three have scored a trimmed mean is none, and that is said")
    func trimmedMeanOfTwo() async throws {
        let scores: [[Value]] = [["p", "A", 40, "r"], ["q", "A", 50, "r"]]
        let found = try await ScoreTables(rubric: Self.panel("trimmed-mean"), scores: scores).assess()
        let absent = try #require(found.findings.first { $0.rule == "rubric/absent-rater" })
        #expect(absent.message.en.hasSuffix("so it is the plain mean") && absent.message.zh.hasSuffix("按平均计"))
        #expect(found.facts.first { $0.id == "scores.review.A" }?.calculation == "平均（p 40、q 50）= 45")
        let three = try await ScoreTables(rubric: Self.panel("trimmed-mean"), scores: scores + [["z", "A", 45, "r"]])
            .assess()
        #expect(three.facts.first { $0.id == "scores.review.A" }?.calculation == "去掉最高、最低后平均（p 40、q 50、z 45）= 45")
    }

    @Test("a veto by a level counts on a combined sheet, and where the points of the level were written")
    func vetoByLevel() async throws {
        func rubric(_ more: Record) -> Value {
            var rubric: Record = [
                "id": "r",
                "levels": [
                    ["name": "yes", "share": "100%"], ["name": "partly", "share": "60%"],
                    ["name": "no", "share": "0%"],
                ],
                "bands": [["code": "in", "name": "in", "range": "[0, 100]"]],
                "overrides": [["code": "out", "name": "out", "when": ["item": "A", "level": "no"]]],
                "items": [ScoreTables.node("A", 50, []), ScoreTables.node("B", 50, [])],
            ]
            for member in more.members { rubric[member.key] = member.value }
            return .record(rubric)
        }
        let combined = rubric(["combine": ["into": "review", "raters": ["p", "q", "z"], "method": "median"]])
        let rows: [[Value]] = [("p", "no"), ("q", "no"), ("z", "yes")].flatMap { rater, level -> [[Value]] in
            [[.text(rater), "A", .null, "r", .text(level)], [.text(rater), "B", .null, "r", "yes"]]
        }
        let sheets = try await ScoreTables(rubric: combined, scores: rows).assess().scores
        let sheet = try #require(sheets.first { $0.rater == "review" })
        #expect(sheet.verdict?.code == "out" && sheet.items.map(\.level) == ["no", "yes"])
        let points: [[Value]] = [["review", "A", 0, "r"], ["review", "B", 50, "r"]]
        let written = try await ScoreTables(rubric: rubric([:]), scores: points).assess().scores.first
        // What was written stands as it was written.
        #expect(written?.verdict?.code == "out" && written?.items.map(\.level) == [nil, nil])
        let between: [[Value]] = [["review", "A", 30, "r"], ["review", "B", 50, "r"]]
        #expect(
            try await ScoreTables(rubric: rubric([:]), scores: between).assess().scores.first?.verdict?.code == "in"
        )
    }

    @Test("two panels score an item each, and nobody is missing on that of the other")
    func panels() async throws {
        let rubric: Value = [
            "id": "r", "combine": ["into": "review", "raters": ["a1", "a2", "b1"], "method": "mean"],
            "items": [
                ScoreTables.node("A", 10, [ScoreTables.node("A1", 10, [])], ["raters": ["a1", "a2"]]),
                ScoreTables.node("B", 10, [], ["raters": ["b1"]]),
            ],
        ]
        let rows: [[Value]] = [["a1", "A1", 8, "r"], ["a2", "A1", 6, "r"], ["b1", "B", 5, "r"]]
        let found = try await ScoreTables(rubric: rubric, scores: rows).assess()
        #expect(found.scores.first { $0.rater == "review" }?.total?.description == "12")
        #expect(
            !found.findings.contains {
                ["rubric/missing-rater", "rubric/incomplete", "rubric/unknown-rater"].contains($0.rule)
            }
        )
        let foreign = try await ScoreTables(rubric: rubric, scores: rows.dropLast() + [["a2", "B", 9, "r"]]).assess()
        #expect(
            foreign.findings.filter { $0.rule != "rubric/no-evidence" }.map { "\($0.rule) \($0.subject)" }.sorted() == [
                "rubric/absent-rater b1", "rubric/incomplete review", "rubric/unknown-rater a2/B",
            ]
        )
        let strange: Value = [
            "id": "r", "items": [["code": "A", "name": "a", "max": 10, "raters": ["a9"]]], "raters": ["a1"],
        ]
        #expect(try await told(strange).first?.hasPrefix("error rubric/unknown-rater /rubric/items/0/raters") == true)
    }

    @Test("what all raters say does not apply does not apply to what they are combined into")
    func combinedApart() async throws {
        let levels: Value = [
            ["name": "yes", "share": "100%"], ["name": "no", "share": "0%"], ["name": "NA", "not_applicable": true],
        ]
        let rubric: Value = [
            "id": "r", "combine": ["into": "review", "raters": ["p", "q"], "method": "median"], "levels": levels,
            "aggregate": "mean", "items": [ScoreTables.node("A", 50, []), ScoreTables.node("B", 50, [])],
        ]
        let rows: [[Value]] = ["p", "q"].flatMap { rater -> [[Value]] in
            [[.text(rater), "A", .null, "r", "yes"], [.text(rater), "B", .null, "r", "NA"]]
        }
        let found = try await ScoreTables(rubric: rubric, scores: rows).assess()
        let sheet = try #require(found.scores.first { $0.rater == "review" })
        #expect(sheet.total?.description == "50")
        #expect(sheet.items.last?.status == .notApplicable)
        #expect(!found.findings.contains { ["rubric/missing-rater", "rubric/incomplete"].contains($0.rule) })
    }

    @Test(
        "levels of raters who are apart, and levels that lose points, are told at the level: a form need not have points"
    )
    func levelsAlone() async throws {
        let rubric: Value = [
            "id": "r", "combine": ["into": "review", "raters": ["p", "q"], "method": "median", "max_spread": "40%"],
            "levels": [["name": "yes", "share": "100%"], ["name": "no", "share": "0%"]],
            "items": [ScoreTables.node("A", 50, [])],
        ]
        let rows: [[Value]] = [["p", "A", .null, "r", "yes"], ["q", "A", .null, .null, "no"]]
        let found = try await ScoreTables(rubric: rubric, scores: rows).assess().findings
        let cells = found.filter { ["rubric/raters-apart", "rubric/loss-unexplained"].contains($0.rule) }
        #expect(cells.count == 2)
        #expect(cells.allSatisfy { $0.pointers.allSatisfy { $0.tokens.last == "level" } })
    }

    @Test("what raters are combined into is the review where nobody is called so")
    func combinedIntoPanel() async throws {
        func sheets(_ raters: [Value], _ scores: [[Value]]) async throws -> [String] {
            let rubric: Value = [
                "id": "r", "combine": ["into": "panel", "raters": ["p", "q"], "method": "mean"],
                "raters": .list(raters),
                "items": [ScoreTables.node("A", 50, [])],
            ]
            let found = try await ScoreTables(rubric: rubric, scores: scores).assess().scores
            return found.filter(\.isReview).map(\.rater)
        }
        let scores: [[Value]] = [["p", "A", 40, "r"], ["q", "A", 50, "r"]]
        #expect(try await sheets(["p", "q", "panel"], scores) == ["panel"])
        #expect(try await sheets(["p", "q", "panel", "review"], scores + [["review", "A", 10, "r"]]) == ["review"])
    }

    @Test("a mean says its weights, and a weakest link adds nothing up")
    func calculations() async throws {
        func calculation(_ aggregate: Value) async throws -> String? {
            let parts: [Value] = [
                ["code": "A1", "name": "1", "weight": 3, "max": 10],
                ["code": "A2", "name": "2", "weight": 1, "max": 5],
            ]
            let rubric: Value = [
                "id": "r",
                "items": [["code": "A", "name": "a", "max": 20, "aggregate": aggregate, "items": .list(parts)]],
            ]
            let scores: [[Value]] = [["review", "A1", 8, "r"], ["review", "A2", 2, "r"]]
            return try await ScoreTables(rubric: rubric, scores: scores).assess().facts.first {
                $0.id == "scores.review.A"
            }?
            .calculation
        }
        #expect(try await calculation("mean") == "20 × (3 × 8/10 + 1 × 2/5) ÷ 4 = 14")
    }

    @Test("raters are called by their names")
    func raterNames() async throws {
        let found = try await ScoreTables(
            rubric: ["id": "r", "items": [ScoreTables.node("A", 5, []), ScoreTables.node("B", 5, [])]],
            scores: [["review", "A", 5, "r"]]
        ).assess()
        let gap = try #require(found.findings.first { $0.rule == "rubric/incomplete" })
        #expect(gap.message.zh.contains("\"评审\"") && gap.message.en.contains("\"review\""))
    }
}
