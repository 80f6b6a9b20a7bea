import ReviewModel

/// The checks of the prose reconciler, in the order of their ids.
let proseRules: [Rule] = [
    mismatch,
    noText,
    sumOfParts,
    unbound,
]
