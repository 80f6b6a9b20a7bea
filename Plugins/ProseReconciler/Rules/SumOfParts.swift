import ReviewModel
import Targets

/// A sum that the parts named with it do not make.
let sumOfParts = ProseRule(
    "prose/sum-of-parts",
    .error,
    title: LocalizedText(zh: "合计与所列各项不符", en: "a sum that its named parts do not make"),
    manual: LocalizedText(
        zh: """
            文字中"……共计"的数与所列各项之和比较：各项写有金额的按所印精度相加，只写名称的按预算明细的金额相加；\
            指出差额，以及由哪几项恰好得出。"其中"列出资金来源的，各项应等于总数；其他"其中"只是不应超过总数，但某一项颠倒两位或错一位数字即恰好相等的，也列出。\
            请更正合计或所列各项。
            """,
        en: """
            Holds a total in a sentence against the parts that stand with it: amounts are added within their \
            printed precision, items that are only named count with their lines. It says the difference, and \
            which parts would make it. Sources of money behind 其中 make the total; other lists behind 其中 only must not exceed it, but are told where two digits \
            of one part, exchanged, or one other digit would make it exactly. Correct the total or the parts.
            """
    ),
    examples: [
        .bad(
            """
            fields:
              texts: {opinion: ↓其中课程 3.40 万元、场租 1.20 万元，合计 4.80 万元，均在预算之内。}
            """,
            zh: "\"合计 4.80 万元\"：所列各项 3.40 万元 + 1.20 万元 合计 4.60 万元，相差 0.20 万元",
            en: "\"合计 4.80 万元\": the parts 3.40 万元 + 1.20 万元 make 4.60 万元, a difference of 0.20 万元"
        ),
        .good(
            """
            fields:
              texts: {opinion: 其中课程 3.40 万元、场租 1.20 万元，合计 4.60 万元，均在预算之内。}
            """
        ),
    ],
    check: { audit, findings in findings.add(audit.found(by: findings.rule)) }
)

/// A sum in a text that the amounts named with it do not make.
func wrongSum(_ sum: PartSum, _ numbers: [ProseNumber], in text: DossierText) -> Finding {
    let total = numbers[sum.total]
    let parts = sum.parts.map { numbers[$0].phrase }.joined(separator: " + ")
    let made = total.printed(sum.sum)
    var (zh, en) = ("", "")
    if let subset = sum.subset {
        let makers = subset.map { numbers[$0].phrase }.joined(separator: " + ")
        let rest = sum.parts.filter { !subset.contains($0) }.map { numbers[$0].phrase }.joined(separator: "、")
        (zh, en) = ("；\(makers) 即为 \(total.phrase)，未计入 \(rest)", "; \(makers) alone make it, without \(rest)")
    }
    return Finding(
        rule: sumOfParts.rule.id,
        // 包括 may leave some out without saying 等.
        severity: sum.form == .closedList && sum.sum < total.value ? .warning : .error,
        message: LocalizedText(
            zh:
                "\"\(quotation(of: total, in: text.prose))\"：所列各项 \(parts) 合计 \(made)，相差 \(total.difference(from: sum.sum))\(zh)",
            en:
                "\"\(quotation(of: total, in: text.prose))\": the parts \(parts) make \(made), a difference of \(total.difference(from: sum.sum))\(en)"
        ),
        subject: canonicalText(quotation(of: total, in: text.prose)),
        pointers: [text.pointer],
        expected: sum.form == .openList && sum.sum > total.value ? "≥ \(made)" : made,
        found: total.phrase,
        hint: LocalizedText(zh: "请更正合计或所列各项", en: "correct the total or its parts")
    )
}

/// A sum in a text that the items it names do not make.
func wrongSum(_ sum: NamedSum, _ number: ProseNumber, in text: DossierText) -> Finding {
    let quote = quotation(of: number, in: text.prose)
    let parts = sum.parts.map { "\($0.item.name) \(number.printed($0.item.value))" }
    let made = number.printed(sum.sum)
    let list = { (items: [NamedSum.Item]) in
        items.map { "\($0.name) \(number.printed($0.value))" }.joined(separator: "、")
    }
    var (zh, en) = ("", "")
    if !sum.surplus.isEmpty {
        (zh, en) = (
            "；计入 \(list(sum.surplus)) 才得此数，而文中没有列出", "; it takes \(list(sum.surplus)) to make it, which is not named"
        )
    }
    if !sum.unused.isEmpty {
        (zh, en) = (zh + "；\(list(sum.unused)) 未计入", en + "; \(list(sum.unused)) is not in it")
    }
    var finding = sumOfParts.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(quote)\"：所列 \(parts.joined(separator: "、")) 合计 \(made)，相差 \(number.difference(from: sum.sum))\(zh)",
            en:
                "\"\(quote)\": the parts named, \(parts.joined(separator: ", ")), make \(made), a difference of \(number.difference(from: sum.sum))\(en)"
        ),
        subject: canonicalText(quote),
        pointers: [text.pointer] + (sum.parts.map(\.item) + sum.surplus).flatMap(\.pointers),
        expected: made,
        found: number.phrase,
        hint: LocalizedText(zh: "请更正合计，或写明所含各项", en: "correct the sum, or name everything that is in it")
    )
    finding.difference = number.difference(from: sum.sum)
    finding.proof = Proof(
        (sum.parts.map(\.item) + sum.surplus).map { item in
            Proof.Figure(LocalizedText(item.name), number.printed(item.value), at: item.pointers.first)
        },
        calculation: sum.parts.map { number.printed($0.item.value) }.joined(separator: " + ")
            + " = \(made) ≠ \(number.phrase)"
    )
    return finding
}
