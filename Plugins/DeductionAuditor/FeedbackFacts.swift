import BudgetLines
import ReviewModel

/// What the deductions were before the feedback round, where there was one.
func feedbackFacts(_ deductions: [Deduction], _ unit: String) throws(DecimalOverflow) -> [Fact] {
    let cuts = deductions.filter { $0.kind != .increase }
    guard deductions.contains(where: { $0.feedback != nil }) else { return [] }
    let (proposed, final) = (try ExactDecimal.sum(cuts.map(\.proposed)), try ExactDecimal.sum(cuts.map(\.amount)))
    var before = Fact(
        id: "feedback.proposed",
        label: LocalizedText(zh: "反馈前核减金额", en: "deductions before the feedback round"),
        value: .decimal(proposed),
        unit: unit,
        sources: cuts.map { $0.pointer / "amount" }
    )
    if cuts.count > 1 {
        before.calculation =
            "\(cuts.map { Money.yuan($0.proposed) }.joined(separator: " + ")) = \(Money.yuan(proposed))"
    }
    var change = Fact(
        id: "feedback.given_up",
        label: LocalizedText(zh: "反馈后减少的核减", en: "given up in the feedback round"),
        value: .decimal(try proposed - final),
        unit: unit
    )
    change.inputs = ["feedback.proposed", "amounts.deducted"]
    change.calculation = "\(Money.yuan(proposed)) − \(Money.yuan(final)) = \(Money.yuan(try proposed - final))"
    return [before, change]
}
