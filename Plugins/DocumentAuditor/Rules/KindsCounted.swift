import BudgetLines
import PrintedReports
import ReviewModel

/// How many rows of each kind a sentence counts, and what they come to, beside the column that says of what kind each row is.
let kindsCounted = DocumentRule(
    "document/kinds-counted",
    .error,
    title: LocalizedText(zh: "正文所写各类个数与表不符", en: "counts of kinds that the column of the table does not make"),
    manual: LocalizedText(
        zh: """
            表中一栏只有少数几个词（优、良、中、差，同意、部分同意、不同意，调增、调减、不变……）的，正文"优的3项、良的4项""同意2项，部分同意4项，不同意1项"应为各词的行数；"8项……中"应为总行数；\
            "建议立项3个，审核金额457.00万元"应为这些行该栏之和；"优良率为87.50%"应为其行数占比。几张表都有这些词的，与每一张都不符、又至少有一个数与其中一张相符时才列出；句中各数之和等于句中所写总数而\
            不等于行数的，说的是别的，不列。
            """,
        en: """
            Where a column has few words again and again (优 良 中 差; 同意 部分同意 不同意), 优的3项、良的4项 are its rows of each word, 8项…中 all of them, 建议立项3个，审核金额457.00万元 the sum of another column over such rows, \
            and 优良率为87.50% their share. Told where no table agrees and one agrees in one number at least; counts that make a total of their own, which is not that of the table, are of something else.
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
                    序号\t评价内容\t评价等级
                    1\t立项规范性\t优
                    2\t目标合理性\t良
                    3\t到位及时性\t优
                    4\t合同管理\t中
                    ↓4项内容中，评为优的3项、良的1项、中的1项。
            """,
            zh: "\"优\"写为 3 项，表中\"评价等级\"一栏为 2 行",
            en: "优 is counted as 3, the column 评价等级 has 2"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    序号\t评价内容\t评价等级
                    1\t立项规范性\t优
                    2\t目标合理性\t良
                    3\t到位及时性\t优
                    4\t合同管理\t中
                    4项内容中，评为优的2项、良的1项、中的1项，优良率为75.00%。
            """
        ),
    ],
    check: { audit, findings in
        let columns = KindColumn.all(audit.grids)
        if columns.isEmpty { return }
        let told = findings.told
        for line in audit.report.body where !line.isTableRow && !told.contains(line.spot) {
            guard line.folded.contains(where: \.isPlainDigit) else { continue }
            for sentence in line.folded.split(separator: "。").map(String.init) {
                findings.add(check(sentence, line, columns, audit.report.words))
            }
        }
    }
)

private typealias Reading = (column: KindColumn, mentions: [KindMention])

private func check(_ sentence: String, _ line: ReportText.Line, _ columns: [KindColumn], _ words: ReportWords)
    -> [Finding]
{
    if words["past_year"].contains(where: sentence.hasBytes) || sentence.saysYear { return [] }
    let readings = columns.map { (column: $0, mentions: KindMention.all(in: sentence, $0.kinds, words)) }
        .filter { reading in
            let kinds = reading.mentions.map(\.kind)
            return kinds.count > 1 && Set(kinds).count == kinds.count
        }
    guard let most = readings.map(\.mentions.count).max() else { return [] }
    let fitting = readings.filter { $0.mentions.count == most }
    func agreeing(_ reading: Reading) -> Int {
        reading.mentions.count { reading.column.counts[$0.kind] == $0.count }
    }
    let total = total(before: fitting[0].mentions[0], in: sentence)
    // A table of as many rows as there are said to be is the one that is meant.
    func rank(_ reading: Reading) -> (Int, Int) {
        let isWhole = agreeing(reading) == most || reading.column.rows.count == total
        return (isWhole ? 1 : 0, agreeing(reading))
    }
    guard let best = fitting.max(by: { rank($0) < rank($1) }), agreeing(best) > 0 else { return [] }
    let sum = best.mentions.map(\.count).reduce(0, +)
    guard agreeing(best) == most else {
        // 产出指标5项中，调减2项、不变3项: some of the rows.
        if let total, total == sum, total != best.column.rows.count { return [] }
        return best.mentions.compactMap { mention in
            let rows = best.column.counts[mention.kind] ?? 0
            return rows == mention.count ? nil : otherCount(mention, rows, best.column, line)
        }
    }
    var found: [Finding] = []
    if let total, total != sum, sum == best.column.rows.count,
        Set(best.mentions.map(\.kind)).count == best.column.kinds.count
    {
        found.append(otherTotal(total, sum, best.column, line))
    }
    let amounts = fitting.filter { agreeing($0) == most }.map { sums(sentence, $0, line) }
    if amounts.allSatisfy({ !$0.isEmpty }), let first = amounts.first { found += first }
    return found + share(sentence, best.column, line, words)
}

/// `8项管理内容中，` or `共7个，其中` before the first of the counts.
private func total(before mention: KindMention, in sentence: String) -> Int? {
    let letters = Array(sentence)
    let figures = StatedFigure.all(in: sentence).filter {
        $0.range.upperBound <= mention.range.lowerBound && $0.behind.first == mention.unit && $0.value.places == 0
    }
    guard let figure = figures.last(where: { $0.range != mention.range }), let count = Int(figure.digits) else {
        return nil
    }
    let between = String(letters[figure.range.upperBound..<mention.range.lowerBound])
    guard let comma = between.firstIndex(of: "，") else { return nil }
    let isAll = between[..<comma].hasSuffix("中") || between[comma...].hasPrefix("，其中")
    return isAll && between.distance(from: between.startIndex, to: comma) <= 14 ? count : nil
}

/// `建议立项3个，审核金额457.00万元`: the sum of a column over the rows of the kind.
private func sums(_ sentence: String, _ reading: Reading, _ line: ReportText.Line) -> [Finding] {
    let (letters, grid) = (Array(sentence), reading.column.grid)
    let figures = StatedFigure.all(in: sentence)
    return reading.mentions.compactMap { mention in
        guard let figure = figures.first(where: { $0.range.lowerBound > mention.range.upperBound }), figure.yuan != nil
        else { return nil }
        let lead = String(letters[(mention.range.upperBound + 1)..<figure.range.lowerBound])
        guard lead.count <= 14, lead.filter({ $0 == "，" }).count == 1, !lead.contains("；") else { return nil }
        let name = lead.strippedEnds(["合计", "共", "共计", "为"])
        let columns = grid.numeric.filter { column in
            let head = grid.heads[column].bareHead
            return head.count > 1 && name.hasSuffix(head) && !grid.heads[column].contains("率")
        }
        guard columns.count == 1, let column = columns.first else { return nil }
        let cells = reading.column.rows.filter { reading.column.kind($0) == mention.kind }.map {
            $0.cells[column]?.value
        }
        guard cells.count == mention.count, let sum = try? ExactDecimal.sum(cells.compactMap(\.self)),
            cells.allSatisfy({ $0 != nil }), !figure.isMoney(sum)
        else { return nil }
        return otherSum(mention, figure, sum, grid.heads[column].bareHead, line)
    }
}

/// `优良率为87.50%`, `优良项目占71.43%`: the rows of kinds that one letter names.
private func share(_ sentence: String, _ column: KindColumn, _ line: ReportText.Line, _ words: ReportWords) -> [Finding]
{
    let letters = Array(sentence)
    for figure in StatedFigure.all(in: sentence) where figure.behind.hasPrefix("%") {
        let clause = String(letters[..<figure.range.lowerBound].split { "，；：、（".contains($0) }.last ?? [])
        let name = clause.strippedEnds(words["share_tails"])
        let run = Array(name.reversed().prefix { column.kinds.contains(String($0)) })
        guard run.count > 1, Set(run).count == run.count, name.count < clause.count else { continue }
        let count = run.map { column.counts[String($0)] ?? 0 }.reduce(0, +)
        guard
            let made = try? ExactDecimal.percentage(
                ExactDecimal(count),
                of: ExactDecimal(column.rows.count),
                places: figure.value.places
            ), made != figure.value
        else { continue }
        return [otherShare(String(run.reversed()), figure, made, count, column, line)]
    }
    return []
}

extension String {
    /// Whether a year stands in it: what it counts is of that year.
    var saysYear: Bool {
        StatedFigure.all(in: self).contains {
            $0.digits.count == 4 && $0.behind.hasPrefix("年") && $0.value >= 1990 && $0.value <= 2100
        }
    }

    /// A head without what stands in brackets behind it: 核减金额 of 核减金额（元）.
    var bareHead: String { String(prefix { !"（(".contains($0) }) }
}

extension StatedFigure {
    /// Whether it is an amount that a table has in 元, in 万元 or in 亿元.
    func isMoney(_ other: ExactDecimal) -> Bool {
        let shown = other.rounded(to: value.places)
        if value == shown { return true }
        guard let yuan else { return false }
        if yuan == other { return true }
        let scaled = try? other * 10_000
        // As many places as it is printed with.
        let own = behind.hasPrefix("万元") ? try? other.divided(by: 10_000, places: value.places) : nil
        return yuan == scaled || value == own
    }
}

// MARK: - Messages

private func otherCount(_ mention: KindMention, _ rows: Int, _ column: KindColumn, _ line: ReportText.Line) -> Finding {
    let head = column.grid.heads[column.column]
    return kindsCounted.rule.finding(
        message: LocalizedText(
            zh: "\"\(mention.kind)\"写为 \(mention.count) \(mention.unit)，表中\"\(head)\"一栏为 \(rows) 行",
            en: "\(mention.kind) is counted as \(mention.count), the column \(head) has \(rows)"
        ),
        subject: mention.kind,
        lines: [line.spot, column.grid.head.spot],
        expected: "\(rows)",
        found: "\(mention.count)"
    )
}

private func otherTotal(_ total: Int, _ sum: Int, _ column: KindColumn, _ line: ReportText.Line) -> Finding {
    kindsCounted.rule.finding(
        message: LocalizedText(
            zh: "写为共 \(total)，所列各类合计 \(sum)，表中也是 \(sum) 行",
            en: "\(total) in all are stated; the kinds make \(sum), and so many rows the table has"
        ),
        subject: "total",
        lines: [line.spot, column.grid.head.spot],
        expected: "\(sum)",
        found: "\(total)"
    )
}

private func otherSum(
    _ mention: KindMention,
    _ figure: StatedFigure,
    _ sum: ExactDecimal,
    _ head: String,
    _ line: ReportText.Line
) -> Finding {
    kindsCounted.rule.finding(
        message: LocalizedText(
            zh:
                "\"\(mention.kind)\"\(mention.count) \(mention.unit)的\(head)写为 \(figure.value.grouped)，表中这些行合计 \(sum.grouped)",
            en: "\(head) of \(mention.kind) is stated as \(figure.value.grouped); these rows make \(sum.grouped)"
        ),
        subject: "\(mention.kind) \(head)",
        lines: [line.spot],
        expected: sum.grouped,
        found: figure.value.grouped
    )
}

private func otherShare(
    _ kinds: String,
    _ figure: StatedFigure,
    _ made: ExactDecimal,
    _ count: Int,
    _ column: KindColumn,
    _ line: ReportText.Line
) -> Finding {
    kindsCounted.rule.finding(
        message: LocalizedText(
            zh: "\"\(kinds)\"占比写为 \(figure.digits)%，表中 \(column.rows.count) 行有 \(count) 行，为 \(made)%",
            en: "\(kinds) is stated as \(figure.digits)%; \(count) of \(column.rows.count) rows are \(made)%"
        ),
        subject: kinds,
        lines: [line.spot, column.grid.head.spot],
        expected: "\(made)%",
        found: "\(figure.digits)%"
    )
}
