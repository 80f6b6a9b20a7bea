import BudgetReview
import ReviewModel

/// Budgets of which nothing was paid.
let nothingPaid = Rule(
    "history/nothing-paid",
    .info,
    title: LocalizedText(zh: "预算分文未付", en: "granted and not touched"),
    manual: LocalizedText(
        zh: """
            有预算而支付为零、本年度没有再申请的历年明细，每年列为一条。本身不是差错，供判断预算编制是否合理。
            """,
        en: """
            Items with a budget and no payment that are not asked for again; one finding a year. No mistake by \
            itself, but worth knowing when budgets are judged.
            """
    )
)

func untouched(_ items: [HistoryItem], _ sum: ExactDecimal, _ year: HistoryYear) -> Finding {
    let names = items.map { "\"\($0.name)\"" }
    return nothingPaid.finding(
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
