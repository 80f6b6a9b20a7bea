import BudgetReview
import ReviewModel

/// The figures of the amounts: totals, each line, each group; `adjustments` are those of `lines`, in their order. Amounts in 元, rates in percent with two places.
func amountFacts(_ lines: [BudgetLine], _ adjustments: [Adjustment]) throws(DecimalOverflow) -> [Fact] {
    var (facts, amounts) = ([Fact](), [Amounts]())
    for adjustment in adjustments { amounts.append(try adjustment.amounts()) }
    let total = try Amounts.sum(amounts)
    facts += try figures(of: total, under: "amounts", label: LocalizedText(zh: "合计", en: "total"), lines.map(\.pointer))
    var (groups, members, seen) = ([String](), [String: [(line: BudgetLine, amounts: Amounts)]](), Set<String>())
    for (line, amounts) in zip(lines, amounts) {
        if members[line.group] == nil { groups.append(line.group) }
        members[line.group, default: []].append((line, amounts))
        guard seen.insert(line.id).inserted else { continue }
        facts += try figures(of: amounts, under: "lines.\(line.id)", label: LocalizedText(line.label), [line.pointer])
    }
    for group in groups {
        let own = members[group] ?? []
        let sum = try Amounts.sum(own.map(\.amounts))
        facts += try figures(of: sum, under: "groups.\(group)", label: LocalizedText(group), own.map(\.line.pointer))
    }
    return facts
}

private func figures(
    of amounts: Amounts,
    under id: String,
    label: LocalizedText,
    _ sources: [JSONPointer]
) throws(DecimalOverflow) -> [Fact] {
    let rate = try amounts.deductionRate()
    let figures: [(String, LocalizedText, ExactDecimal?, String)] = [
        ("requested", LocalizedText(zh: "申报金额", en: "requested"), amounts.requested, "CNY"),
        ("approved", LocalizedText(zh: "审核金额", en: "approved"), amounts.approved, "CNY"),
        ("deducted", LocalizedText(zh: "核减金额", en: "deducted"), amounts.deducted, "CNY"),
        ("increased", LocalizedText(zh: "核增金额", en: "increased"), amounts.increased, "CNY"),
        ("deferred", LocalizedText(zh: "其中以后年度支付", en: "of it deferred"), amounts.deferred, "CNY"),
        ("rate", LocalizedText(zh: "核减率", en: "deduction rate"), rate, "percent"),
    ]
    return figures.compactMap { name, words, number, unit in
        number.map {
            Fact(
                id: "\(id).\(name)",
                label: LocalizedText(zh: "\(label.zh)\(words.zh)", en: "\(label.en), \(words.en)"),
                value: .decimal(unit == "CNY" ? $0.rounded(to: max(2, $0.withoutTrailingZeros.places)) : $0),
                unit: unit,
                sources: sources
            )
        }
    }
}

/// The figures of earlier years: sums in 元, rates in percent with two places.
func historyFacts(_ years: [HistoryYear]) throws(DecimalOverflow) -> [Fact] {
    var facts: [Fact] = []
    for year in years where !year.items.isEmpty {
        let sources = year.items.map(\.pointer)
        let figures: [(String, LocalizedText, ExactDecimal?, String)] = [
            ("adjusted", LocalizedText(zh: "调整后预算", en: "adjusted budget"), try year.adjusted(), "CNY"),
            ("paid", LocalizedText(zh: "支付金额", en: "paid"), try year.paid(), "CNY"),
            ("rate", LocalizedText(zh: "执行率", en: "execution rate"), try year.rate(), "percent"),
        ]
        for (name, words, number, unit) in figures {
            guard let number else { continue }
            facts.append(
                Fact(
                    id: "history.\(year.year).\(name)",
                    label: LocalizedText(zh: "\(year.year) 年\(words.zh)", en: "\(words.en) in \(year.year)"),
                    value: .decimal(number),
                    unit: unit,
                    sources: sources
                )
            )
        }
    }
    return facts
}
