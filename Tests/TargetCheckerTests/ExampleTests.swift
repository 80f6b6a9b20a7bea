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

    // Those of the rules about declared figures are the deduction auditor's to test.
    @Test(
        "what each rule says of its examples, and where",
        arguments: targetRules.rules.filter { !$0.id.hasPrefix("declared/") }
    )
    func examples(rule: Rule) async throws {
        #expect(try await examples.whatIsWrong(with: rule) == [])
    }
}
