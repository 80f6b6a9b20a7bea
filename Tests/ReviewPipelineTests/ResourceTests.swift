import Glibc
import ReviewModel
import TemporarySpec
import Testing
import YAMLDocument

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("What a plugin may use", .serialized)
struct ResourceTests {
    private func run(_ spec: TemporarySpec, sandboxed: Bool = false) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.isSandboxed = sandboxed
        return try await review(loadSpec(spec.path), options: options)
    }

    private func failure(_ spec: TemporarySpec) async throws -> PluginFailure {
        do {
            return try #require(try await run(spec).failures.first).failure
        } catch RunError.failed(let failures) {
            return try #require(failures.first).failure
        }
    }

    @Test("a plugin that computes without end is stopped, and the message says which limit it was")
    func cpu() async throws {
        let spec = TemporarySpec.misbehaving(
            "burns-cpu",
            plugin: ", limits: {cpu_seconds: 1}"
        )
        let message = try await failure(spec).message.en
        #expect(message.contains("it used up its 1 s of computing; limits: {cpu_seconds: …}"), "\(message)")
    }

    @Test("a plugin that fills the disk is stopped")
    func fileSize() async throws {
        let spec = TemporarySpec.misbehaving("huge-file", plugin: ", limits: {file_mib: 1}")
        let message = try await failure(spec).message.en
        #expect(message.contains("it wrote a file of more than 1 MiB"), "\(message)")
    }

    @Test("a plugin sees no variable that nobody passed on")
    func environment() async throws {
        setenv("PINGSHEN_TEST_PASSED", "1", 1)
        setenv("PINGSHEN_TEST_SECRET", "1", 1)
        let spec = TemporarySpec.misbehaving("tells-surroundings", plugin: ", environment: [PINGSHEN_TEST_PASSED]")
        let seen = try #require(try await run(spec).review.facts.first?.value["variables"]?.list)
        #expect(seen.contains("PINGSHEN_TEST_PASSED") && seen.contains("TMPDIR"))
        let allowed: Set<Value> = [
            "PATH", "LANG", "TZ", "LC_ALL", "LC_CTYPE", "LC_MESSAGES", "HOME", "TMPDIR", "PINGSHEN_TEST_PASSED",
        ]
        #expect(Set(seen).isSubset(of: allowed), "\(seen)")
    }

    @Test("a plugin gets no descriptor but its three")
    func descriptors() async throws {
        // Other plugins run at the same time, with pipes of their own.
        let spec = TemporarySpec.pipeline(
            "  a: {use: a}\n  b: {use: b}\n  c: {use: c}",
            plugins: ["a": "behave", "b": "tells-surroundings", "c": "behave"]
        )
        let seen = try #require(try await run(spec).review.facts.first?.value["descriptors"])
        #expect(seen == [0, 1, 2])
    }

    @Test("a plugin gets no more memory than it may have", arguments: [(64, true), (4096, false)])
    func memory(limit: Int, isRefused: Bool) async throws {
        let spec = TemporarySpec.misbehaving("much-memory", plugin: ", limits: {memory_mib: \(limit)}")
        #expect(try await run(spec).review.facts.first?.value == .boolean(isRefused))
    }

    @Test("limits out of range and unknown ones are mistakes of the spec, each at its place")
    func wrongLimits() throws {
        let spec = TemporarySpec.misbehaving("behave", plugin: ", limits: {cpu_seconds: 0, memory: 5}")
        let messages = loadSpec(spec.path).diagnostics.map(\.message.en)
        #expect(messages.contains("0 is out of range; expected 1 to 86400"))
        #expect(messages.contains { $0.hasPrefix("unknown key \"memory\"") })
    }

    @Test(
        "a deadline that is no time is a mistake of the spec",
        arguments: ["0", "-5", "31536001", "9223372036854775807", "-9223372036854775808"]
    )
    func wrongDeadline(seconds: String) throws {
        let spec = TemporarySpec.pipeline("  odd: {use: odd, deadline_seconds: \(seconds)}", plugins: ["odd": "behave"])
        let messages = loadSpec(spec.path).diagnostics.map(\.message.en)
        #expect(messages == ["\(seconds) is out of range; expected 1 to 31536000"])
    }

    @Test("100 MB on standard error harm nobody, and the last words are told")
    func standardError() async throws {
        #expect(try await failure(.misbehaving("stderr-100-mb")).standardError.last == "the last words")
    }

    @Test("a program for another machine cannot be started, which is told like that")
    func wrongArchitecture() async throws {
        let spec = TemporarySpec(
            "pingshen: 1\nid: test\n\(TemporarySpec.form)\npipeline: {odd: {use: odd}}\nplugins: {odd: {command: [./foreign]}}\n",
            files: ["foreign": "\u{7F}ELF\u{2}\u{1}\u{1}"]
        )
        chmod(spec.folder + "/foreign", 0o755)
        let message = try await failure(spec).message.en
        #expect(message.hasPrefix("plugin \"odd\" cannot be started: "), "\(message)")
    }

    @Test("two hosts that review one spec at once both end with a whole review")
    func twoHosts() async throws {
        let spec = TemporarySpec.misbehaving("behave")
        async let one = run(spec)
        async let other = run(spec)
        let outcomes = try await [one, other]
        let documents = outcomes.map { JSONWriter.document($0.json) }
        #expect(documents == [documents[0], documents[0]])
        #expect(try FileSystem.read(spec.folder + "/out/test/review.json", atMost: .max) == documents[0])
        #expect(FileSystem.names(in: spec.folder + "/out") == ["test"])
    }

    @Test("in a sandbox there is no network, and nothing to write to but the plugin's own folder")
    func sandbox() async throws {
        let outside = "/var/tmp/pingshen-outside-\(getpid())"
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            pipeline: {odd: {use: odd, with: {outside: \(outside)}}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", looks-around]}}
            """
        )
        defer { unlink(outside) }
        do {
            let seen = try #require(try await run(spec, sandboxed: true).review.facts.first?.value)
            #expect(seen["network"] == false)
            #expect(seen["writesInside"] == true)
            #expect(access(outside, F_OK) != 0)
        } catch RunError.sandbox(let message) {
            // A machine that allows no sandbox says so, and starts nothing.
            #expect(message.en.contains("bubblewrap"))
        }
        let free = try #require(try await run(spec).review.facts.first?.value)
        #expect(free["writesOutside"] == true, "the test sees the difference")
    }
}
