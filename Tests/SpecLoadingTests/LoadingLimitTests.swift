import Glibc
import ReviewModel
import SpecLoading
import TemporarySpec
import Testing

@Suite("A spec that asks for too much")
struct LoadingLimitTests {
    private let head = "pingshen: 1\nid: t\n" + TemporarySpec.form + "\npipeline: []\n"

    private func load(_ text: String, files: [String: String] = [:]) -> LoadedSpec {
        let spec = TemporarySpec(text, files: files)
        return loadSpec(spec.path)
    }

    @Test("by files that include each other tenfold is refused after a few of them")
    func includeBomb() {
        var files = ["w15.yaml": "x\n"]
        for level in 0..<15 {
            files["w\(level).yaml"] =
                "[" + Array(repeating: "!include w\(level + 1).yaml", count: 10).joined(separator: ", ") + "]\n"
        }
        let loaded = load("a: !include w1.yaml\n", files: files)
        #expect(loaded.spec == nil)
        #expect(loaded.diagnostics.map(\.code) == ["spec/too-large"])
        #expect(loaded.diagnostics.first?.message.en.hasPrefix("all files together are too large (at most ") == true)
    }

    @Test("by one text a thousand times is refused where it becomes too much, and read once")
    func repeatedText() {
        let includes = Array(repeating: "!include long.txt", count: 1000).joined(separator: ", ")
        let loaded = load("a: [\(includes)]\n", files: ["long.txt": String(repeating: "x", count: 1 << 20)])
        #expect(loaded.diagnostics.map(\.code) == ["spec/too-large"])
        // The first is no repetition; 64 more are allowed.
        #expect(loaded.diagnostics.first?.place.column == 5 + 19 * 65)
        #expect(loaded.inputs.count == 2)
    }

    @Test("by a file within itself by way of many is refused as deep as by way of one", arguments: [16, 17])
    func depth(levels: Int) {
        // The innermost first, so that each file is known before the one that includes it is read.
        var files: [String: String] = [:]
        for level in 1..<levels { files["d\(level).yaml"] = level == 1 ? "x\n" : "[!include d\(level - 1).yaml]\n" }
        let all = (1..<levels).map { "!include d\($0).yaml" }.joined(separator: ", ")
        let codes = load("a: [\(all)]\n", files: files).diagnostics.map(\.code)
        #expect(codes.contains("spec/too-many-files") == (levels > 16))
    }

    @Test("keeps what is wrong with a file to one mention, however often it is included")
    func brokenFile() {
        let loaded = load("a: [!include b.yaml, !include b.yaml]\n", files: ["b.yaml": "x: [\n"])
        #expect(loaded.diagnostics.count == 1)
    }

    @Test("by a hundred thousand wrong keys is told of two hundred, with their hints")
    func manyMistakes() {
        let keys = (0..<90_000).map { "    nam\($0): x\n" }.joined()
        let loaded = load(head + "fields:\n  project:\n" + keys)
        #expect(loaded.diagnostics.count == DiagnosticLog.limit + 1)
        #expect(loaded.diagnostics.first?.hint?.en == "did you mean \"name\"?")
        #expect(loaded.diagnostics.last?.message.en == "more than 200 mistakes; the rest is not listed")
    }

    @Test("by a thousand and one allowed values is told so, and that a table would do")
    func allowedValues() {
        let values = (0...1000).map { "v\($0)" }.joined(separator: ", ")
        let form = TemporarySpec.form.replacing("on: {type: date}", with: "on: {values: [\(values)]}")
        let diagnostic = load("pingshen: 1\nid: t\n\(form)\npipeline: []\n").diagnostics.first
        #expect(diagnostic?.message.en == "1001 values are allowed here, at most 1000 can be")
        #expect(diagnostic?.hint?.en == "make a table of them, and refer to it with references")
    }

    @Test("by a thousand steps and one is told so")
    func steps() {
        let steps = (0..<1001).map { "  s\($0): {use: p\($0)}\n" }.joined()
        let loaded = load(head.replacing("pipeline: []\n", with: "pipeline:\n" + steps))
        #expect(loaded.diagnostics.map(\.message.en) == ["the pipeline has 1001 steps, at most 1000 are taken"])
    }

    @Test("by twenty thousand plugins is told so before they are looked at")
    func plugins() {
        let plugins = (0..<20_000).map { "  p\($0): {command: [./p\($0)]}\n" }.joined()
        let loaded = load(head + "plugins:\n" + plugins)
        #expect(loaded.diagnostics.map(\.message.en) == ["there are 20000 plugins, at most 1000 are taken"])
    }

    @Test(
        "by a value of a megabyte is not told the whole of it",
        arguments: [
            "locale: LONG", "fields: {project: {LONG: x}}", "fields: {project: {name: !secret LONG}}", "as_of: LONG",
            "tables: {LONG: []}", "tables: {lines: [{id: a, amount: LONG}]}", "tables: {lines: [{id: a, on: LONG}]}",
            "tables: {lines: [{id: LONG}, {id: LONG}]}", "fields: {project: {name: !include LONG}}", "LONG: 1",
        ]
    )
    func longValues(text: String) {
        let long = String(repeating: "x", count: 1 << 20)
        let loaded = load(head + text.replacing("LONG: ", with: "? LONG\n: ").replacing("LONG", with: long))
        #expect(loaded.hasErrors)
        for diagnostic in loaded.diagnostics {
            #expect(diagnostic.message.en.utf8.count < 1000 && diagnostic.message.zh.utf8.count < 1000)
            #expect((diagnostic.hint?.en.utf8.count ?? 0) < 1000)
        }
        #expect(loaded.rendered(locale: .zh, isColoured: false).utf8.count < 5000)
    }

    @Test("by a pipe, a device or a sparse file is refused at its place, at once")
    func oddFiles() throws {
        let spec = TemporarySpec(
            "a: !include pipe.yaml\nb: !include pipe.txt\nc: !include zero\nd: !include sparse.txt\ne: !include folder\n"
                + "f: !include sparse.yaml\nextends: pipe.yaml\n"
        )
        for name in ["pipe.yaml", "pipe.txt"] { mkfifo(spec.folder + "/" + name, 0o600) }
        symlink("/dev/zero", spec.folder + "/zero")
        mkdir(spec.folder + "/folder", 0o755)
        for name in ["sparse.txt", "sparse.yaml"] {
            fclose(fopen(spec.folder + "/" + name, "w"))
            truncate(spec.folder + "/" + name, 10 << 30)
        }
        let loaded = loadSpec(spec.path)
        let said = loaded.diagnostics.map { "\($0.place.line ?? 0) \($0.message.en.split(separator: ": ").last ?? "")" }
        #expect(
            said == [
                "1 it is a named pipe, where a regular file is expected",
                "2 it is a named pipe, where a regular file is expected",
                "3 it is a device, where a regular file is expected",
                "4 it has 10737418240 bytes, where at most 8388608 are expected",
                "5 it is a folder, where a file is expected",
                "6 it has 10737418240 bytes, where at most 33554432 are expected",
            ]
        )
        #expect(loaded.diagnostics.allSatisfy { $0.code == "spec/unreadable" && $0.hint != nil })
    }
}
