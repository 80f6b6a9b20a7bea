import ReviewModel

/// The rules of the norm checker: what is checked, in this order, and what `rules/list` tells of.
let normRules = RuleSet<NormReview>([
    productDiffers,
    priceAbove,
    sizeAbove,
    purchaseSplit,
    purchaseLimit,
    periodShort,
    notJudged,
    unknownBase,
    priceUnlike,
])
