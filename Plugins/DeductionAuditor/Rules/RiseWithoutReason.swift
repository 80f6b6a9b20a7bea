import BudgetLines
import ReviewModel

/// A line that asks for much more than the same item had in the latest year, approved as requested.
let riseWithoutReason = AuditRule(
    "history/rise-without-reason",
    .warning,
    title: LocalizedText(zh: "大幅增长而未核减", en: "a steep rise approved untouched"),
    manual: LocalizedText(
        zh: """
            将有历史编号的明细与最近一年同一事项的调整后预算相比；增长超过 percent 且分文未核减的列出。分文未付又申请的事项由 \
            history/unspent-asked-again 报告，尾款由 history/tail-without-balance 报告，此处不重复。文字说明不在核对之列：由评审人判断。
            """,
        en: """
            Holds every line with a history key against the adjusted budget of the same item in the latest year; a rise of \
            more than `percent` that was approved untouched is listed. Items of which nothing was paid are left to \
            history/unspent-asked-again, final payments to history/tail-without-balance. It reads no texts: whether a reason is given is for the reviewer to judge.
            """
    ),
    parameters: [
        Rule.Parameter(
            "percent",
            LocalizedText(zh: "允许的增长", en: "largest rise that needs no reason"),
            standard: 30,
            unit: "percent"
        )
    ],
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 400.00, amount: ↓4000.00, history_key: courses}
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2900.00, history_key: courses}
            """,
            zh: "\"课程\"申请 4,000.00 元，比 2025 年的 3,000.00 元增长 33.33%，按申报金额审核，请核对增长的原因",
            en:
                "\"课程\" asks for 4,000.00, 33.33% more than the 3,000.00 of 2025, approved as requested; what explains it?"
        ),
        .good(
            """
            # 恰好 30%。
            # 30 % and no more.
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 390.00, amount: 3900.00, history_key: courses}
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2900.00, history_key: courses}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    guard let limit = findings.decimal("percent"),
        let latest = audit.latest
    else { return }
    let tailWord = audit.tailWord
    for (key, own) in audit.linesByKey
        .sorted(by: { $0.value[0].pointer.description < $1.value[0].pointer.description })
    {
        let items = audit.latestItems[key] ?? []
        let isTail = !tailWord.isEmpty && own.contains { ($0.group + $0.detail).contains(tailWord) }
        guard !items.isEmpty, !isTail, items.contains(where: { $0.paid > 0 }),
            !own.contains(where: { audit.deductionsByLine[$0.id] != nil })
        else { continue }
        let (before, now) = (try ExactDecimal.sum(items.map(\.adjusted)), try ExactDecimal.sum(own.map(\.amount)))
        guard let rise = try ExactDecimal.percentage(now - before, of: before), rise > limit else { continue }
        findings.add(try rose(own, items, latest, before, now, rise))
    }
}

private func rose(
    _ lines: [BudgetLine],
    _ items: [HistoryItem],
    _ year: HistoryYear,
    _ before: ExactDecimal,
    _ now: ExactDecimal,
    _ rise: ExactDecimal
) throws(DecimalOverflow) -> Finding {
    let names = lines.map(\.label).joined(separator: "、")
    let (was, asks) = (Money.yuan(before), Money.yuan(now))
    return riseWithoutReason.rule.finding(
        message: LocalizedText(
            zh: "\"\(names)\"申请 \(asks) 元，比 \(year.year) 年的 \(was) 元增长 \(Money.percent(rise))，按申报金额审核，请核对增长的原因",
            en:
                "\"\(names)\" asks for \(asks), \(Money.percent(rise)) more than the \(was) of \(year.year), approved as requested; what explains it?"
        ),
        subject: lines[0].id,
        pointers: lines.map { $0.pointer / "amount" } + items.map { $0.pointer / "adjusted" },
        expected: was,
        found: asks,
        difference: Money.yuan(try now - before),
        proof: Proof(
            items.map {
                Proof.Figure(
                    LocalizedText("\(year.year) \($0.name)"),
                    Money.yuan($0.adjusted),
                    at: $0.pointer / "adjusted"
                )
            }
                + lines.map { Proof.Figure(LocalizedText($0.label), Money.yuan($0.amount), at: $0.pointer / "amount") },
            calculation: "(\(asks) − \(was)) ÷ \(was) = \(Money.percent(rise))"
        ),
        hint: LocalizedText(zh: "请说明增长的数量和单价依据", en: "say which quantities or prices have risen, and by what source")
    )
}
