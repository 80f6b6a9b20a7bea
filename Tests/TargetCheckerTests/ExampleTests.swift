import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import target_checker

@Suite("The examples of the target checker's rules")
struct ExampleTests {
    private let examples = RuleExamples(
        form: "Specs/forms/town-budget-request.yaml",
        of: Plugin(TargetChecker(), version: "1")
    )

    @Test("what each rule says of its examples, and where", arguments: targetRules.rules)
    func examples(rule: Rule) async throws {
        #expect(try await examples.whatIsWrong(with: rule) == [])
    }
}
