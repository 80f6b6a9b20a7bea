import DossierQuery
import ReviewModel
import Testing

@Suite("From an answer to its cells")
struct TraceTests {
    private func cells(_ sql: String, _ parameters: [String: Value] = [:]) throws -> [String] {
        try DossierQuery(sql).cells(on: dossier, parameters: parameters).map(\.description)
    }

    @Test(
        "the cells of what is selected, in the rows that the conditions leave",
        arguments: [
            ("SELECT sum(amount) FROM lines WHERE category = '活动'", ["lines/0/amount", "lines/1/amount"]),
            ("SELECT sum(paid) FROM history WHERE year = 2024 AND paid < 100", ["history/1/paid", "history/3/paid"]),
            ("SELECT amount / quantity FROM lines WHERE id = 'M2'", ["lines/1/amount", "lines/1/quantity"]),
            ("SELECT 'B' FROM lines WHERE 1 = 2", []),
            // One of many that were sorted is that one.
            ("SELECT amount FROM lines ORDER BY amount DESC LIMIT 1", ["lines/2/amount"]),
            ("SELECT max(amount) FROM lines WHERE id < 'M3'", ["lines/0/amount", "lines/1/amount"]),
        ]
    )
    func rows(sql: String, expected: [String]) throws { #expect(try cells(sql) == expected.map { "/tables/" + $0 }) }

    @Test("where nothing of a table is selected, the cells that its rows were chosen by")
    func chosen() throws {
        #expect(
            try cells("SELECT CASE WHEN count(*) >= 2 THEN 'A' ELSE 'B' END FROM history WHERE paid >= 95")
                == ["/tables/history/1/paid", "/tables/history/2/paid"]
        )
        #expect(
            try cells("SELECT count(*) FROM history WHERE 1 = 1").prefix(2) == [
                "/tables/history/0", "/tables/history/1",
            ]
        )
    }

    @Test("joined tables, each with its own rows")
    func joined() throws {
        let found = try cells(
            "SELECT sum(h.paid) / sum(l.amount) FROM lines l JOIN history h ON h.line = l.id WHERE l.category = '宣传'"
        )
        #expect(found == ["/tables/lines/2/amount", "/tables/history/2/paid"])
    }

    @Test("queries inside: by themselves, and those that look at the rows around")
    func inner() throws {
        #expect(
            try cells(
                "SELECT (SELECT sum(paid) FROM history WHERE year = 2023) / (SELECT sum(amount) FROM lines WHERE id = 'M1')"
            )
                == ["/tables/history/0/paid", "/tables/lines/0/amount"]
        )
        #expect(
            try cells(
                "SELECT sum((SELECT sum(h.paid) FROM history h WHERE h.line = l.id)) FROM lines l WHERE l.category = '活动'"
            ) == [
                "/tables/lines/0/category", "/tables/lines/1/category", "/tables/history/0/paid",
                "/tables/history/1/paid",
            ]
        )
        #expect(
            try cells("WITH low AS (SELECT line FROM history WHERE paid < 92) SELECT count(*) FROM low")
                == ["/tables/history/0/line", "/tables/history/3/line"]
        )
    }

    @Test("parameters and fields")
    func given() throws {
        #expect(
            try cells(
                "SELECT :max * amount / field('project.year') FROM lines WHERE id = :id",
                ["max": 10, "id": "M1"]
            )
                == ["/tables/lines/0/amount", "/fields/project/year"]
        )
    }

    @Test("no more cells than are wanted, and a query that cannot be read says so")
    func limits() throws {
        #expect(try DossierQuery("SELECT sum(amount) FROM lines").cells(on: dossier, most: 2).count == 2)
        #expect(throws: QueryError.self) { try DossierQuery("SELECT sum(amount FROM lines").cells(on: dossier) }
    }

    @Test("every query of the tests that has an answer can be followed, and gives no other table's cells")
    func all() throws {
        for sql in ["SELECT * FROM lines", "SELECT DISTINCT category FROM lines UNION SELECT line FROM history"] {
            #expect(try !cells(sql).isEmpty, "\(sql)")
        }
    }
}
