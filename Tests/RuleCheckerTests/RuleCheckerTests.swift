import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import rule_checker

@Suite("Rules written as queries")
struct RuleCheckerTests {
    private let dossier: Dossier = {
        var lines = Table(
            schema: TableSchema(
                name: "lines",
                columns: [
                    Column(name: "id"), Column(name: "amount", type: .decimal),
                    Column(name: "quantity", type: .integer),
                ]
            )
        )
        lines.append(row: ["L1", "100.00", 2])
        lines.append(row: ["L2", "5000.00", 1])
        lines.append(row: ["L3", "7000.00", 1])
        return Dossier(tables: [lines])
    }()

    private func rule(_ more: Record = [:]) -> Value {
        var rule: Record = [
            "id": "town/one-lump", "query": "SELECT id, amount FROM lines WHERE quantity = 1 ORDER BY id DESC",
            "message": ["zh": "{id} 只列了总价 {amount} 元", "en": "{id} stands as one lump of {amount}; {other}"],
            "subject": "id", "at": ["table": "lines", "key": "id", "column": "amount"], "found": "{amount}",
        ]
        for member in more.members { rule[member.key] = member.value }
        return ["rules": [.record(rule)]]
    }

    @Test("every row of an answer is a finding, filled in and at its place")
    func findings() async throws {
        try await withLoopback(Plugin(RuleChecker(), version: "1")) { host in
            let found = try await host.score("rule-checker", configuration: rule(), dossier: dossier).findings
            #expect(found.map(\.subject) == ["L3", "L2"])
            #expect(found.map(\.severity) == [.warning, .warning])
            #expect(found[0].message.zh == "L3 只列了总价 7000.00 元")
            #expect(found[0].message.en == "L3 stands as one lump of 7000.00; {other}")
            #expect(found[0].pointers.map(\.description) == ["/tables/lines/2/amount"])
            #expect(found[1].found == "5000.00")
        }
    }

    @Test("a query that fails is one finding that says where, and the other rules are checked")
    func failing() async throws {
        try await withLoopback(Plugin(RuleChecker(), version: "1")) { host in
            let rules = [rule(["query": "SELECT nothing FROM lines"]), rule()].compactMap { $0["rules"]?.list?.first }
            let found = try await host.score(
                "rule-checker",
                configuration: ["rules": .list(rules)],
                dossier: dossier
            ).findings
            #expect(found.map(\.rule) == ["town/one-lump", "town/one-lump", "rules/query-failed"])
            #expect(found[2].message.en.contains("line 1, column 8 of the query"))
            #expect(found[2].pointers.map(\.description) == ["/config/rules/0/query"])
        }
    }

    @Test("a rule that is not written as it should be is said before anything is judged")
    func settings() async throws {
        let wrong: Value = ["rules": [["id": "lump", "severity": "loud", "qurey": "SELECT 1", "message": "m"]]]
        let found = try await RuleChecker().validate(wrong).map { "\($0.pointer)" }
        #expect(Set(found) == ["/rules/0/severity", "/rules/0/qurey"])
        let badID = try await RuleChecker().validate(rule(["id": "lump"]))
        #expect(badID.map(\.code) == ["rules/bad-id"])
    }

    private var form: DossierOutline {
        DossierOutline(
            fields: [.init("project", .group([.init("name", .value(.text)), .init("year", .value(.integer))]))],
            tables: dossier.tables.map(\.schema)
        )
    }

    @Test("a message calls values by their titles in its language, and says what is true in words")
    func titles() async throws {
        var hazards = Table(
            schema: TableSchema(
                name: "hazards",
                columns: [Column(name: "place"), Column(name: "grade"), Column(name: "mended", type: .boolean)]
            )
        )
        hazards.append(row: ["tank", "minor", false])
        let form = DossierOutline(
            tables: [hazards.schema],
            synonyms: ["hazards.grade=minor": ["一般", "slight"], "schools.grade=minor": ["小", "small"]]
        )
        let written: Value = [
            "rules": [
                [
                    "id": "a/b", "query": "SELECT place, grade, mended FROM hazards", "subject": "grade",
                    "message": ["zh": "{place}：{grade}，{mended}", "en": "{place}: {grade}, {mended}"],
                    "found": "{grade}",
                ]
            ]
        ]
        let dossier = Dossier(tables: [hazards])
        try await withLoopback(Plugin(RuleChecker(), version: "1")) { host in
            let found = try await host.score("rule-checker", configuration: written, dossier: dossier, form: form)
                .findings
            #expect(found.first?.message == LocalizedText(zh: "tank：一般，否", en: "tank: slight, no"))
            #expect([found.first?.subject, found.first?.found] == ["minor", "minor"])
        }
    }

    @Test("a column that the answer lacks is told once, also where both languages name it")
    func columnOfBoth() async throws {
        let found = try await mistakes([
            "query": "SELECT id FROM lines", "message": ["zh": "{id}：{amount}", "en": "{id}: {amount}"],
            "found": "{id}",
        ])
        #expect(found.map(\.help?.en) == ["list amount behind SELECT, too"])
    }

    @Test("a place that is none is told with the way in which it is written")
    func noPlace() async throws {
        func help(_ place: Value) async throws -> [String] {
            try await mistakes(["at": place, "message": "{id}"]).map { $0.help?.en ?? "" }
        }
        #expect(try await help("lines") == ["write it as in {table: lines, key: KEY, column: COLUMN}"])
        #expect(try await help(["field": "project.name"]) == ["write /project/name"])
    }

    @Test("full-width braces in a message are told, with what to write")
    func wideBraces() async throws {
        let found = try await mistakes(["message": ["zh": "｛id｝ 太贵", "en": "{id} is dear, {id｝ it is"]])
        #expect(found.map(\.code) == ["rules/wide-braces", "rules/wide-braces"], "\(found)")
        #expect(found.map { $0.help?.en } == ["write {id}", "write {id}"])
        #expect(found.first?.place == TextPlace(line: 1, column: 1))
        #expect(try await mistakes(["message": "全角｛括号 与｝ {id}"]).isEmpty)
    }

    private func mistakes(_ more: Record) async throws -> [ConfigurationDiagnostic] {
        try await withLoopback(Plugin(RuleChecker(), version: "1")) { host in
            try await host.validate("rule-checker", configuration: rule(more), form: form)
        }
    }

    @Test("what a query has wrong is said before anything is judged, at its place in the query")
    func queries() async throws {
        let found = try await mistakes(["query": "SELECT id\nFROM lines WHERE amonut > 1 AND field('project.yaer') = 1"]
        )
        #expect(found.map(\.code) == ["query/unknown-column", "query/unknown-field"])
        #expect(found.map(\.pointer.description) == ["/rules/0/query", "/rules/0/query"])
        #expect(found.map(\.place) == [TextPlace(line: 2, column: 18), TextPlace(line: 2, column: 39)])
        #expect(found.map(\.help?.en) == ["did you mean \"amount\"?", "did you mean \"project.year\"?"])
    }

    @Test("columns that the texts of a rule name must be in the answer; braces around anything else are only braces")
    func columns() async throws {
        let found = try await mistakes([
            "query": "SELECT id, amount AS 金额 FROM lines",
            "message": ["zh": "{id}\n{金额}，{}，{a b}，{{id}}", "en": "one lump: {idd}"], "found": "{amount}",
            "subject": "name",
        ])
        #expect(
            found.map { "\($0.pointer) \($0.place.map { "\($0.line):\($0.column)" } ?? "")" } == [
                "/rules/0/message/en 1:11", "/rules/0/found 1:1", "/rules/0/subject ",
            ]
        )
        #expect(found.first?.message.en == "the query gives no column \"idd\"")
        #expect(found.first?.help?.zh == "是不是\"id\"？")
    }

    @Test(
        "the place of a rule's findings must be one of the form",
        arguments: [
            (["table": "lnies", "key": "id"], ["/rules/0/at/table"]),
            (["table": "lines", "key": "id", "column": "amuont"], ["/rules/0/at/column"]),
            (["table": "lines", "key": "idd"], ["/rules/0/at/key"]),
            (["field": "/project/nmae"], ["/rules/0/at/field"]),
            (["field": "/project/name"], []),
        ] as [(Value, [String])]
    )
    func places(at: Value, pointers: [String]) async throws {
        #expect(try await mistakes(["at": at, "message": "{id}"]).map(\.pointer.description) == pointers)
    }

    @Test("a rule may bring its title, its manual and examples; without a title it is called by its message")
    func manual() async throws {
        let written = rule([
            "title": ["zh": "只列总价", "en": "one lump"], "manual": ["zh": "说明", "en": "what to do"],
            "examples": [
                ["bad": "tables: {lines: ↓[]}", "says": ["zh": "错", "en": "wrong"]],
                ["bad": "fields: {}", "says": [["zh": "一", "en": "one"], "二"]], ["good": "tables: {}"],
            ],
        ])
        #expect(try await RuleChecker().validate(written) == [])
        let rule = try #require(try await RuleChecker().rules(written).first)
        #expect(rule.title.en == "one lump" && rule.manual.en == "what to do")
        #expect(rule.examples.map(\.spec) == ["tables: {lines: ↓[]}", "fields: {}", "tables: {}"])
        #expect(rule.examples.map(\.messages.count) == [1, 2, 0])
        let plain = try #require(try await RuleChecker().rules(self.rule()).first)
        #expect(plain.title.zh == "… 只列了总价 … 元")
    }

    @Test("an example is good, or bad with what is said of it")
    func wrongExamples() async throws {
        let written = rule([
            "examples": [["bad": "fields: {}"], ["good": "x", "bad": "y", "says": "z"], ["god": "fields: {}"]]
        ])
        let found = try await RuleChecker().validate(written).map { "\($0.pointer) \($0.code)" }
        #expect(
            Set(found).isSuperset(of: [
                "/rules/0/examples/0 value/missing-key", "/rules/0/examples/1 rules/good-and-bad",
                "/rules/0/examples/2/god value/unknown-key",
            ]),
            "\(found)"
        )
    }

    @Test("the examples of the rules that come with the form are as they say")
    func examples() async throws {
        let examples = RuleExamples(
            form: "Specs/forms/town-budget-request.yaml",
            of: Plugin(RuleChecker(), version: "1"),
            settings: "rules: !include ../rules/declaration-form.yaml"
        )
        let rules = try await examples.rules().filter { $0.id != "rules/query-failed" }
        #expect(rules.count == 4)
        for rule in rules { #expect(try await examples.whatIsWrong(with: rule) == [], "\(rule.id)") }
    }

    @Test("two rules with one id are told at the second")
    func sameID() async throws {
        let rules = [rule(), rule()].compactMap { $0["rules"]?.list?.first }
        let found = try await RuleChecker().validate(["rules": .list(rules)], in: FormContext())
        #expect(found.map { "\($0.severity) \($0.code) \($0.pointer)" } == ["warning rules/same-id /rules/1/id"])
    }
}
