import BudgetLines
import PrintedReports
import ReviewModel

/// Evidence names rules of the house that the report names nowhere else.
let evidenceNowhereElse = DocumentRule(
    "document/evidence-nowhere-else",
    .warning,
    title: LocalizedText(zh: "评分依据所列制度在他处没有", en: "evidence that the report names nowhere else"),
    manual: LocalizedText(
        zh: """
            评分附表的评分依据中，引号内以"制度、办法、规定、规范、细则"结尾的名称，应在报告其他地方（正文、附件）至少出现一次。一个都没有出现的，列为一条；\
            部分出现的，只列没有出现的。
            """,
        en: """
            Names in quotation marks that end in 制度, 办法, 规定, 规范 or 细则, in the evidence of a criterion table, must stand at least \
            once elsewhere in the report. Those that do not make one finding for each piece of evidence.
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
                    指标\t评分标准\t得分\t评分依据
                    ↓制度(B13)\t①制度健全性高，得 3 分\t3\t“专款专用制度”等
                    中心执行合同签审制度。
            """,
            zh: "B13 的评分依据列有\"专款专用制度\"，报告其他地方没有这些制度",
            en: "the evidence of B13 names \"专款专用制度\", which the report names nowhere else"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    指标\t评分标准\t得分\t评分依据
                    制度(B13)\t①制度健全性高，得 3 分\t3\t“专款专用制度”等
                    中心执行专款专用制度。
            """
        ),
    ],
    check: { audit, findings in findings.add(checkEvidence(audit.report)) }
)

private func checkEvidence(_ report: ReportText) -> [Finding] {
    report.printedTables.filter { $0.kind == .criteria }.flatMap(\.criteria).compactMap { criterion in
        let names = criterion.evidence.flatMap { quoted(in: $0.folded) }.filter { name in
            ["制度", "办法", "规定", "规范", "细则"].contains(where: name.hasSuffix)
        }
        let unknown = names.filter { name in
            !report.lines.contains { $0.number != criterion.line && $0.folded.hasBytes(of: name) }
        }
        return unknown.isEmpty ? nil : nowhere(unknown, criterion)
    }
}

private func quoted(in text: String) -> [String] {
    text.split(separator: "“", omittingEmptySubsequences: false).dropFirst().compactMap { part in
        part.contains("”") ? String(part.prefix { $0 != "”" }) : nil
    }
}

private func nowhere(_ names: [String], _ criterion: PrintedCriterion) -> Finding {
    let list = names.map { "\"\($0)\"" }.joined(separator: "、")
    return evidenceNowhereElse.rule.finding(
        message: LocalizedText(
            zh: "\(criterion.code) 的评分依据列有\(list)，报告其他地方没有这些制度",
            en: "the evidence of \(criterion.code) names \(list), which the report names nowhere else"
        ),
        subject: criterion.code,
        lines: [ReportText.spot(line: criterion.line)],
        found: names.joined(separator: "、"),
        hint: LocalizedText(zh: "请核对制度名称，与正文所列的统一", en: "check the names against those of the text")
    )
}
