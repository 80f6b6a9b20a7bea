import BudgetReview
import ReviewModel

/// The history recomputed: every rate, every year's sums and rate, payments above the budget; years that are not over
/// are marked, for their rates say little.
func checkHistory(_ years: [HistoryYear]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for year in years {
        for item in year.items {
            let rate = try ExactDecimal.percentage(item.paid, of: item.adjusted)
            // Without a budget there is no rate, and a printed zero says the same.
            if let declared = item.declaredRate, declared != (rate ?? 0) {
                findings.append(wrongItemRate(item, declared, rate))
            }
            if item.paid > item.adjusted { findings.append(overspent(item)) }
        }
        findings += try checkTotals(year)
        if year.isPartial { findings.append(partialYear(year)) }
    }
    return findings
}

private func checkTotals(_ year: HistoryYear) throws(DecimalOverflow) -> [Finding] {
    guard let pointer = year.pointer, !year.items.isEmpty else { return [] }
    let figures: [(String, LocalizedText, ExactDecimal?, ExactDecimal?, (ExactDecimal) -> String)] = [
        (
            "declared_adjusted", LocalizedText(zh: "调整后预算合计", en: "total adjusted budget"), year.declaredAdjusted,
            try year.adjusted(), Money.yuan
        ),
        ("declared_paid", LocalizedText(zh: "支付合计", en: "total paid"), year.declaredPaid, try year.paid(), Money.yuan),
        (
            "declared_rate", LocalizedText(zh: "执行率", en: "execution rate"), year.declaredRate, try year.rate(),
            Money.percent
        ),
    ]
    return figures.compactMap { column, name, declared, computed, print in
        guard let declared, let computed, declared != computed else { return nil }
        return wrongTotal(year, name, print(declared), print(computed), at: pointer / column)
    }
}

// MARK: - Messages

private func wrongItemRate(_ item: HistoryItem, _ declared: ExactDecimal, _ rate: ExactDecimal?) -> Finding {
    let expected = rate.map(Money.percent) ?? "—"
    return Finding(
        rule: "history/item-rate",
        severity: .error,
        message: LocalizedText(
            zh: "\(item.year) 年\"\(item.name)\"的执行率为 \(expected)，表中为 \(Money.percent(declared))",
            en:
                "the execution rate of \"\(item.name)\" in \(item.year) is \(expected), the table says \(Money.percent(declared))"
        ),
        subject: "\(item.year)/\(item.name)",
        pointers: [item.pointer / "declared_rate"],
        expected: expected,
        found: Money.percent(declared)
    )
}

private func overspent(_ item: HistoryItem) -> Finding {
    Finding(
        rule: "history/overspent",
        severity: .warning,
        message: LocalizedText(
            zh: "\(item.year) 年\"\(item.name)\"支付 \(Money.yuan(item.paid))，超过调整后预算 \(Money.yuan(item.adjusted))",
            en:
                "\"\(item.name)\" paid \(Money.yuan(item.paid)) in \(item.year), more than its budget of \(Money.yuan(item.adjusted))"
        ),
        subject: "\(item.year)/\(item.name)",
        pointers: [item.pointer / "paid"],
        expected: "≤ \(Money.yuan(item.adjusted))",
        found: Money.yuan(item.paid)
    )
}

private func wrongTotal(
    _ year: HistoryYear,
    _ name: LocalizedText,
    _ found: String,
    _ expected: String,
    at pointer: JSONPointer
) -> Finding {
    Finding(
        rule: "history/year-total",
        severity: .error,
        message: LocalizedText(
            zh: "\(year.year) 年\(name.zh)为 \(expected)，表中为 \(found)",
            en: "the \(name.en) of \(year.year) is \(expected), the table says \(found)"
        ),
        subject: "\(year.year)",
        pointers: [pointer],
        expected: expected,
        found: found
    )
}

private func partialYear(_ year: HistoryYear) -> Finding {
    let cutOff = year.cutOff ?? ""
    return Finding(
        rule: "history/partial-year",
        severity: .info,
        message: LocalizedText(
            zh: "\(year.year) 年数据截至 \(cutOff)，不能与全年数据直接比较",
            en: "the figures of \(year.year) end on \(cutOff) and do not compare with whole years"
        ),
        subject: "\(year.year)",
        pointers: year.pointer.map { [$0 / "cut_off"] } ?? [],
        found: cutOff
    )
}
