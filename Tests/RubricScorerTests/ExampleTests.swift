import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import rubric_scorer

@Suite("The examples of the rubric scorer's rules")
struct ExampleTests {
    private let examples = RuleExamples(
        form: "Specs/forms/town-budget-request.yaml",
        of: Plugin(RubricScorer(), version: "1")
    )

    @Test("what each rule says of its examples, and where", arguments: scoreRules.rules)
    func examples(rule: Rule) async throws {
        #expect(try await examples.whatIsWrong(with: rule) == [])
    }
}
