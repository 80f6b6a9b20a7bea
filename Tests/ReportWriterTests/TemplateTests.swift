import ReviewModel
import Testing

@testable import report_writer

@Suite("Templates: every mistake with its place")
struct TemplateTests {
    @Test("one reading gathers all mistakes")
    func gathered() {
        let mistakes = Fixture.mistakes(
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
                "/template/blocks/3/each template/unknown-list", "/template/blocks/4/columns/1/with value/unknown-key",
                "/template/blocks/4/rows/0 template/row-width", "/template/blocks/4/rows/1/style value/not-allowed",
                "/template/blocks/4/rows/1/row/0/colspan template/span", "/template/blocks/5/page value/not-allowed",
                "/template/blocks/6/series/0 value/missing-key",
            ]
        )
    }

    @Test("a word that was nearly right is suggested")
    func suggestions() {
        let settings: Value = ["template": ["id": "t", "title": "t", "blocks": [["each": "linse", "blocks": []]]]]
        #expect(ReportSettings.read(settings).diagnostics.first?.help?.en == "did you mean \"lines\"?")
    }

    @Test("settings without a template, and a rubric that contradicts itself, are refused")
    func settings() {
        #expect(ReportSettings.read([:]).diagnostics.map(\.code) == ["value/missing-key"])
        let rubric: Value = [
            "id": "r", "items": [["code": "A", "max": 5, "items": [["code": "A1", "name": "x", "max": 4]]]],
        ]
        let read = ReportSettings.read(["template": ["id": "t", "title": "t", "blocks": []], "rubric": rubric])
        #expect(read.settings == nil)
        #expect(read.diagnostics.allSatisfy { $0.pointer.tokens.first == "rubric" })
    }

    @Test("the templates that we ship are without mistake", arguments: ["minhang-review-report", "short-opinion"])
    func shipped(name: String) throws {
        let template = Fixture.yaml(try Fixture.file("Specs/templates/\(name).yaml"))
        #expect(ReportSettings.read(["template": template]).diagnostics == [])
    }

    @Test("the templates that we ship say nothing of one town", arguments: ["minhang-review-report", "short-opinion"])
    func general(name: String) throws {
        let text = try Fixture.file("Specs/templates/\(name).yaml")
        for word in ["虹桥", "党群", "闵行", "2026", "2025 年"] { #expect(!text.contains(word), "\(name) says \(word)") }
    }
}
