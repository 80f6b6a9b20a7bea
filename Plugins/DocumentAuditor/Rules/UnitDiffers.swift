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
        let unread = Set(audit.report.unreadTables.map(\.head.line.number))
        let grids = unread.isEmpty ? [] : audit.grids.filter { unread.contains($0.head.number) }
        if grids.isEmpty { return }
        let stated = Set(audit.report.paragraphs.flatMap { StatedFigure.all(in: $0.text.folded).compactMap(\.yuan) })
        for grid in grids {
            if let found = otherUnit(grid, audit.report, stated) { findings.add([found]) }
        }
    }
)

/// A table that nobody knows whose unit sentences deny: two amounts at least that they give in the other one, and hardly any in its own.
private func otherUnit(_ grid: NumberGrid, _ report: ReportText, _ stated: Set<ExactDecimal>) -> Finding? {
    // The unit stands above the table, in its caption or on a line of its own.
    let above = report.lines.filter { $0.number < grid.head.number && !$0.folded.isEmpty }.suffix(2)
        .filter { !$0.isTableRow && $0.folded.count <= 60 }
    guard let line = above.last(where: { $0.folded.hasBytes(of: "单位：") }),
        let place = line.folded.firstBytes(of: "单位：")
    else { return nil }
    let said = line.folded[place.upperBound...].prefix { $0 != "）" && $0 != ")" }
    guard said == "万元" || said == "元" else { return nil }
    let (isWan, wan) = (said == "万元", ExactDecimal(10_000))
    var (agreed, witnesses, seen) = (0, [(cell: String, line: ReportText.Line)](), Set<ExactDecimal>())
    for row in grid.rows {
        for column in grid.numeric {
            guard let cell = row.cells[column], cell.isTelling, !cell.isPercent, seen.insert(cell.value).inserted,
                let larger = try? cell.value * wan
            else { continue }
            let (own, other) = isWan ? (larger, cell.value) : (cell.value, larger)
            if stated.contains(own) {
                agreed += 1
            } else if stated.contains(other) {
                witnesses.append((cell.printed, row.line))
            }
        }
    }
    guard witnesses.count > 1, witnesses.count > 3 * agreed else { return nil }
    let (found, meant) = isWan ? ("万元", "元") : ("元", "万元")
    let cells = witnesses.prefix(3).map(\.cell).joined(separator: "、")
    return unitDiffers.rule.finding(
        message: LocalizedText(
            zh: "此表注明金额单位为\(found)，按正文应为\(meant)：表中 \(cells)",
            en: "this table says that amounts are in \(found), by the text they are in \(meant): \(cells)"
        ),
        subject: line.folded,
        lines: [line.spot] + witnesses.prefix(3).map(\.line.spot),
        expected: meant,
        found: found
    )
}

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
