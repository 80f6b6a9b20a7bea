import BudgetLines
import ReviewModel
import Rubrics

/// The rules of the rubric scorer: what is checked, in this order, and what `rules/list` tells of.
let scoreRules = RuleSet<Scoring>(
    [
        queryFailed,
        notOneValue,
        conditionUnknown,
        unknownLevel,
        outsideLevel,
        levelNeedsPoints,
        nothingGiven,
        unknownRater,
        unknownCode,
        scoredTwice,
        aboveMaximum,
        negativePoints,
        sharesPoints,
        absentRater,
        missingRater,
        ratersApart,
        notApplicable,
        notComputable,
        judgement,
        judgementWithoutReason,
        wrongSum,
        outOfReach,
        incomplete,
        noVerdict,
        lossUnexplained,
        lossNotItemised,
        ruleBroken,
        verdictOverridden,
        lossWithoutProblem,
        problemWithoutLoss,
        alternatives,
        noSuchLevel,
        noEvidence,
        evidenceSilent,
    ] + figureRules.map { $0.pullback(\.figures) }
)
