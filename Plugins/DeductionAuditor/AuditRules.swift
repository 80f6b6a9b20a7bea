import BudgetLines
import ReviewModel

/// The rules of the deduction auditor: what is checked, in this order, and what `rules/list` tells of.
let auditRules = RuleSet<Audit>(
    [
        noLine,
        beyondReckoning,
        duplicateLine,
        lineProduct,
        negativeAmount,
        fundingSum,
        unknownLine,
        notPositive,
        deductionTwice,
        aboveRequest,
        printedUnknownLine,
        printedDiffers,
        notPrinted,
        itemRate,
        overspent,
        yearTotal,
        partialYear,
        unspentAskedAgain,
        nothingPaid,
        retentionAboveCap,
        tailWithoutBalance,
        riseWithoutReason,
        unlikeTreatment,
        allQuantitiesOne,
        expectedRateUnlikely,
        tailAlreadyPaid,
        nameVaries,
        recurringWorks,
        periodReversed,
        deferralAsCut,
        feedbackUnmatched,
        feedbackUnanswered,
        feedbackRaised,
        reasonOfDraft,
        deductionWithoutBasis,
        priceStandard,
    ] + figureRules.map { $0.pullback(\.figures) }
)
