import BudgetReview
import ReviewModel

/// The checks of the rubric scorer, in the order of their ids.
let scoreRules: [Rule] =
    [
        evidenceSilent,
        Rule("rubric/above-maximum", .error, title: LocalizedText(zh: "得分超过分值", en: "points above the maximum")),
        Rule("rubric/absent-rater", .error, title: LocalizedText(zh: "缺少一位评价人", en: "a rater is absent")),
        Rule(
            "rubric/alternatives",
            .error,
            title: LocalizedText(zh: "二选一的指标同时评分", en: "both of two alternatives scored")
        ),
        Rule("rubric/incomplete", .error, title: LocalizedText(zh: "评分不完整", en: "a score sheet with gaps")),
        Rule("rubric/judgement", .info, title: LocalizedText(zh: "结论由评审人判断", en: "a verdict by judgement")),
        Rule(
            "rubric/judgement-without-reason",
            .error,
            title: LocalizedText(zh: "判断没有说明理由", en: "a judgement without a reason")
        ),
        Rule(
            "rubric/level-needs-points",
            .error,
            title: LocalizedText(zh: "该档次须写明得分", en: "a level that needs points beside it")
        ),
        Rule(
            "rubric/loss-not-itemised",
            .info,
            title: LocalizedText(zh: "扣分没有列明扣在何处", en: "points lost, nowhere said where")
        ),
        Rule("rubric/loss-unexplained", .warning, title: LocalizedText(zh: "扣分没有说明", en: "a loss without a reason")),
        Rule(
            "rubric/loss-without-problem",
            .warning,
            title: LocalizedText(zh: "扣分而没有提出问题", en: "a loss without a problem")
        ),
        Rule(
            "rubric/missing-rater",
            .warning,
            title: LocalizedText(zh: "某项缺少一位评价人的得分", en: "an item lacks a rater's points")
        ),
        Rule("rubric/negative-points", .error, title: LocalizedText(zh: "得分为负", en: "points below zero")),
        Rule("rubric/no-evidence", .warning, title: LocalizedText(zh: "满分而没有依据", en: "full marks without evidence")),
        Rule(
            "rubric/no-such-level",
            .warning,
            title: LocalizedText(zh: "打分标准不允许的得分", en: "points that no level gives")
        ),
        Rule("rubric/no-verdict", .error, title: LocalizedText(zh: "得分没有对应的结论", en: "a total that no band covers")),
        Rule(
            "rubric/not-applicable",
            .error,
            title: LocalizedText(zh: "不适用的指标有得分", en: "points for what does not apply")
        ),
        Rule(
            "rubric/not-computable",
            .error,
            title: LocalizedText(zh: "得分无法计算", en: "a score that cannot be computed")
        ),
        Rule(
            "rubric/not-one-value",
            .error,
            title: LocalizedText(zh: "查询结果不是一个值", en: "a query that gives no single value")
        ),
        Rule("rubric/nothing-given", .error, title: LocalizedText(zh: "没有给出得分", en: "neither points nor a level")),
        Rule(
            "rubric/out-of-reach",
            .error,
            title: LocalizedText(zh: "所给总分无法由各项达到", en: "a total that its items cannot reach")
        ),
        Rule("rubric/outside-level", .error, title: LocalizedText(zh: "得分不在所给档次内", en: "points outside their level")),
        Rule(
            "rubric/problem-without-loss",
            .warning,
            title: LocalizedText(zh: "提出问题而没有扣分", en: "a problem without a loss")
        ),
        Rule("rubric/query-failed", .error, title: LocalizedText(zh: "查询失败", en: "a query that failed")),
        Rule("rubric/raters-apart", .warning, title: LocalizedText(zh: "评价人相差过大", en: "raters too far apart")),
        Rule("rubric/rule-broken", .error, title: LocalizedText(zh: "违反指标之间的规则", en: "a rule between items is broken")),
        Rule("rubric/scored-twice", .error, title: LocalizedText(zh: "同一指标评分两次", en: "an item scored twice")),
        Rule(
            "rubric/shares-points",
            .error,
            title: LocalizedText(zh: "与同组指标共用分值", en: "points for an item that shares them")
        ),
        Rule(
            "rubric/unknown-code",
            .error,
            title: LocalizedText(zh: "评分标准中没有这一指标", en: "a code that the rubric does not have")
        ),
        Rule(
            "rubric/unknown-level",
            .error,
            title: LocalizedText(zh: "没有这一档次", en: "a level that the scale does not have")
        ),
        Rule(
            "rubric/unknown-rater",
            .warning,
            title: LocalizedText(zh: "没有这位评价人", en: "a rater that the rubric does not know")
        ),
        Rule(
            "rubric/verdict-overridden",
            .info,
            title: LocalizedText(zh: "结论被规则改变", en: "the verdict is overridden by a rule")
        ),
        Rule(
            "rubric/wrong-sum",
            .error,
            title: LocalizedText(zh: "小计与各项之和不符", en: "a subtotal that is not the sum of its items")
        ),
    ] + declaredFigureRules
