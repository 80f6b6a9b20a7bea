import BudgetReview
import ReviewModel

/// Granted, not touched, and asked for again.
let unspentAskedAgain = Rule(
    "history/unspent-asked-again",
    .warning,
    title: LocalizedText(zh: "分文未付又申请", en: "unspent and asked for again"),
    manual: LocalizedText(
        zh: """
            历年明细有预算而分文未付，本年度又用同一 history_key 申请。请说明未支付的原因和今年能够支付的依据。
            """,
        en: """
            An item had a budget of which nothing was paid, and a line with the same `history_key` asks again. \
            Say why nothing was paid, and why it will be this year.
            """
    )
)

func askedAgain(_ item: HistoryItem, _ lines: [BudgetLine], _ year: HistoryYear) -> Finding {
    let requested = lines.map { "\"\($0.label)\" \(Money.yuan($0.amount))" }.joined(separator: ", ")
    return unspentAskedAgain.finding(
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
