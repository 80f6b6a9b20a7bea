import Glibc
import PluginTesting
import PluginWire
import ReviewModel
import Synchronization
import TemporarySpec
import Testing
import YAMLDocument

@testable import LocalFiles
@testable import PluginRuntime
@testable import ReviewPipeline
@testable import SpecLoading

@Suite("Traces", .serialized)
struct TraceTests {
    private func run(_ spec: TemporarySpec, trace: String, attachments: [String: String] = [:]) async throws
        -> ReviewOutcome
    {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.trace = trace
        options.attachments = attachments
        return try await review(loadSpec(spec.path), options: options)
    }

    private func program(_ mode: String) -> PluginProgram {
        PluginProgram(
            name: "odd",
            command: ["\(buildFolder)/misbehaving-plugin", mode],
            environment: [],
            origin: .spec
        )
    }

    @Test("a trace holds every message of both sides, and replaying it finds a plugin that has changed")
    func recordAndReplay() async throws {
        let spec = TemporarySpec.misbehaving("behave")
        let trace = spec.folder + "/run.trace"
        _ = try await run(spec, trace: trace)
        let transcript = try Transcript.read(file: trace)
        #expect(transcript.plugins == ["odd"])
        let methods = transcript.entries.filter(\.isToPlugin).compactMap {
            try? JSONReader.read(Array($0.line.utf8))["method"]?.text
        }
        #expect(methods == ["initialize", "config/validate", "scorer/score", "shutdown"])
        let same = try await replay(transcript, with: program("behave"), patience: .seconds(600))
        #expect(same.failure == nil && same.differences.isEmpty && same.compared == 4)
        let other = try await replay(transcript, with: program("error"), patience: .seconds(600))
        #expect(other.differences.map(\.subject) == ["the reply to scorer/score"])
        let mute = try await replay(transcript, with: program("exit-during-score"), patience: .seconds(600))
        #expect(mute.failure?.contains("the reply to scorer/score did not come") == true)
    }

    @Test("a plugin that asks the host is replayed with what the host answered then")
    func questions() async throws {
        let spec = TemporarySpec.misbehaving("reads-tables")
        let trace = spec.folder + "/run.trace"
        _ = try await run(spec, trace: trace)
        let result = try await replay(
            try Transcript.read(file: trace),
            with: program("reads-tables"),
            patience: .seconds(600)
        )
        #expect(result.failure == nil && result.differences.isEmpty)
        #expect(result.compared > 5)
    }

    @Test("a secret comes from the environment and is in no trace")
    func secrets() async throws {
        setenv("PINGSHEN_TEST_TOKEN", "s3cr\"et", 1)
        let spec = TemporarySpec(
            """
            pingshen: 1
            id: test
            \(TemporarySpec.form)
            tables: {lines: [{id: L1, amount: 5.00}]}
            pipeline: {odd: {use: odd, with: {token: !secret PINGSHEN_TEST_TOKEN}}}
            plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin"]}}
            """
        )
        #expect(loadSpec(spec.path).spec?.steps.first?.configuration["token"] == "s3cr\"et")
        let trace = spec.folder + "/run.trace"
        _ = try await run(spec, trace: trace)
        let text = String(decoding: try FileSystem.read(trace, atMost: .max), as: UTF8.self)
        #expect(!text.contains("s3cr") && text.contains(#"\"token\":\"***\""#), "\(text)")
    }

    @Test("a secret is masked in every spelling")
    func spellings() {
        let mask = SecretMask(["hunter/2 \"元"])
        for spelling in [
            #"hunter/2 \"元"#, #"\u0068unter\/2\u0020\u0022\u5143"#, #"\\u0068\\u0075nter/2 \\\"元"#,
            "hunter%2F2+%22%E5%85%83", "%68unter%2f2%20%22元", "hunter%252F2%2520%2522%25E5%2585%2583",
            "68756e7465722f322022e58583", "68756E7465722F322022E58583",
        ] {
            let line = #"{"a":"<\#(spelling)>\n"}"#
            let masked = String(decoding: mask.masked(line: Array(line.utf8)), as: UTF8.self)
            #expect(masked == #"{"a":"<***>\n"}"#, "\(spelling)")
        }
        #expect(mask.masked("say hunter/2 \"元!") == "say ***!")
        // "", "a" and "aa" before it, "!" behind it, with padding and without.
        for text in [
            "aHVudGVyLzIgIuWFgyE=", "YWh1bnRlci8yICLlhYMh", "YWFodW50ZXIvMiAi5YWDIQ==", "aHVudGVyLzIgIuWFgw",
            "YWFodW50ZXIvMiAi5YWD", "YWh1bnRlci8yICLlhYM",
        ] {
            let masked = mask.masked("<\(text)>")
            #expect(masked.contains("***") && masked.count <= 12, "\(text): \(masked)")
        }
        #expect(mask.masked("hunter/2 元 \\\\ 100%") == "hunter/2 元 \\\\ 100%")
    }

    @Test("a secret in the middle of which a text was cut is masked as well")
    func cut() {
        let mask = SecretMask(["s3cret-token"])
        #expect(mask.masked("xxs3cret-to") == "xx***")
        #expect(mask.masked("\"xxs3cr…\" and s3cr") == "\"xx***…\" and ***")
        #expect(mask.masked("xxs3c… s3cret") == "xxs3c… ***", "three letters tell nothing")
        #expect(mask.masked("s3cret-tale") == "s3cret-tale", "it was not cut")
    }

    @Test("a message about a plugin that tells its secret does not")
    func messages() {
        let mask = SecretMask(["s3cret"])
        let told = "no \\u00733cret, s3cret"
        let reasons: [PluginFailure.Reason] = [
            .refused(call: "a/b", LocalizedText(zh: told, en: told)), .nonsense(call: "a/b", LocalizedText(told)),
            .violation(reason: LocalizedText("not JSON"), line: told), .unusableFile(LocalizedText(zh: told, en: told)),
        ]
        for reason in reasons {
            let message = PluginFailure(plugin: "odd", reason.masked(by: mask)).message
            #expect(message.en.hasSuffix("no ***, ***") && message.zh.hasSuffix("no ***, ***"), "\(message.en)")
        }
    }

    @Test("a secret is in no finding, log, stray line, diagnostic or name of a file that a run tells of")
    func told() async throws {
        setenv("PINGSHEN_TEST_TOKEN", "s3cr3t-token", 1)
        func spec(_ mode: String, _ settings: String) -> TemporarySpec {
            TemporarySpec(
                """
                pingshen: 1
                id: test
                \(TemporarySpec.form)
                tables: {lines: [{id: L1, amount: 5.00}]}
                pipeline: {odd: {use: odd, with: {token: !secret PINGSHEN_TEST_TOKEN, \(settings)}}}
                plugins: {odd: {command: ["\(buildFolder)/misbehaving-plugin", \(mode)]}}
                """
            )
        }
        let observer = LogKeeper()
        func told(_ mode: String, _ settings: String = "") async throws -> String {
            let spec = spec(mode, settings)
            var options = RunOptions()
            options.output = spec.folder + "/out"
            options.observer = observer
            do {
                let outcome = try await review(loadSpec(spec.path), options: options)
                return String(decoding: try FileSystem.read(outcome.files[0], atMost: .max), as: UTF8.self)
                    + outcome.failures.map(\.failure.message.en).joined()
            } catch RunError.invalid(let checked) {
                return checked.loaded.diagnostics.map(\.message.en).joined()
            } catch RunError.failed(let failures) {
                return failures.map(\.failure.message.en).joined()
            }
        }
        let finding =
            "{rule: a/s3cr3t-token, severity: info, message: the s3cr3t-token, expected: s3cr3t-token, hint: s3cr3t-token, "
            + "subject: s3cr3t-token, pointers: [/config/s3cr3t-token]}"
        for (mode, settings) in [
            ("says", "assessment: {findings: [\(finding)]}"), ("tells-secret", ""), ("bad-settings-secret", ""),
            ("artifact-named", "path: ../s3cr3t-token"),
        ] {
            let text = try await told(mode, settings)
            #expect(!text.contains("s3cr3t") && text.contains("***"), "\(mode): \(text)")
        }
        let log = observer.lines.joined(separator: "\n")
        #expect(!log.contains("s3cr3t") && log.contains("log ***") && log.contains("stray ***"), "\(log)")
    }

    @Test("a secret that begins or ends like an escape leaves JSON that can be read")
    func escapes() throws {
        for secret in ["n", "\\", "u0061", "a\\", "\""] {
            for text in ["a\nb", "x\\\\\"y", "a\\\"", "\u{1}n"] {
                let line = SecretMask([secret]).masked(line: JSONWriter.line(["k": .text(text)]))
                #expect(throws: Never.self, "\(secret) in \(text)") { try JSONReader.read(line) }
            }
        }
    }

    @Test("a secret that is not set is a mistake with its place")
    func missingSecret() {
        let spec = TemporarySpec(
            "pingshen: 1\nid: test\n\(TemporarySpec.form)\npipeline: {a: {use: x, with: !secret NO_SUCH}}\n"
        )
        let messages = loadSpec(spec.path).diagnostics.map(\.message.en)
        #expect(messages.contains("the environment variable \"NO_SUCH\" is not set"))
    }

    @Test("a trace that cannot be written is an error before anything starts")
    func unwritable() async {
        let spec = TemporarySpec.misbehaving("behave")
        await #expect(throws: RunError.self) { try await run(spec, trace: "/nowhere/run.trace") }
    }

    @Test("a file that is no trace is not written over, also where a link leads to it; a trace is")
    func foreign() async throws {
        let spec = TemporarySpec.misbehaving("behave")
        let text = try FileSystem.read(spec.path, atMost: 1 << 20)
        _ = symlink(spec.path, spec.folder + "/link")
        for path in [spec.path, spec.folder + "/link"] {
            let error = await #expect(throws: RunError.self) { try await run(spec, trace: path) }
            guard case .output(let message)? = error else {
                Issue.record("\(String(describing: error))")
                continue
            }
            #expect(message.en.contains("is no trace"))
        }
        #expect(try FileSystem.read(spec.path, atMost: 1 << 20) == text)
        for _ in 1...2 { _ = try await run(spec, trace: spec.folder + "/run.trace") }
    }
}

/// Keeps what plugins say.
private final class LogKeeper: PluginObserver {
    private let kept = Mutex<[String]>([])

    var lines: [String] { kept.withLock { $0 } }

    func log(plugin: String, _ level: LogLevel, _ message: String) { kept.withLock { $0.append(message) } }
    func progress(plugin: String, done: Int, total: Int?, _ message: String) { kept.withLock { $0.append(message) } }
}
