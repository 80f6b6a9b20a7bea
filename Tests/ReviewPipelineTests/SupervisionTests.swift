import Glibc
import ReviewModel
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("Supervision", .serialized)
struct SupervisionTests {
    private func run(_ spec: TemporarySpec, times: PluginTimes = PluginTimes()) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.times = times
        return try await review(loadSpec(spec.path), options: options)
    }

    /// The one failure of a run of which nothing was judged.
    private func failure(_ spec: TemporarySpec, times: PluginTimes = PluginTimes()) async throws -> PluginFailure {
        let error = await #expect(throws: RunError.self) { try await run(spec, times: times) }
        guard case .failed(let failures)? = error, failures.count == 1 else {
            throw Unexpected(what: "\(String(describing: error))")
        }
        return failures[0].failure
    }

    private struct Unexpected: Error { var what: String }

    @Test(
        "every failure ends in one line that names plugin and call",
        arguments: [
            ("one-byte-over", "plugin \"odd\" broke the protocol: a line of more than 8388608 bytes"),
            ("stderr-line", "plugin \"odd\" ended during scorer/score (exit status 9)"),
            ("stderr-binary", "plugin \"odd\" ended during scorer/score (exit status 9)"),
        ]
    )
    func oneLine(mode: String, beginning: String) async throws {
        let failure = try await failure(.misbehaving(mode))
        #expect(failure.message.en.hasPrefix(beginning), "\(failure.message.en)")
        #expect(failure.standardError.allSatisfy { $0.utf8.count <= 3 * LineTail.maximumLineBytes })
        #expect(failure.standardError.count <= LineTail.maximumLines)
    }

    @Test(
        "a plugin that does not answer is stopped when its time is up, whatever else it does",
        arguments: [("reads-to-end", "initialize"), ("banner", "scorer/score"), ("trickle", "scorer/score")]
    )
    func stopped(mode: String, call: String) async throws {
        let times = call == "initialize" ? shortTimes(start: .milliseconds(400)) : shortTimes()
        let failure = try await failure(.misbehaving(mode), times: times)
        #expect(failure.message.en.contains("did not answer \(call)"), "\(failure.message.en)")
    }

    @Test("progress keeps a call alive, but not beyond the deadline of its step")
    func progress() async throws {
        var times = shortTimes()
        times.start = .seconds(10)
        times.idle = .seconds(1)
        #expect(try await run(.misbehaving("slow-with-progress"), times: times).failures.isEmpty)
        let failure = try await failure(
            .misbehaving("progress-for-ever", step: ", deadline_seconds: 1"),
            times: shortTimes()
        )
        #expect(failure.message.en.contains("did not answer scorer/score within 1 s"))
    }

    @Test("a plugin that asks and does not read is stopped before the replies fill the memory")
    func deaf() async throws {
        let spec = TemporarySpec.misbehaving("deaf")
        let loaded = try #require(loadSpec(spec.path).spec)
        let program = try PluginCatalog().program("odd", commands: loaded.plugins)
        let failure = await #expect(throws: PluginFailure.self) {
            var settings = SessionSettings(
                scratch: spec.folder,
                times: PluginTimes(),
                locale: .en,
                observer: SilentObserver()
            )
            settings.outgoingLimit = 1 << 20
            try await withPlugins([program], settings) { sessions, _ in
                let session = try #require(sessions["odd"])
                let role = try #require(session.manifest?.roles.first)
                _ = try await RemoteScorer(session: session, role: role, limit: nil).score(
                    ScoringRequest(configuration: .record(Record()), dossier: loaded.dossier)
                )
            }
        }
        #expect(failure?.message.en.contains("asks without reading the replies (more than 1 MiB wait)") == true)
    }

    @Test("what waits for a reader is bounded")
    func boundedQueue() async {
        let loop = PipeLoop(outgoingLimit: 10)
        let overflows = Signal()
        loop.onOverflow { overflows.send() }
        loop.push(Array(repeating: 0, count: 10))
        loop.push([1])
        await overflows.wait()
    }

    @Test(
        "a line of just the limit is taken, two requests of one id get two replies",
        arguments: ["just-fits", "same-id"]
    )
    func taken(mode: String) async throws {
        #expect(try await run(.misbehaving(mode)).failures.isEmpty)
    }

    @Test("10,000 questions at once are all answered, if only by a refusal")
    func nested() async throws {
        #expect(try await run(.misbehaving("nested")).review.facts.first?.value == 10_000)
    }

    @Test(
        "a source that lies about its pages, or dies between them, fails",
        arguments: ["source-uneven", "source-dies", "source-wrong-type", "source-too-many"]
    )
    func sources(mode: String) async throws {
        let failure = try await failure(.pipeline("  data: {use: odd}", plugins: ["odd": mode]))
        #expect(failure.message.en.hasPrefix("plugin \"odd\""), "\(failure.message.en)")
    }

    @Test("a scorer that crashed is started once more")
    func restart() async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: odd, with: {own: /tmp/pingshen-once-\(UInt64.random(in: 0...UInt64.max))}}",
            plugins: ["odd": "crash-once"]
        )
        let outcome = try await run(spec)
        #expect(outcome.failures.isEmpty)
        #expect(outcome.review.findings.map(\.finding.rule) == ["test/ok"])
        let log = String(decoding: try FileSystem.read(outcome.folder + "/run.jsonl", atMost: .max), as: UTF8.self)
        #expect(log.contains("\"outcome\":\"restarted\""))
    }

    @Test("a plugin in a crash loop is started anew three times at most")
    func crashLoop() async throws {
        let spec = TemporarySpec.pipeline(
            (1...5).map { "  s\($0): {use: odd}" }.joined(separator: "\n") + "\n  good: {use: good}",
            plugins: ["odd": "exit-during-score", "good": "behave"]
        )
        let outcome = try await run(spec)
        let log = String(decoding: try FileSystem.read(outcome.folder + "/run.jsonl", atMost: .max), as: UTF8.self)
        #expect(log.split(separator: "\n").count { $0.contains("\"restarted\"") } == 3)
    }

    @Test("no descriptor is left behind, however a plugin ends")
    func nothingLeft() async throws {
        func descriptors() -> Int { FileSystem.names(in: "/proc/self/fd").count }
        func folders() -> Int {
            FileSystem.names(in: "/tmp").count { $0.hasPrefix("pingshen-") && !$0.contains("test") }
        }
        _ = try? await run(.misbehaving("behave"))
        let before = descriptors()
        for mode in ["behave", "exit-during-score", "bad-json", "hang", "ignore-term", "stderr-flood", "silent"] {
            _ = try? await run(.misbehaving(mode), times: shortTimes())
        }
        // Other tests have descriptors of their own for a while.
        for _ in 0..<2000 where descriptors() > before { try await Task.sleep(for: .milliseconds(5)) }
        #expect(descriptors() <= before)
    }
}
