import BudgetLines
import PrintedReports
import ReviewModel

/// A row that stands twice, or totals of a table of many columns that its rows do not make.
let gridSums = DocumentRule(
    "document/grid-sum",
    .error,
    title: LocalizedText(zh: "分组小计与其下各行不符，或行重复、缺漏", en: "a group that its rows do not make, a row doubled or left out"),
    manual: LocalizedText(
        zh: """
            任何表中编号较高一级的行（一、二）与其下各行（1、2），小计与其上各行，合计与全部各行，逐栏相加核对：其他栏或其他组都相符而一处不符的列出；各栏都不符而去掉相邻两个相同行中的一行即相符的，为行重复；\
            各栏都不符的，可能漏了行。比率、单价、标准等栏不相加。
            """,
        en: """
            In any table a row of a higher number (一、二) with those beneath it, 小计 with the rows above it and 合计 with all are added up column by column: one that is not what the rows make where other columns or groups are is told. \
            Where no column is and one of two equal neighbours makes up for it, a row stands twice; where none is otherwise, one may be left out. Rates, prices and standards are not added.
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
                    镇\t计划面积\t支出
                    永丰镇\t5,200\t9,360
                    石门镇\t4,100\t7,380
                    ↓石门镇\t4,100\t7,380
                    合计\t9,300\t16,740
            """,
            zh: "第 1 行的表\"石门镇\"一行与上一行完全相同，去掉后各栏合计才相符",
            en: "\"石门镇\" in the table at line 1 repeats the row above it; without it the totals are right"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    镇\t计划面积\t支出
                    永丰镇\t5,200\t9,360
                    石门镇\t4,100\t7,380
                    合计\t9,300\t16,740
            """
        ),
    ],
    check: { audit, findings in
        var seen: Set<Int> = []
        for table in audit.report.printedTables {
            guard let slip = table.rowSlip, seen.insert(slip.row.line.number).inserted else { continue }
            findings.add(
                slip.kind == .doubled ? repeats(table.name, slip.name, slip.row.line) : lacks(table.name, slip)
            )
        }
        let told = Set(findings.all.filter { earlier.contains($0.rule) }.flatMap(\.spots))
        for grid in audit.grids {
            let lines = Set(grid.rows.map(\.line.spot)).union([grid.head.spot])
            if !told.isDisjoint(with: lines) || !seen.isDisjoint(with: grid.rows.map(\.line.number)) { continue }
            findings.add(try GroupSums(grid, audit.report.words).findings())
        }
    }
)

private let earlier = [
    "document/table-sum", "document/audit-table-differs", "document/table-relation", "document/tables-differ",
    "document/share-table",
]

/// The groups of a table, each a row that sums up others.
private struct GroupSums {
    let grid: NumberGrid
    /// Each total with the rows that it sums up.
    let groups: [(total: Int, rows: [Int])]
    let columns: [Int]
    /// Columns of points, which other parts of a form add to as well: 预算执行率 10 分.
    private let points: Set<Int>

    init(_ grid: NumberGrid, _ words: ReportWords) {
        self.grid = grid
        points = Set(
            grid.heads.indices.filter { column in
                (words["points"] + words["scored"]).contains(where: grid.heads[column].folded.hasBytes)
            }
        )
        columns = grid.numeric.filter { column in
            !words.isNotAdded(grid.heads[column]) && !grid.rows.contains { $0.cells[column]?.isPercent ?? false }
                && !grid.holdsYears(column)
        }
        groups = Self.groups(of: grid.rows)
    }

    private static func groups(of rows: [NumberGrid.Row]) -> [(total: Int, rows: [Int])] {
        let plain = rows.indices.filter { !rows[$0].isTotal }
        let part = ["其中", "其 中"]
        if rows.contains(where: { row in row.texts.contains { text in part.contains(where: text.folded.hasPrefix) } }) {
            return []
        }
        guard let last = rows.indices.last, rows.count(where: { $0.isTotal && !$0.isSubtotal }) <= 1 else { return [] }
        var found: [(total: Int, rows: [Int])] = []
        let grand = rows[last].isTotal && !rows[last].isSubtotal ? last : nil
        if rows.contains(where: \.isSubtotal) {
            if rows.contains(where: { $0.level == 0 || $0.level == 1 }) { return [] }
            var open: [Int] = []
            for index in rows.indices where index != grand {
                if rows[index].isSubtotal {
                    if open.count > 1 { found.append((index, open)) }
                    open = []
                } else {
                    open.append(index)
                }
            }
            // Rows that stand in no group belong to the total all the same.
            if let grand { found.append((grand, plain)) }
            return found
        }
        let tops = plain.filter { rows[$0].level == 0 }
        let below = plain.filter { rows[$0].level == 2 }
        if tops.count > 1, !below.isEmpty {
            guard tops.count + below.count == plain.count, tops.first == plain.first else { return [] }
            for (index, top) in tops.enumerated() {
                let end = index + 1 < tops.count ? tops[index + 1] : rows.count
                let inner = below.filter { (top..<end).contains($0) }
                if inner.count > 1 { found.append((top, inner)) }
            }
            if let grand { found.append((grand, tops)) }
            return found
        }
        if let grand, tops.isEmpty || below.isEmpty, plain.count > 1,
            !rows.contains(where: { $0.level == 1 })
        {
            found.append((grand, plain))
        }
        return found
    }

    private enum Match { case agrees, fails(ExactDecimal), nothing }

    private func match(_ group: (total: Int, rows: [Int]), _ column: Int, without row: Int? = nil)
        throws(DecimalOverflow) -> Match
    {
        guard let total = grid.rows[group.total].cells[column], !total.isDash else { return .nothing }
        let rows = group.rows.filter { $0 != row }
        let cells = rows.map { grid.rows[$0].cells[column] }
        // Words in a cell are no number to add.
        let texts = rows.filter { grid.rows[$0].cells[column] == nil }.map { grid.rows[$0].texts[column].trimmed }
        guard texts.allSatisfy(\.isEmpty), cells.compactMap(\.self).count > 1 || row != nil else { return .nothing }
        let values = cells.compactMap { $0?.value }
        let sum = try ExactDecimal.sum(values)
        let places = ([total.value] + values).map(\.places).max() ?? 0
        let slack = places > 0 ? ExactDecimal(significand: Int128(values.count + 1), places: places) : .zero
        if try (sum - total.value).magnitude <= slack {
            return total.value.isZero ? .nothing : .agrees
        }
        return .fails(sum)
    }

    func findings() throws(DecimalOverflow) -> [Finding] {
        var (agreeing, found) = ([Int: Int](), [(group: Int, column: Int, sum: ExactDecimal)]())
        for (index, group) in groups.enumerated() {
            for column in columns {
                switch try match(group, column) {
                case .nothing: continue
                case .agrees: agreeing[column, default: 0] += 1
                case .fails(let sum): found.append((index, column, sum))
                }
            }
        }
        guard let first = found.first else { return [] }
        if let doubled = try doubled(Set(found.map(\.group))) {
            return [repeats(grid.name, grid.rows[doubled].name, grid.rows[doubled].line)]
        }
        if let lost = try lost(found) { return [lost] }
        let all = agreeing.values.reduce(0, +)
        // One cell of one group, where the other columns of it, or the column in another group, are what they should be.
        guard found.count == 1 || found.allSatisfy({ $0.group == first.group }) else { return [] }
        var inGroup: [Int] = []
        for column in columns {
            if case .agrees = try match(groups[first.group], column) { inGroup.append(column) }
        }
        if found.count == 1 {
            guard inGroup.count >= 2 || agreeing[first.column] ?? 0 >= 2 || all >= 3 else { return [] }
            return [otherSum(grid, groups[first.group].total, first.column, first.sum)]
        }
        // All columns of one group are too small or too large: rows are missing, or too many.
        guard inGroup.isEmpty, groups.count > 2, found.allSatisfy({ agreeing[$0.column] ?? 0 > 1 }) else { return [] }
        return [otherSum(grid, groups[first.group].total, first.column, first.sum)]
    }

    /// Whether the table says itself that it does not have every row: 主要设备, 前十项, a row of dots.
    private var isExcerpt: Bool {
        grid.words["excerpt"].contains(where: grid.name.zh.hasBytes)
            || grid.rows.contains { row in
                row.texts.contains { text in ["……", "…", "...", "略", "其他略"].contains(text.trimmed) }
            }
    }

    /// A row that is not there: in a table of one group every column is short of its total, by no more than a row may have.
    private func lost(_ found: [(group: Int, column: Int, sum: ExactDecimal)]) throws(DecimalOverflow) -> Finding? {
        guard groups.count == 1, found.count > 1, points.isDisjoint(with: found.map(\.column)), !isExcerpt else {
            return nil
        }
        let group = groups[0]
        var short: [(head: String, amount: String)] = []
        for (_, column, sum) in found {
            guard let total = grid.rows[group.total].cells[column]?.value else { return nil }
            let off = try total - sum
            let values = group.rows.compactMap { grid.rows[$0].cells[column]?.value.magnitude }
            guard off > 0, let most = values.max(), let least = values.min(), try off <= most * 2,
                try off * 4 >= least
            else { return nil }
            short.append((grid.heads[column], off.grouped))
        }
        for column in columns {
            if case .agrees = try match(group, column) { return nil }
        }
        let row = grid.rows[group.total]
        return lacks(grid.name, row.name, short, row.line)
    }

    /// A row that is like the one above it, without which every column is right.
    private func doubled(_ failing: Set<Int>) throws(DecimalOverflow) -> Int? {
        for index in failing.sorted() {
            let group = groups[index]
            for (row, next) in zip(group.rows, group.rows.dropFirst()) {
                let (one, two) = (grid.rows[row], grid.rows[next])
                guard zip(one.texts, two.texts).dropFirst(one.level == 2 ? 1 : 0).allSatisfy({ $0.folded == $1.folded })
                else { continue }
                var (isRight, count) = (true, 0)
                for column in columns {
                    switch try match(group, column, without: next) {
                    case .agrees: count += 1
                    case .fails: isRight = false
                    case .nothing: continue
                    }
                }
                if isRight, count > 0 { return next }
            }
        }
        return nil
    }
}

// MARK: - Messages

private func repeats(_ table: LocalizedText, _ name: String, _ line: ReportText.Line) -> Finding {
    gridSums.rule.finding(
        message: LocalizedText(
            zh: "\(table.zh)\"\(name)\"一行与上一行完全相同，去掉后各栏合计才相符",
            en: "\"\(name)\" in \(table.en) repeats the row above it; without it the totals are right"
        ),
        subject: name,
        lines: [line.spot],
        hint: LocalizedText(zh: "请删去重复的行", en: "remove one of the two")
    )
}

/// What a table lacks of its total, in every column.
private func lacks(_ table: LocalizedText, _ slip: RowSlip) -> Finding {
    lacks(table, slip.row.filled.first ?? "", slip.amounts.map { ($0.head, Money.yuan($0.amount)) }, slip.row.line)
}

private func lacks(
    _ table: LocalizedText,
    _ total: String,
    _ amounts: [(head: String, amount: String)],
    _ line: ReportText.Line
) -> Finding {
    let list = amounts.map { "\($0.head) \($0.amount)" }
    return gridSums.rule.finding(
        message: LocalizedText(
            zh: "\(table.zh)的\(total)各栏都大于各行之和，缺少：\(list.joined(separator: "、"))，可能漏列一行",
            en:
                "\(total) of \(table.en) is more than its rows make in every column, by \(list.joined(separator: ", ")): a row seems to be left out"
        ),
        subject: "\(total) lacking",
        lines: [line.spot],
        found: amounts.first?.amount ?? "",
        hint: LocalizedText(zh: "请补上漏列的行，或更正合计", en: "add the row that is left out, or correct the total")
    )
}

private func otherSum(_ grid: NumberGrid, _ row: Int, _ column: Int, _ sum: ExactDecimal) -> Finding {
    let (name, head) = (grid.rows[row].name, grid.heads[column])
    let printed = grid.rows[row].cells[column]?.printed ?? ""
    return gridSums.rule.finding(
        message: LocalizedText(
            zh: "\(grid.name.zh)\"\(name)\"的\(head)为 \(printed)，所属各行之和为 \(sum.grouped)",
            en: "\(head) of \"\(name)\" in \(grid.name.en) is \(printed), its rows make \(sum.grouped)"
        ),
        subject: "\(name) \(head)",
        lines: [grid.rows[row].line.spot],
        expected: sum.grouped,
        found: printed,
        hint: LocalizedText(zh: "请核对该组各行，有无缺漏、重复", en: "check the rows: one may be missing, or twice there")
    )
}
