import BudgetLines
import PrintedReports
import ReviewModel

/// What sentences call the least or the most of a table in other words than 甲核减金额最大: `最低价为甲公司的44.20元/m³`, `中游段最长，2.8公里`, `审减金额最大的子目是清淤`,
/// `A、B报价最低的均为甲公司，分别为11.80万元和36.00万元`, and tables of a name and a number.
struct NamedExtremes {
    private struct Table {
        var grid: NumberGrid
        var rows: [(name: String, row: Int)]
        var columns: [(head: String, column: Int)]
        var count: Int
    }

    /// A row that is called so in a column.
    private struct Claim {
        var table: Int
        var row: Int
        var column: Int
    }

    private let tables: [Table]
    private let words: ReportWords
    private let marks: [(word: String, isMost: Bool)]
    var isEmpty: Bool { tables.isEmpty }

    init(_ grids: [NumberGrid], _ words: ReportWords) {
        self.words = words
        marks = words["extreme_most"].map { ($0, true) } + words["extreme_least"].map { ($0, false) }
        tables = grids.filter { !$0.numeric.isEmpty }.map { grid in
            let rows = grid.rows.indices.filter { !grid.isSum($0) && grid.rows[$0].level != 0 }
            let named = rows.map { (grid.rows[$0].name.folded.bareName, $0) }.filter { $0.0.count > 1 }
            let times = Dictionary(named.map { ($0.0, 1) }, uniquingKeysWith: +)
            let columns = grid.numeric.map { (grid.heads[$0].bareHead, $0) }.filter { !$0.0.isEmpty }
            let same = Dictionary(columns.map { ($0.0, 1) }, uniquingKeysWith: +)
            return Table(
                grid: grid,
                rows: named.filter { times[$0.0] == 1 },
                columns: columns.filter { same[$0.0] == 1 },
                count: rows.count
            )
        }
    }

    func findings(_ paragraph: ReportParagraph) -> [Finding] {
        paragraph.text.folded.withoutThousands.split(separator: "。").flatMap { sentence -> [Finding] in
            var (found, head, values) = ([Finding](), "", [[Claim]]())
            var (before, isPart) = ("", false)
            for piece in sentence.split(whereSeparator: { "，；：".contains($0) }) {
                let clause = String(piece)
                defer { before = clause }
                guard let (mark, isMost, place) = mark(in: clause) else {
                    if let finding = value(clause, values, paragraph.line) { found.append(finding) }
                    values = []
                    continue
                }
                isPart = isPart || limits(before)
                if isPart { continue }
                let lists = claims(clause, mark, place, &head)
                values = lists.map(\.all)
                for (claims, quote) in lists {
                    let wrong = claims.compactMap { claim in better(claim, isMost).map { (claim, $0) } }
                    guard let (claim, other) = wrong.first, wrong.count == claims.count else { continue }
                    found.append(differs(quote, claim, other, paragraph.line))
                    values = []
                }
                // In the same clause: 的44.20元/m³, （55.15万元）.
                let tail = clause[place.upperBound...]
                if values.count == 1, let figure = StatedFigure.all(in: String(tail)).first {
                    let lead = String(tail.prefix(figure.range.lowerBound))
                    if lead.hasSuffix("的") || lead.hasSuffix("（"),
                        let finding = check(
                            values[0],
                            figure,
                            String(clause[..<place.upperBound]) + tail.prefix(figure.range.upperBound)
                                + (figure.unit ?? ""),
                            paragraph.line
                        )
                    {
                        found.append(finding)
                    }
                }
            }
            return found
        }
    }

    private func mark(in clause: String) -> (String, Bool, Range<String.Index>)? {
        marks.lazy.compactMap { mark in clause.firstBytes(of: mark.word).map { (mark.word, mark.isMost, $0) } }.first
    }

    /// Whether a clause says that a part of the rows is spoken of: 甲类设备中, 除乙外. 三家中 of a table of three is all of them.
    func limits(_ clause: String) -> Bool {
        if clause.hasPrefix("除") { return true }
        guard ["中", "内", "外"].contains(where: clause.hasSuffix) else { return false }
        return words["extreme_parts"].contains(where: clause.hasBytes) || !isWhole(clause)
    }

    /// Whether it counts nothing, or as many as a table has rows.
    private func isWhole(_ clause: String) -> Bool {
        guard let number = clause.countBefore else { return true }
        return tables.contains { $0.count == number }
    }

    /// The rows that a clause calls so, a list for each column that it names, with what is quoted of it.
    private func claims(_ clause: String, _ mark: String, _ place: Range<String.Index>, _ head: inout String)
        -> [(all: [Claim], quote: String)]
    {
        var (before, after) = (String(clause[..<place.lowerBound]), String(clause[place.upperBound...]))
        if before.hasPrefix("其中") { before.removeFirst(2) }
        // 三家中三项合计报价
        if let end = before.firstIndex(of: "中"), String(before[...end]).countBefore != nil,
            isWhole(String(before[...end]))
        {
            before = String(before[before.index(after: end)...])
        }
        if let (noun, names) = after.listed(behind: before) {
            // 最低价为甲: the noun behind the mark; 报价最低的为甲: what stands before it.
            let called = noun.isEmpty ? before : noun
            let heads = called.split(separator: "、").map(String.init)
            let lists = heads.enumerated().map { index, own in
                columns(own, head, mark, isLast: index == heads.count - 1).flatMap { claims(names, $0) }
            }
            let all = heads.isEmpty ? [columns("", head, mark, isLast: true).flatMap { claims(names, $0) }] : lists
            // 甲和乙 in one column are both the least, in two they may be one each.
            guard all.allSatisfy({ !$0.isEmpty }), names.count == 1 else { return [] }
            if let first = all.first?.first { head = tables[first.table].grid.heads[first.column].bareHead }
            return all.map { ($0, clause) }
        }
        // 中游段最长, 甲公司报价最低
        guard after.isEmpty else { return [] }
        let found = tables.indices.flatMap { index -> [Claim] in
            tables[index].rows.filter { before.hasPrefix($0.name) }.flatMap { name, row -> [Claim] in
                var rest = String(before.dropFirst(name.count))
                if rest.hasPrefix("的") { rest.removeFirst() }
                return columns(rest, head, mark, isLast: true).filter { $0.table == index }.map {
                    Claim(table: index, row: row, column: $0.column)
                }
            }
        }
        if let first = found.first { head = tables[first.table].grid.heads[first.column].bareHead }
        return found.isEmpty ? [] : [(found, clause)]
    }

    private func claims(_ names: [String], _ place: (table: Int, column: Int)) -> [Claim] {
        let rows = names.compactMap { name in tables[place.table].rows.first { $0.name == name }?.row }
        return rows.count == names.count
            ? rows.map { Claim(table: place.table, row: $0, column: place.column) } : []
    }

    /// The columns that words may mean: by their head, with 报价 behind it, by a part of it where no other has it, or the one that was spoken of.
    private func columns(_ text: String, _ head: String, _ mark: String, isLast: Bool) -> [(table: Int, column: Int)] {
        let fillers = words["extreme_fillers"]
        return tables.indices.flatMap { index -> [(table: Int, column: Int)] in
            let columns = tables[index].columns
            func all(_ isMeant: (String) -> Bool) -> [(table: Int, column: Int)] {
                columns.filter { isMeant($0.head) }.map { (index, $0.column) }
            }
            if text.isEmpty {
                let same = all { $0 == head }
                if !head.isEmpty { return same }
                let long = "长短".contains(mark.last ?? " ") ? words["heads_of_length"] : []
                let own = all { head in long.contains(where: head.hasBytes) }
                return own.count == 1 ? own : []
            }
            let exact = all { own in
                own == text || text.hasPrefix(own) && fillers.contains(String(text.dropFirst(own.count)))
            }
            if !exact.isEmpty { return exact }
            // 最低价 of 清淤单价（元/m³）, where no other column has a price.
            let part = all { $0.hasSuffix(text) }
            return part.count == 1 && (text.count > 1 || columns.count == 1) ? part : []
        }
    }

    // MARK: What is held against the table

    /// The row that is more than the one named, or less.
    private func better(_ claim: Claim, _ isMost: Bool) -> Int? {
        let table = tables[claim.table]
        guard let own = table.grid.rows[claim.row].cells[claim.column], !own.isDash else { return nil }
        var best = (row: claim.row, value: own.value)
        for row in table.grid.rows.indices where !table.grid.isSum(row) && table.grid.rows[row].level != 0 {
            guard let cell = table.grid.rows[row].cells[claim.column], !cell.isDash else { continue }
            if isMost ? cell.value > best.value : cell.value < best.value { best = (row, cell.value) }
        }
        return best.row == claim.row ? nil : best.row
    }

    /// `为17.20万元/所`, `2.8公里`, `分别为11.80万元和36.00万元` behind what is called so.
    private func value(_ clause: String, _ claims: [[Claim]], _ line: ReportText.Line) -> Finding? {
        let figures = StatedFigure.all(in: clause)
        guard let first = figures.first, !claims.isEmpty else { return nil }
        let lead = String(clause.prefix(first.range.lowerBound))
        if claims.count > 1 {
            guard figures.count == claims.count, lead == "分别为" || lead == "分别是" else { return nil }
            return zip(claims, figures).lazy.compactMap { check($0, $1, clause, line) }.first
        }
        guard lead.isEmpty || words["stated_links"].contains(lead), figures.count == 1 else { return nil }
        let quote = String(clause.prefix(first.range.upperBound)) + (first.unit ?? "")
        return check(claims[0], first, quote, line)
    }

    private func check(_ claims: [Claim], _ figure: StatedFigure, _ quote: String, _ line: ReportText.Line)
        -> Finding?
    {
        let rows = Set(claims.map { tables[$0.table].grid.rows[$0.row].name })
        guard rows.count == 1 else { return nil }
        let cells = claims.compactMap { claim -> (Claim, NumberGrid.Cell)? in
            let grid = tables[claim.table].grid
            guard let cell = grid.rows[claim.row].cells[claim.column], !cell.isDash,
                figure.mayStand(for: cell, under: grid.heads[claim.column], of: grid)
            else { return nil }
            return (claim, cell)
        }
        guard let (claim, cell) = cells.first, !cells.contains(where: { figure.isSame(as: $0.1) }) else { return nil }
        return otherValue(quote, claim, cell.printed, line)
    }

    // MARK: - Messages

    private func differs(_ quote: String, _ claim: Claim, _ other: Int, _ line: ReportText.Line) -> Finding {
        let grid = tables[claim.table].grid
        let (own, best) = (grid.rows[claim.row], grid.rows[other])
        let (value, more) = (own.cells[claim.column]?.printed ?? "", best.cells[claim.column]?.printed ?? "")
        let head = grid.heads[claim.column].bareHead
        return extremeDiffers.rule.finding(
            message: LocalizedText(
                zh: "\"\(quote)\"：表中\(own.name)的\(head)为 \(value)，\(best.name)为 \(more)",
                en: "\"\(quote)\": in the table \(own.name) has \(value) and \(best.name) has \(more)"
            ),
            subject: "\(own.name) \(head)",
            lines: [line.spot, own.line.spot, best.line.spot],
            expected: best.name,
            found: own.name,
            hint: LocalizedText(zh: "请核对名称和表中该栏", en: "check the name and the column of the table")
        )
    }

    private func otherValue(_ quote: String, _ claim: Claim, _ value: String, _ line: ReportText.Line) -> Finding {
        let row = tables[claim.table].grid.rows[claim.row]
        let head = tables[claim.table].grid.heads[claim.column].bareHead
        return extremeDiffers.rule.finding(
            message: LocalizedText(
                zh: "\"\(quote)\"：表中\(row.name)的\(head)为 \(value)",
                en: "\"\(quote)\": in the table \(row.name) has \(value)"
            ),
            subject: "\(row.name) \(head) \(quote)",
            lines: [line.spot, row.line.spot],
            expected: value,
            found: quote,
            hint: LocalizedText(zh: "请核对该数和表中该栏", en: "check the number and the column of the table")
        )
    }
}

extension StatedFigure {
    /// Whether it can be that of a cell, by its unit: 44.20元/m³ beneath 单价（元/m³）, 2.8公里 beneath 长度（m）.
    func mayStand(for cell: NumberGrid.Cell, under head: String, of grid: NumberGrid) -> Bool {
        let words = grid.words
        let isRate = cell.isPercent || words["rate_heads"].contains(where: head.hasBytes)
        if isRate || behind.hasPrefix("%") { return isRate && behind.hasPrefix("%") }
        guard let open = head.firstIndex(of: "（"), head.hasSuffix("）") else {
            // 单位：万元/台 above the table.
            return yuan != nil && (cell.isTelling || grid.name.zh.hasBytes(of: "元"))
        }
        let unit = head[head.index(after: open)...].dropLast()
        if unit.hasPrefix("元") || unit.hasPrefix("万元") { return yuan != nil }
        return !unit.isEmpty && behind.hasPrefix(unit) || unit.isMetre && lengthInMetres != nil
    }

    /// What it comes to in metres, where a length stands behind it.
    private var lengthInMetres: ExactDecimal? {
        if ["公里", "千米", "km"].contains(where: behind.hasPrefix) { return try? value * 1_000 }
        return ["米", "m"].contains(where: behind.hasPrefix) ? value : nil
    }

    /// Whether both are the same number, in 元 or 万元, metres or kilometres, as exactly as the less exact one is printed.
    func isSame(as cell: NumberGrid.Cell) -> Bool {
        let places = min(value.places, cell.value.places)
        if value.rounded(to: places) == cell.value.rounded(to: places) || isMoney(cell.value) { return true }
        let shown = yuan.flatMap { try? $0.divided(by: 10_000, places: cell.value.places + 2) }
        return lengthInMetres == cell.value || shown?.rounded(to: cell.value.places) == cell.value
    }
}

extension Substring {
    fileprivate var isMetre: Bool { self == "m" || self == "米" }
}

extension NumberGrid {
    /// Whether a row sums up others: 合计, 设备小计, and the last one of any name that is what all others come to.
    func isSum(_ row: Int) -> Bool {
        if rows[row].isTotal || words["totals"].contains(where: rows[row].name.folded.endsWithBytes) { return true }
        guard row == rows.count - 1, row > 2 else { return false }
        let sums = numeric.filter { column in
            let cells = rows.dropLast().compactMap { $0.cells[column]?.value }
            guard cells.count == rows.count - 1, let total = rows[row].cells[column]?.value, total > 0 else {
                return false
            }
            return (try? ExactDecimal.sum(cells)) == total
        }
        return sums.contains { rows[row].cells[$0]?.isTelling ?? false } || sums.count > 1
    }
}

extension String {
    /// The number of `三家中`, `12所学校中`: what is counted before 中.
    fileprivate var countBefore: Int? {
        guard hasSuffix("中"), count <= 12 else { return nil }
        let digits = prefix { $0.isPlainDigit }
        if !digits.isEmpty { return Int(digits) }
        let numerals = Array("一二三四五六七八九十")
        guard let first, let number = numerals.firstIndex(of: first), !dropFirst().hasPrefix("十") else { return nil }
        return number + 1
    }

    /// What stands behind a mark, 价为甲, 的子目是甲, 的均为甲（55.15万元）, parted into what it says of what and the names.
    fileprivate func listed(behind before: String) -> (noun: String, names: [String])? {
        var (noun, rest) = ("", self[...])
        if rest.hasPrefix("的") {
            rest = rest.dropFirst()
            guard let link = rest.firstIndex(where: { "为是".contains($0) }),
                rest.distance(from: rest.startIndex, to: link) <= 4
            else { return nil }
            rest = rest[rest.index(after: link)...]
        } else {
            guard before.isEmpty || before.hasSuffix("中"), let link = rest.firstIndex(where: { "为是".contains($0) }),
                (1...4).contains(rest.distance(from: rest.startIndex, to: link))
            else { return nil }
            noun = String(rest[..<link])
            rest = rest[rest.index(after: link)...]
        }
        // 甲公司的44.20元/m³, 甲公司（55.15万元）
        if let bracket = rest.firstIndex(of: "（") { rest = rest[..<bracket] }
        if let link = rest.lastIndex(of: "的"), rest[rest.index(after: link)...].first?.isPlainDigit ?? false {
            rest = rest[..<link]
        }
        let names = rest.split { "、和及与".contains($0) }.map(String.init)
        return names.isEmpty ? nil : (noun, names)
    }
}
