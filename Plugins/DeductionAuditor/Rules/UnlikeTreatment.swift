import BudgetReview
import ReviewModel

/// One line is cut, another that spent a smaller share of its budget is not.
let unlikeTreatment = Rule(
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
    ]
)

func checkTreatment(
    _ years: [HistoryYear],
    _ lines: [BudgetLine],
    _ deductions: [Deduction],
    _ settings: RuleSettings
) throws(DecimalOverflow) -> [Finding] {
    let word = settings[unlikeTreatment, "word"].scalarText ?? ""
    guard !word.isEmpty, let latest = years.max(by: { $0.year < $1.year }) else { return [] }
    let tailWord = settings[tailWithoutBalance, "word"].scalarText ?? ""
    var rates: [String: (rate: ExactDecimal, items: [HistoryItem])] = [:]
    for line in lines where tailWord.isEmpty || !(line.group + line.detail).contains(tailWord) {
        let items = latest.items.filter { line.historyKey != nil && $0.historyKey == line.historyKey }
        let (adjusted, paid) = (try ExactDecimal.sum(items.map(\.adjusted)), try ExactDecimal.sum(items.map(\.paid)))
        if paid > 0, let rate = try ExactDecimal.percentage(paid, of: adjusted) { rates[line.id] = (rate, items) }
    }
    var findings: [Finding] = []
    for deduction in deductions where deduction.kind == .cut && deduction.reason.contains(word) {
        guard let cut = lines.first(where: { $0.id == deduction.line }), let own = rates[cut.id] else { continue }
        let others = lines.filter { line in
            line.historyKey != cut.historyKey && !deductions.contains { $0.line == line.id }
        }
        for line in others {
            guard let other = rates[line.id], other.rate < own.rate else { continue }
            findings.append(unlike(line, other, cut, own, deduction, latest.year))
        }
    }
    return findings
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
    return unlikeTreatment.finding(
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
