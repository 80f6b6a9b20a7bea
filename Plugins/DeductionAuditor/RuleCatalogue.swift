import BudgetReview
import ReviewModel

/// The checks of the deduction auditor, in the order of their ids. What each compares is written beside it.
let auditRules: [Rule] =
    [
        Rule("arithmetic/duplicate-line", .error, title: LocalizedText(zh: "明细编号重复", en: "two lines with one id")),
        Rule(
            "arithmetic/funding-sum",
            .error,
            title: LocalizedText(zh: "资金来源之和与申报合计不符", en: "funding does not add up to the request")
        ),
        Rule(
            "arithmetic/line-product",
            .error,
            title: LocalizedText(zh: "数量 × 单价与金额不符", en: "quantity × unit price is not the amount")
        ),
        Rule("arithmetic/negative-amount", .error, title: LocalizedText(zh: "金额为负", en: "an amount below zero")),
        Rule(
            "deduction/above-request",
            .error,
            title: LocalizedText(zh: "核减超过申报金额", en: "more deducted than requested")
        ),
        Rule(
            "deduction/not-positive",
            .error,
            title: LocalizedText(zh: "核减金额不大于零", en: "a deduction of nothing or less")
        ),
        Rule(
            "deduction/not-printed",
            .error,
            title: LocalizedText(zh: "预算审核表漏列明细", en: "the printed audit table lacks a line")
        ),
        Rule(
            "deduction/printed-differs",
            .error,
            title: LocalizedText(zh: "预算审核表所印与计算不符", en: "the printed audit table differs from what was computed")
        ),
        Rule(
            "deduction/printed-unknown-line",
            .error,
            title: LocalizedText(zh: "预算审核表中有不存在的明细", en: "the printed audit table has a line that is not there")
        ),
        Rule("deduction/twice", .warning, title: LocalizedText(zh: "同一笔核减列了两次", en: "the same deduction twice")),
        Rule(
            "deduction/unknown-line",
            .error,
            title: LocalizedText(zh: "核减对应的明细不存在", en: "a deduction from a line that is not there")
        ),
        Rule(
            "history/item-rate",
            .error,
            title: LocalizedText(zh: "历年执行率算错", en: "an execution rate that is not paid ÷ budget")
        ),
        Rule("history/nothing-paid", .info, title: LocalizedText(zh: "预算分文未付", en: "granted and not touched")),
        Rule("history/overspent", .warning, title: LocalizedText(zh: "支付超过预算", en: "paid more than the budget")),
        Rule("history/partial-year", .info, title: LocalizedText(zh: "数据不满一年", en: "figures of part of a year")),
        Rule(
            "history/unspent-asked-again",
            .warning,
            title: LocalizedText(zh: "分文未付又申请", en: "unspent and asked for again")
        ),
        Rule(
            "history/year-total",
            .error,
            title: LocalizedText(zh: "年度合计或执行率算错", en: "a year's total or rate that does not add up")
        ),
        allQuantitiesOne,
        deferralAsCut,
        expectedRateUnlikely,
        feedbackRaised,
        feedbackUnanswered,
        feedbackUnmatched,
        nameVaries,
        recurringWorks,
        tailAlreadyPaid,
        retentionAboveCap,
        riseWithoutReason,
        tailWithoutBalance,
        unlikeTreatment,
    ] + declaredFigureRules
