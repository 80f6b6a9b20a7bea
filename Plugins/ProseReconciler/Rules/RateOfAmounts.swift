import BudgetLines
import ReviewModel
import Targets

/// A rate that the two amounts beside it do not make.
let rateOfAmounts = ProseRule(
    "prose/rate",
    .error,
    title: LocalizedText(zh: "比率与前面的金额不符", en: "a rate that the amounts beside it do not make"),
    manual: LocalizedText(
        zh: """
            同一句中"预算……元，执行……元，执行率……%"和"申报……元，核减……元，核减率……%"，按两个金额的所印精度重新计算比率，不在其范围之内的列出。数据中有该比率而已指出不符的不再重复。
            """,
        en: """
            Recomputes a rate (执行率, 核减率) from the two amounts that stand before it in its sentence, 预算 and 执行 or 申报 and 核减, as exactly as they are printed. \
            What is told already, because the dossier has the rate, is not told again.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {earlier: ↓2024 年预算 400.00 万元，实际支出 380.00 万元，执行率 96.00%。}
            """,
            zh: "\"执行率 96.00%\"：380.00 万元 ÷ 400.00 万元 = 95.00%",
            en: "\"执行率 96.00%\": 380.00 万元 ÷ 400.00 万元 = 95.00%"
        ),
        .good(
            """
            fields:
              texts: {earlier: 2024 年预算 400.00 万元，实际支出 380.00 万元，执行率 95.00%。}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// A rate that its amounts do not make.
func wrongRate(_ rate: StatedRate, _ numbers: [ProseNumber], in text: DossierText) -> Finding {
    let number = numbers[rate.rate]
    let quote = quotation(of: number, in: text.prose)
    let part = numbers[rate.part].phrase
    let whole = rate.approved.map { "(\(numbers[$0].phrase) + \(part))" } ?? numbers[rate.whole].phrase
    let made = number.printed(rate.value)
    var finding = rateOfAmounts.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：\(part) ÷ \(whole) = \(made)",
            en: "\"\(quote)\": \(part) ÷ \(whole) = \(made)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer],
        expected: made,
        found: number.phrase,
        hint: LocalizedText(zh: "请核对金额和比率", en: "check the amounts and the rate")
    )
    finding.difference = number.difference(from: rate.value)
    return finding
}
