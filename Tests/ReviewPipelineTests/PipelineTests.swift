import PluginRuntime
import ReviewModel
import ReviewPipeline
import SpecLoading
import TemporarySpec
import Testing

@Suite("The pipeline, over real pipes", .serialized)
struct PipelineTests {
    private func run(_ spec: TemporarySpec) async throws -> Review {
        var options = RunOptions()
        options.output = spec.folder + "/out"
        return try await review(loadSpec(spec.path), options: options).review
    }

    private func spec(
        pipeline: String,
        plugins: [String: String],
        lines: String = "[{id: L1, amount: 5.00}]"
    ) -> TemporarySpec {
        TemporarySpec.pipeline(pipeline, plugins: plugins, lines: lines)
    }

    private func rows(_ count: Int) -> String {
        let text = String(repeating: "x", count: 400)
        return "[" + (0..<count).map { "{id: \(text)\($0), amount: \($0).00}" }.joined(separator: ", ") + "]"
    }

    @Test("a plugin reads tables page by page, and is told what it misspelt")
    func reading() async throws {
        let review = try await run(
            spec(pipeline: "  a: {use: reader}", plugins: ["reader": "reads-tables"], lines: rows(50))
        )
        #expect(review.facts.first?.value == [1, 50, "did you mean \"lines\"?"])
    }

    @Test("pipes that are full both ways do not lock up")
    func bothPipesFull() async throws {
        // 6,000 rows make six pages of half a megabyte, far more than a pipe holds.
        let review = try await run(spec(pipeline: "  a: {use: f}", plugins: ["f": "floods"], lines: rows(6000)))
        #expect(review.facts.first?.value == 6000)
    }

    @Test("scorers that do not need each other are served at the same time")
    func sideBySide() async throws {
        let spec = spec(
            pipeline: """
                  a: {use: one, with: {own: ./a, other: ./b}}
                  b: {use: two, with: {own: ./b, other: ./a}}
                """.replacing("./", with: "/tmp/pingshen-meeting-\(UInt64.random(in: 0...UInt64.max))-"),
            plugins: ["one": "meets", "two": "meets"]
        )
        let steps = try await run(spec).steps
        #expect(steps.map(\.outcome) == [.done, .done])
    }

    @Test("a step sees the assessments of the steps that it needs, and of no other")
    func needs() async throws {
        let review = try await run(
            spec(
                pipeline: "  last: {use: teller, needs: [b]}\n  b: {use: good}\n  c: {use: good}",
                plugins: ["teller": "tells-prior", "good": "behave"]
            )
        )
        #expect(review.facts.first?.value == ["b"])
    }

    @Test("a source fills a table before anyone judges it")
    func source() async throws {
        let review = try await run(
            spec(
                pipeline: "  data: {use: file}\n  a: {use: reader}",
                plugins: ["file": "source", "reader": "reads-tables"]
            )
        )
        #expect(review.facts.first?.value == [1, 6, "did you mean \"lines\"?"])
    }

    @Test("a source whose pages do not fit together fails", arguments: ["source-lies", "source-gap"])
    func lyingSource(mode: String) async throws {
        let error = await #expect(throws: RunError.self) {
            try await run(spec(pipeline: "  data: {use: file}", plugins: ["file": mode]))
        }
        guard case .failed(let failures)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(failures.map(\.failure.message.en).first?.contains("gave no usable answer to source/open") == true)
    }

    @Test(
        "a plan that cannot work is refused before anything is judged",
        arguments: [
            ("  a: {use: good, needs: [b]}\n  b: {use: good, needs: [a]}", "needs itself"),
            ("  a: {use: good, needs: [x]}", "there is no scoring step \"x\""),
            ("  a: {use: good/other}", "has no role \"other\""), ("  a: {use: god}", "no plugin \"god\""),
        ]
    )
    func badPlans(pipeline: String, words: String) async throws {
        let spec = spec(pipeline: pipeline, plugins: ["good": "exit-during-score"])
        let error = await #expect(throws: RunError.self) { try await run(spec) }
        guard case .invalid(let checked)? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(checked.loaded.rendered(locale: .en, isColoured: false).contains(words))
    }

    @Test("of ten thousand rules that nobody has, two hundred are told")
    func unknownRules() async throws {
        let rules = (0..<10_000).map { "  no/such-\($0): off" }.joined(separator: "\n")
        let spec = TemporarySpec.pipeline("  odd: {use: odd}\nrules:\n" + rules, plugins: ["odd": "behave"])
        let checked = try await validate(loadSpec(spec.path), options: RunOptions())
        #expect(checked.loaded.diagnostics.count == DiagnosticLog.limit + 1)
        #expect(
            checked.loaded.diagnostics.allSatisfy {
                ["spec/unknown-rule", "value/too-many-mistakes"].contains($0.code)
            }
        )
    }
}
