import BudgetReview
import ReviewModel

/// A reply to a deduction that there is not, or that could be several.
let feedbackUnmatched = Rule(
    "feedback/unmatched",
    .error,
    title: LocalizedText(zh: "反馈意见没有对应的核减", en: "a reply to no deduction"),
    manual: LocalizedText(
        zh: "feedback 的每一行须对应 deductions 中的一行：line 相同；一条明细有几笔核减时，还须写明 kind。对不上的不计入金额。",
        en:
            "Every row of `feedback` must be about one row of `deductions`: the same `line`, and the `kind` where a line has several. One that is not changes no amount."
    )
)

/// A reply without an answer, or an amount that changed without one.
let feedbackUnanswered = Rule(
    "feedback/unanswered",
    .warning,
    title: LocalizedText(zh: "反馈意见没有答复", en: "a reply without an answer"),
    manual: LocalizedText(
        zh: "申报单位的意见（reply）须有评审答复（answer）；最终金额（final_amount）与初审不同而没有答复的为错误。",
        en:
            "A `reply` of the applicant needs an `answer`; where `final_amount` differs from what was proposed, the missing answer is an error."
    )
)

/// A deduction that grew in the feedback round.
let feedbackRaised = Rule(
    "feedback/raised",
    .warning,
    title: LocalizedText(zh: "反馈之后核减增加", en: "a deduction that grew with the reply"),
    manual: LocalizedText(
        zh: "最终核减金额大于初审核减金额的列出：反馈是为听取意见，加重须有新的事实，并再次征求意见。",
        en:
            "Lists deductions whose final amount is above the proposed one: the round is there to hear the applicant, so more takes new facts and another round."
    )
)

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
