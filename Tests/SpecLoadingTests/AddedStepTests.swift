import ReviewModel
import TemporarySpec
import Testing

@testable import SpecLoading

@Suite("A step that a command adds to a spec")
struct AddedStepTests {
    private static let spec = """
        pingshen: 1
        id: a
        form: {form: none, fields: {}, tables: {}}
        pipeline:
          first: {use: one, with: {book: !file own.txt}}
        """
    private static let step = "pingshen: 1\nstep: second\nuse: two\nwith: {document: !file given, words: [a, b]}\n"

    @Test("stands at the end of the pipeline, with the file it is for, and the spec's own files stay named")
    func added() {
        let spec = TemporarySpec(Self.spec, files: ["own.txt": "1", "report.txt": "2"])
        let loaded = loadSpec(spec.path)
        let both = loaded.adding(step: Self.step, as: "step.yaml", files: ["given": spec.folder + "/report.txt"])
        #expect(both.diagnostics.isEmpty)
        #expect(both.spec?.steps.map(\.id) == ["first", "second"] && both.spec?.steps.last?.plugin == "two")
        #expect(both.spec?.steps.last?.configuration["words"]?.list?.count == 2)
        #expect(both.files.map { $0.path.split(separator: "/").last.map(String.init) } == ["own.txt", "report.txt"])
        #expect(both.inputs == loaded.inputs)
    }

    @Test("is added to a spec whose fields a source will give")
    func fieldsToCome() {
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: a
            form: {form: f, fields: {project: {fields: {name: {type: text, required: true}}}}, tables: {}}
            pipeline:
              first: {use: one}
            """,
            files: ["report.txt": "2"]
        )
        let loaded = loadSpec(spec.path)
        #expect(loaded.diagnostics.map(\.code) == ["value/missing-key"])
        let both = loaded.adding(step: Self.step, as: "step.yaml", files: ["given": spec.folder + "/report.txt"])
        #expect(both.spec?.steps.map(\.id) == ["first", "second"])
        #expect(both.diagnostics == loaded.diagnostics && both.withFieldsToCome.diagnostics.isEmpty)
    }

    @Test("is not added to a spec with mistakes")
    func mistakes() {
        let spec = TemporarySpec("pingshen: 1\nid: a\n")
        let loaded = loadSpec(spec.path)
        let both = loaded.adding(step: Self.step, as: "step.yaml", files: ["given": spec.folder + "/none.txt"])
        #expect(both.diagnostics == loaded.diagnostics && both.hasErrors)
    }
}
