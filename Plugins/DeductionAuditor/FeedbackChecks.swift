import BudgetReview
import ReviewModel

func checkFeedback(_ dossier: Dossier, _ deductions: [Deduction]) throws(DecimalOverflow) -> [Finding] {
    let all = Feedback.all(in: dossier)
    var findings = all.filter { $0.position(in: deductions) == nil }.map(unmatched)
    for deduction in deductions {
        guard let feedback = deduction.feedback else { continue }
        let isChanged = deduction.amount != deduction.proposed
        if feedback.answer.isEmpty, isChanged || !feedback.reply.isEmpty {
            findings.append(unanswered(deduction, feedback, isChanged))
        }
        if deduction.kind != .increase, deduction.amount > deduction.proposed {
            findings.append(try raised(deduction, feedback))
        }
    }
    return findings
}

/// What the deductions were before the feedback round, where there was one; in 元.
func feedbackFacts(_ deductions: [Deduction]) throws(DecimalOverflow) -> [Fact] {
    let cuts = deductions.filter { $0.kind != .increase }
    guard deductions.contains(where: { $0.feedback != nil }) else { return [] }
    let (proposed, final) = (try ExactDecimal.sum(cuts.map(\.proposed)), try ExactDecimal.sum(cuts.map(\.amount)))
    var before = Fact(
        id: "feedback.proposed",
        label: LocalizedText(zh: "反馈前核减金额", en: "deductions before the feedback round"),
        value: .decimal(proposed),
        unit: "CNY",
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
        unit: "CNY"
    )
    change.inputs = ["feedback.proposed", "amounts.deducted"]
    change.calculation = "\(Money.yuan(proposed)) − \(Money.yuan(final)) = \(Money.yuan(try proposed - final))"
    return [before, change]
}

// MARK: - Messages

private func unmatched(_ feedback: Feedback) -> Finding {
    feedbackUnmatched.finding(
        message: LocalizedText(
            zh: "\"\(feedback.line)\"的反馈意见没有对应的一笔核减",
            en: "the reply about \"\(feedback.line)\" is about no single deduction"
        ),
        subject: feedback.line,
        pointers: [feedback.pointer / "line"],
        found: feedback.line,
        hint: LocalizedText(
            zh: "请核对 line；一条明细有几笔核减时请写 kind",
            en: "check the line; where it has several deductions, give the kind"
        )
    )
}

private func unanswered(_ deduction: Deduction, _ feedback: Feedback, _ isChanged: Bool) -> Finding {
    var finding = feedbackUnanswered.finding(
        message: LocalizedText(
            zh: "\"\(deduction.line)\"的反馈意见没有答复" + (isChanged ? "，金额却已改变" : ""),
            en: "the reply about \"\(deduction.line)\" has no answer"
                + (isChanged ? ", though the amount has changed" : "")
        ),
        subject: deduction.line,
        pointers: [feedback.pointer],
        hint: LocalizedText(zh: "请填写 answer", en: "give the answer")
    )
    if isChanged { finding.severity = .error }
    return finding
}

private func raised(_ deduction: Deduction, _ feedback: Feedback) throws(DecimalOverflow) -> Finding {
    let (proposed, final) = (Money.yuan(deduction.proposed), Money.yuan(deduction.amount))
    return feedbackRaised.finding(
        message: LocalizedText(
            zh: "\"\(deduction.line)\"初审核减 \(proposed) 元，反馈之后核减 \(final) 元",
            en: "\"\(deduction.line)\" was to lose \(proposed), and loses \(final) after the reply"
        ),
        subject: deduction.line,
        pointers: [feedback.pointer / "final_amount", deduction.pointer / "amount"],
        expected: "≤ \(proposed)",
        found: final,
        difference: Money.yuan(try deduction.amount - deduction.proposed)
    )
}
