import LocalFiles
import ReviewModel
import Testing

@testable import SpecLoading

/// Forms and rubrics that many specs include are read once.
@Suite("Files that specs share")
struct SharedFileTests {
    private static let form = """
        form: f
        fields: {project: {fields: {name: {type: text, required: true}}}}
        tables: {lines: {columns: {amount: {type: decimal}}}}
        """

    /// Loads specs that include `form.yaml`, one after another.
    private func load(_ form: String, _ names: [String], in folder: String) throws -> [LoadedSpec] {
        try FileSystem.write(Array(form.utf8), to: folder + "/form.yaml")
        return try names.map { name in
            let spec = """
                pingshen: 1
                id: \(name)
                form: !include form.yaml
                fields: {project: {name: \(name)}}
                tables: {lines: [{amount: 12.50}]}
                pipeline: {judge: {use: judge, with: {rubric: !include form.yaml, own: [1, two]}}}
                """
            try FileSystem.write(Array(spec.utf8), to: folder + "/\(name).yaml")
            return loadSpec(folder + "/\(name).yaml")
        }
    }

    @Test("what two specs include is the same in both as if each had read it, with its own places, and counts once")
    func same() throws {
        try withTemporaryFolder { folder in
            let loaded = try load(Self.form, ["a", "b"], in: folder)
            for (spec, name) in zip(loaded, ["a", "b"]) {
                #expect(spec.diagnostics.isEmpty)
                #expect(spec.spec?.dossier.field("project", "name")?.text == name)
                let rubric = spec.spec?.steps[0].configuration["rubric"]
                #expect(rubric?["form"]?.text == "f")
                #expect(rubric?["tables"]?["lines"]?["columns"]?["amount"]?["type"]?.text == "decimal")
                #expect(spec.inputs.map(\.path) == [folder + "/\(name).yaml", folder + "/form.yaml"])
                #expect(spec.sources[folder + "/form.yaml"] == Array(Self.form.utf8))
                #expect(spec.ownBytes == spec.sources[folder + "/\(name).yaml"]?.count)
            }
            let place = loaded[1].document?.place(at: JSONPointer(["form", "tables", "lines"]))
            #expect(place?.description == folder + "/form.yaml:3:17")
        }
    }

    @Test("a whole document that a spec includes in place of another is not laid over it; what has no id of its own is")
    func inPlaceOfAnother() throws {
        try withTemporaryFolder { folder in
            func write(_ name: String, _ text: String) throws {
                try FileSystem.write(Array(text.utf8), to: folder + "/" + name)
            }
            try write("long.yaml", "id: long\nterms: {unit: 站}\nblocks: [a, b]\n")
            try write("short.yaml", "id: short\nblocks: [c]\n")
            try write("patch.yaml", "unit: 万元\n")
            try write(
                "base.yaml",
                "pipeline: {report: {use: w, with: {template: !include long.yaml, more: !include long.yaml}}}\n"
            )
            let spec = """
                pingshen: 1
                id: s
                extends: base.yaml
                form: {form: f, fields: {}, tables: {}}
                pipeline: {report: {with: {template: !include short.yaml, more: !include patch.yaml}}}
                """
            try write("spec.yaml", spec)
            let settings = loadSpec(folder + "/spec.yaml").spec?.steps[0].configuration
            #expect(settings?["template"] == ["id": "short", "blocks": ["c"]])
            #expect(settings?["more"] == ["id": "long", "terms": ["unit": "站"], "blocks": ["a", "b"], "unit": "万元"])
        }
    }

    @Test("a form that was changed is read anew, and its mistakes are told in every spec, at their places")
    func changed() throws {
        try withTemporaryFolder { folder in
            _ = try load(Self.form, ["a"], in: folder)
            let wrong = Self.form.replacing("type: decimal", with: "type: decimall")
            for spec in try load(wrong, ["a", "b"], in: folder) {
                #expect(spec.diagnostics.map { "\($0.place)" } == [folder + "/form.yaml:3:43"])
            }
            for spec in try load(Self.form, ["a"], in: folder) { #expect(spec.diagnostics.isEmpty) }
        }
    }
}

/// Runs `body` with a folder that is gone afterwards.
private func withTemporaryFolder(_ body: (String) throws -> Void) throws {
    let folder = try FileSystem.makeTemporaryFolder(prefix: FileSystem.temporaryRoot() + "/pingshen-test-")
    defer { FileSystem.remove(folder) }
    try body(folder)
}
