import Glibc
import PluginRuntime
import ReviewModel
import ReviewPipeline
import SpecLoading
import Synchronization
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import Preview

@Suite("A preview", .serialized)
struct PreviewTests {
    /// What a preview tells, as it comes.
    private final class Course: Sendable {
        let events: AsyncStream<PreviewEvent>
        private let input: AsyncStream<PreviewEvent>.Continuation
        init() { (events, input) = AsyncStream.makeStream() }
        func add(_ event: PreviewEvent) { input.yield(event) }
    }

    /// Runs a preview of the spec, and `body` beside it, which gets what the preview shows, one after another.
    private func preview(
        _ spec: TemporarySpec,
        _ change: (inout PreviewOptions) -> Void = { _ in },
        _ body: (_ address: String, _ next: () async -> PreviewState?) async throws -> Void
    ) async throws {
        var options = PreviewOptions(locale: .en)
        options.run.formats = PreviewOptions.pageFormats
        change(&options)
        let (course, path, ready) = (Course(), spec.path, options)
        let task = Task {
            try await Preview.preview(path, ready) {
                loadSpec(path)
            } _: {
                course.add($0)
            }
        }
        var (events, address) = (course.events.makeAsyncIterator(), "")
        do {
            if case .opened(let opened)? = await events.next() { address = opened }
            try await body(address) {
                while let event = await events.next() { if case .shown(let state) = event { return state } }
                return nil
            }
        } catch {
            task.cancel()
            _ = await task.result
            throw error
        }
        task.cancel()
        _ = await task.result
    }

    private func text(_ mode: String = "stays", amount: String = "5.00", lines: String? = nil) -> String {
        """
        pingshen: 1
        id: test
        \(TemporarySpec.form)
        fields: {project: {name: Test}}
        tables:
          lines: \(lines ?? "[{id: L1, amount: \(amount)}]")
        pipeline:
          odd: {use: odd}
        plugins:
          odd: {command: ["\(buildFolder)/misbehaving-plugin", \(mode)]}

        """
    }

    private func save(_ text: String, _ spec: TemporarySpec) throws {
        try FileSystem.replace(spec.path, with: Array(text.utf8))
    }

    @Test("follows each save; a mistake is told, the last review stands, and mended it is made anew")
    func follows() async throws {
        let spec = TemporarySpec(text())
        try await preview(spec) { address, next in
            #expect(address.hasPrefix("http://127.0.0.1:"))
            let first = await next()
            #expect(first?.version == 1 && first?.errors == 0 && first?.findings != nil)
            try save(text(amount: "five"), spec)
            let second = await next()
            #expect(second?.version == 2 && (second?.errors ?? 0) > 0 && second?.findings == nil)
            try save(text(amount: "6.00"), spec)
            let third = await next()
            #expect(third?.version == 3 && third?.errors == 0 && third?.findings != nil)
        }
    }

    @Test("what is included, and what is not there yet, is followed as well")
    func includes() async throws {
        let spec = TemporarySpec(text(lines: "!include parts/lines.yaml"))
        try await preview(spec) { _, next in
            #expect((await next()?.errors ?? 0) > 0, "the part is missing")
            try FileSystem.makeFolder(spec.folder + "/new")
            try FileSystem.write(Array("- {id: L1, amount: 5.00}\n".utf8), to: spec.folder + "/new/lines.yaml")
            try FileSystem.rename(spec.folder + "/new", to: spec.folder + "/parts")
            #expect(await next()?.errors == 0)
            try FileSystem.write(Array("- {id: L1, amount: 6.00}\n".utf8), to: spec.folder + "/parts/lines.yaml")
            #expect(await next()?.version == 3)
        }
    }

    @Test("a save without a change shows nothing new")
    func touched() async throws {
        let spec = TemporarySpec(text())
        try await preview(spec) { _, next in
            #expect(await next()?.version == 1)
            try save(text(), spec)
            try save(text(amount: "7.00"), spec)
            #expect(await next()?.version == 2)
        }
    }

    @Test("a plugin that dies is told, and the next save is reviewed all the same")
    func crash() async throws {
        let spec = TemporarySpec(text("exit-during-score"))
        try await preview(spec) { _, next in
            #expect((await next()?.errors ?? 0) > 0)
            try save(text(), spec)
            #expect(await next()?.errors == 0)
        }
    }

    @Test("a script of a plugin's is followed, and what lies beside it, also what was not there before")
    func scripts() async throws {
        let spec = TemporarySpec(text())
        func write(_ text: String, to name: String) throws {
            try FileSystem.replace(spec.folder + "/plugin/" + name, with: Array(text.utf8))
        }
        try FileSystem.makeFolder(spec.folder + "/plugin")
        try write("import os\nos.execv('\(buildFolder)/misbehaving-plugin', ['x', 'stays'])\n", to: "main.py")
        let script = text().replacing(
            "[\"\(buildFolder)/misbehaving-plugin\", stays]",
            with: "[python3, \"\(spec.folder)/plugin/main.py\"]"
        )
        try save(script, spec)
        try await preview(spec) { _, next in
            #expect(await next()?.version == 1)
            try write("pass\n", to: "helper.py")
            #expect(await next()?.version == 2)
            try write("pass  # another\n", to: "helper.py")
            #expect(await next()?.version == 3)
            try write("import os\nos.execv('\(buildFolder)/misbehaving-plugin', ['x', 'behave'])\n", to: "main.py")
            let last = await next()
            #expect(last?.version == 4 && last?.errors == 0)
        }
    }

    @Test("leaves nothing beside the spec; what is to be kept is where it was asked for")
    func folders() async throws {
        let spec = TemporarySpec(text())
        try await preview(spec) { _, next in _ = await next() }
        #expect(FileSystem.names(in: spec.folder) == ["spec.yaml"])
        let out = spec.folder + "/out"
        try await preview(spec) { options in
            (options.run.output, options.keepsFiles, options.run.formats) = (out, true, nil)
        } _: { _, next in
            _ = await next()
        }
        #expect(FileSystem.exists(out + "/test/review.json"))
    }

    @Test("a port that somebody has is told, with what to do")
    func takenPort() async throws {
        let (first, second) = (TemporarySpec(text()), TemporarySpec(text()))
        try await preview(first) { address, _ in
            let port = Int(address.split(separator: "/")[1].split(separator: ":")[1]) ?? 0
            var options = PreviewOptions(locale: .en)
            options.port = port
            let (path, taken) = (second.path, options)
            let error = await #expect(throws: PreviewError.self) {
                try await Preview.preview(path, taken, load: { loadSpec(path) }) { _ in }
            }
            #expect(error?.message.en.contains("port \(port)") == true && error?.message.en.contains("--port") == true)
        }
    }
}
