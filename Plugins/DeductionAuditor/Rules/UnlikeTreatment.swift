import BudgetLines
import ReviewModel

/// One line is cut, another that spent a smaller share of its budget is not.
let unlikeTreatment = AuditRule(
    "treatment/unlike",
    .warning,
    title: LocalizedText(zh: "同类明细处理不一致", en: "like lines treated differently"),
    manual: LocalizedText(
        zh: """
            核减理由提到执行率（参数 word）时，凡最近一年执行率更低、已有支付而分文未核减的同项目明细都列出：同一尺度应当用于所有明细。\
            尾款取决于合同和审计价，不在此列。
            """,
        en: """
            Where the reason of a cut speaks of the execution rate (parameter `word`), every line is listed that spent a smaller \
            share of its budget in the latest year, though something, and was not cut: one yardstick for all lines. Final payments follow contracts and are left out.
            """
    ),
    parameters: [
        Rule.Parameter("word", LocalizedText(zh: "理由中的字样", en: "the word in the reason"), standard: "执行率")
    ],
    examples: [
        .bad(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00, history_key: courses}
                - {id: L2, group: 维护, quantity: 2, unit_price: 500.00, amount: ↓1000.00, history_key: upkeep}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 参考历年执行率核减}
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2400.00, history_key: courses}
                - {year: 2025, item: 维护, adjusted: 1000.00, paid: 500.00, history_key: upkeep}
            """,
            zh: "\"课程\"因执行率核减（2025 年 80.00%），\"维护\"执行率更低（50.00%）却未核减",
            en: "\"课程\" is cut for its execution rate (80.00% in 2025), \"维护\" spent even less (50.00%) and is not"
        ),
        .good(
            """
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00, history_key: courses}
                - {id: L2, group: 维护, quantity: 2, unit_price: 500.00, amount: 1000.00, history_key: upkeep}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 参考历年执行率核减}
              history:
                - {year: 2025, item: 课程, adjusted: 3000.00, paid: 2400.00, history_key: courses}
                - {year: 2025, item: 维护, adjusted: 1000.00, paid: 900.00, history_key: upkeep}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    let word = findings.text("word")
    guard !word.isEmpty, let latest = audit.latest else { return }
    let tailWord = audit.tailWord
    var rates: [String: (rate: ExactDecimal, items: [HistoryItem])] = [:]
    for line in audit.lines where tailWord.isEmpty || !(line.group + line.detail).contains(tailWord) {
        let items = audit.latestItems(like: line) ?? []
        let (adjusted, paid) = (try ExactDecimal.sum(items.map(\.adjusted)), try ExactDecimal.sum(items.map(\.paid)))
        if paid > 0, let rate = try ExactDecimal.percentage(paid, of: adjusted) { rates[line.id] = (rate, items) }
    }
    let untouched = audit.lines.filter { audit.deductionsByLine[$0.id] == nil && rates[$0.id] != nil }
    for deduction in audit.deductions where deduction.kind == .cut && deduction.reason.contains(word) {
        guard let cut = audit.line[deduction.line], let own = rates[cut.id] else { continue }
        for line in untouched where line.historyKey != cut.historyKey {
            guard let other = rates[line.id], other.rate < own.rate else { continue }
            findings.add(unlike(line, other, cut, own, deduction, latest.year))
        }
    }
}

private func unlike(
    _ line: BudgetLine,
    _ other: (rate: ExactDecimal, items: [HistoryItem]),
    _ cut: BudgetLine,
    _ own: (rate: ExactDecimal, items: [HistoryItem]),
    _ deduction: Deduction,
    _ year: Int
) -> Finding {
    let (lower, higher) = (Money.percent(other.rate), Money.percent(own.rate))
    return unlikeTreatment.rule.finding(
        message: LocalizedText(
            zh: "\"\(cut.label)\"因执行率核减（\(year) 年 \(higher)），\"\(line.label)\"执行率更低（\(lower)）却未核减",
            en:
                "\"\(cut.label)\" is cut for its execution rate (\(higher) in \(year)), \"\(line.label)\" spent even less "
                + "(\(lower)) and is not"
        ),
        subject: line.id,
        pointers: [line.pointer / "amount", deduction.pointer / "reason"] + other.items.map { $0.pointer / "paid" },
        expected: "≥ \(higher)",
        found: lower,
        proof: Proof(
            [
                Proof.Figure(LocalizedText(cut.label), higher, at: own.items.first.map { $0.pointer / "paid" }),
                Proof.Figure(LocalizedText(line.label), lower, at: other.items.first.map { $0.pointer / "paid" }),
            ],
            calculation: "\(lower) < \(higher)"
        ),
        hint: LocalizedText(zh: "请用同一尺度，或说明不同处理的理由", en: "use one yardstick, or say why the lines differ")
    )
}
