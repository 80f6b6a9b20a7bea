import BudgetLines
import PrintedReports
import ReviewModel

/// A total row that holds nothing, or figures left below one.
let totalRow = DocumentRule(
    "document/total-row",
    .warning,
    title: LocalizedText(zh: "合计行空着，或合计之下残留数字", en: "a total row that is empty, or figures left below it"),
    manual: LocalizedText(
        zh: "预算明细表、审核表、历年表和评分表的合计行只有\"合计\"二字而各行有数的，以及合计行之下只有一个数字、没有名称的行（计算时的草稿），列出。",
        en:
            "Total rows of tables of lines, of earlier years and of points that hold the word alone, though the rows have figures; and rows below the total that hold one figure and no name, which somebody left there."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    支出内容\t申报数\t审定数\t核减数
                    课程\t50.00\t40.00\t10.00
                    场租\t30.00\t30.00\t0.00
                    ↓合计\t\t\t
            """,
            zh: "第 1 行的表的合计行没有数字",
            en: "the total row of the table at line 1 has no figure"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    支出内容\t申报数\t审定数\t核减数
                    课程\t50.00\t40.00\t10.00
                    场租\t30.00\t30.00\t0.00
                    合计\t80.00\t70.00\t10.00
            """
        ),
    ],
    check: { audit, findings in
        let kinds: Set<PrintedTable.Kind> = [.budget, .audit, .history, .scoreSheet]
        // A table that is read twice, as lines and as audited, stands once.
        var seen: Set<Int> = []
        for table in audit.report.printedTables where kinds.contains(table.kind) && !table.isTurned {
            guard seen.insert(table.header.line.number).inserted else { continue }
            findings.add(checkTotals(table))
        }
    }
)

private func checkTotals(_ table: PrintedTable) -> [Finding] {
    guard let last = table.rows.lastIndex(where: \.isTotal) else { return [] }
    let figures = table.rows[..<last].count { row in row.cells.contains { PrintedNumber($0) != nil } }
    var findings: [Finding] = []
    if table.rows[last].filled.count == 1, figures > 1 { findings.append(empty(table, table.rows[last])) }
    let below = table.rows[(last + 1)...]
    // A table that goes on below a subtotal has more than a figure or two there.
    let left = below.filter { $0.filled.count == 1 && $0.filled.allSatisfy { PrintedNumber($0)?.isPercent == false } }
    if !left.isEmpty, left.count == below.count { findings.append(leftOver(table, left)) }
    return findings
}

private func empty(_ table: PrintedTable, _ row: PrintedTable.Row) -> Finding {
    totalRow.rule.finding(
        message: LocalizedText(zh: "\(table.name.zh)的合计行没有数字", en: "the total row of \(table.name.en) has no figure"),
        subject: table.caption,
        lines: [row.line.spot]
    )
}

private func leftOver(_ table: PrintedTable, _ rows: [PrintedTable.Row]) -> Finding {
    let list = rows.prefix(5).flatMap(\.filled).joined(separator: "、")
    return totalRow.rule.finding(
        message: LocalizedText(
            zh: "\(table.name.zh)的合计行之下残留数字 \(list)",
            en: "below the total of \(table.name.en) stands \(list), which names nothing"
        ),
        subject: table.caption,
        lines: rows.prefix(10).map(\.line.spot),
        found: list
    )
}
