import BudgetLines
import PrintedReports
import ReviewModel

/// A table says that a document is not attached, and it is.
let attachedContradiction = DocumentRule(
    "document/attached-contradiction",
    .error,
    title: LocalizedText(zh: "写明无附件而附件中有", en: "said not to be attached, and attached"),
    manual: LocalizedText(
        zh: "表格中引用文件、末栏为\"无\"的行：若该文件的标题在后文独立成行（即附有全文），则前后矛盾。",
        en:
            "Rows of a table that cite a document and end in 无 (not attached): a contradiction where the title stands in a line of its own further down, as the heading of the whole text."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓充分性\t5\t《关于加强城市基层党建的行动纲要》\t“引文”\t无
                    区委印发《关于加强城市基层党建的行动纲要》
            """,
            zh: "《关于加强城市基层党建的行动纲要》写明无附件，而第 2 行起附有全文",
            en: "《关于加强城市基层党建的行动纲要》 is said not to be attached, but stands in full from line 2 on"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    充分性\t5\t《关于加强城市基层党建的行动纲要》\t“引文”\t有
                    区委印发《关于加强城市基层党建的行动纲要》
            """
        ),
    ],
    check: { audit, findings in findings.add(checkAttached(audit.report)) }
)

private func checkAttached(_ report: ReportText) -> [Finding] {
    var (order, rows) = ([String](), [String: [ReportText.Line]]())
    for line in report.lines where line.isTableRow && line.folded.endsWithBytes(of: "无") {
        let cells = line.filledCells
        guard cells.count > 2, cells.last == "无" else { continue }
        for title in Set(cells.flatMap { citations(in: Array($0.unicodeScalars)).map(\.title.folded) }).sorted() {
            if rows[title] == nil { order.append(title) }
            rows[title, default: []].append(line)
        }
    }
    return order.compactMap { title in
        let lines = rows[title] ?? []
        let heading = report.lines.first { other in
            other.number > lines[0].number && !other.isTableRow && other.folded.endsWithBytes(of: title)
                && other.folded.count <= title.count + 12
        }
        return heading.map { contradiction(title, lines, $0) }
    }
}

private func contradiction(_ title: String, _ lines: [ReportText.Line], _ heading: ReportText.Line) -> Finding {
    attachedContradiction.rule.finding(
        message: LocalizedText(
            zh: "\(title)写明无附件，而\(heading.label.zh)起附有全文",
            en: "\(title) is said not to be attached, but stands in full from \(heading.label.en) on"
        ),
        subject: title,
        lines: lines.map(\.spot) + [heading.spot],
        expected: "有",
        found: "无"
    )
}
