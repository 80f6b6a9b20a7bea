import BudgetLines
import PrintedReports
import ReviewModel

/// A table says 元, and sentences give its amounts in 万元, or the other way round.
let unitDiffers = DocumentRule(
    "document/unit-differs",
    .error,
    title: LocalizedText(zh: "表的金额单位与正文不一", en: "a table in another unit than the text"),
    manual: LocalizedText(
        zh: """
            表注明的金额单位（（单位：万元）、金额（元））与正文相比：同样的数字在正文中以另一单位出现两处以上，而按表注明的单位几乎找不到，单位即为误写。\
            该表此后按正文的单位读取，不再逐个数字报错。表未注明单位的为提示。
            """,
        en: """
            Holds the unit that a table says (（单位：万元）, 金额（元）) against the sentences: where two or more of its amounts stand there in the other unit, and \
            hardly any in the one it says, the unit is a slip. The table is read in the unit of the sentences then, so that not every figure of it is an error. \
            For a table that says no unit it is a hint.
            """
    ),
    examples: [
        .bad(
            """
            pipeline: {document: {use: document-auditor, with: {report: "送审 1,286,400.00 元，审定 1,204,150.00 元。\\n↓单位：万元\\n内容\\t送审金额\\t审定金额\\t审减金额\\n路灯\\t1,286,400.00\\t1,204,150.00\\t82,250.00"}}}
            """,
            zh: "此表注明金额单位为万元，按正文应为元：表中 1,286,400.00，正文 1,286,400.00 元；表中 1,204,150.00，正文 1,204,150.00 元",
            en:
                "this table says that amounts are in 万元, by the text they are in 元: 1,286,400.00 of the table is 1,286,400.00 元; 1,204,150.00 of the table is 1,204,150.00 元"
        ),
        .good(
            """
            pipeline: {document: {use: document-auditor, with: {report: "送审 128.64 万元，审定 120.42 万元。\\n单位：元\\n内容\\t送审金额\\t审定金额\\t审减金额\\n路灯\\t1,286,400.00\\t1,204,150.00\\t82,250.00"}}}
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables {
            if let slip = table.unitSlip { findings.add([differs(table, slip)]) }
        }
    }
)

// MARK: - Messages

private func differs(_ table: PrintedTable, _ slip: UnitSlip) -> Finding {
    let shown = slip.witnesses.prefix(3)
    let zh = shown.map { "表中 \($0.cell)，正文 \($0.amount)" }.joined(separator: "；")
    let en = shown.map { "\($0.cell) of the table is \($0.amount)" }.joined(separator: "; ")
    let said = slip.said?.name
    var finding = unitDiffers.rule.finding(
        message: LocalizedText(
            zh: (said.map { "此表注明金额单位为\($0)" } ?? "此表未注明金额单位") + "，按正文应为\(slip.meant.name)：" + zh,
            en: (said.map { "this table says that amounts are in \($0)" }
                ?? "this table does not say what its amounts are in")
                + ", by the text they are in \(slip.meant.name): " + en
        ),
        subject: table.caption.folded,
        lines: [slip.line.spot] + shown.map(\.row.spot),
        expected: slip.meant.name,
        found: said ?? ""
    )
    if said == nil { finding.severity = .info }
    return finding
}
