import BudgetLines
import PrintedReports
import ReviewModel

/// The audit table of the report prints otherwise than the deductions make it.
let auditTableDiffers = DocumentRule(
    "document/audit-table-differs",
    .error,
    title: LocalizedText(zh: "报告的预算审核表与数据不符", en: "the report's audit table is not what the deductions make"),
    manual: LocalizedText(
        zh: """
            报告中的预算审核明细表逐行与数据（前面的步骤算出的申报、审核、核减金额和核减率）相比：名称与明细、项目内容或 audit_name 相同即为同一行，括号内的\
            说明不计；合计行与合计相比；有核减的行，核减说明应与 deductions 的理由相同（提醒）。找不到对应明细的行和没有印出的明细也列出。
            """,
        en: """
            Holds each row of the report's audit table against what earlier steps computed: requested, approved, deducted, rate. \
            A row is the line whose detail, item or `audit_name` it bears, what stands in parentheses aside; the total is the total. The reason of a deduction must be \
            that of `deductions` (a warning). \
            Rows of no line and lines without a row are listed, too.
            """
    ),
    examples: [
        .bad(
            """
            pipeline:
              audit: {use: deduction-auditor}
              document:
                use: document-auditor
                needs: [audit]
                with:
                  report: |
                    预算审核明细表
                    项目内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明
                    ↓课程\t3,000.00\t2,800.00\t300.00\t10.00%\t超过单价标准
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
            """,
            zh: "预算审核表中\"课程\"的审核金额为 2,800.00，应为 2,700.00",
            en: "the audit table prints 2,800.00 as the approved amount of \"课程\", which is 2,700.00"
        ),
        .good(
            """
            pipeline:
              audit: {use: deduction-auditor}
              document:
                use: document-auditor
                needs: [audit]
                with:
                  report: |
                    预算审核明细表
                    项目内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明
                    课程\t3,000.00\t2,700.00\t300.00\t10.00%\t超过单价标准
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
            """
        ),
        // The rate is that of the cuts alone, as the review prints it.
        .good(
            """
            pipeline:
              audit: {use: deduction-auditor}
              document:
                use: document-auditor
                needs: [audit]
                with:
                  report: |
                    预算审核明细表
                    项目内容\t预算金额\t审核金额\t核减金额\t核增金额\t核减率\t核减说明
                    课程\t3,000.00\t2,700.00\t300.00\t-\t10.00%\t超过单价标准
                    教材\t1,000.00\t1,100.00\t-\t100.00\t0.00%\t数量漏算
                    合计\t4,000.00\t3,800.00\t300.00\t100.00\t7.50%
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
                - {id: L2, group: 教材, quantity: 10, unit_price: 100.00, amount: 1000.00}
              deductions:
                - {line: L1, kind: cut, amount: 300.00, reason: 超过单价标准}
                - {line: L2, kind: increase, amount: 100.00, reason: 数量漏算}
            """
        ),
    ],
    check: { audit, findings in findings.add(try checkAuditTable(audit.report, audit.dossier, audit.prior)) }
)

private func checkAuditTable(
    _ report: ReportText,
    _ dossier: Dossier,
    _ prior: [String: Assessment]
) throws(DecimalOverflow) -> [Finding] {
    let adjustments = prior.sorted { $0.key < $1.key }.flatMap(\.value.adjustments)
    guard !adjustments.isEmpty, let table = report.printedTables.mainAuditTable else { return [] }
    let lines = dossier.rows(of: "budget_lines")
    var (findings, rest) = ([Finding](), adjustments)
    let pair = try exchangedPair(table.auditLines)
    if let pair { findings.append(exchanged(table, pair, auditTableDiffers)) }
    for row in table.auditLines {
        let names = Set([row.name.folded, String(row.name.folded.prefix { $0 != "（" })])
        let named = rest.firstIndex { adjustment in
            let line = lines.first { $0.text("id") == adjustment.subject }
            let own = ["detail", "group", "audit_name"].map { line?.text($0).folded ?? "" } + [adjustment.label.folded]
            return own.contains { !$0.isEmpty && names.contains($0) }
        }
        guard let named else {
            findings.append(noLine(row))
            continue
        }
        let adjustment = rest.remove(at: named)
        if let pair, pair.lines.contains(row.line) { continue }
        findings += differences(
            row,
            adjustment.label,
            try adjustment.amounts(),
            [adjustment.pointer].compactMap(\.self),
            slack: table.slack(of: 2)
        )
        let reasons = adjustment.parts.map(\.reason).filter { !$0.contains("{{") }
        if !reasons.isEmpty, !reasons.contains(where: { $0.words == row.reason.words }) {
            findings.append(otherReason(row, adjustment.label, reasons.joined(separator: "；")))
        }
    }
    // What the table lacks of its own total is told of the table.
    let lost = table.rowSlip?.remainder
    for adjustment in rest where adjustment.label != lost?.name { findings.append(noRow(adjustment, in: table)) }
    if let total = table.auditTotal {
        var amounts: [Amounts] = []
        for adjustment in adjustments { amounts.append(try adjustment.amounts()) }
        findings += differences(
            total,
            total.name,
            try Amounts.sum(amounts),
            adjustments.compactMap(\.pointer),
            slack: table.slack(of: adjustments.count)
        )
    }
    return findings
}

/// What a row prints otherwise than it should: one finding, however many of its cells are wrong, for one is most often the cause.
private func differences(
    _ row: PrintedAuditLine,
    _ label: String,
    _ amounts: Amounts,
    _ pointers: [JSONPointer],
    slack: ExactDecimal
) -> [Finding] {
    // An increase counts in the column of cuts, too, and in its total: 净增减.
    let net = (try? amounts.requested - amounts.approved) ?? amounts.deducted
    let isNet = row.deducted == net || row.deducted.isNegative || amounts.increased.isZero
    let deducted = isNet ? net : amounts.deducted
    // Beside an increase some tables print the rate of the cuts, as the review does, and some that of both together.
    let rates = [deducted, amounts.deducted].compactMap { cut in
        ((try? ExactDecimal.percentage(cut, of: amounts.requested)) ?? nil)?.rounded(to: row.rate?.places ?? 2)
    }
    let rate = rates.first { $0 == row.rate } ?? rates.first
    let columns: [(LocalizedText, ExactDecimal?, ExactDecimal?, (ExactDecimal) -> String)] = [
        (LocalizedText(zh: "预算金额", en: "request"), row.requested, amounts.requested, Money.yuan),
        (LocalizedText(zh: "审核金额", en: "approved amount"), row.approved, amounts.approved, Money.yuan),
        (LocalizedText(zh: "核减金额", en: "deduction"), row.deducted, deducted, Money.yuan),
        (
            LocalizedText(zh: "核减率", en: "deduction rate"), row.rate, rate, Money.percent
        ),
    ]
    let wrong = columns.compactMap { name, printed, expected, print -> WrongCell? in
        guard let printed, let expected, printed != expected else { return nil }
        // What was rounded may be off by its halves; so may a rate that is made of it.
        if !slack.isZero, name.en == "deduction rate" || (try? (printed - expected).magnitude <= slack) ?? false {
            return nil
        }
        return WrongCell(column: name, expected: print(expected), found: print(printed))
    }
    return wrong.isEmpty ? [] : [differ(row, label, wrong, pointers)]
}

/// A cell that prints otherwise than it should.
private struct WrongCell {
    var column: LocalizedText
    var expected: String
    var found: String
}

// MARK: - Messages

private func otherReason(_ row: PrintedAuditLine, _ label: String, _ expected: String) -> Finding {
    var finding = auditTableDiffers.rule.finding(
        message: LocalizedText(
            zh: "预算审核表中\"\(label)\"的核减说明与数据中的不同",
            en: "the audit table gives another reason for \"\(label)\" than the data"
        ),
        subject: "\(label) 核减说明",
        lines: [ReportText.spot(line: row.line)],
        expected: expected,
        found: row.reason
    )
    finding.severity = .warning
    return finding
}

private func differ(_ row: PrintedAuditLine, _ label: String, _ cells: [WrongCell], _ pointers: [JSONPointer])
    -> Finding
{
    let zh = cells.map { "\($0.column.zh)为 \($0.found)，应为 \($0.expected)" }
    let en = cells.map { "\($0.found) as the \($0.column.en) of \"\(label)\", which is \($0.expected)" }
    return auditTableDiffers.rule.finding(
        message: LocalizedText(
            zh: "预算审核表中\"\(label)\"的\(zh.joined(separator: "；"))",
            en: "the audit table prints \(en.joined(separator: "; "))"
        ),
        subject: "\(label) \(cells[0].column.zh)",
        lines: [ReportText.spot(line: row.line)],
        // A total of a thousand lines follows from none of them.
        pointers: Array(pointers.prefix(50)),
        expected: cells[0].expected,
        found: cells[0].found
    )
}

private func noLine(_ row: PrintedAuditLine) -> Finding {
    auditTableDiffers.rule.finding(
        message: LocalizedText(
            zh: "预算审核表中的\"\(row.name)\"在预算明细中没有",
            en: "\"\(row.name)\" of the audit table is no budget line"
        ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)],
        found: row.name,
        hint: LocalizedText(zh: "请统一名称，或在 audit_name 中写明", en: "use one name, or give it as audit_name")
    )
}

private func noRow(_ adjustment: Adjustment, in table: PrintedTable) -> Finding {
    auditTableDiffers.rule.finding(
        message: LocalizedText(
            zh: "预算审核表中没有\"\(adjustment.label)\"",
            en: "the audit table has no row for \"\(adjustment.label)\""
        ),
        subject: adjustment.subject,
        lines: [table.header.line.spot],
        pointers: adjustment.pointer.map { [$0] } ?? [],
        expected: adjustment.label
    )
}
