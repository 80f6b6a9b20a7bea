import PluginKit
import ReportTemplate
import ReviewModel
import Testing

@testable import report_writer

@Suite("What a report lacks")
struct NeedsTests {
    private let needs = """
        fields:
          texts.necessity: {zh: 附件2-2（三）, en: annex 2-2}
          texts.plain: 第一部分
          texts.blank: {for: 第二部分, optional: true}
          texts.goal: {for: 目标, with: targets}
          texts.cost: {for: 明细, with: budget_lines}
        tables: {budget_lines: 表 1, visits: 走访记录}
        """

    private func settings(_ blocks: String = "[]") -> Value {
        ["template": ["id": "t", "title": "t", "needs": Fixture.yaml(needs), "blocks": Fixture.yaml(blocks)]]
    }

    private struct Given: SettingsContext {
        var form: DossierOutline?
        var given: GivenDossier? {
            GivenDossier(
                fields: ["texts": ["plain": "两段。", "blank": " \n", "cost": ""]],
                rowCounts: ["budget_lines": 3, "visits": Int?.none, "targets": 0]
            )
        }
        func check(_ sql: String, parameters: [String: ColumnType?]) async throws -> QueryOutline { throw NoDossier() }
    }

    @Test(
        "a check names what a spec lacks, where to write it and what it is for; only warnings, and once what it can do without"
    )
    func checked() async throws {
        let found = try await ReportWriter().validate(settings(), in: Given())
        #expect(
            found.map { "\($0.pointer)" } == ["/fields/texts/necessity", "/fields/texts/cost", "/fields/texts/blank"]
        )
        #expect(found.map(\.severity) == [.warning, .warning, .info])
        #expect(found.allSatisfy { $0.isOfGiven && $0.code == "report/needs" })
        #expect(found[0].message.zh == "报告缺少\"texts.necessity\"，用于附件2-2（三）")
        #expect(
            found[0].help?.en
                == "write it in the row of the workbook whose field is texts.necessity (in YAML, under fields: texts: necessity:)"
        )
        #expect(found[2].message.en == "the report lacks \"texts.blank\", for 第二部分; it can do without")
    }

    @Test("a name that the form lacks is told where the template asks for it, and one that it can do without is not")
    func unknownToForm() async throws {
        let texts = ["plain", "blank", "goal"].map { DossierOutline.Field($0, .value(.text)) }
        let form = DossierOutline(
            fields: [DossierOutline.Field("texts", .group(texts))],
            tables: [TableSchema(name: "budget_lines", columns: [])]
        )
        let found = try await ReportWriter().validate(settings(), in: Given(form: form)).filter {
            $0.severity == .warning
        }
        #expect(
            found.map { "\($0.pointer) \($0.code)" } == [
                "/template/needs/fields/texts.necessity report/needs-unknown",
                "/template/needs/fields/texts.cost report/needs-unknown",
            ]
        )
        #expect(found.map(\.isOfGiven) == [false, false])
    }

    @Test("nothing is said where nobody knows what the spec gives")
    func unknown() async throws {
        #expect(try await ReportWriter().validate(settings(), in: FormContext(form: nil)) == [])
    }

    private func findings(_ blocks: String, fields: Record = [:]) throws -> [Finding] {
        let (read, mistakes) = ReportSettings.read(settings(blocks))
        #expect(mistakes.isEmpty)
        var request = try Fixture.request()
        for field in fields.members { request.dossier.fields[field.key] = field.value }
        return try compose(try #require(read).template, request).1
    }

    @Test("what a report says where nobody has written anything is told, until somebody has")
    func instead() throws {
        let needs: Value = ["fields": ["texts.risks": ["for": "七、风险", "instead": "无"]]]
        let template: Value = ["template": ["id": "t", "title": "t", "needs": needs, "blocks": .list([])]]
        func found(_ texts: Record) throws -> [Finding] {
            let (read, mistakes) = ReportSettings.read(template)
            #expect(mistakes.isEmpty)
            var request = try Fixture.request()
            request.dossier.fields["texts"] = .record(texts)
            return try compose(try #require(read).template, request).1
        }
        let open = try found([:])
        #expect(open.map(\.rule) == ["report/instead"] && open.map(\.severity) == [.warning])
        #expect(open.first?.message.zh == "没有填写\"texts.risks\"（七、风险），报告上印的是\"无\"")
        #expect(open.first?.pointers == [JSONPointer(["fields", "texts", "risks"])])
        #expect(try found(["risks": "无。"]).isEmpty)
    }

    @Test("a hole is a blocker, once a name, at the place where it is to be written")
    func holes() throws {
        let found = try findings(
            "[{text: \"{{texts.necessity}}{{nobody}}\"}, {text: \"\\n{{texts.necessity}} {{nobody}}\"}]"
        )
        let holes = found.filter { $0.rule == "report/hole" }
        #expect(holes.map(\.subject) == ["texts.necessity", "nobody"] && holes.allSatisfy { $0.severity == .blocker })
        #expect(holes[0].pointers == [JSONPointer(["fields", "texts", "necessity"])])
        #expect(holes[0].message.zh == "报告中有空缺：没有\"texts.necessity\"，用于附件2-2（三），页面上印作〔?texts.necessity〕")
        #expect(
            holes[1].spots == [
                .line(of: JSONPointer(["config", "template", "blocks", "0", "text"]), line: 1, column: 20),
                .line(of: JSONPointer(["config", "template", "blocks", "1", "text"]), line: 2, column: 21),
            ]
        )
        // What is a hole already is no need of its own.
        let needs = found.filter { $0.rule == "report/needs" }
        #expect(needs.map(\.subject) == ["texts.cost", "visits"])
        #expect(needs.map(\.severity) == [.blocker, .blocker])
        #expect(needs[1].pointers == [JSONPointer(["tables", "visits"])])
    }

    @Test(
        "a text of the dossier that asks for something else is wrong where it asks; a mistake in its tags is an error"
    )
    func dossierTexts() throws {
        let texts: Value = ["plain": "好{{nobody}}", "wrong": "{{#a}}", "necessity": "x", "cost": "x", "blank": "x"]
        let found = try findings("[{text: \"{{texts.plain}}{{texts.wrong}}\"}]", fields: ["texts": texts])
        let plain = try #require(found.first { $0.rule == "report/hole" && $0.subject == "nobody" })
        #expect(plain.spots == [.line(of: JSONPointer(["fields", "texts", "plain"]), line: 1, column: 2)])
        let tag = try #require(found.first { $0.rule == "report/tag" })
        #expect(
            tag.severity == .error
                && tag.spots == [.line(of: JSONPointer(["fields", "texts", "wrong"]), line: 1, column: 1)]
        )
    }
}
