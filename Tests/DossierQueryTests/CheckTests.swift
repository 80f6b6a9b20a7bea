import DossierQuery
import ReviewModel
import Testing

@Suite("What is known of a query before it runs")
struct CheckTests {
    private static let schemas = dossier.tables.map(\.schema)

    @Test("a query that can run has its columns and their types")
    func columns() {
        let sql = """
            SELECT id, amount, quantity, amount * 2 AS twice, count(*) OVER () AS n, tags, amount > 5 AS big, 'x' || id AS name,
            field('project.year') AS year, :max AS most FROM lines
            """
        let check = DossierQuery(sql).check(tables: Self.schemas, parameters: ["max": .decimal])
        #expect(check.errors == [])
        #expect(
            check.columns.map(\.name) == [
                "id", "amount", "quantity", "twice", "n", "tags", "big", "name", "year", "most",
            ]
        )
        #expect(
            check.columns.map(\.type) == [
                .text, .decimal, .integer, .decimal, .integer, .texts, .boolean, .text, nil, .decimal,
            ]
        )
    }

    @Test("all that is wrong is said at once, each with its place")
    func errors() {
        let sql = "SELECT amonut, id + 1, summ(amount) FROM lines\nWHERE amount AND id > 5"
        let check = DossierQuery(sql).check(tables: Self.schemas)
        #expect(
            check.errors.map(\.message.en) == [
                "there is no column \"amonut\"", "expected a number, found text", "there is no function \"summ\"",
                "expected a condition, found a number", "text cannot be compared with a number",
            ]
        )
        #expect(check.errors.last?.place(in: sql) ?? (0, 0) == (2, 21))
    }

    @Test(
        "kinds that do not fit are found without a row",
        arguments: [
            ("SELECT id FROM lines WHERE id IN (SELECT year FROM history)", "text cannot be compared with a number"),
            ("SELECT sum(category) FROM lines", "expected a number, found text"),
            ("SELECT CASE category WHEN 1 THEN 2 END FROM lines", "text cannot be compared with a number"),
            ("SELECT id FROM lines WHERE tags = tags", "a list cannot be compared with a list"),
            ("SELECT id FROM lines WHERE NOT quantity", "expected a condition, found a number"),
            ("SELECT (SELECT line, year FROM history)", "the query in brackets should have one column, it has 2"),
            ("SELECT id FROM lines LIMIT 'x'", "expected a number, found text"),
            ("SELECT id FROM lines WHERE quantity BETWEEN 'a' AND 2", "a number cannot be compared with text"),
            ("SELECT x FROM (SELECT id AS x FROM lines) q WHERE x > 1", "text cannot be compared with a number"),
            (
                "SELECT category, (SELECT sum(paid) FROM history WHERE line = lines.id) FROM lines GROUP BY category",
                "the column \"id\" may have several values in a group"
            ),
        ]
    )
    func kinds(sql: String, message: String) {
        #expect(DossierQuery(sql).check(tables: Self.schemas).errors.map(\.message.en) == [message])
    }

    @Test("a parameter whose type is not known fits everywhere; one that is not named is an error")
    func parameters() {
        let sql = "SELECT id FROM lines WHERE amount > :limit"
        #expect(DossierQuery(sql).check(tables: Self.schemas, parameters: ["limit": nil]).errors == [])
        #expect(
            DossierQuery(sql).check(tables: Self.schemas, parameters: ["limit": .text]).errors.map(\.message.en)
                == ["a number cannot be compared with text"]
        )
        #expect(DossierQuery(sql).check(tables: Self.schemas).errors.first?.message.en.contains("not given") == true)
    }
}
