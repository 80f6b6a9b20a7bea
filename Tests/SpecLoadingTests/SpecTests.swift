import ReviewModel
import SpecLoading
import TemporarySpec
import Testing
import YAMLDocument

@Suite("Loading a spec")
struct SpecTests {
    private let head = "pingshen: 1\nid: t\n" + TemporarySpec.form + "\n"

    private func load(_ text: String, files: [String: String] = [:]) -> (TemporarySpec, LoadedSpec) {
        let spec = TemporarySpec(text, files: files)
        return (spec, loadSpec(spec.path))
    }

    private func words(_ loaded: LoadedSpec) -> [String] {
        loaded.diagnostics.map { "\($0.place.line ?? 0):\($0.place.column ?? 0) \($0.message.en)" }
    }

    @Test("cells take the form's types, however the table is written")
    func cells() throws {
        let rows = """
            tables:
              lines:
                - {id: L1, amount: 5, share: 95.04%, on: 2026/1/9, tags: [a, b]}
                - {id: 2, amount: "1,703,200.00", share: 3, tags: one}
            pipeline: []
            """
        let compact = """
            tables:
              lines:
                columns: [id, amount, share, on, tags]
                rows:
                  - [L1, 5, 95.04%, 2026-01-09, [a, b]]
                  - [2, "1,703,200.00", 3, ~, one]
            pipeline: []
            """
        for text in [rows, compact] {
            let (_, loaded) = load(head + text)
            #expect(words(loaded) == [])
            let table = try #require(loaded.spec?.dossier.table("lines"))
            #expect(table.columns[0] == ["L1", "2"])
            #expect(table.columns[1].map(\.decimal?.description) == ["5", "1703200.00"])
            #expect(table.columns[2].map(\.decimal?.description) == ["95.04", "3"])
            #expect(table.columns[3] == ["2026-01-09", nil])
            #expect(table.columns[4] == [["a", "b"], ["one"]])
        }
    }

    @Test("one run shows every mistake with its place")
    func everyMistake() {
        let (_, loaded) = load(
            head + """
                fields: {project: {nmae: x}}
                tables:
                  lines:
                    - {id: L1, amount: a lot, on: 2026-02-30}
                    - {id: L1, amonut: 3}
                    - {amount: 4}
                  lnies: []
                pipelin: []
                """
        )
        #expect(
            words(loaded) == [
                "6:20 unknown key \"nmae\"",
                "9:24 expected a decimal number such as 1703200.00, found \"a lot\"",
                "9:35 \"2026-02-30\" is not a date such as 2026-01-31", "10:12 the id \"L1\" stands in row 1 already",
                "10:16 unknown key \"amonut\"", "11:7 missing key \"id\"", "12:3 the form has no table \"lnies\"",
                "13:1 unknown key \"pipelin\"",
            ]
        )
    }

    @Test("includes and extends keep the places of the files that they come from")
    func includes() throws {
        let (_, loaded) = load(
            "extends: base.yaml\nid: t\ntables: {lines: !include lines.yaml}\nfields: {project: {name: !include name.txt}}\n",
            files: [
                "base.yaml": "pingshen: 1\n" + TemporarySpec.form
                    + "\nfields: {project: {name: below}}\npipeline: []\n",
                "lines.yaml": "# two\n- {id: L1, amount: x}\n", "name.txt": "红桥\n",
            ]
        )
        #expect(loaded.spec?.dossier.field("project", "name") == "红桥")
        #expect(loaded.diagnostics.map { $0.place.file.split(separator: "/").last ?? "" } == ["lines.yaml"])
        #expect(loaded.diagnostics.first?.place.line == 2)
        #expect(
            loaded.inputs.map { $0.path.split(separator: "/").last ?? "" } == [
                "spec.yaml", "lines.yaml", "name.txt", "base.yaml",
            ]
        )
        #expect(loaded.inputs.allSatisfy { $0.sha256.count == 64 })
    }

    @Test("an included file hands on what it extends by an include, and a spec says that it takes paths")
    func extendsByInclude() throws {
        let (_, loaded) = load(
            head + "fields: {}\npipeline: [{step: s, use: p, with: {template: !include mine.yaml}}]\n",
            files: [
                "mine.yaml": "id: mine\nextends: !include other.yaml\nchanges: [{remove: a}]\n",
                "other.yaml": "id: other\n",
            ]
        )
        #expect(loaded.diagnostics.isEmpty)
        let template = try #require(loaded.spec?.steps.first?.configuration["template"])
        #expect(template["id"] == "mine" && template["extends"]?["id"] == "other" && template["changes"] != nil)
        let (_, wrong) = load("extends: !include base.yaml\nid: t\n", files: ["base.yaml": "id: other\n"])
        #expect(wrong.spec == nil)
        #expect(wrong.diagnostics.map(\.code) == ["spec/bad-path"])
        #expect(
            wrong.diagnostics.first?.place.file.hasSuffix("spec.yaml") == true
                && wrong.diagnostics.first?.place.line == 1
        )
        let (_, below) = load(
            "extends: base.yaml\nid: t\n",
            files: ["base.yaml": "extends: !include form.yaml\npipeline: []\n", "form.yaml": "id: other\n"]
        )
        #expect(below.diagnostics.map(\.code) == ["spec/bad-path"])
        #expect(below.diagnostics.first?.place.file.hasSuffix("base.yaml") == true)
    }

    @Test("files that include each other are an error, not a hang")
    func cycles() {
        let (_, loaded) = load("a: !include a.yaml\n", files: ["a.yaml": "b: !include spec.yaml\n"])
        #expect(loaded.spec == nil)
        #expect(loaded.diagnostics.map(\.code) == ["spec/cycle"])
    }

    @Test("plain numbers keep their digits, other text stays text")
    func scalars() throws {
        let (_, loaded) = load(
            head
                + "fields: {}\npipeline: [{step: s, use: p, with: {a: 1.50, b: 007, c: 1e3, d: yes, e: \"1\", f: ~}}]\n"
        )
        let settings = try #require(loaded.spec?.steps.first?.configuration)
        #expect(settings["a"]?.decimal?.description == "1.50")
        #expect(settings["b"] == "007")
        #expect(settings["c"] == "1e3")
        #expect(settings["d"] == "yes")
        #expect(settings["e"] == "1")
        #expect(settings["f"]?.isNull == true)
    }

    @Test("a pipeline is a list of steps, or a mapping that extends can merge")
    func pipelines() throws {
        let (_, list) = load(
            head + "pipeline: [{step: a, use: p/r, needs: [b]}, {step: b, use: q, deadline_seconds: 5}]\n"
        )
        #expect(list.spec?.steps.map(\.id) == ["a", "b"])
        #expect(list.spec?.steps.first?.role == "r")
        #expect(list.spec?.steps.last?.deadline == .seconds(5))
        let (_, merged) = load(
            "extends: base.yaml\npipeline: {b: {with: {x: 1}}, c: {use: r}}\n",
            files: ["base.yaml": head + "pipeline: {a: {use: p}, b: {use: q}}\n"]
        )
        #expect(merged.spec?.steps.map(\.plugin) == ["p", "q", "r"])
        #expect(merged.spec?.steps[1].configuration == ["x": 1])
    }

    @Test("an id that cannot name a folder is refused", arguments: ["../up", "a/b", ".hidden", "名"])
    func badIDs(id: String) {
        let (_, loaded) = load(head.replacing("id: t", with: "id: \"\(id)\"") + "pipeline: []\n")
        #expect(loaded.diagnostics.map(\.code) == ["spec/bad-id"])
    }
}
