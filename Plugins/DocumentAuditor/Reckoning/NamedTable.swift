import BudgetLines
import PrintedReports
import ReviewModel

/// Any table of a report as names down the side and measured columns, whatever it is about: what sentences reckon with.
struct NamedTable: Sendable {
    struct Cell: Sendable {
        var printed: ExactDecimal
        /// As the cell, its head or the caption says; `nil` where nothing does.
        var measure: Measure?
        var scale: ExactDecimal
        var text: String
        /// Whether a bound stands before it: ≥95%.
        var isBound: Bool
    }

    struct Row: Sendable {
        /// What names it, without its number and brackets.
        var name: String
        var cells: [Cell?]
        var isTotal: Bool
        /// Whether it sums up a part of the rows, or heads them: 小计, 一 建安工程费.
        var isOfGroup: Bool
        var line: ReportText.Line
    }

    let line: Int
    let caption: String
    let heads: [String]
    let rows: [Row]
    /// The columns that may be added up or compared: those with numbers in two rows at least.
    let columns: [Int]

    /// The row that sums up all.
    var total: Row? { rows.last { $0.isTotal && !$0.isOfGroup } }

    /// The rows that are no sum of others.
    var plainRows: [Row] { rows.filter { !$0.isTotal && !$0.isOfGroup } }

    static func all(in report: ReportText, _ words: ReckoningWords) -> [NamedTable] {
        var (seen, found) = (Set<Int>(), [NamedTable]())
        for table in report.printedTables where !table.isTurned && seen.insert(table.header.line.number).inserted {
            var (heads, rows) = (table.header.cells, table.rows.map(PrintedRow.init))
            // Years as columns are read as a row for each; here the row is what is printed.
            if Set(rows.map(\.line.number)).count < rows.count {
                var lines: Set<Int> = []
                rows = rows.filter { lines.insert($0.line.number).inserted }.map {
                    PrintedRow($0.line, isSubtotal: $0.isSubtotal)
                }
                heads = table.header.line.text.cells(keepsEmpty: true)
            }
            if let one = NamedTable(table.caption, heads, table.header.line, rows, words) { found.append(one) }
        }
        for table in report.unreadTables where seen.insert(table.head.line.number).inserted {
            let height = table.rows.prefix { row in !row.cells.contains { $0.startsWithDigit && !$0.startsWithYear } }
                .count
            guard (1...2).contains(height), table.rows.count > height else { continue }
            var heads = table.head.cells
            if height == 2, table.rows[1].cells.count == heads.count {
                heads = zip(heads, table.rows[1].cells).map { $1.isEmpty ? $0 : $1 }
            }
            let rows = table.rows.dropFirst(height).map(PrintedRow.init)
            if let one = NamedTable(table.caption, heads, table.head.line, rows, words) { found.append(one) }
        }
        return found.sorted { $0.line < $1.line }
    }

    private init?(
        _ caption: String,
        _ heads: [String],
        _ head: ReportText.Line,
        _ rows: [PrintedRow],
        _ words: ReckoningWords
    ) {
        let whole = rows.filter { $0.cells.count == heads.count && $0.cells.contains { !$0.isEmpty } }
        guard (2...24).contains(heads.count), (2...200).contains(whole.count) else { return nil }
        (line, self.caption) = (head.number, caption.folded)
        let heads = heads.map(\.folded)
        self.heads = heads
        let measures = heads.map { Self.measure(ofHead: $0, words) }
        let money = Self.money(of: self.caption)
        let unitColumn = heads.firstIndex { head in words["per"].contains { head == $0 } }
        let names = Self.nameColumn(heads, whole, words)
        // Beside amounts a unit is that of the counts alone.
        let hasMoney =
            money != nil
            || heads.contains { head in words["amount"].contains(where: head.hasBytes) || head.hasBytes(of: "元") }
        self.rows = whole.map { row in
            let own = unitColumn.flatMap { column in
                Measure.leading(Array(row.cells[column].folded)[...], words.measures).map { ($0.measure, $0.scale) }
            }
            let name = row.cells[names].folded.nameOfRow
            return Row(
                name: name,
                cells: row.cells.indices.map { column in
                    guard column != names, column != unitColumn,
                        !words["number"].contains(where: { heads[column].hasPrefix($0) })
                    else { return nil }
                    let isCount = !hasMoney || words["counting_heads"].contains(where: heads[column].hasBytes)
                    return Cell(row.cells[column], measures[column], isCount ? own : nil, money, words)
                },
                isTotal: row.cells.prefix(3).contains { words.words.isTotal($0.folded) }
                    || words["totals_of_all"].contains(name),
                isOfGroup: row.isSubtotal || row.cells.first.map { $0.folded.isGroupNumber } ?? false,
                line: row.line
            )
        }
        let found = self.rows
        columns = heads.indices.filter { column in found.count { $0.cells[column] != nil } > 1 }
    }

    /// The column that names the rows: of those whose cells are mostly words the one that tells most of them apart.
    private static func nameColumn(_ heads: [String], _ rows: [PrintedRow], _ words: ReckoningWords) -> Int {
        let worded = heads.indices.filter { column in
            !words["number"].contains(heads[column]) && !words["remark"].contains(heads[column])
                && rows.count { row in
                    row.cells[column].contains { !$0.isASCII && $0.isLetter } && !row.cells[column].startsWithDigit
                        && row.cells[column].count <= 24
                } * 2 > rows.count
        }
        let names = worded.map { column in Set(rows.map { $0.cells[column] }).count }
        if let most = names.max() { return worded[names.firstIndex(of: most) ?? 0] }
        return heads.indices.first { !words["number"].contains(heads[$0]) } ?? 0
    }
    /// 元/所 of 报价（万元/所）, with what one is worth.
    private static func measure(ofHead head: String, _ words: ReckoningWords) -> (Measure, ExactDecimal)? {
        guard let open = head.lastIndex(of: "（"), head.hasSuffix("）") else {
            // 申请人月
            let letters = Array(head)
            for length in [3, 2] where letters.count > length {
                let end = letters[(letters.count - length)...]
                if let unit = words.measures.unit(at: end), unit.length == length {
                    return (Measure(unit: unit.name), 1)
                }
            }
            return nil
        }
        let inner = Array(head[head.index(after: open)...].dropLast())
        guard let scaled = Measure.leading(inner[...], words.measures), scaled.length == inner.count else { return nil }
        return (scaled.measure, scaled.scale)
    }

    /// What a caption says that its amounts are in: 10,000 of （单位：万元）.
    private static func money(of caption: String) -> ExactDecimal? {
        guard let place = caption.firstBytes(of: "单位：") ?? caption.firstBytes(of: "单位为") else { return nil }
        let unit = caption[place.upperBound...]
        if unit.hasPrefix("万元") { return 10_000 }
        if unit.hasPrefix("千元") { return 1000 }
        if unit.hasPrefix("亿元") { return 100_000_000 }
        return unit.hasPrefix("元") ? 1 : nil
    }
}

/// A row as it is printed.
private struct PrintedRow {
    var line: ReportText.Line
    var cells: [String]
    var isSubtotal: Bool

    init(_ row: PrintedTable.Row) { (line, cells, isSubtotal) = (row.line, row.cells, row.isSubtotal) }

    init(_ line: ReportText.Line, isSubtotal: Bool) {
        (self.line, self.isSubtotal) = (line, isSubtotal)
        cells = line.text.cells(keepsEmpty: true)
    }
}

extension NamedTable.Cell {
    init?(
        _ text: String,
        _ head: (Measure, ExactDecimal)?,
        _ row: (Measure, ExactDecimal)?,
        _ money: ExactDecimal?,
        _ words: ReckoningWords
    ) {
        var letters = Array(text.folded.withoutThousands.filter { !$0.isWhitespace })[...]
        let start = letters.count
        while let first = letters.first, "≥≤＞＜><不低于不少于不高于不超过".contains(first) { letters.removeFirst() }
        isBound = letters.count < start
        let digits = letters.prefix { $0.isPlainDigit || $0 == "." }
        guard !digits.isEmpty, let value = ExactDecimal(String(digits)) else { return nil }
        printed = value
        self.text = text
        let rest = letters.dropFirst(digits.count)
        if rest.isEmpty {
            if let known = head ?? row {
                (measure, scale) = (known.0, known.1)
            } else {
                (measure, scale) = (nil, money ?? 1)
            }
            return
        }
        guard let own = Measure.leading(rest, words.measures), own.length == rest.count, rest.first != "年" else {
            return nil
        }
        (measure, scale) = (own.measure, own.scale)
    }

    /// What it may come to in the unit of a number of a sentence; nothing where it counts something else.
    func operands(for measure: Measure, _ line: ReportText.Line?) -> [Operand] {
        if let own = self.measure {
            guard own.unit == measure.unit, own.per.isEmpty || measure.per.isEmpty || own.isAlike(measure) else {
                return []
            }
            return [operand(scale, line)].compactMap(\.self)
        }
        // Nothing says what it counts.
        if measure.isRate { return [operand(1, line)].compactMap(\.self) }
        if measure.isMoney {
            let scales: [ExactDecimal] = scale == 1 ? [1, 10_000] : [scale]
            return scales.compactMap { operand($0, line) }
        }
        return [operand(1, line)].compactMap(\.self)
    }

    private func operand(_ scale: ExactDecimal, _ line: ReportText.Line?) -> Operand? {
        guard let amount = try? printed * scale,
            let half = try? ExactDecimal(significand: 5, places: printed.places + 1) * scale
        else { return nil }
        return Operand(amount: amount, slack: printed.places >= 2 ? half : .zero, text: text, line: line)
    }
}

extension String {
    /// Without its number and brackets; a year as 2026年.
    fileprivate var nameOfRow: String {
        let digits = prefix { $0.isPlainDigit }
        if digits.count == 4, let year = Int(digits), (1990...2100).contains(year),
            ["", "年", "年度"].contains(dropFirst(4).prefix { !"（(".contains($0) })
        {
            return digits + "年"
        }
        return bareName
    }

    fileprivate var startsWithDigit: Bool {
        trimmed.drop { "≥≤＞＜><¥￥（(-".contains($0) }.first?.isPlainDigit ?? false
    }

    /// 2026年（元） heads a column.
    fileprivate var startsWithYear: Bool { prefix { $0.isPlainDigit }.count == 4 && dropFirst(4).hasPrefix("年") }

    /// 一, （一） or 二、: the number of a group.
    fileprivate var isGroupNumber: Bool {
        let bare = filter { !"（）()、.．".contains($0) }
        return !bare.isEmpty && bare.count <= 2 && bare.allSatisfy { "一二三四五六七八九十".contains($0) }
    }
}
