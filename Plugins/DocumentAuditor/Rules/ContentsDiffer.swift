import BudgetLines
import PrintedReports
import ReviewModel

/// An entry of the contents that no heading of the report is.
let contentsDiffer = DocumentRule(
    "document/contents-differ",
    .warning,
    title: LocalizedText(zh: "目录与标题不符", en: "contents and headings differ"),
    manual: LocalizedText(
        zh: "目录中的每一行（标题、制表符、页码）应与后文某一行完全相同，空格和标点全半角不计。页码不核对。",
        en:
            "Every line of the contents (title, tab, page) must stand further down as a line of its own, blanks and the width of punctuation aside. Pages are not checked."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况\t1
                    （一）背景\t1
                    ↓二、情况\t2
                    一、概况
                    （一）背景
                    二、评审情况
            """,
            zh: "目录中的\"二、情况\"在正文中没有相同的标题",
            en: "the contents name \"二、情况\", which is no heading of the report"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况\t1
                    （一）背景\t1
                    二、情况\t2
                    一、概况
                    （一）背景
                    二、情况
            """
        ),
    ],
    check: { audit, findings in findings.add(checkContents(audit.report)) }
)

private func checkContents(_ report: ReportText) -> [Finding] {
    let entries = report.body.compactMap { line -> (ReportText.Line, String)? in
        guard line.isTableRow, case let cells = line.filledCells, cells.count == 2, Int(cells[1]) != nil,
            PrintedNumber(cells[0]) == nil
        else {
            return nil
        }
        return (line, cells[0].folded)
    }
    // A lone row of two cells is no table of contents, nor is a table of two columns: most entries are headings, and pages go up.
    let headings = Set(report.lines.filter { !$0.isTableRow }.map(\.folded))
    let pages = entries.compactMap { Int($0.0.filledCells[1]) }
    guard entries.count > 2, pages == pages.sorted(),
        entries.count(where: { headings.contains($0.1) }) * 2 > entries.count
    else { return [] }
    return entries.filter { !headings.contains($0.1) }.map { line, title in
        contentsDiffer.rule.finding(
            message: LocalizedText(
                zh: "目录中的\"\(title)\"在正文中没有相同的标题",
                en: "the contents name \"\(title)\", which is no heading of the report"
            ),
            subject: title,
            lines: [line.spot],
            found: title
        )
    }
}
