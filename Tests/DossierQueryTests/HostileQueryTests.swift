import DossierQuery
import FuzzProperties
import ReviewModel
import Testing

/// Queries that once crashed or hung a host, and their kin.
@Suite("Queries that ask for too much")
struct HostileQueryTests {
    @Test("a view inside a query that looks at the row around it has its answer")
    func correlatedView() throws {
        let sql = """
            SELECT id, (WITH v AS (SELECT h.paid + l.amount AS s FROM history h) SELECT max(s) FROM v) AS v FROM lines l
            """
        #expect(try ask(sql) == [["M1", "350.10"], ["M2", "450.20"], ["M3", "550.30"], ["M4", ""]])
    }

    @Test("queries inside queries are planned once each")
    func nested() throws {
        func nested(_ depth: Int) -> String {
            (0..<depth).reduce("SELECT count(*) AS n FROM lines") { inner, level in "SELECT n FROM (\(inner)) q\(level)"
            }
        }
        #expect(try ask(nested(QueryLimits.nestedQueries - 1)) == [["4"]])
        let error = try #require(throws: QueryError.self) { try ask(nested(200)) }
        #expect(error.message.en == "a query has at most 24 queries inside one another")
    }

    @Test("chains of any length are walked, not descended")
    func chains() throws {
        let sum = "SELECT 1" + String(repeating: "+1", count: 100_000)
        #expect(try ask(sum) == [["100001"]])
        let any = "SELECT count(*) FROM lines WHERE id = 'M1'" + String(repeating: " OR id = 'x'", count: 5000)
        #expect(try ask(any) == [["1"]])
        let list = "SELECT count(*) FROM lines WHERE quantity IN (1" + String(repeating: ", 7", count: 20_000) + ")"
        #expect(try ask(list) == [["1"]])
        let unions = "SELECT 1" + String(repeating: " UNION SELECT 1", count: 3000)
        #expect(try ask(unions) == [["1"]])
    }

    @Test("more words than anybody writes are refused before they are read on")
    func words() throws {
        let error = try #require(throws: QueryError.self) {
            try ask("SELECT 1" + String(repeating: ",1", count: 125_000))
        }
        #expect(error.message.en == "the query has more than 250000 words and signs")
    }

    @Test(
        "what is nested too deeply is refused",
        arguments: [
            "SELECT " + String(repeating: "(", count: 5000) + "1" + String(repeating: ")", count: 5000),
            "SELECT " + String(repeating: "-", count: 1) + String(repeating: " -", count: 5000) + "1",
            "SELECT " + String(repeating: "NOT ", count: 5000) + "1 = 1",
            "SELECT 1" + String(repeating: " IS NULL", count: 5000),
            "SELECT 1" + String(repeating: " = 1", count: 5000),
            "SELECT " + String(repeating: "abs(", count: 5000) + "1" + String(repeating: ")", count: 5000),
            "SELECT " + String(repeating: "CASE WHEN 1 = 1 THEN ", count: 500) + "1"
                + String(repeating: " END", count: 500),
        ]
    )
    func deep(sql: String) throws {
        let error = try #require(throws: QueryError.self) { try ask(sql) }
        #expect(error.message.en == "nested too deeply")
    }

    @Test(
        "what is nested as deeply as may be has its answer",
        arguments: [
            ("SELECT " + String(repeating: "abs(", count: 95) + "1" + String(repeating: ")", count: 95), "1"),
            (
                "SELECT " + String(repeating: "CASE WHEN 1 = 1 THEN ", count: 95) + "2"
                    + String(repeating: " END", count: 95), "2"
            ),
            (
                "SELECT count(*) FROM lines WHERE id IN ("
                    + (0..<22).map { "SELECT id FROM lines q\($0) WHERE id IN (" }.joined() + "SELECT line FROM history"
                    + String(repeating: ")", count: 23), "2"
            ),
        ]
    )
    func deepest(sql: String, expected: String) throws {
        #expect(try ask(sql) == [[expected]])
    }

    @Test(
        "what would be too many is refused before it is there",
        arguments: [
            ("SELECT 1 FROM lines l0" + (1..<70).map { ", lines l\($0)" }.joined(), "at most 60 tables"),
            (
                "WITH v AS (SELECT " + (0..<900).map { "1 AS c\($0)" }.joined(separator: ", ")
                    + ") SELECT 1 FROM v a, v b, v c",
                "more than 2000 columns"
            ),
            (
                "SELECT 1 AS a" + String(repeating: ", 1", count: 3000), "more than 2000 columns"
            ),
            (
                "WITH " + (0..<200).map { "v\($0) AS (SELECT 1)" }.joined(separator: ", ") + " SELECT 1",
                "at most 100 names"
            ),
            ("SELECT '" + String(repeating: "x", count: 2_000_000) + "'", "longer than 1024 KiB"),
        ]
    )
    func wide(sql: String, message: String) throws {
        let error = try #require(throws: QueryError.self) { try ask(sql) }
        #expect(error.message.en.contains(message), "\(error.message.en)")
    }

    @Test("texts that grow by replacing are refused before they are made")
    func growth() throws {
        var grown = "'aaaaaaaaaa'"
        for _ in 0..<20 { grown = "replace(\(grown), 'a', 'aaaaaaaaaa')" }
        let error = try #require(throws: QueryError.self) { try ask("SELECT length(\(grown))") }
        #expect(error.message.en == "the text would be longer than 1024 KiB")
        let joined = "SELECT length(" + (0..<12).map { "t\($0).id" }.joined(separator: " || ") + ") FROM "
        let tables = (0..<12).map { "lines t\($0)" }.joined(separator: ", ")
        var limits = QueryLimits()
        limits.steps = 50_000
        #expect(throws: QueryError.self) { try ask(joined + tables, limits: limits) }
    }

    @Test("a query that would take too long or fill the memory is stopped")
    func bounded() throws {
        let cross = "FROM history a, history b, history c, history d, history e"
        func message(_ sql: String, _ change: (inout QueryLimits) -> Void) throws -> String {
            var limits = QueryLimits()
            change(&limits)
            return try #require(throws: QueryError.self) { try ask(sql, limits: limits) }.message.en
        }
        #expect(try message("SELECT count(*) \(cross)") { $0.steps = 1000 }.contains("too much work"))
        #expect(try message("SELECT a.line \(cross)") { $0.rows = 100 }.contains("too many rows"))
        #expect(try message("SELECT a.line, 'x' || b.line AS x \(cross)") { $0.memory = 10_000 }.contains("memory"))
        #expect(try message("SELECT a.paid FROM history a GROUP BY a.paid") { $0.memory = 100 }.contains("memory"))
        #expect(
            try message("SELECT 1" + String(repeating: ", 1", count: 1500)) { $0.steps = 1000 }.contains(
                "too much work"
            )
        )
        #expect(try ask("SELECT count(*) \(cross)") == [["1024"]])
    }

    @Test("a query that nobody waits for any more ends, also while it is planned")
    func cancelled() throws {
        for sql in [
            "SELECT count(*) FROM history a, history b, history c, history d, history e, history f, history g",
            "SELECT 1 IN (1" + String(repeating: ", 1", count: 10_000) + ")",
        ] {
            let error = try #require(throws: QueryError.self) {
                try DossierQuery(sql).run(on: dossier, isCancelled: { true })
            }
            #expect(error.message.en == "cancelled")
        }
    }

    @Test(
        "what looks through long texts counts as much as there is of them, so that it ends when nobody waits",
        arguments: [
            "SELECT instr(:t, id) FROM lines", "SELECT trim(:t || id) FROM lines",
            "SELECT nullif(:t, :u || id) FROM lines",
            "SELECT length(substr(:t, -3, length(id))) FROM lines", "SELECT field(:t || id) FROM lines",
            "SELECT upper(:t || id) FROM lines", "SELECT count(*) FROM lines WHERE :t || id LIKE 'x%'",
            "SELECT count(*) FROM lines WHERE :t || id = :u", "SELECT count(*) FROM lines WHERE :t || id IN ('a', 'b')",
            "SELECT count(*) FROM lines WHERE :t || id IN (SELECT :u || line FROM history)",
            "SELECT count(*) FROM lines GROUP BY :t || id", "SELECT count(DISTINCT :t || id) FROM lines",
            "SELECT max(:t || id) FROM lines", "SELECT DISTINCT :t || id FROM lines",
            "SELECT :t || id AS x FROM lines ORDER BY x",
            "SELECT rank() OVER (ORDER BY :t || id) FROM lines", "SELECT greatest(:t || id, :u) FROM lines",
            "SELECT cast(:t || id AS decimal) FROM lines", "SELECT has(:l, id) FROM lines",
        ]
    )
    func longTexts(sql: String) throws {
        let text = String(repeating: "q", count: 40_000)
        let parameters: [String: Value] = [
            "t": .text(text), "u": .text(text), "l": .list(Array(repeating: .text(text), count: 40_000)),
        ]
        let error = try #require(throws: QueryError.self) {
            try DossierQuery(sql).run(on: dossier, parameters: parameters, isCancelled: { true })
        }
        #expect(error.message.en == "cancelled", "\(error.message.en)")
    }

    @Test("an error in a group that nobody asks for is none")
    func unaskedError() throws {
        let big = "99999999999999999999999999999"
        let sql = """
            SELECT id, (SELECT sum(CASE WHEN h.line = 'M9' THEN \(big) * \(big) ELSE paid END) FROM history h
            WHERE h.line = l.id) AS s FROM lines l
            """
        #expect(try ask(sql) == [["M1", "185.00"], ["M2", ""], ["M3", "250.00"], ["M4", ""]])
    }

    @Test("queries cut, doubled and mixed at random have an answer or an error with its place")
    func mutilated() {
        for seed in 0..<600 {
            let broken = Property.mutilatedQuery(Choices(seed: UInt64(seed) &* 104_729, count: 220))
            #expect(broken == nil, "seed \(seed)")
        }
    }
}
