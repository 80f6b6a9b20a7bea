import BudgetLines
import PrintedReports
import ReviewModel

/// Two copies of a table that do not print the same.
let tablesDiffer = DocumentRule(
    "document/tables-differ",
    .warning,
    title: LocalizedText(zh: "同一张表前后两处不同", en: "two copies of a table that differ"),
    manual: LocalizedText(
        zh: """
            报告在正文和附件中各印一遍的预算明细表、历年预算执行表、绩效目标表（评审后），逐行逐格相比：名称、数量、单价、金额、执行率、目标值、依据，以及只在一处\
            出现的行和目标级别。金额不同为错误，文字不同为提醒；空格和标点全半角不计。换页时表头和合并单元格的位置不比较。
            """,
        en: """
            Compares the copies of the budget table, of the table of earlier years and of the targets as reviewed, that a report prints in \
            its body and in an annex, row by row and cell by cell: names, quantities, prices, amounts, rates, values, bases, and rows \
            and levels that only one copy has. A number that differs is an error, a text a warning. Blanks and the width of \
            punctuation aside; where a page break put a merged cell is not compared.
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
                    表一
                    年度\t明细\t调整后预算金额\t支付金额\t执行率
                    2024\t课程\t3,000.00\t2,000.00\t66.67%
                    表二
                    年度\t明细\t调整后预算金额\t支付金额\t执行率
                    ↓2024\t课程\t3,000.00\t2,500.00\t66.67%
            """,
            zh: "\"2024 课程\"的支付金额在第 3 行为\"2,000.00\"，在第 6 行为\"2,500.00\"",
            en: "the paid of \"2024 课程\" is \"2,000.00\" in line 3 and \"2,500.00\" in line 6"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    表一
                    年度\t明细\t调整后预算金额\t支付金额\t执行率
                    2024\t课程\t3,000.00\t2,000.00\t66.67%
                    表二
                    年度\t明细\t调整后预算金额\t支付金额\t执行率
                    2024\t课程\t3,000.00\t2,000.00\t66.67%
            """
        ),
    ],
    check: { audit, findings in findings.add(checkTables(audit.report)) }
)

private func checkTables(_ report: ReportText) -> [Finding] {
    let tables = report.printedTables
    let kinds: [[PrintedTable]] = [
        tables.filter { $0.kind == .budget }, tables.filter { $0.kind == .history },
        tables.filter { $0.kind == .targets && $0.isReviewed },
    ]
    return kinds.flatMap { copies -> [Finding] in
        copies.indices.dropFirst().flatMap { index -> [Finding] in
            // A table of other things with the same head is no copy but a part of the whole: 表2 云资源, 表3 硬件设备.
            let original = copies[..<index].first { copies[index].isCopy(of: $0, report.words) }
            return original.map { compare($0, copies[index]) } ?? []
        }
    }
}

extension PrintedTable {
    /// Whether it has at least half of the rows of the other, or bears its caption.
    fileprivate func isCopy(of other: PrintedTable, _ words: ReportWords) -> Bool {
        // 申报明细表 and 核定明细表 say what was asked for and what was granted.
        let says = { (caption: String, key: String) in
            words[key].contains { $0.count > 1 && caption.folded.hasBytes(of: $0) }
        }
        let sides = [other.caption, caption].map { (says($0, "asked_heads"), says($0, "granted_heads")) }
        if sides.contains(where: { $0 == (true, false) }), sides.contains(where: { $0 == (false, true) }) {
            return false
        }
        let (one, two) = (Set(ComparedRow.rows(of: self).map(\.key)), Set(ComparedRow.rows(of: other).map(\.key)))
        return one.intersection(two).count * 2 >= min(one.count, two.count)
            || !caption.isEmpty && caption.folded == other.caption.folded
    }
}

private func compare(_ first: PrintedTable, _ second: PrintedTable) -> [Finding] {
    var (left, right) = ([ComparedRow](), ComparedRow.rows(of: second))
    var findings: [Finding] = []
    // Rows of one name first, then what is left, in order: a name that was changed stands where the other does.
    var named = Dictionary(grouping: right.indices.reversed()) { right[$0].key }
    var paired: Set<Int> = []
    for row in ComparedRow.rows(of: first) {
        guard let position = named[row.key]?.popLast() else {
            left.append(row)
            continue
        }
        findings += differences(row, right[position])
        paired.insert(position)
    }
    right = right.indices.filter { !paired.contains($0) }.map { right[$0] }
    for (row, other) in zip(left, right) { findings += differences(row, other) }
    for row in left.dropFirst(right.count) { findings.append(missing(row, in: second)) }
    for row in right.dropFirst(left.count) { findings.append(missing(row, in: first)) }
    return findings + levels(first, second)
}

private func differences(_ row: ComparedRow, _ other: ComparedRow) -> [Finding] {
    zip(row.cells, other.cells).filter { $0.differs(from: $1) }.map { cell, otherCell in
        var finding = tablesDiffer.rule.finding(
            message: LocalizedText(
                zh:
                    "\"\(row.key)\"的\(cell.name.zh)在\(row.label.zh)为\"\(cell.value)\"，在\(other.label.zh)为\"\(otherCell.value)\"",
                en:
                    "the \(cell.name.en) of \"\(row.key)\" is \"\(cell.value)\" in \(row.label.en) and \"\(otherCell.value)\" in \(other.label.en)"
            ),
            subject: "\(row.key) \(cell.name.zh)",
            lines: [other.line, row.line].map(ReportText.spot),
            expected: cell.value,
            found: otherCell.value,
            hint: LocalizedText(zh: "请统一两处表格", en: "make the two tables the same")
        )
        // The value of a target is what it is measured by: ≥ and ≤ are as far apart as two numbers.
        if cell.isNumber || cell.name.en == "value" { finding.severity = .error }
        return finding
    }
}

private func missing(_ row: ComparedRow, in table: PrintedTable) -> Finding {
    tablesDiffer.rule.finding(
        message: LocalizedText(
            zh: "\(row.label.zh)的\"\(row.key)\"在\"\(table.caption)\"（\(table.header.line.label.zh)起）中没有",
            en:
                "\"\(row.key)\" in \(row.label.en) is not in the table \"\(table.caption)\" from \(table.header.line.label.en) on"
        ),
        subject: row.key,
        lines: [row.line, table.header.line.number].map(ReportText.spot),
        expected: row.key,
        hint: LocalizedText(zh: "请统一两处表格", en: "make the two tables the same")
    )
}

/// Levels that only one of two copies of the targets names.
private func levels(_ first: PrintedTable, _ second: PrintedTable) -> [Finding] {
    guard first.kind == .targets else { return [] }
    let named = [first, second].map { table in Set(table.targets.flatMap { [$0.level1, $0.level2] }) }
    return [(first, named[1].subtracting(named[0])), (second, named[0].subtracting(named[1]))].flatMap {
        table,
        lacking in
        lacking.sorted().map { level in
            tablesDiffer.rule.finding(
                message: LocalizedText(
                    zh: "\"\(table.caption)\"（\(table.header.line.label.zh)起）没有\"\(level)\"一级，另一处有",
                    en:
                        "the table \"\(table.caption)\" from \(table.header.line.label.en) on lacks the level \"\(level)\", which its copy has"
                ),
                subject: level,
                lines: [table.header.line.spot],
                expected: level,
                hint: LocalizedText(
                    zh: "请补上该级别，否则其下的指标归入了上一级别",
                    en: "add it; its targets now stand under the level above"
                )
            )
        }
    }
}
