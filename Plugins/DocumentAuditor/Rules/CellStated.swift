import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence that names a row of a table and a column, or a column and its total, and gives it another value.
let cellStated = DocumentRule(
    "document/cell-stated",
    .error,
    title: LocalizedText(zh: "正文所写某行某栏的数与表不符", en: "a value of a row and a column that the table has not"),
    manual: LocalizedText(
        zh: """
            "安全设施更换执行率为100.00%""2025年支付进度为70.00%""路面状况指数由2021年的86.20提高到2024年的90.30，提高4.10"：数前写有表中一行的名称（或年份）和一栏的表头的，应为该格的数；\
            "总里程200公里""累计参与314.7万人次"应为合计行的数（后一种按单位在前面最近的表中查找，表头与正文要有相同的词）。几张表都有这一行和这一栏的，都不符才列出。\
            "惠及就餐学生5,040人""共20个食堂""道路总长9.3公里"与合计行或行数只差一位数字、两位颠倒，或有"共""惠及"等词而相差不过3的，也列出；另有年份、地域（全县、辖）、抽查、其中的不比。
            """,
        en: """
            Where a row of a table (or a year) and the head of a column stand before a number, 安全设施更换执行率为100.00%, 2025年支付进度为70.00%, 由2021年的86.20提高到2024年的90.30, it is the value of that cell; 总里程200公里 and \
            累计参与314.7万人次 are those of the row of totals, the latter by its unit in the nearest table before. Of several such tables all must say otherwise. \
            惠及就餐学生5,040人, 共20个食堂 and 道路总长9.3公里 are told, too, where they are the row of totals, or the count of rows, but for one digit or two that changed places, or differ by three at most behind words of all; those of another year, of the whole place, of samples and of parts are not compared.
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
                    支出明细\t预算数\t执行数\t执行率（%）
                    桥涵养护\t64.00\t60.80\t95.00
                    绿化管护\t30.00\t24.60\t82.00
                    ↓桥涵养护执行率为59.00%。
            """,
            zh: "\"桥涵养护执行率为59.00%\"：表中为 95.00",
            en: "\"桥涵养护执行率为59.00%\": the table has 95.00"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    支出明细\t预算数\t执行数\t执行率（%）
                    桥涵养护\t64.00\t60.80\t95.00
                    绿化管护\t30.00\t24.60\t82.00
                    绿化管护执行率偏低，仅为82%；桥涵养护执行率为95.00%。
            """
        ),
    ],
    check: { audit, findings in
        let cells = StatedCells(audit.grids, audit.report.words)
        let told = findings.told
        for line in audit.report.body where !cells.isEmpty && !line.isTableRow && !told.contains(line.spot) {
            guard line.folded.contains(where: \.isPlainDigit) else { continue }
            for sentence in line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }) {
                findings.add(cells.check(String(sentence), line))
            }
        }
        let wholes = WholesStated(audit.grids, audit.namedRows, audit.report)
        let known = findings.told
        for line in audit.report.body where !wholes.isEmpty && !line.isTableRow && !known.contains(line.spot) {
            findings.add(wholes.check(line))
        }
    }
)

private struct StatedCells {
    private struct Table {
        var grid: NumberGrid
        var rows: [(name: String, row: Int)]
        var heads: [(head: String, column: Int)]
    }

    /// A cell, and what it is called in the table.
    private struct Place {
        var cell: NumberGrid.Cell
        var head: String
        var row: ReportText.Line
    }

    private let tables: [Table]
    /// The names of rows, longer ones first.
    private let names: [String]
    private let words: ReportWords
    var isEmpty: Bool { tables.isEmpty }

    init(_ grids: [NumberGrid], _ words: ReportWords) {
        self.words = words
        tables = grids.filter { !$0.numeric.isEmpty }.map { grid in
            var rows: [(String, Int)] = []
            for (index, row) in grid.rows.enumerated() where !row.isTotal {
                let years = row.texts.prefix(2).compactMap(\.folded.yearName)
                let name = years.first ?? row.name.folded.bareName
                if name.count >= 3, name.count <= 24 { rows.append((name, index)) }
            }
            let times = Dictionary(rows.map { ($0.0, 1) }, uniquingKeysWith: +)
            let heads = grid.numeric.map { (grid.heads[$0].bareHead, $0) }.filter { $0.0.count > 1 }
            let same = Dictionary(heads.map { ($0.0, 1) }, uniquingKeysWith: +)
            return Table(
                grid: grid,
                rows: rows.filter { times[$0.0] == 1 },
                heads: heads.filter { same[$0.0] == 1 }
            )
        }
        names = Set(tables.flatMap { $0.rows.map(\.name) }).sorted { ($1.count, $0) < ($0.count, $1) }
    }

    func check(_ sentence: String, _ line: ReportText.Line) -> [Finding] {
        let letters = Array(sentence)
        var (found, start, open) = ([Finding](), 0, nil as String?)
        var values: [ExactDecimal] = []
        var wholes: [Whole] = []
        // What had been reached by a day within the year is not what the table has for all of it.
        let isPart = words["cut_off"].contains(where: sentence.hasBytes)
        for figure in StatedFigure.all(in: sentence) {
            if figure.isYearOfText { continue }
            defer { start = figure.range.upperBound }
            let whole = String(letters[start..<figure.range.lowerBound])
            let clause = String(whole.split(separator: "，", omittingEmptySubsequences: false).last ?? "")
            if words["not_of_cell"].contains(where: clause.hasBytes) || figure.behind.isBound { continue }
            var text = String(clause.split(whereSeparator: { "：、（".contains($0) }).last ?? "")
            text = text.strippedEnds(words["stated_links"])
            // 绿化管护执行率偏低，仅为82%
            if words["stated_links"].contains(text), let before = whole.split(separator: "，").dropLast().last {
                let plain = String(before).strippedEnds(words["stated_adverbs"])
                if plain != String(before) { text = plain }
            }
            let places: [Place]
            if let (name, rest) = named(text) {
                places = isPart && !name.isYearName ? [] : cells(name, rest)
                if let head = rest.isEmpty ? nil : Optional(rest), !places.isEmpty { open = head }
            } else if let (name, head) = headFirst(text, &open) {
                places = cells(name, head)
            } else {
                places = totals(text, figure, sentence.years, line)
                if !isPart, let total = cellOfWhole(text, figure, before: String(letters[..<figure.range.lowerBound])) {
                    let quote = text + figure.digits + (figure.unit ?? "")
                    wholes.append(Whole(place: total.place, table: total.table, figure: figure, quote: quote))
                }
            }
            let fitting = places.filter { fits(figure, $0) }
            guard !fitting.isEmpty else {
                if values.count == 2, let gap = difference(values, clause, figure, line) { found.append(gap) }
                continue
            }
            if fitting.contains(where: { agrees(figure, $0.cell) }) {
                values = clause.contains("由") || clause.contains("从") ? [figure.value] : values + [figure.value]
                continue
            }
            let quote =
                String(letters[start..<figure.range.upperBound].drop { "，、：".contains($0) }) + (figure.unit ?? "")
            found.append(differs(quote, fitting[0].cell.printed, [line, fitting[0].row], figure))
        }
        return found.isEmpty ? wrong(wholes, line) : found
    }

    /// A number of the whole, under the word that heads a column, and what the row of totals has there.
    private struct Whole {
        var place: Place
        var table: Int
        var figure: StatedFigure
        var quote: String
    }

    /// `年初预算970万元，…，实际执行934万元`: a sentence that names no row, of the row of totals.
    private func cellOfWhole(_ text: String, _ figure: StatedFigure, before: String) -> (place: Place, table: Int)? {
        // Whose it is, stands at the beginning of a sentence or nowhere.
        let isFirst = before.hasSuffix(text) && before.count == text.count
        guard !names.contains(where: { !$0.isYearName && before.hasBytes(of: $0) }) else { return nil }
        let found = tables.indices.flatMap { index -> [(Place, Int)] in
            let table = tables[index]
            guard let row = table.grid.grandTotal else { return [] }
            return table.heads.filter { head in
                head.head.count > 2 && (isFirst ? text.hasSuffix(head.head) : text == head.head)
            }.compactMap { head in
                row.cells[head.column].flatMap { cell in
                    cell.isDash
                        ? nil : (Place(cell: cell, head: table.grid.heads[head.column], row: row.line), index)
                }
            }
        }
        return found.count == 1 && fits(figure, found[0].0, isBorneOut: true) ? found[0] : nil
    }

    /// The one number that is another than that of the row of totals, where two others of the sentence are those of the row.
    private func wrong(_ wholes: [Whole], _ line: ReportText.Line) -> [Finding] {
        let byTable = Dictionary(grouping: wholes, by: \.table).sorted { $0.key < $1.key }
        return byTable.flatMap { _, wholes -> [Finding] in
            let others = wholes.filter { !agrees($0.figure, $0.place.cell) }
            guard others.count == 1, let whole = others.first, wholes.count > 2 else { return [] }
            return [differs(whole.quote, whole.place.cell.printed, [line, whole.place.row], whole.figure)]
        }
    }

    /// A row that is named last before the number, and what stands between it and the number.
    private func named(_ text: String) -> (String, String)? {
        for name in names where text.hasBytes(of: name) {
            guard let place = text.ranges(of: name).last else { continue }
            // 除绿化管护外, 绿化管护等
            let rest = text[place.upperBound...]
            let before = text[..<place.lowerBound]
            if ["除", "比", "较", "与", "和", "及"].contains(where: before.hasSuffix) { return nil }
            // A year is a row where nobody else is spoken of.
            if name.isYearName, !["", "其中", "至", "到"].contains(before) { return nil }
            var head = String(rest)
            for lead in ["年度", "度", "的"] where head.hasPrefix(lead) { head.removeFirst(lead.count) }
            return head.isEmpty ? nil : (name, head)
        }
        return nil
    }

    /// `路面状况指数由2021年`, and `提高到2024年` behind it.
    private func headFirst(_ text: String, _ open: inout String?) -> (String, String)? {
        let bare = text.hasSuffix("的") ? String(text.dropLast()) : text
        guard let name = names.first(where: bare.endsWithBytes) else { return nil }
        let rest = String(bare.dropLast(name.count))
        for link in ["由", "从"] where rest.hasSuffix(link) {
            let head = String(rest.dropLast(link.count))
            open = head
            return head.isEmpty ? nil : (name, head)
        }
        guard let open,
            words["changed_to"].contains(where: rest.hasSuffix) || words["revised_to"].contains(where: rest.hasSuffix)
                || words["moved_up"].contains(where: rest.hasSuffix)
                || words["moved_down"].contains(where: rest.hasSuffix)
        else { return nil }
        return (name, open)
    }

    private func cells(_ name: String, _ text: String) -> [Place] {
        tables.flatMap { table -> [Place] in
            guard let row = table.rows.first(where: { $0.name == name })?.row else { return [] }
            return table.heads.filter {
                (!name.isYearName || $0.head.count > 2) && text.names($0.head, words["stated_fillers"])
            }.compactMap { head in
                table.grid.rows[row].cells[head.column].flatMap { cell in
                    cell.isDash
                        ? nil : Place(cell: cell, head: table.grid.heads[head.column], row: table.grid.rows[row].line)
                }
            }
        }
    }

    /// `总里程200公里`, `累计参与314.7万人次`: of the row of totals.
    private func totals(_ text: String, _ figure: StatedFigure, _ years: [Int], _ line: ReportText.Line) -> [Place] {
        guard let lead = words["total_leads"].filter(text.hasBytes).max(by: { $0.count < $1.count }) else { return [] }
        let parts = text.split(separator: lead, maxSplits: 1, omittingEmptySubsequences: false)
        // 全县公路总里程 is another one.
        guard parts.count == 2, let before = parts.first else { return [] }
        let isOther = !(before.isEmpty || before.hasSuffix("年") || before.count <= 2)
        let name = String(parts[1])
        let exact = tables.flatMap { table in
            table.heads.filter { $0.head == name }.map { (table, $0.column) }
        }
        if exact.count == 1 {
            let places = total(exact[0].0, exact[0].1)
            return isOther ? places.filter { figure.value.hasSwapped(digitsOf: $0.cell.value) } : places
        }
        guard exact.isEmpty, !isOther, let near = tables.last(where: { $0.grid.head.number < line.number }) else {
            return []
        }
        let fitting = near.heads.filter { head in
            guard let unit = near.grid.heads[head.column].unitInBrackets, figure.behind.hasPrefix(unit) else {
                return false
            }
            return true
        }
        guard fitting.count == 1, fitting[0].head.sharedLength(with: name) > 1 else { return [] }
        // Of money there are many kinds: 年运行补贴 is not what the table has as 年补贴.
        let head = fitting[0].head
        if figure.yuan != nil, !head.hasSuffix(name), !name.hasSuffix(head), !head.hasPrefix(name) { return [] }
        // 近两年累计 is no sum of all rows; 2021—2024年累计 is one of a table of these years.
        let own = near.rows.compactMap { Int($0.name.prefix(4)) }
        if before.hasSuffix("年") || !years.isEmpty && !own.isEmpty {
            guard let first = own.min(), let last = own.max(), years.min() == first, years.max() == last,
                !before.hasSuffix("年") || before.contains(where: \.isPlainDigit)
            else {
                return []
            }
        }
        return total(near, fitting[0].column)
    }

    private func total(_ table: Table, _ column: Int) -> [Place] {
        guard let row = table.grid.rows.last,
            row.isTotal || words["cumulative"].contains(where: row.name.folded.hasPrefix),
            let cell = row.cells[column], !cell.isDash, table.grid.heads[column].unitInBrackets != nil
        else { return [] }
        return [Place(cell: cell, head: table.grid.heads[column], row: row.line)]
    }

    /// Whether a number can be that of a cell: percentages under heads of rates, money under no unit but its own.
    ///
    /// - Parameter isBorneOut: whether other numbers say that it is meant: money may be as round as it likes then.
    private func fits(_ figure: StatedFigure, _ place: Place, isBorneOut: Bool = false) -> Bool {
        let isRate = place.cell.isPercent || words["rate_heads"].contains(where: place.head.hasBytes)
        if figure.behind.hasPrefix("%") != isRate { return false }
        if isRate { return true }
        guard let unit = place.head.unitInBrackets else {
            return figure.yuan == nil || place.cell.isTelling || isBorneOut
        }
        if unit.hasSuffix("元") { return figure.yuan != nil || figure.behind.hasPrefix("亿元") }
        return figure.behind.hasPrefix(unit)
    }

    private func agrees(_ figure: StatedFigure, _ cell: NumberGrid.Cell) -> Bool {
        let places = min(figure.value.places, cell.value.places)
        if figure.value.rounded(to: places) == cell.value.rounded(to: places) { return true }
        return [4, 8].contains { power in
            let scale = ExactDecimal(significand: 1, places: power)
            guard let down = try? cell.value * scale, let up = try? figure.value * scale else { return true }
            return down.rounded(to: figure.value.places) == figure.value
                || up.rounded(to: cell.value.places) == cell.value
        }
    }

    /// `由2021年的86.20提高到2024年的90.30，提高4.10`.
    private func difference(_ values: [ExactDecimal], _ clause: String, _ figure: StatedFigure, _ line: ReportText.Line)
        -> Finding?
    {
        guard (words["rises"] + words["falls"]).contains(clause), !figure.behind.hasPrefix("%"),
            let gap = try? (values[1] - values[0]).magnitude, gap != figure.value, gap.places <= figure.value.places
        else { return nil }
        return differs(clause + figure.digits, gap.description, [line], figure)
    }

    private func differs(_ quote: String, _ value: String, _ lines: [ReportText.Line], _ figure: StatedFigure)
        -> Finding
    {
        cellStated.rule.finding(
            message: LocalizedText(zh: "\"\(quote)\"：表中为 \(value)", en: "\"\(quote)\": the table has \(value)"),
            subject: quote,
            lines: lines.map(\.spot),
            expected: value,
            found: figure.digits
        )
    }
}

extension StatedFigure {
    fileprivate var isYearOfText: Bool {
        digits.count == 4 && behind.hasPrefix("年") && value >= 1990 && value <= 2100
    }
}

extension String {
    /// The years that stand in a text.
    fileprivate var years: [Int] {
        StatedFigure.all(in: self).filter { $0.digits.count == 4 }.compactMap { Int($0.digits) }.filter(
            (1990...2100).contains
        )
    }

    /// 2021年 of 2021, 2021年 and 2021年度.
    fileprivate var yearName: String? {
        let digits = prefix { $0.isPlainDigit }
        guard digits.count == 4, let year = Int(digits), (1990...2100).contains(year),
            ["", "年", "年度"].contains(String(dropFirst(4)))
        else { return nil }
        return digits + "年"
    }

    fileprivate var isYearName: Bool { count == 5 && hasSuffix("年") && dropLast().allSatisfy(\.isPlainDigit) }

    /// What stands in brackets behind a head, where it is a unit: 万人次 of 参与人次（万人次）.
    fileprivate var unitInBrackets: String? {
        guard let open = firstIndex(of: "（"), hasSuffix("）") else { return nil }
        let unit = self[index(after: open)...].dropLast()
        return (1...5).contains(unit.count) && !unit.contains(where: \.isPlainDigit) ? String(unit) : nil
    }

    /// Whether it calls a column by its head, or by the head's end: 执行率 for 预算执行率, 支付进度 for 支付进度.
    fileprivate func names(_ head: String, _ fillers: [String]) -> Bool {
        if self == head { return true }
        if count >= 3, head.hasSuffix(self) { return fillers.contains(String(head.dropLast(count))) }
        return head.count >= 3 && hasSuffix(head) && fillers.contains(String(dropLast(head.count)))
    }

    /// A number that bounds, and is none of the table: 95%以上.
    fileprivate var isBound: Bool {
        let rest = drop { !"以及左多上下，。".contains($0) }
        return ["以上", "以下", "以内", "及以上", "及以下", "左右", "多"].contains(where: rest.hasPrefix) && count - rest.count <= 3
    }
}
