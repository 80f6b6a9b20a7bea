import ReviewModel

/// The rules of the norm checker: what is checked, in this order, and what `rules/list` tells of.
let normRules = RuleSet<NormReview>(
    [
        productDiffers,
        priceAbove,
        sizeAbove,
        purchaseSplit,
        purchaseLimit,
        periodShort,
        notJudged,
        unknownBase,
        priceUnlike,
    ].map(\.byNationalNorms)
)

extension NormRule {
    /// With examples that say by which norms they are judged, where they have no pipeline of their own.
    fileprivate var byNationalNorms: NormRule {
        var check = self
        for (index, example) in rule.examples.enumerated() where !example.spec.contains("pipeline:") {
            check.rule.examples[index].spec += """

                pipeline:
                  norms: {use: norm-checker, with: {prices: !include ../prices/national.yaml}}
                """
        }
        return check
    }
}
