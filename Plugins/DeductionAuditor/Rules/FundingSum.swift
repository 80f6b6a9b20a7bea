import BudgetReview
import ReviewModel

/// Funding that does not add up to the request.
let fundingSum = Rule(
    "arithmetic/funding-sum",
    .error,
    title: LocalizedText(zh: "资金来源之和与申报合计不符", en: "funding does not add up to the request"),
    manual: LocalizedText(
        zh: """
            资金来源（funding）各级金额之和应等于申报金额合计，一分不差；没有填写资金来源时不检查。请更正其中一\
            处。
            """,
        en: """
            The amounts of `funding` must add up to the request, to the fen; without rows nothing is said. \
            Correct one of them.
            """
    )
)

func wrongFunding(_ funded: ExactDecimal, _ requested: ExactDecimal, _ pointers: [JSONPointer]) -> Finding {
    fundingSum.finding(
        message: LocalizedText(
            zh: "各级资金合计 \(Money.yuan(funded))，申报金额为 \(Money.yuan(requested))",
            en: "funding by level adds up to \(Money.yuan(funded)), the request is \(Money.yuan(requested))"
        ),
        subject: "funding",
        pointers: pointers,
        expected: Money.yuan(requested),
        found: Money.yuan(funded)
    )
}
