import BudgetLines
import ReviewModel

/// A project that is called recurring and asks for building, purchases and final payments.
let recurringWorks = AuditRule(
    "project/recurring-works",
    .warning,
    title: LocalizedText(zh: "经常性项目中的一次性支出", en: "one-off spending in a recurring project"),
    manual: LocalizedText(
        zh: """
            项目类别为经常性（project.kind: recurring）时，名称含有 words 之一的明细（工程、建设、采购、尾款等）的金额占申报合计的比例，达到 percent 的列出；往年（history_key）已有支付的明细不算一次性。\
            只看名称：若这些支出每年都有，请在评审中说明；否则应单列一次性项目，适用不同的评分标准。
            """,
        en: """
            Of a recurring project (`project.kind`), the share of the request in lines whose names have one of `words` (works, purchases, \
            final payments); `percent` is a finding. A line that was paid for in an earlier year (`history_key`) is no one-off. Else names are all it sees: where such spending comes every year, say so; else it belongs \
            into a one-off project, which other criteria hold for.
            """
    ),
    parameters: [
        Rule.Parameter(
            "percent",
            LocalizedText(zh: "占申报合计的比例", en: "share of the request"),
            standard: 30,
            unit: "percent"
        ),
        Rule.Parameter(
            "words",
            LocalizedText(zh: "表明一次性支出的字样", en: "words for one-off spending"),
            standard: ["工程", "建设", "修缮", "采购", "尾款"]
        ),
    ],
    examples: [
        .bad(
            """
            fields:
              project: {kind: ↓recurring}
            tables:
              budget_lines:
                - {id: L1, group: 阵地建设工程, quantity: 1, unit_price: 3000.00, amount: 3000.00}
                - {id: L2, group: 课程, quantity: 20, unit_price: 350.00, amount: 7000.00}
            """,
            zh: "项目为经常性项目，而 \"阵地建设工程\" 共 3,000.00 元，占申报金额的 30.00%，从名称看是一次性支出",
            en:
                "the project is recurring, but \"阵地建设工程\", 3,000.00 or 30.00% of the request, are one-off by their names"
        ),
        .good(
            """
            # 每年都有的采购不是一次性支出。
            # What is bought every year recurs.
            fields:
              project: {kind: recurring}
            tables:
              budget_lines:
                - {id: L1, group: 食材采购, quantity: 1, unit_price: 3000.00, amount: 3000.00, history_key: food}
                - {id: L2, group: 课程, quantity: 20, unit_price: 350.00, amount: 7000.00}
              history:
                - {year: 2025, item: 食材采购, adjusted: 3000.00, paid: 2900.00, history_key: food}
            """
        ),
    ],
    check: check
)

private func check(_ audit: Audit, _ findings: inout RuleFindings) throws {
    let lines = audit.lines
    guard audit.dossier.field("project")?["kind"]?.text == "recurring",
        let limit = findings.decimal("percent")
    else { return }
    let words = findings.texts("words")
    let paid = Set(audit.years.flatMap(\.items).filter { $0.paid > 0 }.compactMap(\.historyKey))
    let works = lines.filter { line in
        words.contains { (line.group + line.detail).contains($0) } && !paid.contains(line.historyKey ?? "")
    }
    let (part, whole) = (try ExactDecimal.sum(works.map(\.amount)), try ExactDecimal.sum(lines.map(\.amount)))
    guard let share = try ExactDecimal.percentage(part, of: whole), share >= limit else { return }
    findings.add(oneOff(works, part, whole, share))
}

private func oneOff(_ lines: [BudgetLine], _ part: ExactDecimal, _ whole: ExactDecimal, _ share: ExactDecimal)
    -> Finding
{
    let names = lines.map(\.group.folded).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return recurringWorks.rule.finding(
        message: LocalizedText(
            zh:
                "项目为经常性项目，而 \(names.map { "\"\($0)\"" }.joined(separator: "、")) 共 \(Money.yuan(part)) 元，占申报金额的 \(Money.percent(share))，从名称看是一次性支出",
            en:
                "the project is recurring, but \(names.map { "\"\($0)\"" }.joined(separator: ", ")), \(Money.yuan(part)) or \(Money.percent(share)) of the request, are one-off by their names"
        ),
        subject: "kind",
        pointers: [JSONPointer(["fields", "project", "kind"])] + lines.map { $0.pointer / "amount" },
        found: Money.percent(share),
        proof: Proof(
            lines.map { Proof.Figure(LocalizedText($0.label), Money.yuan($0.amount), at: $0.pointer / "amount") },
            calculation: "\(Money.yuan(part)) ÷ \(Money.yuan(whole)) = \(Money.percent(share))"
        ),
        hint: LocalizedText(zh: "请核对项目类别，或将一次性支出单列", en: "check the kind of project, or request these apart")
    )
}
