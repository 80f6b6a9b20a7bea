import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import prose_reconciler

@Suite("The examples of the prose reconciler's rules")
struct ExampleTests {
    private let examples = RuleExamples(
        form: "Specs/forms/town-budget-request.yaml",
        of: Plugin(ProseReconciler(), version: "1")
    )

    @Test("what each rule says of its examples, and where", arguments: proseRules.rules)
    func examples(rule: Rule) async throws {
        #expect(try await examples.whatIsWrong(with: rule) == [])
    }
}
