import PluginKit
import ReviewModel
import Testing

@testable import report_writer

@Suite("What a template's writer probably meant")
struct TemplateHintTests {
    private struct Given: SettingsContext {
        var form: DossierOutline?
        var given: GivenDossier?
        func check(_ sql: String, parameters: [String: ColumnType?]) async throws -> QueryOutline { throw NoDossier() }
    }

    /// A form of a school: no budget lines, and tables that are called as things of the program are.
    private static let form = DossierOutline(
        fields: [.init("school", .group([.init("name", .value(.text))]))],
        tables: [
            TableSchema(
                name: "lines",
                columns: [Column(name: "what", type: .text), Column(name: "cost", type: .decimal)]
            ),
            TableSchema(name: "visits", columns: [Column(name: "rater", type: .text)]),
        ]
    )

    private func told(_ blocks: String, _ more: Record = [:], form: DossierOutline = form) async throws -> [String] {
        var template: Record = ["id": "t", "title": "t", "blocks": Fixture.yaml(blocks)]
        for member in more.members { template[member.key] = member.value }
        let found = try await ReportWriter().validate(["template": .record(template)], in: Given(form: form))
        return found.map { "\($0.severity) \($0.code): \($0.help?.en ?? $0.message.en)" }
    }

    @Test("what is wrong with the tags of the spec's own texts is told before a run, each at its place")
    func ownTexts() async throws {
        var form = Self.form
        form.fields.append(.init("texts", .map(.value(.text))))
        let texts: Record = [
            "good": "共 {{count(visits)}} 次，{{sum(tables.lines.cost)}} 元", "of_a_row": "{{what}}",
            "misspelt": "{{school.nmae}}", "open": "一 {{school.name} 二 {{school.name}}",
        ]
        let template: Value = [
            "id": "t", "title": "t", "blocks": Fixture.yaml("- {text: '{{texts.good}}{{texts.open}}'}\n"),
        ]
        let context = Given(form: form, given: GivenDossier(fields: ["texts": .record(texts)], rowCounts: [:]))
        let found = try await ReportWriter().validate(["template": template], in: context)
        #expect(
            found.map { "\($0.severity) \($0.pointer) \($0.help?.en ?? "")" }.sorted() == [
                "warning /fields/texts/misspelt did you mean \"name\"?",
                "warning /fields/texts/open the tag before it is not finished: a tag ends with }}",
            ]
        )
        #expect(found.map(\.isOfGiven) == [true, true])
    }

    @Test("a name between single braces is warned of where there is such a name")
    func singleBraces() async throws {
        #expect(
            try await told("- {text: '甲 {school.name} 乙'}\n") == [
                "warning template/single-braces: write {{school.name}}"
            ]
        )
        let row = "- {each: visits, as: v, blocks: [{text: '{v.rater}'}]}\n"
        #expect(try await told(row) == ["warning template/single-braces: write {{v.rater}}"])
        #expect(try await told("- {text: '{x} {} { school } {1}'}\n") == [])
    }

    @Test("a rubric in place of a template is one mistake")
    func otherKind() async throws {
        let rubric: Value = ["id": "r", "name": "n", "bands": [], "items": []]
        let found = try await ReportWriter().validate(["template": rubric], in: Given(form: Self.form))
        #expect(
            found.map(\.message.en) == [
                "expected a report template, found another kind of file: it has items and no blocks"
            ]
        )
    }

    @Test(
        "a tag that is no name has what is wrong with it",
        arguments: [
            ("{{count(visits}}", "a \")\" is missing"), ("{{school.na me}}", "a name has no blanks in it"),
            ("{{#school}}x", "write {{/school}} where it ends"),
        ]
    )
    func noName(tag: String, help: String) async throws {
        #expect(try await told("- {text: \"\(tag)\"}\n") == ["error template/mustache: \(help)"])
    }

    @Test("a bare name of the program's that the form has for a table of its own is remarked once")
    func twoMeanings() async throws {
        let bare = "- {each: lines, blocks: [{text: '{{label}}'}]}\n- when: lines\n  blocks: []\n"
        let once = try await told(bare)
        #expect(once == ["warning template/two-meanings: write tables.lines for the form's"])
        #expect(try await told("- {each: tables.lines, blocks: [{text: '{{what}} {{cost}}'}]}\n") == [])
        var budget = Self.form
        budget.tables.append(TableSchema(name: "budget_lines", columns: [Column(name: "id", type: .text)]))
        #expect(try await told(bare, form: budget) == [])
    }

    @Test("a template that goes through the rubric asks for one, unless the form has a table of that name")
    func withoutRubric() async throws {
        let blocks = "- {each: rubric.items, blocks: [{text: '{{code}}'}]}\n"
        #expect(try await told(blocks) == ["warning report/no-rubric: add rubric: !include …"])
        var own = Self.form
        own.tables.append(TableSchema(name: "rubric", columns: [Column(name: "code", type: .text)]))
        #expect(try await told("- {each: tables.rubric, blocks: [{text: '{{code}}'}]}\n", form: own) == [])
    }

    @Test("a text without quotes in a condition is no name")
    func unquoted() async throws {
        let filtered = "- {each: visits, as: v, where: v.rater = inspector, blocks: [{text: '{{v.rater}}'}]}\n"
        #expect(try await told(filtered) == ["error template/unknown-name: a text stands in quotes: 'inspector'"])
        #expect(try await told(filtered.replacing("inspector", with: "school.name")) == [])
        #expect(
            try await told(filtered.replacing("= inspector", with: "== 'x'")) == ["error template/condition: write ="]
        )
        #expect(
            try await told("- {each: tables.lines, where: cost => 3, blocks: []}\n") == [
                "error template/condition: write >="
            ]
        )
    }

    @Test("what other programs have: if, sums that go on, a block without its colon")
    func habits() async throws {
        #expect(
            try await told("- {if: lines, blocks: []}\n") == ["error template/unknown-block: did you mean \"when\"?"]
        )
        #expect(try await told("- findings\n") == ["error template/unknown-block: write findings: …"])
        let divided = try await told("- {text: '{{sum(tables.lines.cost) / 4}}'}\n")
        #expect(divided.count == 1 && divided[0].contains("a query of a step"), "\(divided)")
    }

    @Test("a language without words prints in English, which is said")
    func languages() async throws {
        #expect(
            try await told("[]", ["language": "fr"]) == [
                "warning template/no-words: give them with words: !include …, as Specs/languages/fr.yaml does"
            ]
        )
        #expect(try await told("[]", ["language": "english"]) == ["warning template/no-words: write en"])
        #expect(try await told("[]", ["language": "fr", "words": ["list": ", "]]) == [])
        for language: Value in ["en-GB", "zh-CN"] { #expect(try await told("[]", ["language": language]) == []) }
    }
}
