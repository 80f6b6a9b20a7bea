import BudgetLines
import ReviewModel

/// A word that says which of two numbers is more, and is wrong.
let comparisonOfSentence = ProseRule(
    "prose/comparison",
    .error,
    title: LocalizedText(zh: "高于、低于与前后两个数不符", en: "a comparison that its two numbers deny"),
    manual: LocalizedText(
        zh: """
            同一句中"……%，高于……%""……元低于……元""……公里，超过目标值……公里"等：比较词前后的两个数单位相同，大小与所写相反的列出。有"应、须、如"等要求、假设的，以及可能说的是差额的（"低于预算 5 万元"）不判断。
            """,
        en: """
            Two numbers of one unit with 高于, 低于, 超过, 不超过, 未达到 and the like between them: told where they stand the other way round. Demands and suppositions (应, 须, 如) are not judged, and neither is \
            what may be a difference (低于预算 5 万元).
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {result: ↓全年水质合格率 97.48%，低于目标值 95%，其余指标均已完成。}
            """,
            zh: "\"低于目标值 95%\"：97.48% 不低于 95%",
            en: "\"低于目标值 95%\": 97.48% is not less than 95%"
        ),
        .good(
            """
            fields:
              texts: {result: 全年水质合格率 97.48%，高于目标值 95%；实际支出 95.00 万元，低于预算 5.00 万元。}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// A comparison that its numbers deny.
func wrongComparison(_ made: StatedComparison, _ numbers: [ProseNumber], in text: DossierText) -> Finding {
    let (one, two) = (numbers[made.first], numbers[made.second])
    let quote = quotation(of: two, in: text.prose)
    let digits = two.phrase.unicodeScalars.drop { !("0"..."9").contains($0) }
    let second = String(Substring(digits))
    let (isMore, isNot) = made.saysMore ? ("不高于", "is not more than") : ("不低于", "is not less than")
    var finding = comparisonOfSentence.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：\(one.phrase) \(isMore) \(second)",
            en: "\"\(quote)\": \(one.phrase) \(isNot) \(second)"
        ),
        subject: quote,
        pointers: [text.pointer],
        expected: made.saysMore ? "> \(second)" : "< \(second)",
        found: one.phrase,
        hint: LocalizedText(zh: "请核对比较词和两个数", en: "check the word and the two numbers")
    )
    finding.difference = one.difference(from: two.value)
    return finding
}
