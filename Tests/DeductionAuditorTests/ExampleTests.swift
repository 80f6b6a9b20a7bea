import BudgetLines
import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import deduction_auditor

@Suite("The examples of the deduction auditor's rules")
struct ExampleTests {
    private let examples = RuleExamples(
        form: "Specs/forms/town-budget-request.yaml",
        of: Plugin(DeductionAuditor(), version: "1")
    )

    @Test("what each rule says of its examples, and where", arguments: auditRules.rules)
    func examples(rule: Rule) async throws {
        #expect(try await examples.whatIsWrong(with: rule) == [])
    }
}
