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
            if item.paid > item.adjusted { findings.append(paidTooMuch(item)) }
        }
        findings += try checkTotals(year)
        if year.isPartial { findings.append(notOverYet(year)) }
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
