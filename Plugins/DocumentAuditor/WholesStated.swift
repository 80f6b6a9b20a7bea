import BudgetLines
import PrintedReports
import ReviewModel

/// How many there are of something in all, in a sentence and in a table: 惠及就餐学生5,040人, 共20个食堂, 33个行政村.
struct WholesStated {
    /// What a table counts: the total of a column, its rows, or what a row has.
    private struct Whole {
        var noun: String
        /// Empty for rows, which any counter counts.
        var unit: String
        var values: [ExactDecimal]
        var line: ReportText.Line
    }

    private let wholes: [Whole]
    private let names: [String]
    private let words: ReportWords
    /// How often each number stands with its unit, in the whole report.
    private let times: [String: Int]
    var isEmpty: Bool { wholes.isEmpty }

    init(_ grids: [NumberGrid], _ rows: NamedRows, _ report: ReportText) {
        (words, names) = (report.words, rows.names)
        var wholes: [Whole] = []
        for (grid, table) in zip(grids, rows.tables) where table.count > 2 {
            if report.words["excerpt"].contains(where: grid.name.zh.hasBytes) { continue }
            wholes += Self.totals(grid, table, report.words) + table.flatMap(Self.counts)
        }
        self.wholes = wholes.sorted { ($1.noun.count, $0.noun) < ($0.noun.count, $1.noun) }
        let nouns = Set(wholes.map(\.noun))
        var times: [String: Int] = [:]
        for line in report.body where !line.isTableRow && nouns.contains(where: line.folded.hasBytes) {
            for figure in StatedFigure.all(in: line.folded.withoutThousands) {
                times[figure.digits + figure.behind.prefix(1), default: 0] += 1
            }
        }
        self.times = times
    }

    /// The totals of columns whose heads say in what they count, and how many rows there are.
    private static func totals(_ grid: NumberGrid, _ table: [NamedRows.Row], _ words: ReportWords) -> [Whole] {
        guard let total = grid.grandTotal else { return [] }
        var found = grid.numeric.compactMap { column -> Whole? in
            let head = grid.heads[column]
            let unit = String(head.drop { $0 != "（" }.dropFirst().prefix { $0 != "）" })
            let noun = head.bareHead.strippedEnds(words["counting_ends"])
            guard (1...3).contains(unit.count), !unit.hasSuffix("元"), unit != "%", noun.count > 1,
                !words.isNotAdded(head), let value = total.cells[column]?.value
            else { return nil }
            let others = grid.rows.compactMap { $0.cells[column]?.value }
            return Whole(noun: noun, unit: unit, values: [value] + others, line: total.line)
        }
        let head = grid.heads[0].bareHead.strippedEnds(["名称"])
        if (2...4).contains(head.count), !words["heads_of_no_count"].contains(head),
            Set(table.map(\.name)).count == table.count,
            grid.rows.allSatisfy({ $0.isTotal || NumberGrid.Cell($0.texts[0]) == nil && !$0.texts[0].isEmpty })
        {
            found.append(Whole(noun: head, unit: "", values: [ExactDecimal(table.count)], line: grid.head))
        }
        return found
    }

    /// What a row has of its own unit: 控制箱 12 台.
    private static func counts(_ row: NamedRows.Row) -> [Whole] {
        guard row.name.count > 2 else { return [] }
        let isTarget = row.values.contains { !$0.bound.isEmpty }
        let counted = row.values.filter { [.count, .measure].contains($0.kind) && !$0.unit.isEmpty && $0.unit != "%" }
        return Set(counted.map(\.unit)).sorted().filter { isTarget || row.units.contains($0) }.map { unit in
            let values = row.values.filter { $0.unit == unit }.map(\.number)
            return Whole(noun: row.name, unit: unit, values: values, line: row.line)
        }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        let text = line.folded.withoutThousands
        let letters = Array(text)
        let figures = StatedFigure.all(in: text)
        return figures.compactMap { figure in
            let start = figure.range.lowerBound
            let clause = String(letters[..<start].split { "，。；：（".contains($0) }.last ?? [])
            let lead = start > 0 && "，。；：（".contains(letters[start - 1]) ? "" : clause
            guard !figure.behind.hasPrefix("年"), !isOfOthers(clause, lead) else { return nil }
            if let finding = listed(lead, figure, line) { return finding }
            let bare = lead.strippedEnds(words["whole_links"])
            let meant = wholes.filter { isMeant($0, bare, figure) }
            let unit = figure.behind.prefix(1)
            // Said twice alike, it is of something else; and another row of the clause has a number of its own.
            guard let first = meant.first, !meant.contains(where: { $0.values.contains(figure.value) }),
                times[figure.digits + unit] ?? 0 < 2,
                !names.contains(where: { $0.count > 2 && $0 != first.noun && lead.hasBytes(of: $0) }),
                let value = meant.lazy.flatMap(\.values).first(where: { isSlip(figure, $0, lead) }),
                // 35个行政村中的33个: the line knows both.
                !figures.contains(where: { $0.value == value && $0.behind.hasPrefix(unit) })
            else { return nil }
            let quote =
                lead.suffix(8).drop { $0.isPlainDigit || $0 == "年" } + figure.digits
                + figure.behind.prefix(6).prefix { !"，。；、（".contains($0) }
            return otherWhole(String(quote), value, line, first.line)
        }
    }

    /// Whether a clause speaks of the whole place, of another year, of parts, of samples or of what is there already.
    private func isOfOthers(_ clause: String, _ lead: String) -> Bool {
        let isOfPlace = words["of_whole_place"].contains(where: clause.hasBytes)
        let isReached = words["rows_at_most"].contains { $0.count > 1 && clause.hasBytes(of: $0) }
        if isOfPlace, !isReached { return true }
        if clause.saysYear, !words["planned"].contains(where: clause.hasBytes) { return true }
        return ["parts_of_whole", "past_year", "sampled"].contains { words[$0].contains(where: lead.hasBytes) }
            || words["there_already"].contains(where: lead.hasSuffix)
    }

    /// Whether the words around a number call it so: 就餐学生5,040人, 4条道路, 道路总长9.3公里.
    private func isMeant(_ whole: Whole, _ bare: String, _ figure: StatedFigure) -> Bool {
        guard let counter = figure.behind.first, figure.behind.hasPrefix(whole.unit) else { return false }
        if !whole.unit.isEmpty, bare.hasSuffix(whole.noun) {
            // 日处理20吨的处理站 are some of them.
            return !bare.dropLast(whole.noun.count).hasSuffix("的")
        }
        // 总长 of a column 长度（公里）.
        let isLength = words["counting_ends"].contains(whole.noun)
        if isLength,
            ["总", "全"].contains(where: { bare.hasSuffix($0 + whole.noun.prefix(1)) || bare.hasSuffix($0 + whole.noun) })
        {
            return true
        }
        let counters = words["row_counters"] + words["kind_counters"]
        if whole.unit.isEmpty, !counters.contains(String(counter)) { return false }
        let behind = figure.behind.dropFirst(max(1, whole.unit.count))
        guard let place = behind.prefix(whole.noun.count + 4).firstBytes(of: whole.noun) else { return false }
        return !behind[..<place.lowerBound].contains { "，。；、（的".contains($0) }
    }

    /// Whether a number is another but for a slip of the pen, or words say that it is all there is.
    private func isSlip(_ figure: StatedFigure, _ other: ExactDecimal, _ lead: String) -> Bool {
        let one = figure.value
        let (a, b) = (Array(one.withoutTrailingZeros.description), Array(other.withoutTrailingZeros.description))
        let off = a.count == b.count ? a.indices.count { a[$0] != b[$0] } : 9
        if figure.telling > 2 || figure.digits.count > 3 {
            return off == 1 || a.count == b.count && a.sorted() == b.sorted()
        }
        guard words["all_of_whole"].contains(where: lead.hasBytes) else { return false }
        // 总长9.3公里: one digit of it.
        if one.places > 0 || other.places > 0 { return a.count > 2 && off == 1 }
        guard other > 2, let gap = try? (one - other).magnitude else { return false }
        return gap < 4
    }

    /// `中华路、滨河路、建设街4条道路`: so many as stand before it.
    private func listed(_ lead: String, _ figure: StatedFigure, _ line: ReportText.Line) -> Finding? {
        guard let stated = Int(figure.digits),
            figure.behind.first.map({ words["kind_counters"].contains(String($0)) }) ?? false,
            lead.contains("、")
        else { return nil }
        let items = lead.split { "、和及与".contains($0) }.map(String.init)
        guard items.count > 1, let first = items.first, items.dropFirst().allSatisfy(names.contains),
            names.contains(where: first.hasSuffix), abs(items.count - stated) == 1
        else { return nil }
        return otherList(figure.digits + figure.behind.prefix(3), items.count, line)
    }
}

// MARK: - Messages

private func otherWhole(_ quote: String, _ value: ExactDecimal, _ line: ReportText.Line, _ row: ReportText.Line)
    -> Finding
{
    cellStated.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：表中为 \(value.grouped)，请核对",
            en: "\"\(quote)\": the table has \(value.grouped); check which is right"
        ),
        subject: quote,
        lines: [line.spot, row.spot],
        expected: value.grouped,
        found: quote
    )
}

private func otherList(_ quote: String, _ count: Int, _ line: ReportText.Line) -> Finding {
    listCount.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote)\"：前面列有 \(count) 个名称，请核对",
            en: "\"\(quote)\": \(count) names are listed before it; check the count and the list"
        ),
        subject: quote,
        lines: [line.spot],
        expected: "\(count)",
        found: quote
    )
}
