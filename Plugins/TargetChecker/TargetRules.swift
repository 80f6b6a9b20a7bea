import BudgetLines
import ReviewModel

/// The rules of the target checker: what is checked, in this order, and what `rules/list` tells of. Rules about wholes come before
/// those about single values, which pass over what has been told.
let targetRules = RuleSet<TargetReview>(
    [
        noTargetsAtAll,
        missingKind,
        levelContradiction,
        unknownLevel,
        duplicate,
        formsDiffer,
        kindNotMeasured,
        quantificationLost,
        measureLost,
        noValue,
        vagueValue,
        unmeasuredValue,
        aboveHundred,
        noBasis,
        basisDenied,
        valueChanged,
        reworded,
        dropped,
        unknownLine,
        lineWithoutTarget,
        wrongBound,
        unitUnfit,
        executionAsOutput,
        saysNothing,
        wrongClass,
        mostlyUnmeasured,
    ] + figureRules.map { $0.pullback(\.figures) }
)
