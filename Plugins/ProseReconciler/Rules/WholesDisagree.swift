import BudgetLines
import ReviewModel
import Targets

/// Amounts of the whole that the paragraphs of a report state otherwise elsewhere.
let wholesDisagree = ProseRule(
    "prose/wholes-disagree",
    .error,
    title: LocalizedText(zh: "各段所写的总额彼此不符", en: "totals of several paragraphs that do not go together"),
    manual: LocalizedText(
        zh: """
            没有预算明细的报告，各段之间核对：申请金额各处相同，等于核定与核减之和；各项的"核定……，核减……"两列之一等于总的一对、另一列不等的，列出；"比2025年预算增加……，增长……"按申请金额和所写的该年预算重新计算。
            """,
        en: """
            In a report without lines of a budget, paragraph against paragraph: what was asked for is the same everywhere, and is what was approved and cut together; where of the pairs 核定…，核减… of the items one \
            column makes that of the whole and the other does not, it is told; a change from the budget of a year is recomputed from the budget that is stated for it.
            """
    ),
    examples: [
        .bad(
            """
            tables:
              paragraphs:
                - {text: 申请2026年营养改善资金2648.00万元，用于学生膳食补助。}
                - {text: 膳食补助核定1832.00万元，核减18.00万元；工资核定656.00万元，核减16.00万元；设备核定108.00万元，核减18.00万元。}
                - {text: ↓建议安排2026年营养改善资金2596.00万元，比申请金额核减25.00万元。}
            """,
            zh: "\"比申请金额核减25.00万元\"：各项核减 18.00万元 + 16.00万元 + 18.00万元 合计 52.00 万元",
            en: "\"比申请金额核减25.00万元\": the cuts 18.00万元 + 16.00万元 + 18.00万元 make 52.00 万元"
        ),
        .good(
            """
            tables:
              paragraphs:
                - {text: 申请2026年营养改善资金2648.00万元，用于学生膳食补助。}
                - {text: 膳食补助核定1832.00万元，核减18.00万元；工资核定656.00万元，核减16.00万元；设备核定108.00万元，核减18.00万元。}
                - {text: 建议安排2026年营养改善资金2596.00万元，比申请金额核减52.00万元。}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

private func told(
    _ amount: StatedWholes.Amount,
    _ message: LocalizedText,
    _ expected: String,
    _ others: [JSONPointer]
) -> Finding {
    wholesDisagree.rule.finding(
        message: LocalizedText(
            zh: "\"\(amount.quote)\"：\(message.zh)",
            en: "\"\(amount.quote)\": \(message.en)"
        ),
        subject: canonicalText(amount.quote),
        pointers: [amount.pointer] + others.filter { $0 != amount.pointer },
        expected: expected,
        found: amount.number.phrase,
        hint: LocalizedText(zh: "请核对各段所写的金额", en: "check the amounts of the paragraphs")
    )
}

func otherRequest(
    _ amount: StatedWholes.Amount,
    _ expected: ExactDecimal,
    _ total: StatedWholes.Pair?,
    elsewhere: StatedWholes.Amount? = nil
) -> Finding {
    let meant = amount.number.printed(expected)
    if let total {
        let parts = "\(total.approved.number.phrase) + \(total.cut.number.phrase)"
        return told(
            amount,
            LocalizedText(zh: "核定与核减之和 \(parts) = \(meant)", en: "what was approved and cut, \(parts), is \(meant)"),
            meant,
            [total.cut.pointer]
        )
    }
    let quote = elsewhere.map { (zh: "（\"\($0.quote)\"）", en: " (\"\($0.quote)\")") } ?? (zh: "", en: "")
    return told(
        amount,
        LocalizedText(zh: "他处为 \(meant)\(quote.zh)", en: "elsewhere it is \(meant)\(quote.en)"),
        meant,
        [elsewhere?.pointer].compactMap(\.self)
    )
}

func otherParts(
    _ amount: StatedWholes.Amount,
    _ parts: [StatedWholes.Amount],
    _ sum: ExactDecimal,
    _ asked: StatedWholes.Amount
) -> Finding {
    let (list, made) = (parts.map(\.number.phrase).joined(separator: " + "), amount.number.printed(sum))
    return told(
        amount,
        LocalizedText(
            zh: "所列各项 \(list) 合计 \(made)，申请为 \(asked.number.phrase)",
            en: "the parts \(list) make \(made), what was asked for is \(asked.number.phrase)"
        ),
        asked.number.phrase,
        [asked.pointer]
    )
}

func otherCut(
    _ amount: StatedWholes.Amount,
    _ made: ExactDecimal,
    _ asked: StatedWholes.Amount,
    _ given: StatedWholes.Amount
) -> Finding {
    let (parts, meant) = ("\(asked.number.phrase) − \(given.number.phrase)", amount.number.printed(made))
    return told(
        amount,
        LocalizedText(
            zh: "申请与建议之差 \(parts) = \(meant)",
            en: "what was asked for without what is recommended, \(parts), is \(meant)"
        ),
        meant,
        [asked.pointer, given.pointer]
    )
}

func otherSum(
    _ amount: StatedWholes.Amount,
    _ sum: ExactDecimal,
    _ parts: [StatedWholes.Amount],
    _ name: LocalizedText
) -> Finding {
    let list = parts.map(\.number.phrase).joined(separator: " + ")
    let made = amount.number.printed(sum)
    return told(
        amount,
        LocalizedText(zh: "各项\(name.zh) \(list) 合计 \(made)", en: "the \(name.en) \(list) make \(made)"),
        made,
        parts.map(\.pointer)
    )
}

func otherChange(
    _ amount: StatedWholes.Amount,
    _ asked: ExactDecimal,
    _ base: StatedWholes.Amount,
    _ made: ExactDecimal
) -> Finding {
    let (now, before) = (amount.number.printed(asked), base.number.phrase)
    let (zh, en) = made.isNegative ? ("，增减方向相反", ", the other way round") : ("", "")
    let meant = amount.number.printed(made.magnitude)
    return told(
        amount,
        LocalizedText(
            zh: "申请 \(now)，\(base.year.map(String.init) ?? "") 年预算 \(before)，相差 \(meant)\(zh)",
            en:
                "\(now) asked for and a budget of \(before) in \(base.year.map(String.init) ?? "") are \(meant) apart\(en)"
        ),
        meant,
        [base.pointer]
    )
}

func otherShare(_ share: StatedWholes.Amount, _ asked: ExactDecimal, _ base: StatedWholes.Amount, _ made: String)
    -> Finding
{
    let (now, before) = (base.number.printed(asked), base.number.phrase)
    return told(
        share,
        LocalizedText(
            zh: "(\(now) − \(before)) ÷ \(before) = \(made)",
            en: "(\(now) − \(before)) ÷ \(before) = \(made)"
        ),
        made,
        [base.pointer]
    )
}
