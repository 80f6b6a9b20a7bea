import BudgetLines
import PrintedReports
import ReviewModel

/// No table of the report is one that is known, so nothing that needs a table was checked.
let noTable = DocumentRule(
    "document/no-table",
    .warning,
    title: LocalizedText(zh: "报告中没有读到表格", en: "no table of the report was read"),
    manual: LocalizedText(
        zh: """
            报告文本中看来有表格（表题、竖线分隔的行或表头不认识的行），而没有一张表的表头是已知的，凡要靠表格核对的（预算明细、审核表、历年执行、绩效目标）都没有核对，其余检查照常进行。\
            单元格须以制表符分隔；表头的叫法可在 report-words.yaml 中补充。
            """,
        en: """
            The text of the report seems to have tables (captions, rows parted by bars, rows under unknown heads), and none has a head that is known, so nothing was checked that needs one: budget lines, audit table, \
            earlier years, targets. The other checks were made. Cells must be parted by tabs; what heads are called can be added to \
            report-words.yaml.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: ↓|
                    表 1
                    项目内容 | 数量 | 单价 | 金额
                    课程 | 10 | 300.00 | 3,000.00
            """,
            zh: "没有从报告中读到任何表格，凡要靠表格核对的都没有核对",
            en: "no table of the report was read, so nothing that needs one was checked"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目内容\t数量\t单价\t金额
                    课程\t10\t300.00\t3,000.00
            """
        ),
    ],
    check: { audit, findings in if audit.report.hidesTables { findings.add([nothingRead(audit.report)]) } }
)

extension ReportText {
    /// Whether there seem to be tables, and none was read: rows under unknown heads, captions, or cells parted by bars.
    fileprivate var hidesTables: Bool {
        guard printedTables.isEmpty else { return false }
        if !unreadTables.isEmpty { return true }
        return lines.contains { line in
            let text = line.folded
            if text.utf8.count(where: { $0 == UInt8(ascii: "|") }) > 1 { return true }
            return words["table_label"].contains { label in
                text.beginsWithBytes(of: label) && text.dropFirst(label.count).first?.isNumber == true
            }
        }
    }
}

private func nothingRead(_ report: ReportText) -> Finding {
    noTable.rule.finding(
        message: LocalizedText(
            zh: "没有从报告中读到任何表格，凡要靠表格核对的都没有核对",
            en: "no table of the report was read, so nothing that needs one was checked"
        ),
        lines: report.unreadTables.isEmpty
            ? [.value(JSONPointer(["config", "report"]))] : report.unreadTables.prefix(10).map(\.head.line.spot),
        hint: LocalizedText(
            zh: "单元格须以制表符分隔；表头的叫法可在 report-words.yaml 中补充",
            en: "cells must be parted by tabs; what heads are called can be added to report-words.yaml"
        )
    )
}
