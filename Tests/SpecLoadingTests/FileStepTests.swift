import ReviewModel
import SpecLoading
import TemporarySpec
import Testing

@Suite("A step that a command makes of a file")
struct FileStepTests {
    private let head = "pingshen: 1\nid: t\n" + TemporarySpec.form + "\n"
    private let step = FileStep(id: "reading", plugin: "reader", setting: "text", sees: ["judge"])

    @Test("what stands in the document is the step; what does not fit it is told with its place")
    func document() {
        let text = "pingshen: 1\nstep: reading\nuse: reader\nsetting: text\nsees: [judge]\n"
        let read = FileStep.load(text: text, as: "step.yaml")
        #expect(read.step == step)
        #expect(read.document.diagnostics.isEmpty)
        let wrong = FileStep.load(text: "pingshen: 1\nstep: reading\nuse: reader\nseting: text\n", as: "step.yaml")
        #expect(wrong.step == nil)
        #expect(
            wrong.document.diagnostics.map { "\($0.place.line ?? 0) \($0.message.en)" } == [
                "4 unknown key \"seting\""
            ]
        )
    }

    @Test(
        "the step is added after what it sees, whether the pipeline is a list or a mapping",
        arguments: [
            "pipeline: {a: {use: judge}, b: {use: other}}",
            "pipeline: [{step: a, use: judge}, {step: b, use: other}]",
        ]
    )
    func added(pipeline: String) throws {
        let spec = TemporarySpec(head + pipeline, files: ["report, first.txt": "one\n"])
        let (loaded, steps) = loadSpec(spec.path, with: step, reading: spec.folder + "/report, first.txt")
        #expect(loaded.diagnostics.isEmpty)
        #expect(steps == ["reading"])
        let added = try #require(loaded.spec?.steps.last)
        #expect(added.id == "reading" && added.plugin == "reader" && added.needs == ["a"])
        #expect(added.configuration["text"]?.text == "one")
    }

    @Test("a spec with a step of the plugin reads the file with that, and with its other settings")
    func replaced() throws {
        let pipeline = "pipeline: {own: {use: reader, with: {text: old, strict: true}}}"
        let spec = TemporarySpec(head + pipeline, files: ["new.txt": "new\n"])
        let (loaded, steps) = loadSpec(spec.path, with: step, reading: spec.folder + "/new.txt")
        #expect(steps == ["own"])
        let own = try #require(loaded.spec?.steps.last)
        #expect(own.configuration["text"]?.text == "new" && own.configuration["strict"]?.boolean == true)
    }

    @Test("a file alone is a setting of the plugin, whatever its name")
    func settings() throws {
        let spec = TemporarySpec(head, files: ["a, b.yaml": "points: 3\n"])
        let loaded = loadSettings(spec.folder + "/a, b.yaml", of: step)
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.spec?.steps.map(\.plugin) == ["reader"])
        #expect(loaded.spec?.steps.first?.configuration["text"]?["points"]?.integer == 3)
    }
}
