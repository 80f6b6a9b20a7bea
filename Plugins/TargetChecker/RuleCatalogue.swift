import BudgetReview
import ReviewModel

/// The checks of the target checker, in the order of their ids.
let targetRules: [Rule] =
    [
        basisDenied,
        Rule("target/above-hundred", .warning, title: LocalizedText(zh: "比率超过 100%", en: "a share above 100 %")),
        Rule(
            "target/dropped",
            .info,
            title: LocalizedText(zh: "申报的目标评审后不再列出", en: "a declared target is gone after the review")
        ),
        Rule("target/duplicate", .error, title: LocalizedText(zh: "目标重复", en: "a target twice")),
        Rule("target/forms-differ", .info, title: LocalizedText(zh: "两处采用不同版本的分类", en: "two versions of the taxonomy")),
        Rule(
            "target/kind-not-measured",
            .warning,
            title: LocalizedText(zh: "某类指标都没有量化", en: "no target of a kind is measured")
        ),
        Rule(
            "target/level-contradiction",
            .error,
            title: LocalizedText(zh: "指标的级别与类别矛盾", en: "levels that contradict the kind of target")
        ),
        Rule("target/line-without-target", .info, title: LocalizedText(zh: "明细没有对应的目标", en: "money without a target")),
        Rule(
            "target/measure-lost",
            .warning,
            title: LocalizedText(zh: "可衡量的目标评审后不可衡量", en: "a measured target is no longer measured")
        ),
        Rule(
            "target/missing-kind",
            .warning,
            title: LocalizedText(zh: "缺少应有的一类指标", en: "a needed kind of target is missing")
        ),
        Rule("target/no-basis", .warning, title: LocalizedText(zh: "目标值没有依据", en: "a value without a basis")),
        Rule("target/no-value", .error, title: LocalizedText(zh: "目标没有目标值", en: "a target without a value")),
        Rule("target/none", .warning, title: LocalizedText(zh: "没有绩效目标", en: "no targets at all")),
        Rule(
            "target/quantification-lost",
            .warning,
            title: LocalizedText(zh: "量化的目标评审后不再计数", en: "quantities lost between declared and reviewed")
        ),
        Rule("target/reworded", .info, title: LocalizedText(zh: "目标似被改名", en: "a target seems reworded")),
        Rule(
            "target/unknown-level",
            .warning,
            title: LocalizedText(zh: "分类中没有这一级指标", en: "a level that the taxonomy does not have")
        ),
        Rule(
            "target/unknown-line",
            .error,
            title: LocalizedText(zh: "目标对应的明细不存在", en: "a target for a line that is not there")
        ),
        Rule("target/unmeasured-value", .info, title: LocalizedText(zh: "目标值是定性描述", en: "a value in words")),
        Rule(
            "target/vague-value",
            .warning,
            title: LocalizedText(zh: "目标值无法衡量", en: "a value that cannot be measured")
        ),
        Rule(
            "target/value-changed",
            .info,
            title: LocalizedText(zh: "评审后目标值不同", en: "the value is another after the review")
        ),
    ] + declaredFigureRules
