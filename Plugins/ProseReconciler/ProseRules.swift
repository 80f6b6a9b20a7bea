import ReviewModel

/// The rules of the prose reconciler: what is checked, in this order, and what `rules/list` tells of.
let proseRules = RuleSet<ProseAudit>([
    mismatch, sumOfParts, rateOfAmounts, arithmeticOfSentence, comparisonOfSentence, wholesDisagree, unbound, unread,
    noText,
])
