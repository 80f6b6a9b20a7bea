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
        words = report.words
        let words = report.words
        var wholes: [Whole] = []
        for (grid, table) in zip(grids, rows.tables) {
            let isSample = words["excerpt"].contains { grid.name.zh.hasBytes(of: $0) }
            guard table.count > 2, !isSample else { continue }
            if let total = grid.grandTotal {
                for column in grid.numeric where grid.heads[column].contains("（") && !words.isNotAdded(grid.heads[column]) {
                    let unit = String(grid.heads[column].drop { $0 != "（" }.dropFirst().prefix { $0 != "）" })
                    let bare = grid.heads[column].bareHead
                    let noun = bare.strippedEnds(words["counting_ends"])
                    guard let value = total.cells[column]?.value, (1...3).contains(unit.count), !unit.hasSuffix("元"), unit != "%",
                        noun.count > 1
                    else { continue }
                    let others = grid.rows.compactMap { $0.cells[column]?.value }
                    wholes.append(Whole(noun: noun, unit: unit, values: [value] + others, line: total.line))
                }
                let head = grid.heads[0].bareHead.strippedEnds(["名称"])
                let first = table.map(\.name)
                if (2...4).contains(head.count), !words["heads_of_no_count"].contains(head), Set(first).count == first.count,
                    grid.rows.allSatisfy({ $0.isTotal || NumberGrid.Cell($0.texts[0]) == nil && !$0.texts[0].isEmpty })
                {
                    wholes.append(Whole(noun: head, unit: "", values: [ExactDecimal(table.count)], line: grid.head))
                }
            }
            for row in table where row.name.count > 2 {
                for unit in Set(row.values.filter { [.count, .measure].contains($0.kind) && !$0.unit.isEmpty }.map(\.unit)).sorted() {
                    guard unit != "%", row.units.contains(unit) || row.values.contains(where: { !$0.bound.isEmpty }) else { continue }
                    let values = row.values.filter { $0.unit == unit }.map(\.number)
                    wholes.append(Whole(noun: row.name, unit: unit, values: values, line: row.line))
                }
            }
        }
        self.wholes = wholes.sorted { ($1.noun.count, $0.noun) < ($0.noun.count, $1.noun) }
        names = rows.names
        var times: [String: Int] = [:]
        if !wholes.isEmpty {
            let nouns = Set(wholes.map(\.noun))
            for line in report.body where !line.isTableRow && nouns.contains(where: line.folded.hasBytes) {
                let text = line.folded.withoutThousands
                for figure in StatedFigure.all(in: text) { times[figure.digits + figure.behind.prefix(1), default: 0] += 1 }
            }
        }
        self.times = times
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        let text = line.folded.withoutThousands
        let letters = Array(text)
        return StatedFigure.all(in: text).compactMap { figure in
            guard !figure.behind.hasPrefix("年") else { return nil }
            let clause = String(letters[..<figure.range.lowerBound].split { "，。；：（".contains($0) }.last ?? [])
            // 全县35个行政村, 2025年5,140人: of the place, or of another year.
            let isOfPlace = words["of_whole_place"].contains(where: clause.hasBytes)
            if isOfPlace && !words["rows_at_most"].contains(where: { $0.count > 1 && clause.hasBytes(of: $0) })
                || clause.saysYear && !words["planned"].contains(where: clause.hasBytes)
            {
                return nil
            }
            let isApart = figure.range.lowerBound > 0 && "，。；：（".contains(letters[figure.range.lowerBound - 1])
            let lead = isApart ? "" : clause
            guard !words["parts_of_whole"].contains(where: lead.hasBytes), !words["past_year"].contains(where: lead.hasBytes),
                !words["sampled"].contains(where: lead.hasBytes), !words["there_already"].contains(where: lead.hasSuffix)
            else { return nil }
            if let finding = listed(lead, figure, line) { return finding }
            let bare = lead.strippedEnds(words["whole_links"])
            let meant = wholes.filter { whole in
                guard whole.unit.isEmpty || figure.behind.hasPrefix(whole.unit) else { return false }
                if bare.hasSuffix(whole.noun), !whole.unit.isEmpty { return true }
                // 道路总长9.3公里 of a column 长度（公里）.
                if words["counting_ends"].contains(whole.noun), ["总", "全"].contains(where: { bare.hasSuffix($0 + whole.noun.prefix(1)) || bare.hasSuffix($0 + whole.noun) }) {
                    return true
                }
                let behind = figure.behind.dropFirst(max(1, whole.unit.count))
                if whole.unit.isEmpty, !(figure.behind.first.map { words["row_counters"].contains(String($0)) || words["kind_counters"].contains(String($0)) || $0 == "条" } ?? false) {
                    return false
                }
                guard let place = behind.prefix(whole.noun.count + 4).firstBytes(of: whole.noun) else { return false }
                return !behind[..<place.lowerBound].contains { "，。；、（的".contains($0) }
            }
            guard let first = meant.first(where: { _ in true }), !meant.contains(where: { $0.values.contains(figure.value) }),
                !meant.contains(where: { whole in whole.noun == first.noun && whole.values.isEmpty })
            else { return nil }
            // Said twice alike, it is of something else.
            guard times[figure.digits + figure.behind.prefix(1)] ?? 0 < 2 else { return nil }
            // Another row of the clause has a number of its own.
            guard !names.contains(where: { $0.count > 2 && $0 != first.noun && lead.hasBytes(of: $0) }) else { return nil }
            let value = meant.lazy.compactMap { $0.values.first { isSlip(figure.value, $0, lead, figure) } }.first
            // 35个行政村中的33个: the line knows both.
            let unit = figure.behind.prefix(1)
            guard let value, !StatedFigure.all(in: text).contains(where: { $0.value == value && $0.behind.hasPrefix(unit) })
            else { return nil }
            let quote = lead.suffix(8).drop { $0.isPlainDigit || $0 == "年" } + figure.digits
                + figure.behind.prefix(6).prefix { !"，。；、（".contains($0) }
            return otherWhole(String(quote), value, line, first.line)
        }
    }

    /// Whether a number is another but for a slip of the pen, or words say that it is all there is.
    private func isSlip(_ one: ExactDecimal, _ other: ExactDecimal, _ lead: String, _ figure: StatedFigure) -> Bool {
        let (a, b) = (Array(one.withoutTrailingZeros.description), Array(other.withoutTrailingZeros.description))
        if figure.telling > 2 || figure.digits.count > 3 {
            let off = a.count == b.count ? a.indices.count { a[$0] != b[$0] } : 9
            return off == 1 || a.count == b.count && a.sorted() == b.sorted()
        }
        if one.places > 0 || other.places > 0 {
            // 总长9.3公里: one digit of it, where all is spoken of.
            let off = a.count == b.count ? a.indices.count { a[$0] != b[$0] } : 9
            return a.count > 2 && off == 1 && words["all_of_whole"].contains(where: lead.hasBytes)
        }
        guard one.places == 0, other > 2, let gap = try? (one - other).magnitude, gap < 4 else { return false }
        return words["all_of_whole"].contains(where: lead.hasBytes)
    }

    /// `中华路、滨河路、建设街4条道路`: so many as stand before it.
    private func listed(_ lead: String, _ figure: StatedFigure, _ line: ReportText.Line) -> Finding? {
        guard let stated = Int(figure.digits), figure.behind.first.map({ words["kind_counters"].contains(String($0)) }) ?? false,
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

private func otherWhole(_ quote: String, _ value: ExactDecimal, _ line: ReportText.Line, _ row: ReportText.Line) -> Finding {
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
