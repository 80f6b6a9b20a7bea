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
        if !rest.isEmpty { findings.append(nothingPaid(rest, try .sum(rest.map(\.adjusted)), year)) }
    }
    return findings
}

// MARK: - Messages

private func askedAgain(_ item: HistoryItem, _ lines: [BudgetLine], _ year: HistoryYear) -> Finding {
    let requested = lines.map { "\"\($0.label)\" \(Money.yuan($0.amount))" }.joined(separator: ", ")
    return Finding(
        rule: "history/unspent-asked-again",
        severity: .warning,
        message: LocalizedText(
            zh: "\(until(year).zh)\"\(item.name)\"的预算 \(Money.yuan(item.adjusted)) 元分文未付，本年度又申请 \(requested) 元",
            en: "nothing of the \(Money.yuan(item.adjusted)) for \"\(item.name)\" was paid \(until(year).en), "
                + "and this year's request asks again: \(requested)"
        ),
        subject: lines[0].id,
        pointers: [item.pointer / "paid"] + lines.map { $0.pointer / "amount" },
        expected: "> 0",
        found: Money.yuan(item.paid),
        hint: LocalizedText(
            zh: "请说明未执行的原因和本年度能够执行的依据",
            en: "say why nothing was spent and why it will be this time"
        )
    )
}

private func nothingPaid(_ items: [HistoryItem], _ sum: ExactDecimal, _ year: HistoryYear) -> Finding {
    let names = items.map { "\"\($0.name)\"" }
    return Finding(
        rule: "history/nothing-paid",
        severity: .info,
        message: LocalizedText(
            zh: "\(until(year).zh)有 \(items.count) 项预算（共 \(Money.yuan(sum)) 元）分文未付：\(names.joined(separator: "、"))",
            en: "nothing was paid \(until(year).en) for \(items.count) items worth \(Money.yuan(sum)) in all: "
                + names.joined(separator: ", ")
        ),
        subject: "\(year.year)",
        pointers: items.map { $0.pointer / "paid" },
        found: Money.yuan(0)
    )
}

private func until(_ year: HistoryYear) -> LocalizedText {
    guard year.isPartial, let cutOff = year.cutOff else {
        return LocalizedText(zh: "\(year.year) 年", en: "in \(year.year)")
    }
    return LocalizedText(zh: "\(year.year) 年（截至 \(cutOff)）", en: "in \(year.year) until \(cutOff)")
}
