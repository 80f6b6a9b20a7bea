import DossierQuery
import ReviewModel
import Testing

@Suite("Questions about a dossier")
struct QueryTests {
    @Test(
        "SELECT does what SQL says",
        arguments: [
            ("SELECT id FROM lines WHERE amount > 150", [["M2"], ["M3"]]),
            ("select id from lines limit 0", []),
            ("SELECT id, amount * quantity AS whole FROM lines WHERE id = 'M2'", [["M2", "400.40"]]),
            ("SELECT category, sum(amount) FROM lines GROUP BY category", [["活动", "300.30"], ["宣传", "300.30"]]),
            ("SELECT count(*), count(amount), count(DISTINCT category) FROM lines", [["4", "3", "2"]]),
            ("SELECT sum(amount) FROM lines WHERE 1 = 2", [[""]]),
            ("SELECT total(amount), count(*) FROM lines WHERE 1 = 2", [["0", "0"]]),
            ("SELECT min(amount), max(amount), avg(quantity) FROM lines", [["100.10", "300.30", "2"]]),
            (
                "SELECT category FROM lines GROUP BY category HAVING max(amount) > 250",
                [["宣传"]]
            ),
            (
                "SELECT l.id, h.paid FROM lines l JOIN history h ON h.line = l.id AND h.year = 2024",
                [["M1", "95.00"], ["M3", "250.00"]]
            ),
            (
                "SELECT l.id, count(h.line) AS years FROM lines l LEFT JOIN history h ON h.line = l.id GROUP BY l.id",
                [["M1", "2"], ["M2", "0"], ["M3", "1"], ["M4", "0"]]
            ),
            ("SELECT id FROM lines ORDER BY amount DESC", [["M3"], ["M2"], ["M1"], ["M4"]]),
            ("SELECT id, amount FROM lines ORDER BY 2, id LIMIT 2 OFFSET 1", [["M1", "100.10"], ["M2", "200.20"]]),
            ("SELECT DISTINCT category FROM lines ORDER BY category DESC", [["活动"], ["宣传"]]),
            (
                "SELECT id FROM lines WHERE id IN (SELECT line FROM history WHERE year = 2024)",
                [["M1"], ["M3"]]
            ),
            (
                "SELECT id FROM lines l WHERE NOT EXISTS (SELECT 1 FROM history h WHERE h.line = l.id)",
                [["M2"], ["M4"]]
            ),
            (
                "SELECT id, (SELECT max(paid) FROM history WHERE line = lines.id) AS best FROM lines WHERE quantity < 3",
                [["M1", "95.00"], ["M2", ""]]
            ),
            (
                "WITH mean AS (SELECT line, avg(paid) AS paid FROM history GROUP BY line) "
                    + "SELECT lines.id, mean.paid FROM lines JOIN mean ON mean.line = lines.id",
                [["M1", "92.5"], ["M3", "250"]]
            ),
            ("SELECT x.n FROM (SELECT count(*) AS n FROM history) x", [["4"]]),
            ("SELECT 1 UNION SELECT 1 UNION ALL SELECT 2", [["1"], ["2"]]),
            (
                "SELECT CASE WHEN amount IS NULL THEN '无' WHEN amount >= 200 THEN '大' ELSE '小' END AS size FROM lines",
                [["小"], ["大"], ["大"], ["无"]]
            ),
            ("SELECT CASE category WHEN '活动' THEN 1 ELSE 0 END FROM lines WHERE id = 'M1'", [["1"]]),
            ("SELECT id FROM lines WHERE has(tags, '会议')", [["M1"], ["M3"]]),
            ("SELECT id FROM lines WHERE category LIKE '宣%' AND id NOT LIKE '%4'", [["M3"]]),
            ("SELECT id FROM lines WHERE amount BETWEEN 100.10 AND 200.20", [["M1"], ["M2"]]),
            ("SELECT field('project.budget'), field('project.year'), field('no.such')", [["14017700.00", "2026", ""]]),
            ("SELECT substr(id, 1, 1) AS initial, count(*) FROM lines GROUP BY initial", [["M", "4"]]),
            ("SELECT group_concat(id) FROM lines WHERE quantity > 1", [["M2、M3"]]),
            (
                "SELECT 'a' || 1, length('四个汉字'), upper('x'), trim(' y '), replace('aXa', 'X', 'b'), instr('abc', 'c')",
                [["a1", "4", "X", "y", "aba", "3"]]
            ),
            (
                "SELECT coalesce(NULL, 2), nullif(1, 1), ifnull(NULL, 'x'), abs(-2.50), -7 % 3",
                [["2", "", "x", "2.50", "-1"]]
            ),
            ("SELECT count(*) FROM lines, history", [["16"]]),
            ("SELECT count(*) FROM lines WHERE NULL NOT IN (SELECT line FROM history WHERE 1 = 2)", [["4"]]),
            (
                "SELECT l.id, h.year FROM lines l LEFT JOIN history h ON h.line = l.id AND h.year > 2023 AND l.quantity < 3",
                [["M1", "2024"], ["M2", ""], ["M3", ""], ["M4", ""]]
            ),
            ("SELECT l.id FROM lines l, history h WHERE h.line = l.id AND h.year = 2023", [["M1"]]),
            (
                "SELECT category, (SELECT count(*) FROM lines l WHERE l.category = lines.category) AS n FROM lines GROUP BY category",
                [["活动", "2"], ["宣传", "2"]]
            ),
            ("SELECT * FROM history LIMIT 1 -- the first\n", [["M1", "2023", "90.00"]]),
            (
                "SELECT l.* FROM lines AS l WHERE l.id = :id",
                [["M1", "活动", "100.10", "1", "list([JSONDocument.Value.text(\"会议\")])"]]
            ),
            ("SELECT `id` FROM \"lines\" WHERE id = ? OR id = ?;", [["M1"], ["M2"]]),
        ] as [(String, [[String]])]
    )
    func select(sql: String, expected: [[String]]) throws {
        let found = try ask(sql, ["id": "M1", "1": "M1", "2": "M2"])
        #expect(found == expected)
    }

    @Test("money stays exact where a binary float would not")
    func exact() throws {
        #expect(try ask("SELECT 0.1 + 0.2 = 0.3, 0.1 + 0.2") == [["true", "0.3"]])
        #expect(try ask("SELECT 12345678901234567890.12 * 100") == [["1234567890123456789012.00"]])
        #expect(
            try ask("SELECT 1 / 3, div(2, 3, 2), round(2.345, 2), round(-2.345, 2)") == [
                ["0.333333333333", "0.67", "2.35", "-2.35"]
            ]
        )
        #expect(
            try ask("SELECT 10 / 4, 1 / 0, CAST('007.50' AS decimal), CAST(7.9 AS integer)") == [
                ["2.5", "", "7.50", "7"]
            ]
        )
    }

    @Test("what is unknown makes conditions unknown, as in SQL")
    func unknown() throws {
        #expect(try ask("SELECT id FROM lines WHERE amount = NULL OR NOT (amount > 0)") == [])
        #expect(
            try ask("SELECT NULL AND 1 = 2, NULL OR 1 = 1, NULL AND 1 = 1, 3 IN (1, NULL), 3 NOT IN (3, NULL)") == [
                ["false", "true", "", "", "false"]
            ]
        )
    }

    @Test("the answer knows the types, titles and units of what was only picked")
    func schema() throws {
        var table = Table(
            schema: TableSchema(
                name: "t",
                columns: [Column(name: "paid", title: LocalizedText(zh: "支出", en: "paid"), type: .decimal, unit: "CNY")]
            )
        )
        table.append(row: ["1.50"])
        let answer = try DossierQuery(
            "SELECT paid, paid AS p, count(*) AS n, 'x' AS x, sum(paid) AS s FROM t GROUP BY paid"
        )
        .run(on: Dossier(tables: [table]), named: "answer")
        #expect(answer.name == "answer")
        #expect(answer.schema.columns.map(\.name) == ["paid", "p", "n", "x", "s"])
        #expect(answer.schema.columns.map(\.type) == [.decimal, .decimal, .integer, .text, .decimal])
        #expect(answer.schema.columns.map(\.unit) == ["CNY", "CNY", "", "", ""])
        #expect(answer.schema.columns[0].title.zh == "支出")
    }

    @Test(
        "what cannot be meant is an error with its place and what to do",
        arguments: [
            ("SELECT amonut FROM lines", 7, "there is no column \"amonut\"", "did you mean \"amount\"?"),
            ("SELECT id FROM line", 15, "there is no table \"line\"", "did you mean \"lines\"?"),
            ("SELECT summ(amount) FROM lines", 7, "there is no function \"summ\"", "did you mean \"sum\"?"),
            (
                "SELECT id FROM lines WHERE amount > '5'", 36,
                "'5' has quotes and is a text, which cannot be compared with a number", "take the quotes away: 5"
            ),
            ("SELECT id FROM lines WHERE amount > id", 34, "a number cannot be compared with text", "CAST"),
            ("SELECT id + 1 FROM lines", 10, "expected a number, found text", "CAST"),
            ("SELECT id FROM lines WHERE amount", 27, "expected a condition, found a number", ""),
            (
                "SELECT id, sum(amount) FROM lines", 7, "the column \"id\" may have several values in a group",
                "GROUP BY"
            ),
            ("SELECT id FROM lines WHERE sum(amount) > 1", 27, "no function of a whole group can stand here", "HAVING"),
            (
                "SELECT line FROM history h JOIN history i ON h.line = i.line", 7,
                "\"line\" may be several columns: h.line, i.line", ""
            ),
            ("DELETE FROM lines", 0, "a query only reads", "SELECT"),
            ("SELECT id FROM lines; DROP TABLE lines", 22, "expected the end of the query, found \"DROP\"", ""),
            ("SELECT id FROM lines WHERE", 26, "expected a value, found the end", ""),
            ("SELECT 'abc", 7, "the quotation mark is not closed", ""),
            ("SELECT 1e5", 7, "a number ends before a letter", "exponents"),
            ("SELECT :nmae", 7, "the parameter \"nmae\" was not given", ""),
            ("SELECT round(1, 2, 3)", 7, "round takes 1–2 arguments, 3 were given", ""),
            ("SELECT (SELECT id FROM lines)", 7, "the query in brackets should have one value, it has 4 rows", ""),
            ("SELECT 1 UNION SELECT 1, 2", 0, "both sides of UNION must have as many columns", ""),
            ("SELECT id FROM lines # x", 21, "\"#\" means nothing here", ""),
            ("SELECT id FROM lines WHERE amount ＞ 3", 34, "\"＞\" means nothing here", "write >"),
            ("SELECT 99999999999999999999 * 99999999999999999999", 28, "the result has more than 38 digits", ""),
        ]
    )
    func errors(sql: String, offset: Int, message: String, help: String) throws {
        let error = try #require(throws: QueryError.self) { try ask(sql) }
        #expect(error.message.en == message)
        #expect(error.offset == offset)
        #expect(help.isEmpty || error.help?.en.contains(help) == true, "\(error.help?.en ?? "no help")")
        #expect(error.message.zh != error.message.en)
    }

    @Test("a place is told by line and column")
    func place() throws {
        let sql = "SELECT id,\n  amonut FROM lines"
        let error = try #require(throws: QueryError.self) { try ask(sql) }
        #expect(error.place(in: sql) == (2, 3))
    }
}
