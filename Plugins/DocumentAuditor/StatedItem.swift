import BudgetLines
import PrintedReports
import ReviewModel

/// A paragraph that begins with the name of a row and says why it was cut: `3、分水闸门安装：实际安装37座，比送审少1座，核减6,450.00元。`
struct StatedItems {
    fileprivate struct Row {
        var name: String
        var line: ReportText.Line
        var numbers: [ExactDecimal]
        /// What was cut, in every table that has it.
        var cuts: [ExactDecimal]
        var units: Set<String>
        var hasCounts: Bool
        /// How many columns of prices there are.
        var prices: Int
        var hasGrant: Bool
    }

    private var rows: [Row] = []
    private let words: ReportWords
    var isEmpty: Bool { rows.isEmpty }

    /// - Parameter isWhole: whether a name is that of the whole.
    init(_ grids: [NumberGrid], _ words: ReportWords, isWhole: (String) -> Bool) {
        self.words = words
        var byName: [String: [Row]] = [:]
        for grid in grids where grid.heads.contains(where: words.isCut) {
            for row in grid.rows where !row.isTotal {
                let name = row.name.folded.bareName
                guard name.count > 2, !isWhole(name) else { continue }
                let texts = row.texts.map { $0.folded.withoutThousands }
                let own = grid.heads.indices.filter { column in
                    !words["number"].contains(where: grid.heads[column].hasBytes) && !grid.heads[column].isEmpty
                }
                let inWords = texts.filter { $0.count > 5 && NumberGrid.Cell($0) == nil }.flatMap {
                    StatedFigure.all(in: $0)
                }
                let cuts = grid.heads.indices.filter { words.isCut(grid.heads[$0]) }.compactMap { row.cells[$0]?.value }
                byName[name, default: []].append(
                    Row(
                        name: name,
                        line: row.line,
                        numbers: own.compactMap { row.cells[$0]?.value } + inWords.map(\.value),
                        cuts: cuts.map(\.magnitude),
                        units: Set(texts.filter { (1...3).contains($0.count) && NumberGrid.Cell($0) == nil }),
                        hasCounts: grid.heads.count { head in words["quantity"].contains(where: head.hasSuffix) } > 1,
                        prices: grid.heads.count { head in
                            words["unit_price"].contains(where: head.bareHead.hasSuffix)
                                || words["of_a_piece"].contains(where: head.hasSuffix)
                        },
                        hasGrant: grid.heads.contains { head in words["granted_heads"].contains(where: head.hasBytes) }
                    )
                )
            }
            // A name twice in one table is no name.
            let names = grid.rows.map { $0.name.folded.bareName }
            let times = Dictionary(names.map { ($0, 1) }, uniquingKeysWith: +)
            for (name, count) in times where count > 1 { byName[name] = nil }
        }
        // The unit stands in another table of the same rows.
        for grid in grids {
            for row in grid.rows {
                let name = row.name.folded.bareName
                guard let first = byName[name]?.indices.first else { continue }
                let units = row.texts.map(\.folded).filter { (1...3).contains($0.count) && NumberGrid.Cell($0) == nil }
                byName[name]?[first].units.formUnion(units)
            }
        }
        rows = byName.values.compactMap { all -> Row? in
            guard var row = all.first else { return nil }
            for other in all.dropFirst() {
                row.numbers += other.numbers
                row.cuts += other.cuts
                row.units.formUnion(other.units)
                row.hasCounts = row.hasCounts || other.hasCounts
                row.prices = max(row.prices, other.prices)
                row.hasGrant = row.hasGrant || other.hasGrant
            }
            return row
        }.sorted { ($1.name.count, $0.name) < ($0.name.count, $1.name) }
    }

    func check(_ line: ReportText.Line) -> [Finding] {
        let text = line.folded.withoutThousands.withoutOrdinal
        guard let row = rows.first(where: { text.hasPrefix($0.name) }) else { return [] }
        let item = String(text.dropFirst(row.name.count))
        // A paragraph on several rows, or on a part of one.
        if rows.contains(where: { $0.name != row.name && !row.name.contains($0.name) && item.contains($0.name) }) {
            return []
        }
        // 楼道粉刷…；单元门…: the second half is of 单元门更换.
        let halves = item.split(separator: "；").dropFirst()
        if halves.contains(where: { half in rows.contains { $0.name != row.name && half.beginsLike($0.name) } }) {
            return []
        }
        if words["past_year"].contains(where: item.hasBytes) || item.contains("其中") { return [] }
        let figures = StatedFigure.all(in: item)
        return [
            each(item, figures, row, line) ?? cut(item, figures, row, line) ?? counted(item, figures, row, line)
                ?? granted(item, figures, row, line)
                ?? slip(item, figures, row, line)
        ].compactMap(\.self)
    }

    private func clause(_ item: String, _ figure: StatedFigure) -> String {
        String(Array(item)[..<figure.range.lowerBound].split { "，。；：、（".contains($0) }.last ?? [])
    }

    private func leads(_ item: String, _ figure: StatedFigure) -> String {
        let letters = Array(item)
        let before = figure.range.lowerBound > 0 ? letters[figure.range.lowerBound - 1] : "，"
        return "，。；：、（".contains(before) ? "" : clause(item, figure)
    }

    /// The only amount that an item says was cut is that of the row.
    private func cut(_ item: String, _ figures: [StatedFigure], _ row: Row, _ line: ReportText.Line) -> Finding? {
        let cuts = figures.filter { figure in
            guard figure.yuan != nil else { return false }
            let lead = leads(item, figure)
            return words["cut_verbs"].contains { verb in
                ["", "金额", "额", "了"].contains { lead.hasSuffix(verb + $0) }
            }
        }
        guard cuts.count == 1, let figure = cuts.first, row.cuts.contains(where: { !$0.isZero }) else { return nil }
        let lead = clause(item, figure)
        if words["of_a_piece"].contains(where: lead.hasBytes)
            || figure.behind.drop(while: { $0 != "元" }).dropFirst().hasPrefix("/")
        {
            return nil
        }
        guard !row.cuts.contains(where: figure.isMoney), !row.has(figure), !row.differBy(figure) else { return nil }
        return otherNumber(
            row.name,
            lead + figure.digits + (figure.unit ?? ""),
            row.cuts.first { !$0.isZero },
            line,
            row.line
        )
    }

    /// The only count of its unit that an item takes away is the difference of two of the row.
    private func counted(_ item: String, _ figures: [StatedFigure], _ row: Row, _ line: ReportText.Line) -> Finding? {
        guard row.hasCounts else { return nil }
        let counts = figures.filter { figure in
            figure.yuan == nil && words["count_cut_verbs"].contains(where: leads(item, figure).contains)
                && row.units.contains { figure.behind.hasPrefix($0) && !$0.isEmpty }
        }
        guard counts.count == 1, let figure = counts.first, !row.has(figure), !row.differBy(figure),
            !words["of_a_piece"].contains(where: leads(item, figure).contains)
        else { return nil }
        return otherNumber(row.name, clause(item, figure) + figure.digits + (figure.unit ?? ""), nil, line, row.line)
    }

    /// `每套降低0.07万元`, `每人每月减少1,000元`: a difference of the row's prices.
    private func each(_ item: String, _ figures: [StatedFigure], _ row: Row, _ line: ReportText.Line) -> Finding? {
        guard row.prices > 1 else { return nil }
        for figure in figures where figure.yuan != nil {
            let lead = leads(item, figure)
            guard lead.contains("每"), lead.count <= 10, words["falls"].contains(where: lead.hasSuffix),
                !row.has(figure),
                !row.differBy(figure), !row.differByTimes(figure)
            else { continue }
            return otherNumber(row.name, lead + figure.digits + (figure.unit ?? ""), nil, line, row.line)
        }
        return nil
    }

    /// `审核408,000元`.
    private func granted(_ item: String, _ figures: [StatedFigure], _ row: Row, _ line: ReportText.Line) -> Finding? {
        guard row.hasGrant else { return nil }
        let grants = figures.filter { figure in
            guard figure.yuan != nil else { return false }
            let lead = leads(item, figure)
            return words["granted_heads"].contains { verb in ["", "金额", "金额为", "为"].contains { lead == verb + $0 } }
        }
        guard grants.count == 1, let figure = grants.first, !row.has(figure), !row.differBy(figure) else { return nil }
        return otherNumber(row.name, clause(item, figure) + figure.digits + (figure.unit ?? ""), nil, line, row.line)
    }

    /// A number of the row but for two digits that changed places, where the row's own is not said.
    private func slip(_ item: String, _ figures: [StatedFigure], _ row: Row, _ line: ReportText.Line) -> Finding? {
        let differences = row.differences
        for figure in figures where figure.telling > 2 && !figure.behind.hasPrefix("年") && !figure.behind.hasPrefix("号")
        {
            guard !row.has(figure), !row.differBy(figure) else { continue }
            let near = (row.numbers + differences).first { figure.value.hasSwapped(digitsOf: $0) }
            guard let near, !figures.contains(where: { $0.value == near }) else { continue }
            return otherNumber(
                row.name,
                clause(item, figure) + figure.digits + (figure.unit ?? ""),
                near,
                line,
                row.line
            )
        }
        return nil
    }

    private func otherNumber(
        _ name: String,
        _ quote: String,
        _ meant: ExactDecimal?,
        _ line: ReportText.Line,
        _ row: ReportText.Line
    ) -> Finding {
        let value = meant.map(\.grouped)
        return rowStated.rule.finding(
            message: LocalizedText(
                zh: "\"\(name)\"的说明写\"\(quote)\"，表中该行" + (value.map { "为 \($0)" } ?? "得不出此数"),
                en: "of \(name) the text says \"\(quote)\"; the row of the table "
                    + (value.map { "has \($0)" } ?? "makes no such number")
            ),
            subject: name + quote,
            lines: [line.spot, row.spot],
            expected: value ?? "",
            found: quote
        )
    }
}

extension StatedItems.Row {
    fileprivate func has(_ figure: StatedFigure) -> Bool {
        numbers.contains {
            $0 == figure.value || $0.magnitude == figure.value || figure.yuan != nil && figure.isMoney($0)
        }
    }

    fileprivate var differences: [ExactDecimal] {
        numbers.prefix(24).flatMap { one in numbers.prefix(24).compactMap { try? one - $0 } }.filter { $0 > 0 }
    }

    /// 每人每月减少1,000元, where the prices are those of a year.
    fileprivate func differByTimes(_ figure: StatedFigure) -> Bool {
        (numbers + [12, 4]).contains { times in
            guard times > 1, let value = try? (figure.yuan ?? figure.value) * times, let own = try? figure.value * times
            else { return false }
            return differences.contains { $0 == value || $0 == own }
        }
    }

    fileprivate func differBy(_ figure: StatedFigure) -> Bool {
        differences.contains { $0 == figure.value || figure.yuan != nil && figure.isMoney($0) }
    }
}

extension ReportWords {
    /// Whether a head is of what was cut, in money: 核减金额, 审减额, not 核减率.
    fileprivate func isCut(_ head: String) -> Bool {
        self["cut_verbs"].contains(where: head.hasBytes) && !self["rate_heads"].contains(where: head.hasBytes)
            && !self["reason"].contains(where: head.hasBytes)
    }
}

extension String {
    /// Without the number that it begins with: 3、, （2）, 3.4, ①.
    var withoutOrdinal: String {
        var text = self[...]
        if text.hasPrefix("（"), let close = text.firstIndex(of: "）"),
            text.distance(from: text.startIndex, to: close) <= 3
        {
            text = text[close...].dropFirst()
        }
        return String(text.drop { "0123456789.．、-①②③④⑤⑥⑦⑧⑨⑩ \u{3000}".contains($0) })
    }
}

extension ExactDecimal {
    /// Whether two numbers have the same digits but for two that changed places.
    func hasSwapped(digitsOf other: ExactDecimal) -> Bool {
        let (one, two) = (Array(withoutTrailingZeros.description), Array(other.withoutTrailingZeros.description))
        guard one.count == two.count, one.count > 2 else { return false }
        let off = one.indices.filter { one[$0] != two[$0] }
        return off.count == 2 && one[off[0]] == two[off[1]] && one[off[1]] == two[off[0]]
    }
}

extension Substring {
    /// Whether it begins as a name does that it need not have whole: 单元门 of 单元门更换.
    fileprivate func beginsLike(_ name: String) -> Bool {
        name.count > 2 && hasPrefix(name.prefix(name.count < 5 ? 2 : 3))
    }
}
