import BudgetReview
import ReviewModel

/// The checks of the target checker, in the order of their ids.
let targetRules: [Rule] =
    [
        basisDenied,
        aboveHundred,
        dropped,
        duplicate,
        formsDiffer,
        kindNotMeasured,
        levelContradiction,
        lineWithoutTarget,
        measureLost,
        missingKind,
        noBasis,
        noValue,
        noTargetsAtAll,
        quantificationLost,
        reworded,
        unknownLevel,
        unknownLine,
        unmeasuredValue,
        vagueValue,
        valueChanged,
    ] + declaredFigureRules
