import BudgetLines
import PrintedReports
import ReviewModel

/// A reason that says something was cut where nothing was, or the other way round.
let reasonContradicts = DocumentRule(
    "document/reason-contradicts",
    .error,
    title: LocalizedText(zh: "核减说明与核减金额矛盾", en: "a reason that denies its own amount"),
    manual: LocalizedText(
        zh: """
            审核明细表中，有核减金额而说明写"不予核减"之类，或没有核减而说明写"予以核减"之类（说法见 report-words.yaml 的 says_no_cut 和 says_cut，取最长的一个；"不予核减"不是"核减"）。
            """,
        en: """
            In an audit table, a row with a deduction whose reason says that nothing was deducted, or one without whose reason says that something was \
            (`says_no_cut` and `says_cut` of report-words.yaml; the longest word counts, so 不予核减 is not 核减).
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
                    项目内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明
                    ↓课程\t3,000.00\t3,000.00\t-\t0.00%\t金额编制不合理，予以核减
            """,
            zh: "\"课程\"没有核减，而说明写\"予以核减\"",
            en: "nothing was deducted from \"课程\", and the reason says 予以核减"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目内容\t预算金额\t审核金额\t核减金额\t核减率\t核减说明
                    课程\t3,000.00\t3,000.00\t-\t0.00%\t金额编制合理，不予核减
                    场租\t3,000.00\t2,000.00\t1,000.00\t33.33%\t超过标准，予以核减
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables where table.kind == .audit {
            findings.add(table.auditLines.compactMap { checkReason($0, audit.report.words) })
        }
    }
)

private func checkReason(_ row: PrintedAuditLine, _ words: ReportWords) -> Finding? {
    var reason = row.reason.folded
    // 不予认可 is no 予以认可, and 不予核减 is no 核减.
    let refusal = words["says_cut"].filter { $0.hasPrefix("不") }.first(where: reason.hasBytes)
    if let refusal { reason = reason.replacing(refusal, with: "") }
    let denial = words["says_no_cut"].first(where: reason.hasBytes)
    // Without what denies, what is left says that something was cut.
    var rest = reason
    for word in words["says_no_cut"].sorted(by: { $0.count > $1.count }) { rest = rest.replacing(word, with: "") }
    let cut = refusal ?? words["says_cut"].first(where: rest.hasBytes)
    if row.deducted != 0, row.requested != row.approved, let denial, cut == nil {
        return contradicts(row, denial, isCut: true)
    }
    if row.deducted == 0, row.requested == row.approved, let cut, denial == nil {
        return contradicts(row, cut, isCut: false)
    }
    return nil
}

private func contradicts(_ row: PrintedAuditLine, _ word: String, isCut: Bool) -> Finding {
    let amount = Money.yuan(row.deducted)
    return reasonContradicts.rule.finding(
        message: isCut
            ? LocalizedText(
                zh: "\"\(row.name)\"核减 \(amount) 元，而说明写\"\(word)\"",
                en: "\(amount) was deducted from \"\(row.name)\", and the reason says \(word)"
            )
            : LocalizedText(
                zh: "\"\(row.name)\"没有核减，而说明写\"\(word)\"",
                en: "nothing was deducted from \"\(row.name)\", and the reason says \(word)"
            ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)],
        found: word
    )
}
