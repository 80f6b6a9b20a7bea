import BudgetLines
import PrintedReports
import ReviewModel

/// Headings of one kind with parentheses of both widths.
let mixedWidth = DocumentRule(
    "document/mixed-width",
    .info,
    title: LocalizedText(zh: "标题括号全角半角混用", en: "headings with parentheses of both widths"),
    manual: LocalizedText(
        zh: "（一）（二）……级标题的括号应统一；按 GB/T 9704-2012 用全角。少的一种列出所在行，只列一条。",
        en:
            "Headings （一）（二）… must use parentheses of one width, full as GB/T 9704-2012 has it. The lines of the rarer kind make one finding."
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
                    ↓(二) 内容
            """,
            zh: "标题括号全角 1 处、半角 1 处，半角在第 3 行",
            en: "1 headings have full-width parentheses and 1 half-width ones: lines 3"
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
            """
        ),
    ],
    check: { audit, findings in findings.add(checkWidths(audit.report)) }
)

private func checkWidths(_ report: ReportText) -> [Finding] {
    let headings = report.lines.filter { line in
        let text = Array(line.folded.unicodeScalars.prefix(3))
        return !line.isTableRow && text.count == 3 && text[0] == "（" && text[2] == "）"
            && "一二三四五六七八九十".unicodeScalars.contains(text[1])
    }
    let half = headings.filter { $0.text.trimmed.hasPrefix("(") }
    let full = headings.filter { $0.text.trimmed.hasPrefix("（") }
    guard !half.isEmpty, !full.isEmpty else { return [] }
    let list = half.labels
    return [
        mixedWidth.rule.finding(
            message: LocalizedText(
                zh: "标题括号全角 \(full.count) 处、半角 \(half.count) 处，半角在\(list.zh)",
                en:
                    "\(full.count) headings have full-width parentheses and \(half.count) half-width ones: \(list.en)"
            ),
            subject: "（一）",
            lines: half.map(\.spot),
            expected: "（一）",
            found: "(一)",
            hint: LocalizedText(zh: "请统一为全角", en: "use the full width")
        )
    ]
}
