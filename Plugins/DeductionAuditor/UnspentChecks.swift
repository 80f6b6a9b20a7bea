import BudgetReview
import ReviewModel

/// Money that was granted and not touched: by itself worth knowing, and doubtful where the same thing is asked for
/// again, which the history key tells.
func checkUnspent(_ years: [HistoryYear], _ lines: [BudgetLine]) throws(DecimalOverflow) -> [Finding] {
    var findings: [Finding] = []
    for year in years {
        let unspent = year.items.filter { $0.adjusted > 0 && $0.paid.isZero }
        var rest: [HistoryItem] = []
        for item in unspent {
            let again = lines.filter { $0.historyKey != nil && $0.historyKey == item.historyKey }
            if again.isEmpty { rest.append(item) } else { findings.append(askedAgain(item, again, year)) }
        }
        if !rest.isEmpty { findings.append(untouched(rest, try .sum(rest.map(\.adjusted)), year)) }
    }
    return findings
}

// MARK: - Messages

func until(_ year: HistoryYear) -> LocalizedText {
    guard year.isPartial, let cutOff = year.cutOff else {
        return LocalizedText(zh: "\(year.year) 年", en: "in \(year.year)")
    }
    return LocalizedText(zh: "\(year.year) 年（截至 \(cutOff)）", en: "in \(year.year) until \(cutOff)")
}
