import BudgetLines
import PrintedReports
import ReviewModel

/// The text calls an item new that had a budget in an earlier year.
let newButBudgeted = DocumentRule(
    "document/new-but-budgeted",
    .warning,
    title: LocalizedText(zh: "称\"新增\"而往年已有预算", en: "called new, with a budget in an earlier year"),
    manual: LocalizedText(
        zh: """
            文中"新增"之后的名称，如与某项预算明细的名称从头起至少 5 个字相同，而该明细在历年明细中（按 history_key）已有调整后预算，则列出。\
            分文未付的也算有过预算。不同的段落说同一句话，只列一次。
            """,
        en: """
            Where the words behind 新增 begin like the name of a budget line, for five characters or more, and that line had an \
            adjusted budget in an earlier year (by `history_key`), paid or not. The same said in several paragraphs is one finding.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓主要原因是新增镇中心阵地建设项目，共计若干。
            tables:
              budget_lines:
                - {id: L1, group: 镇中心阵地建设工程, quantity: 1, unit_price: 500000.00, amount: 500000.00, history_key: works}
              history:
                - {year: 2025, item: 镇中心工程, adjusted: 361600.00, paid: 300000.00, history_key: works}
            """,
            zh: "称\"新增镇中心阵地建设项目\"，而往年已有预算：2025 年\"镇中心工程\" 361,600.00 元",
            en: "\"新增镇中心阵地建设项目\": there was a budget before: 2025 年\"镇中心工程\" 361,600.00 元"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    主要原因是新增镇中心阵地建设项目，共计若干。
            tables:
              budget_lines:
                - {id: L1, group: 镇中心阵地建设工程, quantity: 1, unit_price: 500000.00, amount: 500000.00, history_key: works}
              history:
                - {year: 2025, item: 镇中心工程, adjusted: 361600.00, paid: 300000.00, history_key: other}
            """
        ),
    ],
    check: { audit, findings in findings.add(checkNew(audit.report, audit.dossier)) }
)

private func checkNew(_ report: ReportText, _ dossier: Dossier) -> [Finding] {
    let lines = BudgetLine.all(in: dossier).filter { $0.historyKey != nil }
    let labels = lines.map(\.label.folded)
    let history = dossier.rows(of: "history").filter { ($0.decimal("adjusted") ?? 0) > 0 }
    var (order, findings) = ([String](), [String: Finding]())
    for paragraph in report.paragraphs {
        for named in namesAfterNew(in: paragraph.text.folded) {
            let matching = zip(lines, labels).filter { zip($0.1, named).prefix { $0 == $1 }.count >= 5 }.map(\.0)
            let keys = Set(matching.compactMap(\.historyKey))
            let earlier = history.filter { keys.contains($0.text("history_key")) }
            guard let first = matching.first, !earlier.isEmpty else { continue }
            if findings[first.id] == nil {
                order.append(first.id)
                findings[first.id] = budgeted(named, first, earlier, at: paragraph.line)
            } else {
                findings[first.id]?.spots.append(paragraph.line.spot)
            }
        }
    }
    return order.compactMap { findings[$0] }
}

private func namesAfterNew(in text: String) -> [String] {
    var (names, rest) = ([String](), text[...])
    while let found = rest.firstBytes(of: "新增") {
        rest = rest[found.upperBound...]
        names.append(String(rest.prefix { !"，。；、（".contains($0) }))
    }
    return names
}

private func budgeted(_ name: String, _ line: BudgetLine, _ earlier: [TableRow], at place: ReportText.Line) -> Finding {
    let list = earlier.map { "\($0.text("year")) 年\"\($0.text("item"))\" \(Money.yuan($0.decimal("adjusted") ?? 0)) 元" }
    return newButBudgeted.rule.finding(
        message: LocalizedText(
            zh: "称\"新增\(name)\"，而往年已有预算：\(list.joined(separator: "，"))",
            en: "\"新增\(name)\": there was a budget before: \(list.joined(separator: ", "))"
        ),
        subject: line.id,
        lines: [place.spot],
        pointers: earlier.map { $0.pointer("adjusted") },
        found: "新增",
        hint: LocalizedText(zh: "请改写增长的原因", en: "give another reason for the rise")
    )
}
