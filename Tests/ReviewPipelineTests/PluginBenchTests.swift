import PluginWire
import ReviewModel
import Synchronization
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("Plugins that stay", .serialized)
struct PluginBenchTests {
    /// What a plugin tells of itself: its process, how often it was asked, and how much it has found in its folder.
    private struct Told: Equatable {
        var process, calls, found: Int

        init?(_ review: Review) {
            let numbers = review.facts.first?.value.list?.compactMap(\.integer) ?? []
            guard numbers.count == 3 else { return nil }
            (process, calls, found) = (numbers[0], numbers[1], numbers[2])
        }
    }

    private func run(
        _ spec: TemporarySpec,
        on bench: PluginBench,
        _ observer: any PluginObserver = SilentObserver(),
        wake: Duration = .seconds(60)
    ) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.bench = bench
        (options.observer, options.locale) = (observer, .en)
        (options.times.wake, options.times.hangUp) = (wake, .milliseconds(200))
        return try await review(loadSpec(spec.path), options: options)
    }

    /// What the plugins have failed at.
    private func failures(_ review: () async throws -> ReviewOutcome) async -> [StepFailure] {
        do { return try await review().failures } catch RunError.failed(let failures) { return failures } catch {
            return []
        }
    }

    /// What the plugin tells in each of the reviews, on one bench.
    private func told(_ specs: [TemporarySpec]) async throws -> [Told] {
        try await withPluginBenches(1) { benches in
            var all: [Told] = []
            for spec in specs { all += [Told(try await run(spec, on: benches[0]).review)].compactMap(\.self) }
            return all
        }
    }

    @Test("a plugin that says so serves one review after another, each with an empty folder")
    func stays() async throws {
        let told = try await told((0..<3).map { _ in .misbehaving("stays") })
        #expect(told.map(\.calls) == [1, 2, 3])
        #expect(Set(told.map(\.process)).count == 1)
        // The folder of its step.
        #expect(told.map(\.found) == [1, 1, 1])
    }

    @Test("a plugin that does not say so is started for each review")
    func doesNotStay() async throws {
        let outcomes = try await withPluginBenches(1) { benches in
            let first = try await run(.misbehaving("tells-surroundings"), on: benches[0])
            return (first.isWhole, benches[0].course.hadKept, benches[0].keptCount)
        }
        #expect(outcomes == (true, false, 0))
    }

    @Test("a process is kept for what it was started with: other limits, another process")
    func key() async throws {
        let told = try await told([
            .misbehaving("stays"), .misbehaving("stays", plugin: ", limits: {cpu_seconds: 77}"), .misbehaving("stays"),
        ])
        #expect(told.map(\.calls) == [1, 1, 2])
        #expect(told[0].process == told[2].process && told[0].process != told[1].process)
    }

    @Test("a plugin that has died is replaced; what it failed at is told")
    func dies() async throws {
        try await withPluginBenches(1) { benches in
            let spec = TemporarySpec.misbehaving("stays-dies")
            let first = try await run(spec, on: benches[0])
            #expect(first.isWhole)
            // The host asks a scorer that has crashed once more, in a process of its own.
            let second = try await run(spec, on: benches[0])
            #expect(second.isWhole && Told(second.review)?.calls == 1)
            #expect(benches[0].keptCount == 0)
            let third = try await run(spec, on: benches[0])
            #expect(Told(third.review)?.calls == 1 && !benches[0].course.hadKept)
        }
    }

    @Test(
        "what a plugin answers before it is asked is refused, by its name; the next review is another process's",
        arguments: ["stays-ahead", "stays-ahead-later"]
    )
    func ahead(mode: String) async throws {
        let heard = HeardWarnings()
        try await withPluginBenches(1) { benches in
            let spec = TemporarySpec.misbehaving(mode, step: "")
            let (own, other) = (spec.folder + "/said", spec.folder + "/say")
            let text = String(decoding: try FileSystem.read(spec.path, atMost: 1 << 16), as: UTF8.self)
            let settings = "own: \"\(own)\", other: \"\(other)\""
            try FileSystem.write(Array(text.replacing("depth: {er: 1}", with: settings).utf8), to: spec.path)
            let first = try await run(spec, on: benches[0], heard)
            #expect(first.isWhole && Told(first.review)?.calls == 1)
            if mode == "stays-ahead-later" {
                try FileSystem.write([], to: other)
                while !FileSystem.exists(own) { await Task.yield() }
                #expect(benches[0].keptCount == 1)
            }
            let second = try await run(spec, on: benches[0], heard)
            #expect(second.isWhole && second.failures.isEmpty)
            #expect(Told(second.review)?.calls == 1 && Told(second.review)?.process != Told(first.review)?.process)
            #expect(!second.review.facts.contains { $0.id == "ahead" })
        }
        #expect(
            heard.all.first?.contains("plugin \"odd\" broke the protocol: a reply to a request") == true,
            "\(heard.all)"
        )
    }

    @Test("a plugin that closes its standard input after its answer is replaced at once, and told of")
    func closesInput() async throws {
        let heard = HeardWarnings()
        try await withPluginBenches(1) { benches in
            let spec = TemporarySpec.misbehaving("stays-closes")
            let outcomes = [
                try await run(spec, on: benches[0], heard), try await run(spec, on: benches[0], heard),
                try await run(spec, on: benches[0], heard),
            ]
            #expect(outcomes.allSatisfy { $0.isWhole && $0.failures.isEmpty })
            #expect(outcomes.map { Told($0.review)?.calls } == [1, 1, 1])
        }
        #expect(heard.all.contains { $0.contains("had closed its standard input") }, "\(heard.all)")
    }

    @Test(
        "a plugin that does not read the first request of its next review is given up, long before its time for an answer"
    )
    func sleeps() async throws {
        try await withPluginBenches(1) { benches in
            let spec = TemporarySpec.misbehaving("stays-sleeps")
            let first = try await run(spec, on: benches[0])
            #expect(first.isWhole && benches[0].keptCount == 1)
            let failures = await failures { try await run(spec, on: benches[0], wake: .milliseconds(300)) }
            guard case .asleep(call: "config/validate", seconds: _)? = failures.first?.failure.reason else {
                Issue.record("\(failures)")
                return
            }
            #expect(benches[0].course.hadKept && benches[0].keptCount == 0)
        }
    }

    @Test("a plugin that closes its standard input before it is asked to judge has failed, and says why")
    func closesEarly() async throws {
        try await withPluginBenches(1) { benches in
            let failures = await failures { try await run(.misbehaving("closes-after-validate"), on: benches[0]) }
            guard case .closedInput? = failures.first?.failure.reason else {
                Issue.record("\(failures)")
                return
            }
            #expect(failures[0].failure.message.en.contains("read standard input until that ends"))
        }
    }

    @Test("a plugin that has read its last request and closes its standard input may take its time for the answer")
    func closesLate() async throws {
        let outcome = try await withPluginBenches(1) { benches in
            try await run(.misbehaving("closes-before-answer"), on: benches[0])
        }
        #expect(outcome.isWhole && outcome.failures.isEmpty)
    }

    @Test("what has seen a secret serves nobody else")
    func secrets() async throws {
        let text = """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline:
              odd: {use: odd, with: {token: !secret PATH}}
            plugins:
              odd: {command: ["\(buildFolder)/misbehaving-plugin", stays]}
            """
        let told = try await told([TemporarySpec(text), TemporarySpec(text)])
        #expect(told.map(\.calls) == [1, 1])
    }

    @Test("a review that is given up takes its plugins with it, and the next is none the worse")
    func cancelled() async throws {
        try await withPluginBenches(1) { benches in
            let hanging = TemporarySpec.misbehaving("stays", step: "").hanging
            let task = Task { try await run(hanging, on: benches[0]) }
            task.cancel()
            await #expect(throws: (any Error).self) { try await task.value }
            #expect(benches[0].keptCount == 0)
            let next = try await run(.misbehaving("stays"), on: benches[0])
            #expect(Told(next.review)?.calls == 1)
        }
    }

    @Test("nothing of a bench is left")
    func leftNothing() async throws {
        let folders = try await withPluginBenches(2) { benches in
            _ = try await run(.misbehaving("stays"), on: benches[0])
            return benches.map(\.shared)
        }
        #expect(folders.allSatisfy { !FileSystem.exists($0) })
    }
}

/// What plugins were warned of.
private final class HeardWarnings: PluginObserver {
    private let heard = Mutex<[String]>([])

    var all: [String] { heard.withLock { $0 } }

    func log(plugin: String, _ level: LogLevel, _ message: String) {
        heard.withLock { $0.append("\(plugin): \(message)") }
    }

    func progress(plugin: String, done: Int, total: Int?, _ message: String) {}
}

extension TemporarySpec {
    /// The same, whose plugin never answers.
    fileprivate var hanging: TemporarySpec {
        let bytes = (try? FileSystem.read(path, atMost: 1 << 16)) ?? []
        return TemporarySpec(String(decoding: bytes, as: UTF8.self).replacing("depth: {er: 1}", with: "hangs: true"))
    }
}
