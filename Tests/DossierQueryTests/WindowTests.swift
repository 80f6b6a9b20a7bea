import DossierQuery
import ReviewModel
import Testing

@Suite("Functions over the rows around")
struct WindowTests {
    @Test(
        "a window looks at its partition, in its order",
        arguments: [
            (
                "SELECT line, year, paid - lag(paid) OVER (PARTITION BY line ORDER BY year) AS rise FROM history",
                [["M1", "2023", ""], ["M1", "2024", "5.00"], ["M3", "2024", ""], ["M9", "2024", ""]]
            ),
            (
                "SELECT id, lead(id, 2, 'none') OVER (ORDER BY id DESC) AS x FROM lines",
                [["M1", "none"], ["M2", "none"], ["M3", "M1"], ["M4", "M2"]]
            ),
            (
                "SELECT id, row_number() OVER (PARTITION BY category ORDER BY amount DESC) AS n FROM lines ORDER BY id",
                [["M1", "2"], ["M2", "1"], ["M3", "1"], ["M4", "2"]]
            ),
            (
                "SELECT year, rank() OVER (ORDER BY year) AS r, dense_rank() OVER (ORDER BY year DESC) AS d FROM history",
                [["2023", "1", "2"], ["2024", "2", "1"], ["2024", "2", "1"], ["2024", "2", "1"]]
            ),
            (
                "SELECT year, sum(paid) OVER (ORDER BY year) AS s, count(*) OVER () AS n, max(paid) OVER (PARTITION BY year) AS m "
                    + "FROM history WHERE line <> 'M9'",
                [
                    ["2023", "90.00", "3", "90.00"], ["2024", "435.00", "3", "250.00"],
                    ["2024", "435.00", "3", "250.00"],
                ]
            ),
            (
                "SELECT category, sum(amount) AS s, rank() OVER (ORDER BY sum(amount) DESC, category) AS r FROM lines "
                    + "GROUP BY category",
                [["活动", "300.30", "2"], ["宣传", "300.30", "1"]]
            ),
            (
                "SELECT line FROM (SELECT line, row_number() OVER (PARTITION BY line ORDER BY year DESC) AS n FROM history) x "
                    + "WHERE n = 2",
                [["M1"]]
            ),
            ("SELECT id FROM lines ORDER BY row_number() OVER (ORDER BY id DESC)", [["M4"], ["M3"], ["M2"], ["M1"]]),
            ("SELECT count(*) OVER () AS n FROM lines WHERE 1 = 2", []),
        ] as [(String, [[String]])]
    )
    func windows(sql: String, expected: [[String]]) throws {
        #expect(try ask(sql) == expected)
    }

    @Test(
        "a window where none can be is an error with its place",
        arguments: [
            ("SELECT id FROM lines WHERE row_number() OVER () = 1", 27, "OVER can only stand in what SELECT lists"),
            ("SELECT rank() FROM lines", 7, "rank needs OVER"),
            ("SELECT length(id) OVER () FROM lines", 7, "length takes no OVER"),
            ("SELECT sum(count(*) OVER ()) OVER () FROM lines", 11, "OVER can only stand"),
            ("SELECT count(DISTINCT id) OVER () FROM lines", 7, "DISTINCT cannot stand before OVER"),
            ("SELECT sum(amount) OVER (ORDER BY id ROWS 1 PRECEDING) FROM lines", 37, "cannot be chosen"),
            ("SELECT sum(id) OVER () FROM lines", 7, "expected a number, found text"),
            ("SELECT lag(id, -1) OVER (ORDER BY id) FROM lines", 7, "lag counts rows with a whole number"),
            ("SELECT lag() OVER (ORDER BY id) FROM lines", 7, "lag takes 1–3 arguments, 0 were given"),
        ]
    )
    func errors(sql: String, offset: Int, message: String) throws {
        let error = try #require(throws: QueryError.self) { try ask(sql) }
        #expect(error.message.en.contains(message), "\(error.message.en)")
        #expect(error.offset == offset)
    }

    @Test("a column may be called over")
    func column() throws {
        #expect(try ask("SELECT count(*) over FROM lines") == [["4"]])
    }
}
