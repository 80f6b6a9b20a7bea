import BudgetLines
import PrintedReports
import ReviewModel

/// A table of the report that does not print what the dossier has.
let dossierDiffers = DocumentRule(
    "document/dossier-differs",
    .warning,
    title: LocalizedText(zh: "报告中的表与数据不一致", en: "a table of the report that differs from the data"),
    manual: LocalizedText(
        zh: """
            报告中的预算明细表、历年预算执行表和绩效目标表（评审后），逐行与数据（budget_lines、history、targets）相比：数量、单价、金额、执行率、目标值、依据，以及只在一处\
            出现的行。数字和目标值不同为错误，名称和依据不同为提醒；空格和标点全半角不计。行按名称对应，名称不同的按数字对应。
            """,
        en: """
            Compares the budget table, the table of earlier years and the targets as reviewed of the report with the data (budget_lines, history, \
            targets), row by row: quantities, prices, amounts, rates, values, bases, and rows that only one of them has. A number or a value of \
            a target that differs is an error, a name or a basis a warning. Blanks and the width of punctuation aside. Rows are joined by their \
            names, and those that have another name by their figures.
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
                    项目内容\t数量\t单价\t金额
                    ↓课程\t12\t300.00\t3,000.00
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """,
            zh: "\"课程/\"的数量在报告第 2 行为\"12\"，数据为\"10\"",
            en: "the quantity of \"课程/\" is \"12\" in line 2 of the report, and \"10\" in the data"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    项目内容\t数量\t单价\t金额
                    课程\t10\t300.00\t3,000.00
            tables:
              budget_lines:
                - {id: L1, group: 课程, quantity: 10, unit_price: 300.00, amount: 3000.00}
            """
        ),
    ],
    check: { audit, findings in
        for kind in [PrintedTable.Kind.budget, .history, .targets] {
            findings.add(check(audit.report, audit.dossier, kind))
        }
    }
)

private func check(_ report: ReportText, _ dossier: Dossier, _ kind: PrintedTable.Kind) -> [Finding] {
    let own = ComparedRow.rows(of: kind, in: dossier)
    let tables = report.printedTables.filter { $0.kind == kind && (kind != .targets || $0.isReviewed) }
    guard !own.isEmpty, let table = tables.first else { return [] }
    let printed = rowsOfParts(tables, own)
    // A table of other things, which breaks down what the data have in one line, says nothing of these.
    let keys = Set(own.map(\.key))
    if own.count > 1, printed.count > 1, !printed.contains(where: { keys.contains($0.key) }) {
        let alike = printed.count { row in own.contains { $0.hasFigures(of: row) } }
        if alike * 2 <= min(own.count, printed.count) { return [] }
    }
    var named = Dictionary(grouping: printed.indices.reversed()) { printed[$0].key }
    var (findings, left, paired) = ([Finding](), [ComparedRow](), Set<Int>())
    for row in own {
        guard let position = named[row.key]?.popLast() else {
            left.append(row)
            continue
        }
        findings += differences(row, printed[position], kind)
        paired.insert(position)
    }
    var rest = printed.indices.filter { !paired.contains($0) }.map { printed[$0] }
    for row in left {
        // What has the same figures and another name is the same thing.
        guard let position = rest.firstIndex(where: { row.hasFigures(of: $0) }) else {
            findings.append(missing(row, table))
            continue
        }
        findings += differences(row, rest.remove(at: position), kind)
    }
    return findings + rest.map { unknown($0) }
}

/// The rows of the first of several tables, and of those that are further parts of the same: of things that the data have and no table before.
private func rowsOfParts(_ tables: [PrintedTable], _ own: [ComparedRow]) -> [ComparedRow] {
    let wanted = Set(own.map(\.key))
    var (rows, known) = ([ComparedRow](), Set<String>())
    for table in tables {
        // The totals of a year are none of its items.
        let totals = Set(table.historyTotals)
        let more = ComparedRow.rows(of: table).filter { !totals.contains($0.line) }
        let isFurther = more.count { wanted.contains($0.key) && !known.contains($0.key) } * 2 > more.count
        guard rows.isEmpty || isFurther else { continue }
        rows += more
        known.formUnion(more.map(\.key))
    }
    return rows
}

extension PrintedTable {
    /// The lines of the totals of a table of earlier years.
    fileprivate var historyTotals: [Int] { kind == .history ? historyItems.filter(\.isTotal).map(\.line) : [] }
}

extension ComparedRow {
    /// Whether both have the same figures, and some.
    fileprivate func hasFigures(of other: ComparedRow) -> Bool {
        let figures = zip(cells, other.cells).filter { $0.0.isNumber }
        return figures.contains { $0.0.number != nil } && figures.allSatisfy { $0.0.number == $0.1.number }
    }
}

// MARK: - Messages

private func differences(_ own: ComparedRow, _ printed: ComparedRow, _ kind: PrintedTable.Kind) -> [Finding] {
    zip(own.cells, printed.cells).filter { $0.differs(from: $1) && !$0.value.isEmpty }.map { cell, other in
        var finding = dossierDiffers.rule.finding(
            message: LocalizedText(
                zh: "\"\(own.key)\"的\(cell.name.zh)在报告\(printed.label.zh)为\"\(other.value)\"，数据为\"\(cell.value)\"",
                en:
                    "the \(cell.name.en) of \"\(own.key)\" is \"\(other.value)\" in \(printed.label.en) of the report, and \"\(cell.value)\" in the data"
            ),
            subject: "\(own.key) \(cell.name.zh)",
            lines: [ReportText.spot(line: printed.line)],
            pointers: own.pointer.map { [$0] } ?? [],
            expected: cell.value,
            found: other.value
        )
        // The value of a target is what it is measured by, in whatever words.
        if cell.isNumber || (kind == .targets && cell.name.en == "value") { finding.severity = .error }
        return finding
    }
}

private func missing(_ own: ComparedRow, _ table: PrintedTable) -> Finding {
    dossierDiffers.rule.finding(
        message: LocalizedText(
            zh: "报告的\"\(table.caption)\"（\(table.header.line.label.zh)起）中没有\"\(own.key)\"",
            en:
                "the table \"\(table.caption)\" of the report, from \(table.header.line.label.en) on, lacks \"\(own.key)\""
        ),
        subject: own.key,
        lines: [table.header.line.spot],
        pointers: own.pointer.map { [$0] } ?? [],
        expected: own.key
    )
}

private func unknown(_ printed: ComparedRow) -> Finding {
    dossierDiffers.rule.finding(
        message: LocalizedText(
            zh: "报告\(printed.label.zh)的\"\(printed.key)\"在数据中没有",
            en: "\"\(printed.key)\" in \(printed.label.en) of the report is not in the data"
        ),
        subject: printed.key,
        lines: [ReportText.spot(line: printed.line)],
        found: printed.key
    )
}
