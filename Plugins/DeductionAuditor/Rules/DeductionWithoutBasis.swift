import BudgetLines
import ReviewModel

/// A cut whose reason names nothing that it could be computed from.
let deductionWithoutBasis = AuditRule(
    "deduction/no-basis",
    .warning,
    title: LocalizedText(zh: "核减说明没有可核对的依据", en: "a cut without a basis that can be checked"),
    manual: LocalizedText(
        zh: """
            核减的理由应写明可以核对的依据：历史数据、价格标准、合同、重复或不属于支出范围等。理由中既没有数字，也没有 words 之一的列出。只看字样，依据是否成立\
            由其他规则和评审人判断。
            """,
        en: """
            The reason of a cut should name a basis that can be checked: history, a price standard, a contract, a duplicate, not \
            eligible. Reasons with neither a number nor one of `words` are listed. Only words are seen; whether the basis holds is \
            for other rules and the reviewer.
            """
    ),
    parameters: [
        Rule.Parameter(
            "words",
            LocalizedText(zh: "表明依据的字样", en: "words that name a basis"),
            standard: [
                "历史", "历年", "上年", "近几年", "近三年", "平均", "标准", "单价", "询价", "报价", "市场价", "合同", "质保", "保证金", "重复",
                "不属于", "不符合", "不在", "超出", "超过", "执行率", "余额", "规定", "办法", "政策", "history", "average", "standard",
                "price", "quote", "contract", "duplicate", "eligible",
            ]
        )
    ],
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: ↓适当压减}
            """,
            zh: "\"课程\"的核减说明没有可核对的依据：适当压减",
            en: "the reason of the cut of \"课程\" names no basis that can be checked: 适当压减"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过同类课程的价格标准}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) {
    let words = findings.texts("words")
    // A table that has no reasons at all lacks them once.
    let cuts = audit.deductions.filter { $0.kind == .cut }
    if cuts.count > 2, cuts.allSatisfy({ $0.reason.isEmpty }) {
        findings.add(noReasons(cuts))
        return
    }
    for deduction in audit.deductions
    where deduction.kind == .cut && !deduction.reason.contains(where: \.isNumber)
        && !words.contains(where: deduction.reason.lowercased().contains)
    {
        findings.add(withoutBasis(deduction, audit.name(of: deduction)))
    }
}

private func noReasons(_ cuts: [Deduction]) -> Finding {
    deductionWithoutBasis.rule.finding(
        message: LocalizedText(
            zh: "\(cuts.count) 项核减都没有写明理由",
            en: "none of the \(cuts.count) cuts has a reason"
        ),
        subject: "reasons",
        pointers: cuts.prefix(10).map { $0.pointer / "reason" },
        found: "",
        hint: LocalizedText(zh: "请写明历史数据、价格标准、合同或制度依据", en: "name the figures, the standard, the contract or the rule")
    )
}

private func withoutBasis(_ deduction: Deduction, _ name: String) -> Finding {
    deductionWithoutBasis.rule.finding(
        message: LocalizedText(
            zh: "\"\(name)\"的核减说明没有可核对的依据：\(deduction.reason)",
            en: "the reason of the cut of \"\(name)\" names no basis that can be checked: \(deduction.reason)"
        ),
        subject: deduction.line,
        pointers: [deduction.pointer / "reason"],
        found: deduction.reason,
        hint: LocalizedText(zh: "请写明历史数据、价格标准、合同或制度依据", en: "name the figures, the standard, the contract or the rule")
    )
}
