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
        "signs of other languages are told with those of SQL",
        arguments: [
            (
                "SELECT id FROM lines WHERE amount < 50%",
                "write 50 where a column counts percent, 0.5 where 1 is the whole"
            ),
            (
                "SELECT id FROM lines WHERE amount < 50% AND quantity > 1",
                "write 50 where a column counts percent, 0.5 where 1 is the whole"
            ),
            ("SELECT id FROM lines WHERE amount => 5", "write >="),
            ("SELECT id FROM lines WHERE amount =< 5", "write <="),
            ("SELECT id FROM lines WHERE amount < '50'", "take the quotes away: 50"),
            ("SELECT id FROM lines WHERE '1,000' < amount", "take the quotes away: 1000"),
            ("SELECT id FROM lines WHERE amount > 500,000,000", "write 500000000"),
            ("SELECT id FROM lines WHERE amount > 1,000 AND quantity > 1", "write 1000"),
            ("SELECT id FROM lines WHERE amount > 1.5亿", "write it out: 150000000"),
            ("SELECT min(amount, 5) FROM lines", "of several values it is least(…)"),
            ("SELECT max(1, quantity) FROM lines", "of several values it is greatest(…)"),
            (
                "SELECT id FROM lines WHERE (amount > 1) = 'yes'",
                "it is a condition by itself: write x or NOT x, or x = true"
            ),
        ]
    )
    func signs(_ sql: String, _ help: String) {
        #expect(DossierQuery(sql).check(tables: Self.schemas).outline.mistakes.first?.help?.en == help)
    }

    @Test("a rest is still taken where something follows the sign")
    func rests() {
        #expect(
            DossierQuery("SELECT quantity % 2 FROM lines WHERE 7 % quantity > 1").check(tables: Self.schemas).errors
                == []
        )
    }

    @Test("a column that is called by its title is told by its name")
    func titles() {
        let table = TableSchema(
            name: "history",
            columns: [Column(name: "paid", title: LocalizedText(zh: "决算数", en: "spent"), type: .decimal)]
        )
        for title in ["决算数", "spent"] {
            let found = DossierQuery("SELECT sum(\(title)) FROM history").check(tables: [table]).errors
            #expect(found.first?.help?.en == "write the column's name, paid")
        }
    }

    @Test("the values that a query writes out for its column are known, each with its place")
    func constants() {
        let sql = "SELECT CASE WHEN count(*) > 2 THEN '高' ELSE coalesce(max(id), '低') END, 5 FROM lines"
        let columns = DossierQuery(sql).check(tables: Self.schemas).outline.columns ?? []
        #expect(columns.map { $0.constants.map(\.value) } == [["高", "低"], [.decimal(5)]])
        #expect(columns.first?.constants.map(\.place.column) == [36, 63])
        #expect(
            DossierQuery("SELECT * FROM lines").check(tables: Self.schemas).outline.columns?.allSatisfy {
                $0.constants.isEmpty
            } == true
        )
    }

    @Test(
        "what can never hold is warned of, with what is to be written",
        arguments: [
            ("SELECT id FROM lines WHERE category = '三公'", "write 'official'"),
            ("SELECT id FROM lines l WHERE l.category IN ('other', 'offical')", "did you mean \"official\"?"),
            ("SELECT id FROM lines WHERE amount <> NULL", "write IS NOT NULL"),
            ("SELECT id FROM lines WHERE id = ':subject'", "take the quotes away: :subject"),
        ]
    )
    func impossible(_ sql: String, _ help: String) {
        var form = DossierOutline(
            tables: Self.schemas,
            synonyms: ["lines.category=official": ["三公", "official costs"]]
        )
        form.values["lines.category"] = ["official", "other"]
        let mistakes = DossierQuery(sql).check(against: form, parameters: ["subject": .text]).mistakes
        #expect(mistakes.map(\.severity) == [.warning])
        #expect(mistakes.first?.help?.en == help)
    }

    @Test("a table by its title is told its name")
    func titledTable() {
        var schemas = Self.schemas
        schemas[0].title = LocalizedText(zh: "明细", en: "budget lines")
        let name = schemas[0].name
        let mistakes = DossierQuery("SELECT 1 FROM 明细").check(against: DossierOutline(tables: schemas)).mistakes
        #expect(mistakes.map(\.help?.en) == ["write the table's name, \(name)"])
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

    private static let form = DossierOutline(
        fields: [
            DossierOutline.Field(
                "project",
                .group([.init("name", .value(.text)), .init("year", .value(.integer)), .init("note", .value(nil))])
            ),
            .init("texts", .map(.value(.text))), .init("audits", .list(.group([.init("on", .value(.date))]))),
            .init("more", .open),
        ],
        tables: schemas
    )

    @Test(
        "fields are held against the form, with what was probably meant and the kind that it says",
        arguments: [
            (
                "SELECT field('project.nmae')", "the form has no field \"project.nmae\"",
                "did you mean \"project.name\"?"
            ),
            (
                "SELECT field('projcet.name')", "the form has no field \"projcet.name\"",
                "known here: project, audits, more, texts"
            ),
            (
                "SELECT field('project.name.zh')", "the form has no field \"project.name.zh\"",
                "did you mean \"project.name\"?"
            ),
            ("SELECT field('audits.first')", "the form has no field \"audits.first\"", "known here: audits"),
            (
                "SELECT id FROM lines WHERE amount > project.year", "there is no column \"project.year\"",
                "a field of the dossier is written field('project.year')"
            ),
            ("SELECT 1 WHERE field('project.name') > 5", "text cannot be compared with a number", nil),
            ("SELECT 1 WHERE field('project.year')", "expected a condition, found a number", nil),
        ] as [(String, String, String?)]
    )
    func fields(sql: String, message: String, help: String?) throws {
        let mistakes = DossierQuery(sql).check(against: Self.form).mistakes
        #expect(mistakes.map(\.message.en) == [message])
        if let help { #expect(mistakes.first?.help?.en == help) }
    }

    @Test("fields that are there, whatever leads to them, are none of the query's mistakes")
    func knownFields() {
        let sql = """
            SELECT field('project.year') + 1 AS a, field('texts.anything') AS b, field('audits.0.on') AS c, field('more.x.y') AS d,
            field('project.note') > 5 AS e, field('project.name') AS f
            """
        let outline = DossierQuery(sql).check(against: Self.form)
        #expect(outline.mistakes == [])
        #expect(outline.columns?.map(\.type) == [.decimal, .text, .text, nil, .boolean, .text])
    }

    @Test("a table that this dossier leaves out is worth a warning, one that the form lacks is an error")
    func filled() {
        let sql = "SELECT id FROM lines l WHERE EXISTS (SELECT 1 FROM history h WHERE h.line = l.id)"
        let outline = DossierQuery(sql).check(against: Self.form, filled: ["lines"])
        #expect(outline.mistakes.map(\.code) == ["query/table-not-filled"])
        #expect(outline.mistakes.first?.severity == .warning)
        #expect(outline.columns?.map(\.name) == ["id"])
        #expect(DossierQuery(sql).check(against: Self.form, filled: ["lines", "history"]).mistakes == [])
        let unknown = DossierQuery("SELECT 1 FROM lnies").check(against: Self.form, filled: [])
        #expect(unknown.mistakes.map(\.code) == ["query/unknown-table"])
    }

    @Test(
        "without a form any table, column and field may be there, and the language is checked all the same",
        arguments: [
            (
                "SELECT l.a, sum(b) FROM l JOIN m ON l.id = m.id WHERE c > 1 AND field('x.y') GROUP BY l.a ORDER BY 2",
                [String]()
            ),
            ("SELECT *, roudn(a) FROM l", []), ("WITH v AS (SELECT * FROM l) SELECT v.x FROM v", []),
            ("SELECT roudn(a) FROM l WHERE least(1) = 2", ["query/unknown-function", "query/wrong-use"]),
            ("SELECT a FORM l", ["query/syntax"]), ("SELECT 'a' > 1", ["query/wrong-type"]),
            ("SELECT a, (SELECT count(*) FROM m WHERE m.x = l.y) FROM l", []),
        ]
    )
    func withoutForm(sql: String, codes: [String]) {
        #expect(DossierQuery(sql).check(against: nil).mistakes.map(\.code) == codes)
    }

    @Test("a misspelt key word is taken for a name, and the message says so")
    func keyWords() {
        func help(_ sql: String) -> String? { DossierQuery(sql).check(against: Self.form).mistakes.first?.help?.en }
        #expect(help("SELECT id FORM lines") == "did you mean \"FROM\" by \"FORM\"?")
        #expect(help("SELECT group, 1 FROM lines") == "a column called group is written \"group\"")
        #expect(help("SELECT id, FROM lines") == nil)
        #expect(help("SELCT id FROM lines") == "did you mean \"SELECT\" by \"SELCT\"?")
        #expect(help("SELECT id FROM lines WEHRE amount > 1") == "did you mean \"WHERE\" by \"WEHRE\"?")
    }

    @Test("every mistake has its code, its line and its column")
    func places() {
        let mistakes = DossierQuery("SELECT 金额\nFROM lines\n  WHERE amonut > 1").check(against: Self.form).mistakes
        #expect(mistakes.map(\.place) == [TextPlace(line: 1, column: 8), TextPlace(line: 3, column: 9)])
        #expect(mistakes.map(\.code) == ["query/unknown-column", "query/unknown-column"])
        #expect(mistakes.last?.sentence.zh == "查询第 3 行第 9 列：没有列\"amonut\"（是不是\"amount\"？）")
        #expect(
            mistakes.last?.sentence.en
                == "line 3, column 9 of the query: there is no column \"amonut\" (did you mean \"amount\"?)"
        )
    }
}
