import BudgetLines
import PrintedReports
import ReviewModel

/// Points of a form of targets that what was reached denies.
let targetPoints = DocumentRule(
    "document/target-points",
    .error,
    title: LocalizedText(zh: "得分与完成情况不符", en: "points that what was reached denies"),
    manual: LocalizedText(
        zh: """
            自评表中实际完成值没有达到指标值而得满分的为错误；扣了分而"偏差原因分析"（扣分说明）一栏空着的为提醒，上一行写了原因、可能合并的除外。
            """,
        en: """
            A row of a self-evaluation form whose target was missed and that has all its points is an error; one that lost points and gives no reason in the column for it is a warning, unless the row above gives one, which may be \
            merged with it.
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
                    三级指标\t年度指标值\t实际完成值\t分值\t得分
                    维修管网长度\t≥60公里\t64.5公里\t10\t10
                    ↓投诉下降率\t≥35%\t30.43%\t15\t15
            """,
            zh: "\"投诉下降率\"的目标为 ≥35%，实际 30.43%，却得满分 15 分",
            en: "\"投诉下降率\" has all 15 points, its target is ≥35% and 30.43% was reached"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    三级指标\t年度指标值\t实际完成值\t分值\t得分\t偏差原因分析及改进措施
                    维修管网长度\t≥60公里\t64.5公里\t10\t10\t
                    投诉下降率\t≥35%\t30.43%\t15\t12.5\t两处水源浊度偏高
            """
        ),
    ],
    check: { audit, findings in
        for table in audit.report.printedTables { findings.add(checkPoints(table)) }
    }
)

private func checkPoints(_ table: PrintedTable) -> [Finding] {
    let rows = table.pointRows.filter { !$0.isTotal }
    let targets = Dictionary(table.kind == .targets ? table.targets.map { ($0.line, $0) } : []) { first, _ in first }
    var (findings, hadReason) = ([Finding](), false)
    let givesReasons = rows.contains { !($0.reason ?? "").isEmpty }
    for row in rows {
        guard let most = row.most, let score = row.reviewScore ?? row.score, most > 0 else {
            hadReason = false
            continue
        }
        if let target = targets[row.line], target.fallsShort, score == most {
            findings.append(unearned(row, target, most))
        }
        let reason = (row.reason ?? "").filter { !"-—/无".contains($0) }
        if let printed = row.reason, printed.isEmpty, score < most, !hadReason,
            givesReasons || table.kind == .targets, !row.isMerged(in: rows),
            !table.earnsByRate(row, most, score)
        {
            findings.append(noReason(row, most, score))
        }
        hadReason = score < most && !reason.isEmpty
    }
    return findings
}

extension PrintedTable {
    /// Whether a row has its points by the rate that stands in it, 10 × 96.5% = 9.65, as the execution of a budget has: no other reason is due.
    fileprivate func earnsByRate(_ row: PrintedPoints, _ most: ExactDecimal, _ score: ExactDecimal) -> Bool {
        let cells = rows.first { $0.line.number == row.line }?.cells ?? []
        guard cells.count == header.cells.count else { return false }
        // 得分率 is made of the points.
        let others = zip(header.cells, cells).filter { !$0.0.folded.hasBytes(of: "率") }.map(\.1)
        return others.compactMap { NumberGrid.Cell($0) }.contains { cell in
            guard cell.isPercent, cell.value < 100, let made = try? most * cell.value,
                let points = try? made.divided(by: 100, places: score.places)
            else { return false }
            return points == score
        }
    }
}

extension PrintedPoints {
    /// Whether a level stands above it that has points of its own; what is lost there is told there.
    fileprivate func isMerged(in rows: [PrintedPoints]) -> Bool {
        rows.contains { $0.line != line && $0.name == group }
    }
}

// MARK: - Messages

private func unearned(_ row: PrintedPoints, _ target: PrintedTarget, _ most: ExactDecimal) -> Finding {
    let points = Money.points(most)
    return targetPoints.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"的目标为 \(target.value)，实际 \(target.actual)，却得满分 \(points) 分",
            en:
                "\"\(row.name)\" has all \(points) points, its target is \(target.value) and \(target.actual) was reached"
        ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)],
        expected: "< \(points)",
        found: points
    )
}

private func noReason(_ row: PrintedPoints, _ most: ExactDecimal, _ score: ExactDecimal) -> Finding {
    var finding = targetPoints.rule.finding(
        message: LocalizedText(
            zh: "\"\(row.name)\"分值 \(Money.points(most)) 分、得 \(Money.points(score)) 分，没有写扣分原因",
            en: "\"\(row.name)\" has \(Money.points(score)) of \(Money.points(most)) points and gives no reason"
        ),
        subject: row.name,
        lines: [ReportText.spot(line: row.line)]
    )
    finding.severity = .warning
    return finding
}
