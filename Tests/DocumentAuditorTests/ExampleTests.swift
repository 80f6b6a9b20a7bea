import PluginKit
import PluginTesting
import ReviewModel
import Testing

@testable import deduction_auditor
@testable import document_auditor
@testable import rubric_scorer

@Suite("The examples of the document auditor's rules")
struct ExampleTests {
    private let examples = RuleExamples(
        form: "Specs/forms/town-budget-request.yaml",
        of: Plugin(DocumentAuditor(), version: "1"),
        and: [Plugin(DeductionAuditor(), version: "1"), Plugin(RubricScorer(), version: "1")]
    )

    @Test("what each rule says of its examples, and where", arguments: documentRules.rules)
    func examples(rule: Rule) async throws {
        let wrong = try await examples.whatIsWrong(with: rule)
        #expect(wrong == [])
    }
}
