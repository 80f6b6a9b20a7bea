import Glibc
import ReviewModel
import SpecLoading
import TemporarySpec
import Testing

@Suite("A file's name is never syntax")
struct FileNameTests {
    static let names = [
        "a, b.yaml", "r #1.yaml", "x}}.yaml", "{{x}}.yaml", "it's \"so\".yaml", "a\nb: c.yaml", "!include x.yaml",
        "- a: b.yaml",
        "*alias.yaml", "&anchor.yaml", "[x].yaml", "|.yaml", "%TAG.yaml", "名称：一.yaml", "a\u{308}.yaml", "\u{308}x.yaml",
        " .yaml",
        "\\n.yaml", "~.yaml", "@x.yaml", "`x`.yaml", "$(touch x).yaml", "..x.yaml", "null.yaml",
    ]
    private let step = FileStep(id: "read }}", plugin: "reader, #", setting: "text: }}", sees: ["judge"])

    @Test("where a command makes a step of it", arguments: names)
    func fileStep(name: String) throws {
        let spec = TemporarySpec(
            "pingshen: 1\nid: t\n" + TemporarySpec.form + "\npipeline: {\"a }}\": {use: judge}}\n",
            files: [name: "points: 3\n"]
        )
        let settings = loadSettings(spec.folder + "/" + name, of: step)
        #expect(settings.diagnostics.isEmpty, "\(settings.diagnostics.map(\.message.en))")
        #expect(settings.spec?.steps.map(\.plugin) == ["reader, #"])
        #expect(settings.spec?.steps.first?.configuration["text: }}"]?["points"]?.integer == 3)
        let (loaded, steps) = loadSpec(spec.path, with: step, reading: spec.folder + "/" + name)
        #expect(loaded.diagnostics.isEmpty)
        #expect(steps == ["read }}"])
        #expect(loaded.spec?.steps.last?.needs == ["a }}"])
        #expect(loaded.spec?.steps.last?.configuration["text: }}"]?["points"]?.integer == 3)
        #expect(
            loaded.inputs.map { $0.path } == [spec.path, spec.folder + "/" + name],
            "and nothing that nobody wrote"
        )
    }

    @Test("where it replaces a setting, and where it is a spec's own", arguments: names)
    func replacement(name: String) throws {
        let text = "pingshen: 1\nid: t\n" + TemporarySpec.form + "\npipeline: {a: {use: judge, with: {text: old}}}\n"
        let spec = TemporarySpec(text, files: [name: "points: 3\n"])
        let loaded = loadSpec(spec.path, replacing: ["text": spec.folder + "/" + name])
        #expect(loaded.diagnostics.isEmpty)
        #expect(loaded.spec?.steps.first?.configuration["text"]?["points"]?.integer == 3)
        let renamed = TemporarySpec("", files: [name: text])
        #expect(loadSpec(renamed.folder + "/" + name).diagnostics.isEmpty)
    }
}
