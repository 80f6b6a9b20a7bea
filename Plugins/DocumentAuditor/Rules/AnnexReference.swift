import BudgetLines
import PrintedReports
import ReviewModel

/// A reference to an annex that is not there, or that has no number.
let annexReference = DocumentRule(
    "document/annex-reference",
    .warning,
    title: LocalizedText(zh: "引用的附件不存在或没有编号", en: "a reference to no annex"),
    manual: LocalizedText(
        zh: "文中\"见附件 N\"的编号应有同号的附件标题；\"见附件\"之后没有编号的，读者无从查找。",
        en: "见附件 N must have a heading with that number; a reference without a number leads a reader nowhere."
    ),
    examples: [
        .bad(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    ↓明细见附件。
                    附件1 审核表
            """,
            zh: "\"见附件\"没有写明是哪个附件",
            en: "见附件 does not say which annex"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    明细见附件 1。
                    附件1 审核表
            """
        ),
    ],
    check: { audit, findings in findings.add(checkReferences(audit.report, annexes(of: audit.report))) }
)

private func checkReferences(_ report: ReportText, _ headings: [Annex]) -> [Finding] {
    report.lines.flatMap { line in
        references(in: line.folded).compactMap { number, _ -> Finding? in
            if headings.contains(where: { $0.number == number }) { return nil }
            var finding = noAnnex(number, in: line)
            // A file without any annex may have them beside it.
            if headings.isEmpty, !number.isEmpty { finding.severity = .info }
            return finding
        }
    }
}

private func noAnnex(_ number: String, in line: ReportText.Line) -> Finding {
    let isUnnumbered = number.isEmpty
    return annexReference.rule.finding(
        message: LocalizedText(
            zh: isUnnumbered ? "\"见附件\"没有写明是哪个附件" : "没有附件 \(number)",
            en: isUnnumbered ? "见附件 does not say which annex" : "there is no annex \(number)"
        ),
        subject: isUnnumbered ? line.folded.aroundReference : "附件\(number)",
        lines: [line.spot],
        found: isUnnumbered ? "见附件" : "附件\(number)",
        hint: LocalizedText(zh: "请写明附件编号", en: "name the annex by its number")
    )
}

extension String {
    /// The words before 见附件, which tell one such reference from another.
    fileprivate var aroundReference: String {
        guard let found = firstRange(of: "见附件") else { return "" }
        return String(self[..<found.lowerBound].suffix(16)) + "见附件"
    }
}
