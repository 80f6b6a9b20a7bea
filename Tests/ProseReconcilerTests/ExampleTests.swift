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
        #expect(rule.examples.contains { $0.messages.isEmpty } && rule.examples.contains { !$0.messages.isEmpty })
        for example in rule.examples {
            #expect(try await examples.outcome(of: example, for: rule) == RuleExamples.Outcome(example))
        }
    }
}
