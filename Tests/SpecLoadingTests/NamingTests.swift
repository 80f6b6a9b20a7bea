import ReviewModel
import SpecLoading
import TemporarySpec
import Testing

@Suite("Names and values by their titles in either language")
struct NamingTests {
    private let form = """
        pingshen: 1
        id: t
        form:
          form: visits
          fields:
            project:
              title: {zh: 项目, en: project}
              fields: {name: {type: text, required: true, title: {zh: 名称, en: name}}, day: {type: date, title: {zh: 日期, en: day}}}
          tables:
            visits:
              title: {zh: 走访, en: visits}
              synonyms: [走访记录]
              key: id
              columns:
                id: {type: text, required: true, title: {zh: 编号, en: No.}}
                kind: {type: text, values: {cut: {zh: 核减, en: cut back, synonyms: [核减项]}, keep: {zh: 保留, en: kept}}, title: {zh: 类别, en: kind}}
                amount: {type: decimal, unit: CNY, title: {zh: 金额, en: amount asked}, required: true}
                done: {type: boolean, title: {zh: 完成, en: done}}

        """

    private func load(_ text: String) -> LoadedSpec {
        let spec = TemporarySpec(form + text + "pipeline: []\n")
        return loadSpec(spec.path)
    }

    @Test(
        "fields, tables, columns and values",
        arguments: [
            "- {编号: A, 类别: 核减, 金额: 5.00, 完成: 否}\n", "- {id: A, kind: cut back, amount asked: 5.00, done: no}\n",
            "{columns: [编号, kind, 金额, done], rows: [[A, cut, 5.00, 否]]}\n",
        ]
    )
    func names(rows: String) throws {
        let loaded = load("fields: {项目: {名称: 一, 日期: 2027年1月1日}}\ntables:\n  走访记录:\n    \(rows)")
        #expect(loaded.diagnostics.map(\.message.en) == [])
        let dossier = try #require(loaded.spec?.dossier)
        #expect(dossier.field("project", "name") == "一")
        #expect(dossier.field("project", "day") == "2027-01-01")
        let table = try #require(dossier.table("visits"))
        #expect(table.rows.map { [$0["id"], $0["kind"], $0["done"]] } == [["A", "cut", false]])
        #expect(table.rows.first?.decimal("amount")?.description == "5.00")
    }

    @Test("a value by what else people call it, and with blanks in it", arguments: ["核减项", "核 减", "Cut Back", "核减 项"])
    func synonyms(word: String) throws {
        let loaded = load("fields: {project: {name: 一}}\ntables: {visits: [{id: A, kind: \(word), amount: 5}]}\n")
        #expect(loaded.diagnostics.map(\.message.en) == [])
        #expect(loaded.spec?.dossier.table("visits")?.rows.first?["kind"] == "cut")
    }

    @Test("a word that a value is not called is refused, with those that it may have")
    func otherWord() {
        let loaded = load("fields: {project: {name: 一}}\ntables: {visits: [{id: A, kind: 不核减, amount: 5}]}\n")
        #expect(loaded.diagnostics.map(\.code) == ["value/not-allowed"])
    }

    /// The unit that a form's reader makes of what is written, and what it says.
    private func unit(_ written: String, units: String = "{}") throws -> (Column, [String]) {
        let loaded = TemporarySpec(
            """
            pingshen: 1
            id: t
            form:
              form: areas
              units: \(units)
              tables:
                areas:
                  columns: {size: {type: decimal, unit: "\(written)"}}
            pipeline: []

            """
        )
        let spec = loadSpec(loaded.path)
        let cell = try #require(spec.spec?.form?.tables.first?.cells.first)
        let lines = spec.diagnostics.map { "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.code)" }
        return (cell.column, lines)
    }

    @Test("units are currencies, percent and points, by code or by name, and the form's own measures")
    func units() throws {
        for (written, code) in [
            ("万元", "CNY-wan"), ("欧元", "EUR"), ("%", "percent"), ("分", "points"), ("USD-thousand", "USD-thousand"),
        ] {
            let (column, mistakes) = try unit(written)
            #expect(column.unit == code && mistakes.isEmpty)
        }
        let own = "{m2: {zh: 平方米, en: square metres}, 亩: }"
        for (written, code, name) in [("m2", "m2", "平方米"), ("平方米", "m2", "平方米"), ("亩", "亩", "亩")] {
            let (column, mistakes) = try unit(written, units: own)
            #expect(column.unit == code && column.unitName(.zh) == name && mistakes.isEmpty)
        }
        #expect(try unit("台", units: "[台, 公里]").1 == [])
        #expect(try unit("bananas", units: "[台, 公里]").1 == ["8:45 form/unknown-unit"])
        #expect(try unit("", units: "[CNY]").1 == ["5:10 form/unit-known"])
    }

    @Test("mistakes stand where they are written, and are told by the form's names")
    func mistakes() {
        let loaded = load("fields: {项目: {名称: 一}}\ntables:\n  走访:\n    - {编号: A, 类别: 核增, 完成: 也许}\n")
        #expect(
            loaded.diagnostics.map { "\($0.place.column ?? 0) \($0.message.en)" } == [
                "7 missing key \"amount\"", "19 \"核增\" is not one of: cut back, kept",
                "27 expected true or false, found \"也许\"",
            ]
        )
    }

    @Test("a name of the form's own goes before a title, and a title of two names neither")
    func clashes() {
        let text = """
            pingshen: 1
            id: t
            form: {form: f, fields: {}, tables: {t: {columns: {a: {title: {zh: b, en: x}}, b: {title: {zh: 同, en: 同}}, c: {title: {zh: 同, en: y}}}}}}
            tables: {t: [{b: 1, x: 2}, {同: 3}]}
            pipeline: []
            """
        let spec = TemporarySpec(text)
        let loaded = loadSpec(spec.path)
        #expect(loaded.diagnostics.map(\.message.en) == ["unknown key \"同\""])
        #expect(loaded.spec?.dossier.table("t")?.columns.prefix(2).map { $0[0] } == ["2", "1"])
    }
}
