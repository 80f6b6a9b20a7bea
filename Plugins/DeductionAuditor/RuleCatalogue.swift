import BudgetReview
import ReviewModel

/// The checks of the deduction auditor, in the order of their ids. What each compares is written beside it.
let auditRules: [Rule] =
    [
        duplicateLine,
        fundingSum,
        lineProduct,
        negativeAmount,
        aboveRequest,
        notPositive,
        notPrinted,
        printedDiffers,
        printedUnknownLine,
        deductionTwice,
        unknownLine,
        itemRate,
        nothingPaid,
        overspent,
        partialYear,
        unspentAskedAgain,
        yearTotal,
        allQuantitiesOne,
        deductionWithoutBasis,
        deferralAsCut,
        expectedRateUnlikely,
        feedbackRaised,
        feedbackUnanswered,
        feedbackUnmatched,
        nameVaries,
        priceStandard,
        recurringWorks,
        tailAlreadyPaid,
        retentionAboveCap,
        riseWithoutReason,
        tailWithoutBalance,
        unlikeTreatment,
    ] + declaredFigureRules
