import BudgetLines
import ReviewModel

/// The reason of a changed deduction still names a figure of the draft.
let reasonOfDraft = AuditRule(
    "feedback/reason-of-draft",
    .warning,
    title: LocalizedText(zh: "核减理由仍是初审的数字", en: "a reason that still names the draft's figure"),
    manual: LocalizedText(
        zh: """
            反馈之后金额变了，报告印出的是最终金额，旁边的理由却仍写着得出初审金额的数字：初审核减额、初审核定额或折合的单价。请在表 feedback 写 final_reason，\
            它印在最终金额旁边，审核说明 opinion 也由它代替；初审的理由留在 deductions。不含这些数字的理由看不出来。
            """,
        en: """
            The deduction changed in the feedback round, and the report prints the final amount, but the reason beside it still has \
            a figure of the draft: the amount that was proposed, what it left, or the unit price that either comes to. Give \
            `final_reason` in the table `feedback`, which is printed beside the final amount, in place of `opinion`, too; the draft's \
            reason stays in `deductions`. A reason without such a figure is not seen.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              deductions:
                - {line: L1, kind: cut, amount: 5400.00, reason: ↓最低单价为 240.00 元}
              feedback:
                - {line: L1, reply: 按合同核定, answer: 部分采纳, final_amount: 3600.00}
            """,
            zh: "\"餐箱\"最终核减 3,600.00 元，理由中的 240.00 是初审的数字",
            en: "\"餐箱\" loses 3,600.00 in the end, but 240.00 in the reason is a figure of the draft"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 餐箱, quantity: 120, unit_price: 285.00, amount: 34200.00}
              deductions:
                - {line: L1, kind: cut, amount: 5400.00, reason: 最低单价为 240.00 元}
              feedback:
                - {line: L1, reply: 按合同核定, answer: 部分采纳, final_amount: 3600.00, final_reason: 合同单价为 255.00 元}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    for deduction in audit.deductions where deduction.amount != deduction.proposed && !deduction.amount.isZero {
        guard let line = audit.line[deduction.line] else { continue }
        let final = try figures(of: line, deduction.kind, deduction.amount)
        let draft = try figures(of: line, deduction.kind, deduction.proposed).filter { !final.contains($0) }
        for (text, pointer) in [
            (deduction.reason, deduction.reasonPointer), (deduction.opinion, deduction.pointer / "opinion"),
        ] {
            guard let named = numbers(in: text).first(where: draft.contains) else { continue }
            findings.add(stillOfDraft(deduction, audit.name(of: deduction), named, in: text, at: pointer))
        }
    }
}

/// What a deduction of so much is spoken of by: its amount, what it leaves, and both by the piece.
private func figures(of line: BudgetLine, _ kind: Adjustment.Kind, _ amount: ExactDecimal) throws -> [ExactDecimal] {
    let left = kind == .increase ? try line.amount + amount : try line.amount - amount
    let whole = [amount, left]
    guard line.quantity != 1, !line.quantity.isZero else { return whole }
    return whole + (try whole.compactMap { try $0.divided(by: line.quantity, places: 2) })
}

/// The numbers of a text; those in 万 as what they count.
private func numbers(in text: String) -> [ExactDecimal] {
    var (numbers, digits) = ([ExactDecimal](), "")
    func end(before next: Character?) {
        while let last = digits.last, last == "." || last == "," { digits.removeLast() }
        if let number = ExactDecimal(grouped: digits) {
            numbers.append(next == "万" ? (try? number * 10_000) ?? number : number)
        }
        digits = ""
    }
    for character in text.withPlainCharacters {
        if character.isASCII, character.isNumber || !digits.isEmpty && (character == "." || character == ",") {
            digits.append(character)
        } else if character != " " || digits.isEmpty {
            if !digits.isEmpty { end(before: character) }
        }
    }
    if !digits.isEmpty { end(before: nil) }
    return numbers
}

// MARK: - Messages

private func stillOfDraft(
    _ deduction: Deduction,
    _ name: String,
    _ named: ExactDecimal,
    in text: String,
    at pointer: JSONPointer
) -> Finding {
    let (final, figure) = (Money.yuan(deduction.amount), Money.yuan(named))
    let (zh, en) = deduction.kind == .increase ? ("核增", "gains") : ("核减", "loses")
    return reasonOfDraft.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"最终\(zh) \(final) 元，理由中的 \(figure) 是初审的数字",
            en: "\"\(name)\" \(en) \(final) in the end, but \(figure) in the reason is a figure of the draft"
        ),
        subject: deduction.line,
        pointers: [pointer],
        found: text,
        hint: LocalizedText(
            zh: "请在“反馈意见”中填写与最终金额相符的最终理由（final_reason）",
            en: "give final_reason in feedback: the reason that goes with the final amount"
        )
    )
}
