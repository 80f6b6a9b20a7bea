import BudgetLines
import ReviewModel

/// The figures of the amounts: totals, each line, each group; `adjustments` are those of `lines`, in their order. Amounts in
/// their unit, rates in percent with two places. A line's figures come from its cells, a total from those of the lines.
func amountFacts(
    _ lines: [BudgetLine],
    _ adjustments: [Adjustment],
    _ deductions: [Deduction]
) throws(DecimalOverflow) -> [Fact] {
    var (own, groups, members) = ([[Fact]](), [String](), [String: [(amounts: Amounts, id: String)]]())
    var (all, seen) = ([(amounts: Amounts, id: String)](), Set<String>())
    let cuts = Dictionary(grouping: deductions, by: \.line)
    for (line, adjustment) in zip(lines, adjustments) {
        let amounts = try adjustment.amounts()
        all.append((amounts, "lines.\(line.id)"))
        if members[line.group] == nil { groups.append(line.group) }
        members[line.group, default: []].append((amounts, "lines.\(line.id)"))
        guard seen.insert(line.id).inserted else { continue }
        own.append(try figures(of: amounts, line, cuts[line.id] ?? []))
    }
    let total = try sums(of: all, under: "amounts", label: LocalizedText(zh: "合计", en: "total"))
    var facts = total + own.flatMap { $0 }
    for group in groups {
        facts += try sums(of: members[group] ?? [], under: "groups.\(group)", label: LocalizedText(group))
    }
    return facts
}

/// The six figures of a line, a group or the whole, by the ends of their ids.
private let names: [(id: String, label: LocalizedText, amount: @Sendable (Amounts) -> ExactDecimal)] = [
    ("requested", LocalizedText(zh: "申报金额", en: "requested"), \.requested),
    ("approved", LocalizedText(zh: "审核金额", en: "approved"), \.approved),
    ("deducted", LocalizedText(zh: "核减金额", en: "deducted"), \.deducted),
    ("increased", LocalizedText(zh: "核增金额", en: "increased"), \.increased),
    ("deferred", LocalizedText(zh: "其中以后年度支付", en: "of it deferred"), \.deferred),
]

/// What stands in the cells of a line and of its deductions, and what follows from it.
private func figures(
    of amounts: Amounts,
    _ line: BudgetLine,
    _ deductions: [Deduction]
) throws(DecimalOverflow) -> [Fact] {
    let id = "lines.\(line.id)"
    var facts = names.map { name in
        amount(name.amount(amounts), "\(id).\(name.id)", LocalizedText(line.label), name.label, amounts.unit)
    }
    let kinds: [(Int, [Adjustment.Kind])] = [(2, [.cut, .deferral]), (3, [.increase]), (4, [.deferral])]
    facts[0].sources = [line.pointer / "amount"]
    for (position, kinds) in kinds {
        let parts = deductions.filter { kinds.contains($0.kind) }
        facts[position].sources = parts.map(\.amountPointer)
        if parts.count > 1 {
            facts[position].calculation = sum(parts.map(\.amount), of: names[position].amount(amounts))
        }
    }
    return try facts.derived(id, LocalizedText(line.label), amounts)
}

/// The sums of several lines.
private func sums(
    of lines: [(amounts: Amounts, id: String)],
    under id: String,
    label: LocalizedText
) throws(DecimalOverflow) -> [Fact] {
    let amounts = try Amounts.sum(lines.map(\.amounts))
    let facts = names.map { name in
        var fact = amount(name.amount(amounts), "\(id).\(name.id)", label, name.label, amounts.unit)
        // What adds nothing to the sum explains nothing.
        let parts = lines.filter { !name.amount($0.amounts).isZero }
        fact.inputs = parts.map { "\($0.id).\(name.id)" }
        if parts.count > 1 { fact.calculation = sum(parts.map { name.amount($0.amounts) }, of: name.amount(amounts)) }
        return fact
    }
    return try facts.derived(id, label, amounts)
}

extension [Fact] {
    /// The figures with the approved amount explained by the others, and with the rate.
    fileprivate func derived(
        _ id: String,
        _ label: LocalizedText,
        _ amounts: Amounts
    ) throws(DecimalOverflow) -> [Fact] {
        var facts = self
        var approved = "\(Money.yuan(amounts.requested)) − \(Money.yuan(amounts.deducted))"
        facts[1].inputs = ["\(id).requested", "\(id).deducted"]
        if !amounts.increased.isZero {
            approved += " + \(Money.yuan(amounts.increased))"
            facts[1].inputs.append("\(id).increased")
        }
        facts[1].calculation = "\(approved) = \(Money.yuan(amounts.approved))"
        guard let rate = try amounts.deductionRate() else { return facts }
        let name = LocalizedText(zh: "核减率", en: "deduction rate")
        var fact = Fact(id: "\(id).rate", label: label.with(name), value: .decimal(rate), unit: "percent")
        fact.inputs = ["\(id).deducted", "\(id).requested"]
        fact.calculation =
            "\(Money.yuan(amounts.deducted)) ÷ \(Money.yuan(amounts.requested)) = \(Money.percent(rate))"
        return facts + [fact]
    }
}

private func amount(
    _ value: ExactDecimal,
    _ id: String,
    _ label: LocalizedText,
    _ name: LocalizedText,
    _ unit: String
) -> Fact {
    Fact(
        id: id,
        label: label.with(name),
        value: .decimal(value.rounded(to: max(2, value.withoutTrailingZeros.places))),
        unit: unit
    )
}

/// Nobody reads more than a hundred terms; of more the first and the last are shown, and all are among the inputs or sources.
private func sum(_ parts: [ExactDecimal], of total: ExactDecimal) -> String {
    let terms =
        parts.count <= 100
        ? parts.map(Money.yuan) : parts.prefix(50).map(Money.yuan) + ["…"] + parts.suffix(1).map(Money.yuan)
    return "\(terms.joined(separator: " + ")) = \(Money.yuan(total))"
}

extension LocalizedText {
    fileprivate func with(_ name: LocalizedText) -> LocalizedText {
        LocalizedText(zh: "\(zh)\(name.zh)", en: "\(en), \(name.en)")
    }
}

/// The figures of earlier years: sums in `unit`, rates in percent with two places.
func historyFacts(_ years: [HistoryYear], _ unit: String) throws(DecimalOverflow) -> [Fact] {
    var facts: [Fact] = []
    for year in years where !year.items.isEmpty {
        let id = "history.\(year.year)"
        func label(_ zh: String, _ en: String) -> LocalizedText {
            LocalizedText(zh: "\(year.year) 年\(zh)", en: "\(en) in \(year.year)")
        }
        let (adjusted, paid) = (try year.adjusted(), try year.paid())
        for (name, words, total, column, amount) in [
            ("adjusted", label("调整后预算", "adjusted budget"), adjusted, "adjusted", \HistoryItem.adjusted),
            ("paid", label("支付金额", "paid"), paid, "paid", \HistoryItem.paid),
        ] {
            var fact = Fact(id: "\(id).\(name)", label: words, value: .decimal(total), unit: unit)
            fact.sources = year.items.map { $0.pointer / column }
            if year.items.count > 1 { fact.calculation = sum(year.items.map { $0[keyPath: amount] }, of: total) }
            facts.append(fact)
        }
        guard let rate = try year.rate() else { continue }
        var fact = Fact(
            id: "\(id).rate",
            label: label("执行率", "execution rate"),
            value: .decimal(rate),
            unit: "percent"
        )
        fact.inputs = ["\(id).paid", "\(id).adjusted"]
        fact.calculation = "\(Money.yuan(paid)) ÷ \(Money.yuan(adjusted)) = \(Money.percent(rate))"
        facts.append(fact)
    }
    return facts
}
