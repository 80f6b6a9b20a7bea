import BudgetLines
import PrintedReports
import ReviewModel

/// A sentence that compares two rows of a table by another difference, or another growth, than the table has.
let rowsCompared = DocumentRule(
    "document/rows-compared",
    .error,
    title: LocalizedText(zh: "正文所写两行之差、增幅与表不符", en: "a difference of two rows that the table does not make"),
    manual: LocalizedText(
        zh: """
            正文写"2024年比2023年增加155.00万元，增长7.14%""第四届……比第三届增加28家"而表中有这两行的，差额和增减率应为某一列的差额和增减率，方向也应相同。表中没有一列如此，\
            而所写的数与某一列只差一位数字、两位颠倒，或前面的文字与列名相同的，列出。
            """,
        en: """
            Where a sentence compares two rows of a table, 2024年比2023年增加155.00万元，增长7.14%, the difference and the growth are those of one of its columns, and go its way. Told where no column has them and the number is that of a \
            column but for one digit or two that changed places, or the words before it name the column.
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
                    届次\t参展企业（家）\t观众（万人次）
                    第三届\t182\t4.6
                    第四届\t210\t5.5
                    ↓第四届参展企业比第三届增加26家。
            """,
            zh: "\"第四届参展企业比第三届增加26家\"：表中相差 28",
            en: "\"第四届参展企业比第三届增加26家\": the table has a difference of 28"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    届次\t参展企业（家）\t观众（万人次）
                    第三届\t182\t4.6
                    第四届\t210\t5.5
                    第四届参展企业比第三届增加28家，增长15.38%；门票收入比第三届增加30万元。
            """
        ),
    ],
    check: { audit, findings in
        let tables = audit.grids.compactMap { ComparedTable($0) }
        if tables.isEmpty { return }
        let told = findings.told
        for line in audit.report.body where !line.isTableRow && !told.contains(line.spot) {
            guard line.folded.hasBytes(of: "比") || line.folded.hasBytes(of: "较") else { continue }
            for sentence in line.folded.split(whereSeparator: { "。；".contains($0) }) {
                findings.add(check(String(sentence), line, tables))
            }
        }
    }
)

/// A table with the names that sentences compare its rows by.
private struct ComparedTable {
    let grid: NumberGrid
    let names: [(name: String, row: Int)]

    init?(_ grid: NumberGrid) {
        var names: [(String, Int)] = []
        for (index, row) in grid.rows.enumerated() where !row.isTotal {
            for cell in row.texts.prefix(2) {
                var name = String(cell.folded.prefix { !"（(".contains($0) })
                if name.count == 4, let year = Int(name), (1990...2100).contains(year) { name += "年" }
                if name.hasSuffix("年度") { name.removeLast() }
                if name.count >= 3, name.count <= 12,
                    NumberGrid.Cell(cell).map({ $0.value.places == 0 && name.hasSuffix("年") }) ?? true
                {
                    names.append((name, index))
                }
            }
        }
        let times = Dictionary(names.map { ($0.0, 1) }, uniquingKeysWith: +)
        self.names = names.filter { times[$0.0] == 1 }
        guard self.names.count > 1 else { return nil }
        self.grid = grid
    }
}

private func check(_ sentence: String, _ line: ReportText.Line, _ tables: [ComparedTable]) -> [Finding] {
    let figures = StatedFigure.all(in: sentence)
    let letters = Array(sentence)
    for (index, figure) in figures.enumerated() {
        let start = index > 0 ? figures[..<index].last { !isYear($0) }?.range.upperBound ?? 0 : 0
        let lead = String(letters[start..<figure.range.lowerBound])
        guard let isUp = direction(lead), let place = lead.firstBytes(of: "比") ?? lead.firstBytes(of: "较") else {
            continue
        }
        let behind = lead[place.upperBound...]
        let before = String(letters[..<start]) + lead[..<place.lowerBound]
        var (found, isMade) = ([(column: Int, gap: ExactDecimal, base: ExactDecimal)](), false)
        for table in tables {
            // The one that is compared with stands right behind 比, the other one before it.
            guard let base = table.names.first(where: { behind.hasPrefix($0.name) }),
                let own = table.names.filter({ $0.row != base.row }).compactMap({ name in
                    before.lastPlace(of: name.name).map { (name, $0) }
                }).max(by: { $0.1 < $1.1 })?.0
            else { continue }
            let gaps = differences(table, own.row, base.row, figure)
            let words = before + behind
            for gap in gaps {
                if gap.gap.magnitude == figure.value { isMade = isMade || gap.gap.isNegative != isUp }
            }
            found += gaps.filter { gap in
                let head = String(table.grid.heads[gap.column].prefix { !"（(".contains($0) })
                let isNamed =
                    head.count >= 2
                    && [own.name, base.name].contains { name in
                        ["", "度", "的"].contains { words.hasBytes(of: name + $0 + head) }
                    }
                // Few digits are alike by chance, unless the unit is that of the head.
                let saysUnit = head.count < table.grid.heads[gap.column].count
                return isNamed || gap.gap.magnitude == figure.value
                    || gap.gap.magnitude.isSlip(of: figure.value) && (saysUnit || figure.telling > 2)
            }
            if isMade {
                found = growths(table, gaps, figures.dropFirst(index + 1).first, letters, figure, isUp).map {
                    ($0.column, $0.rate, $0.base)
                }
            }
            if isMade, let other = found.first, let rate = figures.dropFirst(index + 1).first {
                return [differs(String(letters[start..<rate.range.upperBound]) + "%", "\(other.gap)%", line)]
            }
        }
        if isMade { continue }
        if let gap = found.first {
            let quote = String(letters[max(0, start)..<figure.range.upperBound]) + (figure.unit ?? "")
            let sign = gap.gap.isNegative == isUp ? (isUp ? "−" : "+") : ""
            return [differs(quote.trimmedOfMarks, sign + "\(gap.gap.magnitude)", line)]
        }
    }
    return []
}

private func isYear(_ figure: StatedFigure) -> Bool {
    figure.value.places == 0 && figure.value >= 1990 && figure.value <= 2100 && figure.behind.hasPrefix("年")
}

/// What the columns of a unit differ by.
private func differences(_ table: ComparedTable, _ own: Int, _ base: Int, _ figure: StatedFigure) -> [(
    column: Int, gap: ExactDecimal, base: ExactDecimal
)] {
    let (one, two) = (table.grid.rows[own], table.grid.rows[base])
    let unit = figure.unit ?? String(figure.behind.prefix(1))
    let isPoints = unit == "个百分点"
    return table.grid.numeric.compactMap { column in
        guard let a = one.cells[column], let b = two.cells[column], !a.isDash, !b.isDash, a.isPercent == isPoints,
            b.isPercent == isPoints, let gap = try? a.value - b.value, !table.grid.holdsYears(column)
        else { return nil }
        // A unit in the head is the one of the sentence; 元 beside 万元 is another one.
        let head = table.grid.heads[column]
        if let open = head.lastIndex(where: { "（(".contains($0) }) {
            let own = String(head[head.index(after: open)...].dropLast())
            if !isPoints, own != unit, !own.isEmpty { return nil }
        }
        return (column, gap, b.value)
    }
}

/// What grew by so much, and by another rate than the sentence has.
private func growths(
    _ table: ComparedTable,
    _ gaps: [(column: Int, gap: ExactDecimal, base: ExactDecimal)],
    _ rate: StatedFigure?,
    _ letters: [Character],
    _ figure: StatedFigure,
    _ isUp: Bool
) -> [(column: Int, rate: ExactDecimal, base: ExactDecimal)] {
    guard let rate, rate.behind.hasPrefix("%") else { return [] }
    let lead = String(letters[figure.range.upperBound..<rate.range.lowerBound])
    guard lead.hasSuffix("增长") || lead.hasSuffix("下降") || lead.hasSuffix("增幅") || lead.hasSuffix("降幅"), lead.count <= 10
    else {
        return []
    }
    let made = gaps.filter { $0.gap.magnitude == figure.value }.compactMap {
        gap -> (column: Int, rate: ExactDecimal, base: ExactDecimal)? in
        guard gap.base > 0,
            let value = try? ExactDecimal.percentage(gap.gap.magnitude, of: gap.base, places: max(2, rate.value.places))
        else { return nil }
        return (gap.column, value, gap.base)
    }
    let step = ExactDecimal(significand: 1, places: rate.value.places)
    let isRight = made.contains { value in (try? (value.rate - rate.value).magnitude <= step) ?? true }
    return isRight ? [] : made
}

private func direction(_ lead: String) -> Bool? {
    if ["增加", "增长", "提高", "上升", "多", "高"].contains(where: lead.hasSuffix) { return true }
    return ["减少", "下降", "降低", "少", "低"].contains(where: lead.hasSuffix) ? false : nil
}

extension ExactDecimal {
    /// Whether two numbers have the same digits but for one, or for two neighbours that changed places.
    fileprivate func isSlip(of other: ExactDecimal) -> Bool {
        let (one, two) = (Array(withoutTrailingZeros.description), Array(other.withoutTrailingZeros.description))
        guard one.count == two.count, one.count > 1 else { return false }
        let off = one.indices.filter { one[$0] != two[$0] }
        return off.count == 1 || off.count == 2 && one[off[0]] == two[off[1]] && one[off[1]] == two[off[0]]
    }
}

extension String {
    fileprivate func lastPlace(of word: String) -> Int? {
        // 比松溪镇高0.40万元，比柏塘镇低0.20万元: what was compared with is not what is compared.
        ranges(of: word).last { place in !["比", "较"].contains(where: self[..<place.lowerBound].hasSuffix) }.map {
            distance(from: startIndex, to: $0.lowerBound)
        }
    }

    fileprivate var trimmedOfMarks: String { String(drop { "，、：".contains($0) }) }
}

// MARK: - Messages

private func differs(_ quote: String, _ made: String, _ line: ReportText.Line) -> Finding {
    rowsCompared.rule.finding(
        message: LocalizedText(
            zh: "\"\(quote.trimmedOfMarks)\"：表中相差 \(made)",
            en: "\"\(quote.trimmedOfMarks)\": the table has a difference of \(made)"
        ),
        subject: quote,
        lines: [line.spot],
        expected: made,
        found: quote
    )
}
