import BudgetLines
import PrintedReports
import ReviewModel

/// Headings （一）（二）（三） that skip a number.
let headingNumber = DocumentRule(
    "document/heading-number",
    .warning,
    title: LocalizedText(zh: "标题编号不连续", en: "headings that skip a number"),
    manual: LocalizedText(
        zh: "在每个\"一、\"级标题之下，以（一）（二）……开头的标题应从（一）起逐一递增；目录行（以页码结尾）不计。",
        en:
            "Under each heading 一、 the headings （一）（二）… must begin with （一） and go up one by one. Lines of the contents are left out."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    （一）背景
                    ↓（三）内容
            """,
            zh: "标题\"（三）内容\"的编号应为（二）",
            en: "the heading \"（三）内容\" should be （二）"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    一、概况
                    （一）背景
                    （二）内容
                    二、情况
                    （一）评分
            """
        ),
    ],
    check: { audit, findings in findings.add(checkNumbering(audit.report)) }
)

private func checkNumbering(_ report: ReportText) -> [Finding] {
    let digits = Array("一二三四五六七八九十".unicodeScalars)
    var (last, findings) = (0, [Finding]())
    for line in report.lines where !line.isTableRow {
        let text = Array(line.folded.unicodeScalars.prefix(3))
        guard text.count == 3 else { continue }
        if digits.contains(text[0]), text[1] == "、" { last = 0 }
        guard text[0] == "（", text[2] == "）", let position = digits.firstIndex(of: text[1]) else { continue }
        let number = position + 1
        if number != last + 1, number != 1 {
            findings.append(skips("（\(text[1])）", "（\(digits[min(last, digits.count - 1)])）", in: line))
        }
        last = number
    }
    return findings
}

private func skips(_ found: String, _ expected: String, in line: ReportText.Line) -> Finding {
    headingNumber.rule.finding(
        message: LocalizedText(
            zh: "标题\"\(line.text.trimmed.prefix(20))\"的编号应为\(expected)",
            en: "the heading \"\(line.text.trimmed.prefix(20))\" should be \(expected)"
        ),
        subject: line.text.trimmed,
        lines: [line.spot],
        expected: expected,
        found: found
    )
}
