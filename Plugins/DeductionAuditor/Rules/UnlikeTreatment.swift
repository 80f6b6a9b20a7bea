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
            尾款取决于合同和审计价，不在此列。超过二十行的只列一条，写明行数和执行率最低的几行。
            """,
        en: """
            Where the reason of a cut speaks of the execution rate (parameter `word`), every line is listed that spent a smaller \
            share of its budget in the latest year, though something, and was not cut: one yardstick for all lines. Final payments follow contracts and are left out. \
            More than twenty such lines make one finding, with their count and those that spent least.
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
    let spent = try Spending(audit)
    for deduction in audit.deductions where deduction.kind == .cut && deduction.reason.contains(word) {
        guard let cut = audit.line[deduction.line], let own = spent.rates[cut.id] else { continue }
        let below = spent.untouched(below: own.rate)
        // Of the lines of one thing only some may be cut; a few more than are told one by one can be these.
        let like = audit.linesByKey[cut.historyKey ?? ""] ?? []
        let others = below.prefix(mostLines + like.count + 1).filter { audit.lines[$0].historyKey != cut.historyKey }
        if others.count <= mostLines {
            for position in others.sorted() {
                guard let other = spent.rates[audit.lines[position].id] else { continue }
                findings.add(unlike(audit.lines[position], other, cut, own, deduction, latest.year))
            }
        } else {
            let same = like.count { line in
                audit.deductionsByLine[line.id] == nil && spent.rates[line.id].map { $0.rate < own.rate } ?? false
            }
            let lines = others.prefix(mostLines).map { audit.lines[$0] }
            findings.add(unlike(lines, of: below.count - same, spent, cut, own.rate, deduction, latest.year))
        }
    }
}

/// More lines than these are told in one finding: it is one yardstick that was not used.
private let mostLines = 20

/// What share of its budget each line spent in the latest year.
private struct Spending {
    private(set) var rates: [String: (rate: ExactDecimal, items: [HistoryItem])] = [:]
    /// The positions of lines that were not cut, those that spent least first, and their rates.
    private let untouched: [Int]
    private let ascending: [ExactDecimal]

    init(_ audit: Audit) throws(DecimalOverflow) {
        let tailWord = audit.tailWord
        for line in audit.lines where tailWord.isEmpty || !(line.group + line.detail).contains(tailWord) {
            let items = audit.latestItems(like: line) ?? []
            let adjusted = try ExactDecimal.sum(items.map(\.adjusted))
            let paid = try ExactDecimal.sum(items.map(\.paid))
            if paid > 0, let rate = try ExactDecimal.percentage(paid, of: adjusted) { rates[line.id] = (rate, items) }
        }
        let known = rates
        let rated = audit.lines.indices.compactMap { position -> (rate: ExactDecimal, position: Int)? in
            let id = audit.lines[position].id
            return audit.deductionsByLine[id] == nil ? known[id].map { ($0.rate, position) } : nil
        }.sorted { ($0.rate, $0.position) < ($1.rate, $1.position) }
        (untouched, ascending) = (rated.map(\.position), rated.map(\.rate))
    }

    /// The lines that were not cut and spent less.
    func untouched(below rate: ExactDecimal) -> ArraySlice<Int> {
        var (low, high) = (0, ascending.count)
        while low < high {
            let middle = (low + high) / 2
            if ascending[middle] < rate { low = middle + 1 } else { high = middle }
        }
        return untouched[..<low]
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

/// Many lines that spent less; `lines` are some of those that spent least.
private func unlike(
    _ lines: [BudgetLine],
    of count: Int,
    _ spent: Spending,
    _ cut: BudgetLine,
    _ rate: ExactDecimal,
    _ deduction: Deduction,
    _ year: Int
) -> Finding {
    let higher = Money.percent(rate)
    let least = lines.prefix(5).map { "\"\($0.label)\" \(spent.rates[$0.id].map { Money.percent($0.rate) } ?? "")" }
    return unlikeTreatment.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(cut.label)\"因执行率核减（\(year) 年 \(higher)），另有 \(count) 行明细执行率更低却未核减，最低的是 \(least.joined(separator: "、"))",
            en:
                "\"\(cut.label)\" is cut for its execution rate (\(higher) in \(year)); \(count) lines spent even less and are not, least of all \(least.joined(separator: ", "))"
        ),
        subject: cut.id,
        pointers: [deduction.pointer / "reason"] + lines.map { $0.pointer / "amount" },
        expected: "≥ \(higher)",
        found: String(count),
        hint: LocalizedText(zh: "请用同一尺度，或说明不同处理的理由", en: "use one yardstick, or say why the lines differ")
    )
}
