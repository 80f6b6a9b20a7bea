import ReviewModel
import Testing

@testable import deduction_auditor
@testable import document_auditor
@testable import prose_reconciler
@testable import rubric_scorer
@testable import target_checker

@Suite("The rules of the built-in checkers")
struct RuleManualTests {
    private let rules = scoreRules.rules + auditRules.rules + targetRules.rules + proseRules.rules + documentRules.rules

    @Test("each has a title and a manual in both languages, and examples good and bad")
    func manuals() {
        #expect(rules.count > 110)
        for rule in rules {
            for text in [rule.title.zh, rule.title.en] { #expect(text.count > 2, "\(rule.id)") }
            #expect(rule.manual.zh.count >= 20, "\(rule.id)")
            #expect(rule.manual.en.count >= 40, "\(rule.id)")
            #expect(rule.manual.zh.contains { !$0.isASCII } && rule.manual.zh != rule.manual.en, "\(rule.id)")
            #expect(rule.examples.contains { $0.messages.isEmpty }, "\(rule.id) has no good example")
            #expect(rule.examples.contains { !$0.messages.isEmpty }, "\(rule.id) has no bad example")
            for parameter in rule.parameters { #expect(!parameter.title.zh.isEmpty, "\(rule.id)") }
        }
    }

    @Test("no id stands for two rules of one plugin, and ids are area and name in lower case")
    func ids() {
        for list in [scoreRules.rules, auditRules.rules, targetRules.rules, proseRules.rules, documentRules.rules] {
            #expect(Set(list.map(\.id)).count == list.count)
            for rule in list {
                #expect(rule.id.split(separator: "/").count == 2)
                #expect(rule.id.allSatisfy { $0.isLowercase || $0 == "-" || $0 == "/" }, "\(rule.id)")
            }
        }
    }
}
