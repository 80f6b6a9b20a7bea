internal import ReviewFile
internal import ReviewModel

/// What the summary says beside what its description says.
enum PortfolioWords {
    static let unfinished = LocalizedText(zh: "未完成的评审", en: "Reviews that are not complete")
    static let unfinishedNote = LocalizedText(
        zh: "下列评审没有完成或不完整，其金额未计入或可能不全。",
        en: "These are missing or incomplete; their amounts are not counted, or not in full."
    )
    static let findings = LocalizedText(zh: "横向比较发现", en: "Findings across reviews")
    static let noFindings = LocalizedText(zh: "横向比较没有发现问题。", en: "Nothing was found across the reviews.")
    static let charts = LocalizedText(zh: "结论与得分", en: "Verdicts and scores")
    static let totals = LocalizedText(zh: "总计", en: "In all")
    static let search = LocalizedText(zh: "筛选：输入任意文字", en: "filter: any text")
    static let all = LocalizedText(zh: "全部", en: "all")
    static let reviews = LocalizedText(zh: "评审数", en: "reviews")
    static let missing = LocalizedText(zh: "（未填）", en: "(none)")
    static let severity = LocalizedText(zh: "轻重", en: "severity")
    static let finding = LocalizedText(zh: "发现", en: "finding")
    static let weight = LocalizedText(zh: "涉及金额", en: "money in question")
    static let places = LocalizedText(zh: "涉及评审及位置", en: "reviews and places")
    static let state = LocalizedText(zh: "状态", en: "state")
    static let reason = LocalizedText(zh: "原因", en: "reason")
    static let review = LocalizedText(zh: "评审", en: "review")
    static let ofReview = LocalizedText(zh: "本评审的报告", en: "the review itself")
    static let rules = LocalizedText(zh: "规则说明", en: "What the rules compare")
    static let rule = LocalizedText(zh: "规则", en: "rule")
    static func step(_ id: String) -> LocalizedText {
        LocalizedText(zh: "步骤\(quoted(id))", en: "the step \(quoted(id))")
    }
    static let unchecked = LocalizedText(zh: "未能检查的规则", en: "Rules that were not checked")
    static let share = LocalizedText(zh: "构成", en: "parts")
    static let sort = LocalizedText(zh: "点击排序", en: "click to sort")

    static func count(_ total: PortfolioSums) -> LocalizedText {
        let (zh, en) =
            total.unfinished > 0
            ? ("，其中 \(total.unfinished) 个未完成或不完整", ", \(total.unfinished) of them not complete") : ("", "")
        return LocalizedText(zh: "共 \(total.count) 个评审\(zh)", en: "\(total.count) review(s)\(en)")
    }

    static func unit(_ code: String, converted: Int) -> LocalizedText {
        let (zh, en) =
            converted > 0
            ? ("；\(converted) 个评审的金额以万、千等倍数计，已换算", "; \(converted) review(s) count in multiples, which are converted")
            : ("", "")
        return LocalizedText(
            zh: "金额单位：\(MoneyUnit.name(code, .zh))\(zh)",
            en: "Amounts are in \(MoneyUnit.name(code, .en))\(en)"
        )
    }

    /// The most reviews that are named for one reason in one line.
    private static let mostNamed = 20

    static func notSummed(_ reviews: [String], in code: String) -> LocalizedText {
        let (named, count) = (reviews.prefix(mostNamed), reviews.count)
        let isAll = named.count == count
        return LocalizedText(
            zh: "以\(MoneyUnit.name(code, .zh))计的 \(count) 个评审单位不同，金额未计入任何合计："
                + named.joined(separator: "、") + (isAll ? "" : " 等"),
            en: "\(count) review(s) in \(MoneyUnit.name(code, .en)), another unit, are in no sum of amounts: "
                + named.joined(separator: ", ") + (isAll ? "" : " and others")
        )
    }

    static func notTheSum(_ sum: ExactDecimal) -> LocalizedText {
        LocalizedText(
            zh: "与所列各项之和 \(sum.grouped) 不一致，按评审结果列示；请核对该评审。",
            en: "Not the sum of its parts, \(sum.grouped); the figure is that of the review, which wants a look."
        )
    }

    static func more(_ shown: Int, of count: Int) -> LocalizedText {
        LocalizedText(
            zh: "列出前 \(shown) 条，共 \(count) 条；其余见工作簿或评审结果。",
            en: "The first \(shown) of \(count); the others stand in the workbook and in the reviews."
        )
    }
}
