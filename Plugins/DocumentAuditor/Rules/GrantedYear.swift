import BudgetLines
import PrintedReports
import ReviewModel

/// The amount that is granted, for another year than the project's.
let grantedYear = DocumentRule(
    "document/granted-year",
    .error,
    title: LocalizedText(zh: "建议安排的年度不是项目年度", en: "an amount granted for another year"),
    manual: LocalizedText(
        zh: "\"建议\"\"同意\"安排（追加）某年预算、金额恰为审核表审定合计的，该年应为项目的预算年度。",
        en:
            "Where 建议 or 同意 grants the approved total of the audit table for a year, that is the budget year of the project."
    ),
    examples: [
        .bad(
            """
            fields: {project: {year: 2026}}
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目\t申报金额\t审核金额\t核减金额
                    课程\t3,000.00\t2,500.00\t500.00
                    教材\t800.00\t600.00\t200.00
                    合计\t3,800.00\t3,100.00\t700.00
                    ↓建议予以支持，2025年安排预算3,100.00元。
            """,
            zh: "安排的是 2025 年预算，项目为 2026 年",
            en: "granted for 2025, the project is of 2026"
        ),
        .good(
            """
            fields: {project: {year: 2026}}
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目\t申报金额\t审核金额\t核减金额
                    课程\t3,000.00\t2,500.00\t500.00
                    教材\t800.00\t600.00\t200.00
                    合计\t3,800.00\t3,100.00\t700.00
                    建议予以支持，2026年安排预算3,100.00元。
            """
        ),
    ],
    check: { audit, findings in
        findings.add(checkPast(audit.report))
        guard let year = audit.dossier.field("project", "year")?.integer else { return }
        let totals = audit.report.printedTables.filter { $0.kind == .audit }.compactMap(\.auditTotal).map(\.approved)
        for paragraph in audit.report.paragraphs where paragraph.text.contains("年") {
            for sentence in paragraph.text.folded.split(whereSeparator: { "。；".contains($0) }).map(String.init) {
                guard ["建议", "同意"].contains(where: sentence.hasBytes),
                    let found = granted(sentence, totals, audit.report.words["grant_ends"]),
                    found != year
                else { continue }
                findings.add([differs(found, year, paragraph.line)])
            }
        }
    }
)

/// The year right before 安排预算, or behind 追加, of an amount that is an approved total.
private func granted(_ sentence: String, _ totals: [ExactDecimal], _ ends: [String]) -> Int? {
    for figure in StatedFigure.all(in: sentence) {
        guard let amount = figure.yuan, totals.contains(amount) else { continue }
        let clause = sentence.clause(before: figure.range.lowerBound)
        let dates = PrintedDate.all(in: Array(clause.unicodeScalars))
        guard dates.count == 1, dates[0].month == nil,
            ends.contains(where: clause.hasSuffix),
            ["安排", "追加", "拨付", "核定"].contains(where: clause.hasBytes), !clause.hasBytes(of: "比"),
            !clause.hasBytes(of: "较")
        else { continue }
        return dates[0].year
    }
    return nil
}

/// 同意下达2025年奖补资金…元 in a report of 2026: what is granted is of the report's own year, or a later one.
private func checkPast(_ report: ReportText) -> [Finding] {
    guard let issue = report.issue?.date else { return [] }
    let verbs = ["安排", "下达", "追加", "拨付", "核拨"]
    return report.body.filter { !$0.isTableRow && $0.folded.hasBytes(of: "年") }.flatMap { line -> [Finding] in
        line.folded.split { "。；".contains($0) }.map(String.init).compactMap { sentence -> Finding? in
            guard ["建议", "同意"].contains(where: sentence.hasBytes),
                !["结算", "清算", "决算", "上年", "尾款", "欠", "已", "曾", "原", "结转", "比", "较"].contains(where: sentence.hasBytes)
            else { return nil }
            for figure in StatedFigure.all(in: sentence) where figure.yuan ?? .zero > 0 {
                let clause = Array(sentence.clause(before: figure.range.lowerBound).unicodeScalars)
                let dates = PrintedDate.all(in: clause)
                guard dates.count == 1, dates[0].month == nil, dates[0].year < issue.year else { continue }
                let (before, rest) = (clause[..<dates[0].range.lowerBound], clause[dates[0].range.upperBound...])
                guard verbs.contains(where: before.string.hasSuffix) || verbs.contains(where: rest.string.hasPrefix)
                else { continue }
                return grantsPast(dates[0].year, issue, line)
            }
            return nil
        }
    }
}

private func grantsPast(_ found: Int, _ issue: PrintedDate, _ line: ReportText.Line) -> Finding {
    grantedYear.rule.finding(
        message: LocalizedText(
            zh: "安排的是 \(found) 年的资金，而报告日期是\(issue.text)",
            en: "granted for \(found), the report is of \(issue.text)"
        ),
        subject: "\(found)",
        lines: [line.spot],
        expected: "≥ \(issue.year)",
        found: "\(found)"
    )
}

private func differs(_ found: Int, _ year: Int, _ line: ReportText.Line) -> Finding {
    grantedYear.rule.finding(
        message: LocalizedText(
            zh: "安排的是 \(found) 年预算，项目为 \(year) 年",
            en: "granted for \(found), the project is of \(year)"
        ),
        subject: "\(found)",
        lines: [line.spot],
        expected: "\(year)",
        found: "\(found)"
    )
}
