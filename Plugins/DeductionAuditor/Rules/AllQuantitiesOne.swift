import BudgetReview
import ReviewModel

/// Every line has the quantity 1, so that the unit price says nothing.
let allQuantitiesOne = Rule(
    "arithmetic/all-quantities-one",
    .warning,
    title: LocalizedText(zh: "数量全部为 1", en: "every quantity is 1"),
    manual: LocalizedText(
        zh: "预算明细有 least 行以上，而每一行的数量都是 1：单价即金额，无从核对数量和单价的依据。",
        en:
            "There are `least` budget lines or more and each has the quantity 1: the unit price is the amount, and neither can be checked."
    ),
    parameters: [
        Rule.Parameter("least", LocalizedText(zh: "至少多少行", en: "from how many lines on"), standard: 3)
    ]
)

func checkQuantities(_ lines: [BudgetLine], _ settings: RuleSettings) -> [Finding] {
    let least = settings[allQuantitiesOne, "least"].integer ?? 1
    guard lines.count >= max(1, least), lines.allSatisfy({ $0.quantity == 1 }) else { return [] }
    return [
        allQuantitiesOne.finding(
            message: LocalizedText(
                zh: "\(lines.count) 行预算明细的数量全部为 1，单价没有细化",
                en: "all \(lines.count) budget lines have the quantity 1; their prices are not broken down"
            ),
            subject: "budget_lines",
            pointers: lines.map { $0.pointer / "quantity" },
            found: "1",
            hint: LocalizedText(zh: "请申报单位列明数量、单位和单价", en: "ask for quantities, units and unit prices")
        )
    ]
}
