import Glibc
import PluginRuntime
import PluginWire
import ReviewModel
import ReviewPipeline
import SpecLoading
import TemporarySpec
import Testing

@Suite("A step that fails", .serialized)
struct FailedStepTests {
    private func run(_ spec: TemporarySpec) async throws -> ReviewOutcome {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        options.locale = .en
        return try await review(loadSpec(spec.path), options: options)
    }

    private func outcomes(_ outcome: ReviewOutcome) -> [String] {
        outcome.review.steps.map { "\($0.id) \($0.outcome.rawValue)" }
    }

    private func rules(_ outcome: ReviewOutcome) -> [String] { outcome.review.findings.map(\.finding.rule) }

    @Test(
        "fails alone: the others are taken, and the review says what is missing",
        arguments: ["exit-during-score", "exit-at-once", "exit-during-validate", "error", "bad-json", "endless-line"]
    )
    func alone(mode: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: bad}\n  b: {use: good}",
            plugins: ["bad": mode, "good": "behave"]
        )
        let outcome = try await run(spec)
        #expect(outcomes(outcome) == ["a failed", "b done"])
        #expect(rules(outcome) == ["host/step-failed", "test/ok"])
        let finding = try #require(outcome.review.findings.first)
        #expect(finding.finding.severity == .blocker)
        #expect(finding.finding.message.en.contains("plugin \"bad\""))
        #expect(finding.locations.first?.line == 8)
        let failure = try #require(outcome.failures.first)
        #expect(outcome.failures.count == 1)
        #expect(outcome.review.steps.first?.note == failure.failure.message.en)
        let json = try JSONReader.read(JSONWriter.document(outcome.json))
        #expect(json["steps"]?.list?.first?["outcome"] == "failed")
        #expect(access(spec.folder + "/out/test/review.json", F_OK) == 0)
    }

    @Test("takes the steps with it that need it, directly or through others, under one finding")
    func needs() async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: bad}\n  b: {use: good, needs: [a]}\n  c: {use: good, needs: [b]}\n  d: {use: good}",
            plugins: ["bad": "exit-during-score", "good": "behave"]
        )
        let outcome = try await run(spec)
        #expect(outcomes(outcome) == ["a failed", "b skipped", "c skipped", "d done"])
        #expect(rules(outcome) == ["host/step-failed", "test/ok"])
        #expect(
            outcome.review.findings.first?.finding.message.en.hasSuffix("skipped for its sake: \"b\", \"c\"") == true
        )
        #expect(outcome.review.steps[1].note == "skipped: it needs the step \"a\", which was not completed")
    }

    @Test("may be the one whose cut is one too many, after others; what needs it is skipped")
    func oneCutTooMany() async throws {
        func says(_ amount: Int, _ others: String = "") -> String {
            let parts = "[{kind: cut, amount: \(amount)}]"
            return
                "{use: odd, with: {assessment: {adjustments: [{subject: L1, requested: 5, parts: \(parts)}]}}\(others)}"
        }
        let spec = TemporarySpec.pipeline(
            "  c: \(says(1, ", needs: [b]"))\n  a: \(says(3))\n  b: \(says(3))\n  d: \(says(2))",
            plugins: ["odd": "says"]
        )
        let outcome = try await run(spec)
        #expect(outcomes(outcome) == ["c skipped", "a done", "b failed", "d done"])
        #expect(
            outcome.failures.map(\.failure.message.en) == [
                "plugin \"odd\" gave no usable answer to scorer/score: "
                    + "adjustment of \"L1\": of 5 that were requested, the cuts with those before it leave -1"
            ]
        )
        #expect(outcome.review.amounts?.approved == 0)
    }

    @Test("is rendered like everything else, so that the report says that it is incomplete")
    func rendered() async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: bad}\n  b: {use: good}\n  report: {use: renderer}",
            plugins: ["bad": "exit-during-score", "good": "behave", "renderer": "artifact"]
        )
        let outcome = try await run(spec)
        #expect(outcome.files.map { $0.split(separator: "/").last ?? "" } == ["review.json", "report.md"])
        #expect(outcomes(outcome) == ["a failed", "b done", "report done"])
    }

    @Test(
        "as a renderer leaves the files of the others",
        arguments: [
            "artifact-missing", "artifact-outside", "artifact-reserved", "artifact-second-missing", "artifact-exits",
        ]
    )
    func renderer(mode: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: good}\n  odd: {use: bad}\n  report: {use: renderer}",
            plugins: ["good": "behave", "bad": mode, "renderer": "artifact"]
        )
        let outcome = try await run(spec)
        #expect(outcome.files.map { $0.split(separator: "/").last ?? "" } == ["review.json", "report.md"])
        #expect(outcomes(outcome) == ["a done", "odd failed", "report done"])
        #expect(rules(outcome) == ["host/step-failed", "test/ok"])
    }

    @Test("as a renderer that writes another's file leaves that file alone")
    func sameFile() async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: good}\n  one: {use: renderer}\n  two: {use: renderer}",
            plugins: ["good": "behave", "renderer": "artifact"]
        )
        let outcome = try await run(spec)
        #expect(outcomes(outcome) == ["a done", "one done", "two failed"])
        #expect(outcome.failures.first?.failure.message.en.contains("there is that file already") == true)
        #expect(outcome.files.count == 2)
    }

    @Test("as a source keeps those from judging who read its tables, also when the spec has rows of its own")
    func source() async throws {
        let spec = TemporarySpec.pipeline(
            "  data: {use: file}\n  a: {use: reader}\n  b: {use: good}",
            plugins: ["file": "source-lies", "reader": "behave", "good": "reads-nothing"]
        )
        let outcome = try await run(spec)
        #expect(outcomes(outcome) == ["data failed", "a skipped", "b done"])
        #expect(outcome.review.steps[1].note.contains("it reads the table \"lines\""))
    }

    @Test("costs its plugin's later steps too, and is told once")
    func samePlugin() async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: bad}\n  b: {use: bad}\n  c: {use: good}",
            plugins: ["bad": "exit-at-once", "good": "behave"]
        )
        let outcome = try await run(spec)
        #expect(outcomes(outcome) == ["a failed", "b failed", "c done"])
        #expect(outcome.failures.map(\.steps) == [["a", "b"]])
    }

    @Test("leaves nothing written when nothing at all was judged", arguments: ["exit-during-score", "exit-at-once"])
    func nothing(mode: String) async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: bad}\n  b: {use: good, needs: [a]}\n  report: {use: renderer}",
            plugins: ["bad": mode, "good": "behave", "renderer": "artifact"]
        )
        let error = await #expect(throws: RunError.self) { try await run(spec) }
        guard case .failed(let failures)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failures.map(\.steps) == [["a"]])
        #expect(access(spec.folder + "/out", F_OK) != 0)
    }

    @Test("does not hide the mistakes of the spec that other plugins find")
    func mistakes() async throws {
        let spec = TemporarySpec.pipeline(
            "  a: {use: bad}\n  b: {use: picky, with: {depth: {er: 1}}}",
            plugins: ["bad": "exit-during-validate", "picky": "bad-settings"]
        )
        let checked = try await validate(loadSpec(spec.path), options: RunOptions())
        #expect(checked.loaded.rendered(locale: .en, isColoured: false).contains("error: no good"))
        #expect(checked.failures.map(\.steps) == [["a"]])
        let error = await #expect(throws: RunError.self) { try await run(spec) }
        guard case .invalid? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
    }
}
