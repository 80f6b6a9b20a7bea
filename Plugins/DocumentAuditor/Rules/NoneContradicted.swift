import BudgetLines
import PrintedReports
import ReviewModel

/// A section says 无, and points were given for what it is about.
let noneContradicted = DocumentRule(
    "document/none-contradicted",
    .warning,
    title: LocalizedText(zh: "写\"无\"而评分表给了分", en: "a section says 无 where points were given"),
    manual: LocalizedText(
        zh: """
            标题之下只写"无"的部分（如"七、风险因素分析"），取标题中除去"项目、情况、因素、分析"的关键词，在评分附表（A1…C3）中查找同一行内含有全部关键词\
            而且给了分的评分标准或依据。写"无"与得分不能同时成立：或补写内容，或调整得分。
            """,
        en: """
            Takes a section that says only 无 (七、风险因素分析, say), and the words of its heading but 项目, 情况, 因素 and 分析, and looks \
            in the criterion tables (A1…C3) for rows that have all of them and were given points. The two cannot both stand: write \
            the section, or correct the points.
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
                    七、风险因素分析
                    ↓无。
                    附表
                    指标\t权重\t评分标准\t得分\t评分依据
                    可行性(A13)\t3\t①经过专家论证或风险评估等，得 3 分；\t3\t无
            """,
            zh: "\"七、风险因素分析\"写\"无\"，而评分附表中 A13（第 5 行，3 分）给了分",
            en: "\"七、风险因素分析\" says 无, but points were given for it in A13（第 5 行，3 分）"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    七、风险因素分析
                    无。
                    附表
                    指标\t权重\t评分标准\t得分\t评分依据
                    可行性(A13)\t3\t①经过专家论证或风险评估等，得 3 分；\t0\t无
            """
        ),
    ],
    check: { audit, findings in findings.add(checkNone(audit.report)) }
)

private func checkNone(_ report: ReportText) -> [Finding] {
    let filled = report.lines.filter { !$0.folded.isEmpty }
    let scored = report.printedTables.filter { $0.kind == .criteria }.flatMap(\.criteria).filter { criterion in
        criterion.points.contains { $0 > 0 }
    }
    return zip(filled, filled.dropFirst()).compactMap { heading, text in
        guard text.folded.utf8.count <= 6, ["无", "无。"].contains(text.folded), !heading.isTableRow, !text.isTableRow
        else { return nil }
        let words = topics(of: heading.folded)
        let contradicting = scored.filter { row in !words.isEmpty && words.allSatisfy(row.text.hasBytes) }
        return contradicting.isEmpty ? nil : contradicted(heading, text, contradicting)
    }
}

/// The words of a heading in pairs of characters: 七、风险因素分析 is about 风险, 五、项目结果应用情况 about 结果 and 应用.
private func topics(of heading: String) -> [String] {
    guard let mark = heading.firstIndex(of: "、") else { return [] }
    var title = String(heading[heading.index(after: mark)...].prefix { $0 != "（" })
    for general in ["项目", "情况", "因素", "分析", "说明"] { title = title.split(separator: general).joined() }
    let characters = Array(title)
    return stride(from: 0, to: characters.count - 1, by: 2).map { String(characters[$0...$0 + 1]) }
}

private func contradicted(
    _ heading: ReportText.Line,
    _ text: ReportText.Line,
    _ rows: [PrintedCriterion]
) -> Finding {
    let list = rows.map { row in
        let points = row.points.map(Money.points).joined(separator: "、")
        return "\(row.code)（\(row.label.zh)，\(points) 分）"
    }
    return noneContradicted.rule.finding(
        message: LocalizedText(
            zh: "\"\(heading.text.trimmed)\"写\"无\"，而评分附表中 \(list.joined(separator: "、"))给了分",
            en: "\"\(heading.text.trimmed)\" says 无, but points were given for it in \(list.joined(separator: ", "))"
        ),
        subject: heading.folded,
        lines: [text.spot] + rows.map { ReportText.spot(line: $0.line) },
        found: "无",
        hint: LocalizedText(zh: "请补写内容，或调整得分", en: "write the section, or correct the points")
    )
}
