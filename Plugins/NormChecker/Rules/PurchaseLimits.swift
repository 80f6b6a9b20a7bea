import BudgetLines
import CostNorms
import ReviewModel

/// A line that has reached a limit of purchases and is bought in another way, or says nothing of the way.
let purchaseLimit = NormRule(
    "norm/purchase-limit",
    .warning,
    title: LocalizedText(zh: "达到采购数额标准", en: "a limit of purchases is reached"),
    manual: LocalizedText(
        zh: """
            明细的名称表明采购类别（货物、服务、工程），且金额达到采购限额标准或公开招标数额标准的：写明用其他方式采购的为 warning；没有写明方式的为 info，\
            请补写采购方式。写明了标准所要求的方式的不提示。一行达到几个标准的，只说最高的。
            """,
        en: """
            A line whose name says what category it is (goods, services, works) and that reaches a limit: a warning where it names \
            another way to buy, an info where it names none; then say how it is bought. A line that names the way the limit asks for is \
            no finding. Of several limits only the highest is told.
            """
    ),
    examples: [
        .bad(
            """
            fields: {project: {name: 设备, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 设备采购, detail: 厨房设备采购（询价）, quantity: 1, unit: 批, unit_price: 2000000.00, amount: ↓2000000.00}
            """,
            zh:
                "\"厨房设备采购（询价）\"2,000,000.00 元达到货物公开招标数额标准 2,000,000.00 元（《中央预算单位政府集中采购目录及标准（2020年版）》（国办发〔2019〕55号）第四部分），却写明询价（中央预算单位的标准，地方以当地规定为准）",
            en:
                "\"厨房设备采购（询价）\", 2,000,000.00, reaches the limit for open tenders of goods, 2,000,000.00 (《中央预算单位政府集中采购目录及标准（2020年版）》（国办发〔2019〕55号）第四部分), but names price inquiry (a norm of central bodies; a town has its own)"
        ),
        .good(
            """
            fields: {project: {name: 设备, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 设备采购, detail: 厨房设备采购（公开招标）, quantity: 1, unit: 批, unit_price: 2000000.00, amount: 2000000.00}
            """
        ),
    ],
    check: checkLimits
)

/// Parts of one purchase, each below a limit.
let purchaseSplit = NormRule(
    "norm/purchase-split",
    .warning,
    title: LocalizedText(zh: "疑似化整为零", en: "one purchase that may have been parted"),
    manual: LocalizedText(
        zh: """
            同一类别、名称相同（不计数字、批次和采购方式）的几行，各自低于公开招标数额标准、合计超过的列出；写明公开招标的不计。依据：《政府采购法实施条例》第二十八条。\
            经批准采用其他方式或预算调整的除外：请写明批准的依据，或合并采购。
            """,
        en: """
            Lines of one category and one name (figures, batches and ways to buy left out) that are each below a limit and together \
            above it; those that say they are bought as the limit asks do not count. Source: 政府采购法实施条例, article 28, which leaves out \
            what was approved and adjusted budgets: say so, or buy it in one.
            """
    ),
    examples: [
        .bad(
            """
            # 1,200,000.00 + 900,000.00 = 2,100,000.00
            fields: {project: {name: 设备, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 健身器材, detail: 健身器材采购（一期）, quantity: 1, unit: 批, unit_price: 1200000.00, amount: ↓1200000.00}
                - {id: L2, group: 健身器材, detail: 健身器材采购（二期）, quantity: 1, unit: 批, unit_price: 900000.00, amount: 900000.00}
            """,
            zh:
                "\"健身器材采购（一期）\"、\"健身器材采购（二期）\"名称相同，各自低于货物公开招标数额标准 2,000,000.00 元，合计 2,100,000.00 元，按《政府采购法实施条例》（国务院令第658号）第二十八条疑似化整为零（中央预算单位的标准，地方以当地规定为准）",
            en:
                "\"健身器材采购（一期）\", \"健身器材采购（二期）\" have one name, are each below the limit for open tenders of goods, 2,000,000.00, and come to 2,100,000.00: by 《政府采购法实施条例》（国务院令第658号）第二十八条 this may be one purchase in parts (a norm of central bodies; a town has its own)"
        ),
        .good(
            """
            # 合计没有超过标准：1,200,000.00 + 800,000.00 = 2,000,000.00
            # Together they are not above the limit.
            fields: {project: {name: 设备, town: 望舒镇, year: 2026}, organisations: {applicant: 望舒镇政府}}
            tables:
              budget_lines:
                - {id: L1, group: 健身器材, detail: 健身器材采购（一期）, quantity: 1, unit: 批, unit_price: 1200000.00, amount: 1200000.00}
                - {id: L2, group: 健身器材, detail: 健身器材采购（二期）, quantity: 1, unit: 批, unit_price: 800000.00, amount: 800000.00}
            """
        ),
    ],
    check: checkSplits
)

private func checkLimits(_ review: NormReview, _ findings: inout RuleFindings) {
    // How the parts of one purchase are bought is asked with the purchase.
    let parts = findings.told(by: [purchaseSplit.rule.id])
    for (line, category) in review.bought {
        guard let reached = review.reader.reachedLimit(line, category) else { continue }
        if reached.named == nil, parts.contains(line.line.pointer / "amount") { continue }
        findings.add(reachedBy(line, reached))
    }
}

private func checkSplits(_ review: NormReview, _ findings: inout RuleFindings) throws {
    for split in try review.reader.splitPurchases(review.bought) { findings.add(parted(split)) }
}

private func reachedBy(_ line: NormLine, _ reached: ReachedLimit) -> Finding {
    let (amount, limit) = (Money.yuan(line.line.amount), Money.yuan(reached.limit.amount))
    let (title, source, behind) = (
        reached.limit.title, reached.norm.source.cited, bracketed(reached.norm.doubts)
    )
    let way =
        reached.named.map { LocalizedText(zh: "却写明\($0.title.zh)", en: "but names \($0.title.en)") }
        ?? LocalizedText(zh: "没有写明采购方式", en: "and does not say how it is bought")
    var finding = purchaseLimit.rule.finding(
        message: LocalizedText(
            zh: "\"\(line.line.label)\"\(amount) 元达到\(title.zh) \(limit) 元（\(source)），\(way.zh)\(behind.zh)",
            en: "\"\(line.line.label)\", \(amount), reaches \(title.en), \(limit) (\(source)), \(way.en)\(behind.en)"
        ),
        subject: line.line.id,
        pointers: [line.line.pointer / "amount"],
        expected: "< \(limit)",
        found: amount,
        hint: LocalizedText(zh: "请写明采购方式及其依据", en: "say how it is bought, and by what leave")
    )
    if reached.named == nil { finding.severity = .info }
    return finding
}

private func parted(_ split: SplitPurchase) -> Finding {
    let names = split.lines.map { "\"\($0.line.label)\"" }
    let (limit, total) = (Money.yuan(split.limit.amount), Money.yuan(split.total))
    var doubts = split.norm.doubts
    if !split.source.isSeen, split.norm.source.isSeen { doubts.insert(fromMemory, at: 0) }
    let (title, behind) = (split.limit.title, bracketed(doubts))
    return purchaseSplit.rule.finding(
        message: LocalizedText(
            zh:
                "\(names.joined(separator: "、"))名称相同，各自低于\(title.zh) \(limit) 元，合计 \(total) 元，按\(split.source.cited)疑似化整为零\(behind.zh)",
            en:
                "\(names.joined(separator: ", ")) have one name, are each below \(title.en), \(limit), and come to \(total): by \(split.source.cited) this may be one purchase in parts\(behind.en)"
        ),
        subject: split.lines.map(\.line.id).joined(separator: ", "),
        pointers: split.lines.map { $0.line.pointer / "amount" },
        expected: "≤ \(limit)",
        found: total,
        hint: LocalizedText(zh: "请写明批准的依据，或合并采购", en: "say who approved it, or buy it in one")
    )
}
