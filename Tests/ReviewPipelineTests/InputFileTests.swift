import Glibc
import PluginRuntime
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("A file that a plugin is handed", .serialized)
struct InputFileTests {
    private static let kit =
        String(#filePath.split(separator: "/").dropLast(3).reduce("") { $0 + "/" + $1 })
        + "/Kits/python/pingshen_plugin.py"

    private static let ledger = """
        import csv, os
        from pingshen_plugin import Plugin
        plugin = Plugin("ledger")

        @plugin.source(writes=["lines"], settings={"from": "", "spoil": "", "meddle": False})
        def lines(settings):
            path = settings["from"]
            if settings["spoil"]:
                with open(settings["spoil"], "w") as file: file.write("id,amount\\nL9,9.00\\n")
            with open(path, encoding="utf-8", newline="") as file:
                rows = [{"id": row["id"], "amount": row["amount"]} for row in csv.DictReader(file)]
            if settings["meddle"]:
                os.chmod(path, 0o644)
                with open(path, "a") as file: file.write("\\n")
            return {"lines": {"columns": [{"name": "id"}, {"name": "amount", "type": "decimal"}], "rows": rows,
                              "places": [{"file": path, "line": row + 2, "column": 1} for row in range(len(rows))]}}

        plugin.run()
        """

    private static let table = "id,amount\nL1,12.50\nL2,7.50\n"

    /// A spec whose lines come out of a CSV.
    private func spec(_ settings: String = "") throws -> TemporarySpec {
        TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            pipeline:
              read: {use: ledger, with: {from: !file "a, b #1.csv"\(settings)}}
              odd: {use: odd}
            plugins:
              ledger: {command: [python3, ./ledger.py]}
              odd: {command: ["\(buildFolder)/misbehaving-plugin", behave]}
            """,
            files: [
                "a, b #1.csv": Self.table, "ledger.py": Self.ledger,
                "pingshen_plugin.py": String(decoding: try FileSystem.read(Self.kit, atMost: 1 << 20), as: UTF8.self),
            ]
        )
    }

    private func run(_ spec: TemporarySpec, sandboxed: Bool = false) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.isSandboxed = sandboxed
        return try await review(loadSpec(spec.path), options: options)
    }

    @Test(
        "is there, in a sandbox as well, is in the review's inputs, and places in it have its own name",
        arguments: [false, true]
    )
    func handed(sandboxed: Bool) async throws {
        let spec = try spec()
        let outcome: ReviewOutcome
        do {
            outcome = try await run(spec, sandboxed: sandboxed)
        } catch RunError.sandbox(let message) {
            #expect(message.en.contains("bubblewrap"))
            return
        }
        let file = spec.folder + "/a, b #1.csv"
        #expect(outcome.failures.isEmpty)
        let found = try #require(outcome.review.findings.first)
        #expect(found.locations.first?.place == .text(file: file, line: 2, column: 1))
        let inputs = try JSONReader.read(JSONWriter.document(outcome.json))["inputs"]?.list
        #expect(inputs?.compactMap { $0["path"]?.text } == [spec.path, file])
        #expect(inputs?.last?["sha256"]?.text == sha256(Array(Self.table.utf8)))
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"])
    }

    @Test("is what was hashed, whatever becomes of the file meanwhile")
    func spoiled() async throws {
        let spec = try spec(", spoil: X")
        let file = spec.folder + "/a, b #1.csv"
        let text = String(decoding: try FileSystem.read(spec.path, atMost: 1 << 20), as: UTF8.self)
        try FileSystem.write(Array(text.replacing("spoil: X", with: "spoil: \"\(file)\"").utf8), to: spec.path)
        let outcome = try await run(spec)
        #expect(try FileSystem.read(file, atMost: 100).starts(with: Array("id,amount\nL9".utf8)))
        let inputs = try JSONReader.read(JSONWriter.document(outcome.json))["inputs"]?.list
        #expect(inputs?.last?["sha256"]?.text == sha256(Array(Self.table.utf8)))
        #expect(outcome.review.findings.first?.locations.first?.line == 2)
    }

    @Test("makes the review worth nothing when a plugin has written to it")
    func meddledWith() async throws {
        let spec = try spec(", meddle: true")
        let error = try await #require(throws: RunError.self) { _ = try await run(spec) }
        guard case .failed(let failures) = error else { throw error }
        #expect(failures.map(\.steps) == [["read"]])
        #expect(failures.first?.failure.message.en.contains("was changed during the review") == true)
        #expect(!FileSystem.exists(spec.folder + "/out/test"))
    }

    @Test("is a mistake of the spec when it goes between loading and running")
    func gone() async throws {
        let spec = try spec()
        let loaded = loadSpec(spec.path)
        unlink(spec.folder + "/a, b #1.csv")
        let checked = try await validate(loaded, options: RunOptions())
        #expect(checked.loaded.diagnostics.map(\.code) == ["spec/unusable-file"])
        #expect(checked.loaded.diagnostics.first?.place.line == 7)
    }
}
