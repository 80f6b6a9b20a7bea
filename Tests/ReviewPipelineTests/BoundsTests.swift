import Glibc
import PluginWire
import ReviewModel
import Synchronization
import TemporarySpec
import Testing

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("What a plugin may do much of has an end", .serialized)
struct BoundsTests {
    private func options(_ spec: TemporarySpec) -> RunOptions {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.locale = .en
        return options
    }

    private func failure(
        _ spec: TemporarySpec,
        _ change: (inout RunOptions) -> Void
    ) async throws -> String {
        var options = options(spec)
        change(&options)
        let error = await #expect(throws: RunError.self) { try await review(loadSpec(spec.path), options: options) }
        switch error {
        case .failed(let failures)?: return failures.map(\.failure.message.en).joined(separator: "\n")
        case .invalid(let checked)?: return checked.failures.map(\.failure.message.en).joined(separator: "\n")
        default: return "\(String(describing: error))"
        }
    }

    // MARK: Time

    /// Nothing is short but the time that is to run out; silence is allowed for ten times as long.
    private func times(_ change: (inout PluginTimes) -> Void) -> PluginTimes {
        var times = shortTimes(idle: .seconds(60))
        change(&times)
        return times
    }

    @Test("a step without a deadline ends all the same, whatever progress it shows")
    func stepWithProgress() async throws {
        let message = try await failure(.misbehaving("progress-for-ever")) { options in
            options.times = times { $0.step = .seconds(1) }
        }
        #expect(
            message
                == "plugin \"odd\" did not answer scorer/score within 1 s and was stopped; "
                + "deadline_seconds in its step allows more"
        )
    }

    @Test("pages without an end end with the time of the step that pulls them")
    func endlessPages() async throws {
        let spec = TemporarySpec.pipeline("  data: {use: odd}", plugins: ["odd": "source-endless"])
        let message = try await failure(spec) { options in options.times = times { $0.step = .seconds(1) } }
        #expect(message.hasPrefix("plugin \"odd\" did not finish"), "\(message)")
        #expect(message.contains("within 1 s"), "\(message)")
    }

    @Test("a page that is asked for and does not come is waited for as long as its plugin may be silent")
    func unansweredPage() async throws {
        let spec = TemporarySpec.pipeline("  data: {use: odd}", plugins: ["odd": "source-silent"])
        let message = try await failure(spec) { $0.times = shortTimes() }
        #expect(message.hasPrefix("plugin \"odd\" did not answer stream/next within 1 s"), "\(message)")
    }

    @Test("what a plugin says after its goodbye is neither waited for nor taken")
    func talkAfterShutdown() async throws {
        let spec = TemporarySpec.misbehaving("talks-after-shutdown")
        var options = options(spec)
        options.times = shortTimes(idle: .seconds(20))
        let outcome = try await review(loadSpec(spec.path), options: options)
        #expect(outcome.failures.isEmpty)
        #expect(outcome.review.findings.map(\.finding.rule) == ["test/ok"])
    }

    @Test("a question about settings has a time of its own, whatever progress is shown")
    func settingsWithProgress() async throws {
        let message = try await failure(.misbehaving("progress-in-validate")) { options in
            options.times = times { $0.question = .seconds(1) }
        }
        #expect(message == "plugin \"odd\" did not answer config/validate within 1 s and was stopped")
    }

    @Test("a question about rules has it too")
    func rulesWithProgress() async throws {
        let spec = TemporarySpec.misbehaving("progress-in-rules")
        let program = try PluginCatalog().program("odd", commands: #require(loadSpec(spec.path).spec).plugins)
        let times = times { $0.question = .seconds(1) }
        let settings = SessionSettings(scratch: spec.folder, times: times, locale: .en, observer: SilentObserver())
        let failure = await #expect(throws: PluginFailure.self) {
            try await withPlugins([program], settings) { sessions, _ in
                let session = try #require(sessions["odd"])
                let role = try #require(session.manifest?.roles.first)
                _ = try await RemoteScorer(session: session, role: role, limit: nil).rules(.null)
            }
        }
        #expect(failure?.message.en == "plugin \"odd\" did not answer rules/list within 1 s and was stopped")
    }

    // MARK: Tables

    @Test(
        "more tables or columns than anybody has are refused before they are looked through",
        arguments: [
            (1001, 1, "1001 tables; 1000 at the most are taken"),
            (1, 2001, "table \"t0\" has 2001 columns; 2000 at the most are taken"),
        ]
    )
    func wide(tables: Int, columns: Int, words: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  data: {use: odd, with: {tables: \(tables), columns: \(columns)}}",
            plugins: ["odd": "source-wide"]
        )
        let message = try await failure(spec) { _ in }
        #expect(message.contains("\"odd\""), "\(message)")
        #expect(message.contains(words), "\(message)")
    }

    @Test("fields that nobody asked for are refused, not passed over")
    func strayFields() async throws {
        let message = try await failure(.pipeline("  data: {use: odd}", plugins: ["odd": "source-fields"])) { _ in }
        #expect(message.contains("\"odd\"") && message.contains("names no setting for them"), "\(message)")
    }

    @Test("as many as that are looked through")
    func justNarrow() async throws {
        let spec = TemporarySpec.pipeline(
            "  data: {use: odd, with: {tables: 1000, columns: 2}}",
            plugins: ["odd": "source-wide"]
        )
        let message = try await failure(spec) { _ in }
        #expect(!message.contains("at the most"), "\(message)")
    }

    @Test("a table that does not end is refused for what it takes up, not when the memory is full")
    func heavy() async throws {
        let spec = TemporarySpec.pipeline("  data: {use: odd}", plugins: ["odd": "source-endless"])
        let program = try PluginCatalog().program("odd", commands: #require(loadSpec(spec.path).spec).plugins)
        let times = times { _ in }
        let settings = {
            var settings = SessionSettings(scratch: spec.folder, times: times, locale: .en, observer: SilentObserver())
            settings.sourceBytes = 1 << 20
            return settings
        }()
        let failure = await #expect(throws: PluginFailure.self) {
            try await withPlugins([program], settings) { sessions, _ in
                let session = try #require(sessions["odd"])
                let role = try #require(session.manifest?.roles.first)
                let source = RemoteSource(session: session, role: role, limit: nil)
                _ = try await source.read(SourceRequest(configuration: .null))
            }
        }
        let words = "table \"lines\" does not end: with those before it, it takes up more than 1 MiB"
        let message = failure?.message.en ?? ""
        #expect(message.contains(words), "\(message)")
    }

    @Test("streams that a plugin opens and does not read have an end; the call goes on")
    func manyStreams() async throws {
        let spec = TemporarySpec.misbehaving("opens-streams")
        let outcome = try await review(loadSpec(spec.path), options: options(spec))
        #expect(outcome.failures.isEmpty)
        #expect(
            outcome.review.facts.first?.value
                == "1000: 1000 streams are open, which hold 0 MiB; 1000 and 256 MiB are taken"
        )
    }

    // MARK: Queries

    @Test("queries of a plugin wait for each other, and nobody else waits for them")
    func queryThreads() async throws {
        let gate = Gate()
        let turns = Turns()
        // More plugins than there are threads for all tasks; each is shut in its query.
        let threads = (0..<64).map { _ in QueryThread() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for thread in threads { group.addTask { try await thread.run { gate.wait() } } }
            let one = QueryThread()
            for _ in 0..<20 {
                group.addTask { try await one.run { turns.take() } }
            }
            // Never happens where the queries have taken all the threads.
            await Task.detached { gate.open() }.value
            try await group.waitForAll()
        }
        #expect(turns.most == 1)
    }

    /// How many have their turn at once.
    private final class Turns: Sendable {
        private let count = Mutex((now: 0, most: 0))

        var most: Int { count.withLock { $0.most } }

        func take() {
            count.withLock { $0 = ($0.now + 1, max($0.most, $0.now + 1)) }
            sched_yield()
            count.withLock { $0.now -= 1 }
        }
    }

    /// Holds up whole threads, as a long query does.
    private final class Gate: Sendable {
        private let ends: (reading: Int32, writing: Int32)

        init() {
            var ends: [Int32] = [-1, -1]
            pipe(&ends)
            self.ends = (ends[0], ends[1])
        }

        func wait() {
            var byte: UInt8 = 0
            _ = read(ends.reading, &byte, 1)
        }

        /// For all who wait and who come later.
        func open() { close(ends.writing) }

        deinit { close(ends.reading) }
    }

    // MARK: Talk

    private final class Ear: PluginObserver {
        let heard = Mutex<[String]>([])
        func log(plugin: String, _ level: LogLevel, _ message: String) { heard.withLock { $0.append(message) } }
        func progress(plugin: String, done: Int, total: Int?, _ message: String) {}
    }

    private func talking(_ mode: String, lines: Int) -> TemporarySpec {
        .pipeline("  odd: {use: odd, with: {lines: \(lines)}}", plugins: ["odd": mode])
    }

    @Test(
        "of logs and stray lines a bounded part is shown, and once that there were more",
        arguments: [("logs-much", 9), ("prints-much", 8)]
    )
    func shown(mode: String, whole: Int) async throws {
        let spec = talking(mode, lines: 5000)
        let ear = Ear()
        var options = options(spec)
        options.observer = ear
        options.talkLimits.shown = 1000
        let outcome = try await review(loadSpec(spec.path), options: options)
        #expect(outcome.failures.isEmpty, "it is not stopped for it")
        let heard = ear.heard.withLock { $0 }
        #expect(heard.last == "it has logged more than 1000 bytes; the rest is not shown")
        #expect(heard.count == whole + 2, "the whole ones, the beginning of one, and that there were more")
        #expect(heard.dropLast().reduce(0) { $0 + $1.utf8.count } <= 1000)
    }

    @Test("a flood of what nobody asked for hides no error")
    func errorsSurvive() async throws {
        let spec = talking("logs-debug", lines: 5000)
        let ear = Ear()
        var options = options(spec)
        options.observer = ear
        options.talkLimits.shown = 1000
        _ = try await review(loadSpec(spec.path), options: options)
        #expect(ear.heard.withLock { $0.last } == "it matters")
    }

    @Test("a plugin that talks without end is stopped, and named", arguments: ["logs-much", "prints-much"])
    func stopped(mode: String) async throws {
        let message = try await failure(talking(mode, lines: 1 << 40)) { $0.talkLimits.taken = 2 << 20 }
        #expect(message == "plugin \"odd\" logged and printed more than 2 MiB and was stopped; let it log less")
    }

    @Test("times of rules are kept for as many calls as can be asked at once, and told once")
    func ruleTimes() {
        let limit = WireLimits.standard.requestsInFlight
        let activity = PluginActivity(
            plugin: "odd",
            observer: SilentObserver(),
            limits: TalkLimits(),
            locale: .en,
            secrets: SecretMask()
        )
        for call in 0..<(limit + 100) {
            activity.take(
                notification: "$/log",
                ["level": "debug", "message": "", "parent": .integer(call), "ruleMicroseconds": ["a/b": 1]]
            )
        }
        let kept = (0..<(limit + 100)).count { !activity.takeRuleTimes(of: .number($0)).isEmpty }
        #expect(kept == limit)
        #expect(activity.takeRuleTimes(of: .number(0)).isEmpty)
    }

    // MARK: Files

    private func artifacts(_ steps: [String], _ change: (inout ArtifactLimits) -> Void) async throws -> ReviewOutcome {
        let pages = steps.enumerated().map { index, settings in
            "  paper\(index): {use: paper, with: {prefix: p\(index), \(settings)}}"
        }
        let spec = TemporarySpec.pipeline(
            "  good: {use: good}\n" + pages.joined(separator: "\n"),
            plugins: ["good": "behave", "paper": "artifact-many"]
        )
        var options = options(spec)
        change(&options.artifactLimits)
        let outcome = try await review(loadSpec(spec.path), options: options)
        #expect(outcome.review.findings.contains { $0.finding.rule == "test/ok" }, "the review is there")
        #expect(access(outcome.folder + "/review.json", F_OK) == 0)
        return outcome
    }

    private func names(_ outcome: ReviewOutcome) -> [String] {
        outcome.files.map { String($0.split(separator: "/").last ?? "") }
    }

    @Test("a renderer hands over as many files, and as large, as the limits say")
    func justWithin() async throws {
        let outcome = try await artifacts(["files: 2, bytes: 50", "files: 1, bytes: 20"]) { limits in
            limits.bytesEach = 50
            limits.ofStep = .init(files: 2, bytes: 100)
            limits.ofRun = .init(files: 3, bytes: 120)
        }
        #expect(outcome.failures.isEmpty)
        #expect(names(outcome) == ["review.json", "p0-0.md", "p0-1.md", "p1-0.md"])
    }

    @Test("one file too many, or one byte, costs the renderer its step; it is named and the review survives")
    func beyond() async throws {
        let cases: [(settings: String, message: String)] = [
            (
                "files: 4, bytes: 1",
                "the plugin \"paper\" hands over 4 files, where a step may have 3; let it write fewer"
            ),
            (
                "files: 1, bytes: 101",
                "the plugin \"paper\" says it wrote \"p0-0.md\", which cannot be taken: it has 101 bytes, where at most 100 "
                    + "are expected; look whether this is the file that is meant; one that is needed at that size has to be split"
            ),
            (
                "files: 2, bytes: 76",
                "with \"p0-1.md\" of the plugin \"paper\" the files of its step pass 150 bytes together; "
                    + "smaller pictures or fewer files would fit"
            ),
        ]
        for (settings, message) in cases {
            let outcome = try await artifacts([settings]) { limits in
                limits.bytesEach = 100
                limits.ofStep = .init(files: 3, bytes: 150)
            }
            #expect(outcome.failures.map(\.steps) == [["paper0"]])
            #expect(outcome.failures.first?.failure.message.en == message)
            #expect(names(outcome) == ["review.json"])
        }
    }

    @Test("what one step has handed over counts for the next, and stays")
    func ofRun() async throws {
        let cases: [(settings: String, message: String)] = [
            (
                "files: 2, bytes: 1",
                "the plugin \"paper\" hands over 2 files beside 2 of other steps, where a run may have 3; let it write fewer"
            ),
            (
                "files: 1, bytes: 21",
                "with \"p1-0.md\" of the plugin \"paper\" the files of the run pass 120 bytes together; "
                    + "smaller pictures or fewer files would fit"
            ),
        ]
        for (settings, message) in cases {
            let outcome = try await artifacts(["files: 2, bytes: 50", settings]) { limits in
                limits.ofRun = .init(files: 3, bytes: 120)
            }
            #expect(outcome.failures.map(\.steps) == [["paper1"]])
            #expect(outcome.failures.first?.failure.message.en == message)
            #expect(names(outcome) == ["review.json", "p0-0.md", "p0-1.md"])
        }
    }

    // MARK: The trace

    @Test("a trace goes into a regular file; a pipe is refused at once, not waited for")
    func trace() async throws {
        let spec = TemporarySpec.misbehaving("behave")
        mkfifo(spec.folder + "/pipe", 0o600)
        let message = try await failure(spec) { $0.trace = spec.folder + "/pipe" }
        #expect(message.contains("it is a named pipe, where a regular file is expected"), "\(message)")
        #expect(try await failure(spec) { $0.trace = "/dev/null" }.contains("a device"))
        var options = options(spec)
        options.trace = spec.folder + "/trace"
        for _ in 0..<2 { _ = try await review(loadSpec(spec.path), options: options) }
        let lines = try FileSystem.read(spec.folder + "/trace", atMost: 1 << 20).split(separator: UInt8(ascii: "\n"))
        #expect(lines.count { String(decoding: $0, as: UTF8.self).contains("scorer/score") } == 1, "it begins anew")
    }
}
