import BudgetLines
import ReviewModel
import Targets

/// A difference, a growth, a mean or a product that the numbers beside it do not make.
let arithmeticOfSentence = ProseRule(
    "prose/arithmetic",
    .error,
    title: LocalizedText(
        zh: "差额、增减率、平均数与同句的数不符",
        en: "a difference, growth, mean or product that its sentence does not make"
    ),
    manual: LocalizedText(
        zh: """
            同一句中彼此说明的数重新计算：送审（申报）、审定（审核）和核减；预算、支出和结余；"比……增加……，增长……%"的差额和增减率，以及增减的方向；\
            "分别为……，平均……"；"……册，每册……元，计……元"，单价也可写在前一句（"人均每天 400 元。共 640 人，每人 5 天，计……元"）；"发放 200 份，收回 192 份，回收率……%""41 台，其中……17 台，占……%"；\
            "共……，已完成……；尚未完成……"。按所印精度比较。数据已指出其中一个不符的，不再重复。
            """,
        en: """
            Recomputes numbers of one sentence that say what they make: 送审 (申报), 审定 (审核) and 核减; budget, payments and 结余; the difference and the growth of 比……增加……，增长……%, \
            and its direction; 分别为……，平均……; 400 册，每册 120 元，计 48,000 元, the price also in the sentence before (人均每天 400 元。共 640 人，每人 5 天，计……元); \
            发放 200 份，收回 192 份，回收率……% and 41 台，其中……17 台，占……%; 共……，已完成……；尚未完成……. Compared within the printed precision. Where the dossier has said already that one of them is \
            wrong, it is not told again.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {opinion: ↓经评审，送审金额 53.40 万元，审定金额 51.00 万元，核减 4.20 万元。}
            """,
            zh: "\"核减 4.20 万元\"：53.40 万元 − 51.00 万元 = 2.40 万元",
            en: "\"核减 4.20 万元\": 53.40 万元 − 51.00 万元 = 2.40 万元"
        ),
        .good(
            """
            fields:
              texts: {opinion: 经评审，送审金额 53.40 万元，审定金额 51.00 万元，核减 2.40 万元。申报 28.80 万元，比上年预算 25.00 万元增加 3.80 万元，增长 15.20%。}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// A number that the others of its sentence do not make.
func wrongArithmetic(_ made: StatedArithmetic, _ numbers: [ProseNumber], in text: DossierText) -> Finding {
    let number = numbers[made.number]
    let quote = quotation(of: number, in: text.prose)
    let parts = made.parts.map { numbers[$0].phrase }
    let value = number.printed(made.value)
    let formula =
        switch made.making {
        case .difference: "\(parts[0]) − \(parts[1])"
        case .share: "\(parts[0]) ÷ \(parts[1])"
        case .rise: "\(parts[0]) ÷ (\(parts[1]) − \(parts[0]))"
        case .fall: "\(parts[0]) ÷ (\(parts[1]) + \(parts[0]))"
        case .growth: "(\(parts[0]) − \(parts[1])) ÷ \(parts[1])"
        case .mean: "(\(parts.joined(separator: " + "))) ÷ \(parts.count)"
        case .product: parts.joined(separator: " × ")
        case .remainder: "\(parts[0]) ÷ \(parts[1]) − \(parts[0])"
        case .part(let count): "\(parts[0]) ÷ \(count)"
        case .contrary: parts[0]
        case .formula(let formula): formula
        }
    let isContrary = if case .contrary = made.making { true } else { false }
    let (zh, en) = made.isOtherWay ? ("，增减方向相反", ", which goes the other way") : ("", "")
    var finding = arithmeticOfSentence.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：\(formula)\(isContrary ? "" : " = " + value)\(zh)",
            en: "\"\(quote)\": \(formula)\(isContrary ? "" : " = " + value)\(en)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer],
        expected: value,
        found: number.phrase,
        hint: LocalizedText(zh: "请核对同句的各个数", en: "check the numbers of the sentence")
    )
    finding.difference = number.difference(from: made.value)
    return finding
}

/// A share of the whole with another amount than it comes to.
func wrongPortion(_ portion: StatedPortion, _ whole: ProseFigure, _ numbers: [ProseNumber], in text: DossierText)
    throws(DecimalOverflow) -> Finding
{
    let (share, amount) = (numbers[portion.share], numbers[portion.amount])
    let value = try whole.value * share.value * ExactDecimal(significand: 1, places: 2)
    let made = amount.printed(value)
    let quote = text.prose.phrase(share.offset.lowerBound..<amount.offset.upperBound)
    var finding = arithmeticOfSentence.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：\(whole.label.zh) \(amount.printed(whole.value)) × \(share.phrase) = \(made)",
            en: "\"\(quote)\": \(share.phrase) of \(whole.label.en), \(amount.printed(whole.value)), is \(made)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer] + whole.pointers.prefix(10),
        expected: made,
        found: amount.phrase,
        hint: LocalizedText(zh: "请核对比例和金额", en: "check the share and the amount")
    )
    finding.difference = amount.difference(from: value)
    return finding
}

/// A share that its amount does not make.
func wrongShare(
    _ share: Int,
    _ amount: Int,
    _ value: ExactDecimal,
    _ whole: ExactDecimal,
    _ numbers: [ProseNumber],
    in text: DossierText
) -> Finding {
    let number = numbers[share]
    let quote = quotation(of: number, in: text.prose)
    let made = number.printed(value)
    let reckoning = "\(numbers[amount].phrase) ÷ \(numbers[amount].printed(whole)) = \(made)"
    var finding = arithmeticOfSentence.rule.finding(
        message: LocalizedText(zh: "\"\(quote)\"：\(reckoning)", en: "\"\(quote)\": \(reckoning)"),
        subject: canonicalText(quote) + numbers[amount].phrase,
        pointers: [text.pointer],
        expected: made,
        found: number.phrase,
        hint: LocalizedText(zh: "请核对金额和占比", en: "check the amount and the share")
    )
    finding.difference = number.difference(from: value)
    return finding
}

/// Shares of all there is that do not make a hundred.
func wrongShares(_ shares: [Int], _ sum: ExactDecimal, _ numbers: [ProseNumber], in text: DossierText) -> Finding {
    let list = shares.map { numbers[$0].phrase }.joined(separator: " + ")
    return arithmeticOfSentence.rule.finding(
        message: LocalizedText(
            zh: "所列占比 \(list) 合计 \(sum)%，应为 100%",
            en: "the shares \(list) make \(sum)%, which should be 100%"
        ),
        subject: list,
        pointers: [text.pointer],
        expected: "100%",
        found: "\(sum)%",
        hint: LocalizedText(zh: "请核对各项占比", en: "check the shares")
    )
}

/// Parts that should make the whole and do not.
func wrongSources(
    _ parts: [Int],
    _ sum: ExactDecimal,
    _ whole: ProseFigure,
    _ numbers: [ProseNumber],
    in text: DossierText
) -> Finding {
    let number = numbers[parts[0]]
    let list = parts.map { numbers[$0].phrase }.joined(separator: " + ")
    let (made, meant) = (number.printed(sum), number.printed(whole.value))
    let apart = (try? sum - whole.value).map { number.printed($0.magnitude) } ?? ""
    return sumOfParts.rule.finding(
        message: LocalizedText(
            zh: "所列各项 \(list) 合计 \(made)，\(whole.label.zh)为 \(meant)，相差 \(apart)",
            en:
                "the parts \(list) make \(made), \(whole.label.en) is \(meant), a difference of \(apart)"
        ),
        subject: canonicalText(list),
        pointers: [text.pointer] + whole.pointers.prefix(10),
        expected: meant,
        found: made,
        hint: LocalizedText(zh: "请核对所列各项", en: "check the parts")
    )
}
