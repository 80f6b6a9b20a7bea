import ReviewModel
import Testing

@testable import report_writer

@Suite("Templates: every mistake with its place")
struct TemplateTests {
    @Test("one reading gathers all mistakes")
    func gathered() async throws {
        let mistakes = try await Fixture.mistakes(
            """
            - headin: x
            - heading: x
              text: y
            - heading: "{{#a}}"
              level: 9
            - each: linse
              blocks: []
            - table: t
              columns: [一, {title: 二, with: 3}]
              rows:
                - [a, b, c]
                - {row: [{text: a, colspan: 0}], style: bold}
            - page: sideways
            - chart: c
              over: lines
              label: x
              series: [{name: s}]
            """
        )
        #expect(
            mistakes == [
                "/template/blocks/0/headin template/unknown-block", "/template/blocks/1 template/ambiguous-block",
                "/template/blocks/2/level template/heading-level", "/template/blocks/2/heading template/mustache",
                "/template/blocks/4/columns/1/with value/unknown-key", "/template/blocks/4/rows/0 template/row-width",
                "/template/blocks/4/rows/1/style value/not-allowed",
                "/template/blocks/4/rows/1/row/0/colspan template/span", "/template/blocks/5/page value/not-allowed",
                "/template/blocks/6/series/0 value/missing-key", "/template/blocks/6/label template/chart-label",
                "/template/blocks/2/heading template/unknown-name",
                "/template/blocks/3/each template/unknown-name",
            ]
        )
    }

    @Test(
        "a name that cannot be there is a mistake, with its place and the name that was probably meant",
        arguments: [
            ("{{amounts.reqested}}", "\"amounts\" has no \"reqested\" (line 1, column 1 of the text)", "requested"),
            (
                "好\n{{#lines}}{{opinon}}{{/lines}}", "nothing is called \"opinon\" (line 2, column 11 of the text)",
                "opinion"
            ),
            ("{{#visits}}{{cots}}{{/visits}}", "nothing is called \"cots\" (line 1, column 12 of the text)", "cost"),
            ("{{project.nme}}", "\"project\" has no \"nme\" (line 1, column 1 of the text)", "name"),
            (
                "{{#first(history_by_year)}}{{yaer}}{{/first(history_by_year)}}",
                "nothing is called \"yaer\" (line 1, column 28 of the text)", "year"
            ),
            ("{{#notes}}{{.bye}}{{/notes}}", "\".\" has no \"bye\" (line 1, column 11 of the text)", "by"),
            ("{{wan(visit)}}", "nothing is called \"visit\" (line 1, column 1 of the text)", "visits"),
        ]
    )
    func unknownNames(text: String, message: String, near: String) async throws {
        let blocks: Value = [["text": .text(text)]]
        let settings: Value = ["template": ["id": "t", "title": "t", "blocks": blocks], "rubric": Fixture.rubric]
        let found = try await ReportWriter().validate(settings, in: FormContext(form: Fixture.form))
        #expect(found.map(\.placedMessage.en) == [message])
        #expect(found.first?.help?.en == "did you mean \"\(near)\"?")
        #expect(found.first?.pointer == JSONPointer(["template", "blocks", "0", "text"]))
    }

    @Test("lists, conditions, charts and keys of cells are held against the names, too")
    func paths() async throws {
        let mistakes = try await Fixture.mistakes(
            """
            - each: lines.lnes
              blocks: []
            - when: nobody
              blocks: []
              otherwise: [{text: "{{nobody2}}"}]
            - each: groups
              as: g
              blocks:
                - {text: "{{g.label}} {{g.index}} {{label}}"}
                - {text: "{{g.lable}}"}
            - table: t
              columns: [一]
              rows:
                - each: visits
                  rows: [[{text: "{{place}}", key: "{{plaec}}"}]]
            - chart: "{{c}}"
              over: visits
              label: "{{place}}"
              series: [{name: s, value: cost}, {name: s, value: cots}]
            - text: "{{lines}} {{#rubric.leaves}}{{parent.names.short}} {{expert1}} {{pool.max}} {{scores.self.total}}{{/rubric.leaves}}"
            """
        )
        #expect(
            mistakes == [
                "/template/blocks/0/each template/unknown-name", "/template/blocks/1/when template/unknown-name",
                "/template/blocks/1/otherwise/0/text template/unknown-name",
                "/template/blocks/2/blocks/1/text template/unknown-name",
                "/template/blocks/3/rows/0/rows/0/0/key template/unknown-name",
                "/template/blocks/4/chart template/unknown-name",
                "/template/blocks/4/series/1/value template/unknown-name",
                "/template/blocks/5/text template/not-a-value",
            ]
        )
    }

    @Test("what a condition has asked for may be printed inside it")
    func guarded() async throws {
        let mistakes = try await Fixture.mistakes(
            """
            - text: "{{#project.client}}{{project.client}}{{/project.client}}{{^project.client}}{{texts.any}}{{/project.client}}"
            - when: project.client
              blocks: [{text: "{{project.client}}"}]
              otherwise: [{text: "{{project.client}}"}]
            """
        )
        #expect(mistakes == ["/template/blocks/1/otherwise/0/text template/unknown-name"])
    }

    @Test("without a form any field and table may be there")
    func withoutForm() async throws {
        let blocks: Value = [
            ["each": "visits", "blocks": [["text": "{{whatever}} {{project.x}}"]]],
            ["text": "{{visits}} {{amounts.x}}"],
        ]
        let settings: Value = ["template": ["id": "t", "title": "t", "blocks": blocks]]
        let found = try await ReportWriter().validate(settings)
        #expect(found.map(\.placedMessage.en) == ["\"amounts\" has no \"x\" (line 1, column 12 of the text)"])
    }

    @Test("settings without a template are refused")
    func settings() {
        #expect(ReportSettings.read([:]).diagnostics.map(\.code) == ["value/missing-key"])
        let settings: Value = ["template": ["id": "t", "title": "t", "blocks": []], "rubric": "r"]
        #expect(ReportSettings.read(settings).diagnostics.map(\.code) == ["value/wrong-type"])
    }

    @Test("the templates that we ship say nothing of one town", arguments: ShippedTemplateTests.templates)
    func general(name: String) throws {
        let text = try Fixture.file("Specs/templates/\(name).yaml")
        for word in ["虹桥", "党群", "闵行", "2026", "2025 年"] { #expect(!text.contains(word), "\(name) says \(word)") }
    }
}
