import BudgetLines
import PrintedReports
import ReviewModel

/// An amount right behind the name of a row, or of a column, that the table has otherwise, where the sentence gives others of the same table rightly.
let amountsOfRows = DocumentRule(
    "document/amounts-of-rows",
    .error,
    title: LocalizedText(zh: "句中一项金额与表不符，其余相符", en: "one amount of a sentence is not that of its row, the others are"),
    manual: LocalizedText(
        zh: """
            "由建安工程费1,041.80万元和其他费用67.72万元组成""其中建安工程费审减71.10万元，其他费用审减11.42万元""2026年安排718.90万元，2027年安排308.10万元"：名称（表中一行，包括"一、""二、"分组行；或一栏）后紧接金额，\
            同句至少另有一项与表中同一栏（行）相符、或给出该栏合计，而这一项在该表中没有的，列出。
            """,
        en: """
            由建安工程费1,041.80万元和其他费用67.72万元组成, 其中建安工程费审减71.10万元，其他费用审减11.42万元, 2026年安排718.90万元，2027年安排308.10万元: amounts right behind the names of rows, those of groups (一、 二、) among them, or of columns. \
            Where another of the sentence, or its total, is that of the same column (row) and one is nowhere in its own row, it is told.
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
                    序号\t费用名称\t单位\t报审金额（元）
                    一\t建安工程费\t\t4,584,600.00
                    1\t清淤\tm³\t3,980,200.00
                    2\t护岸\tm\t604,400.00
                    二\t其他费用\t\t236,150.00
                    3\t设计费\t项\t132,000.00
                    4\t监理费\t项\t104,150.00
                    合计\t\t\t4,820,750.00

                    ↓报审总投资4,820,750.00元，由建安工程费4,548,600.00元和其他费用236,150.00元组成。
            """,
            zh: "\"建安工程费4548600.00元\"：表中该行为 4,584,600.00，同句其余各项与表相符",
            en: "\"建安工程费4548600.00元\": the table has 4,584,600.00, and the other amounts of the sentence"
        ),
        .good(
            """
            pipeline:
              document:
                use: document-auditor
                with:
                  report: |
                    序号\t费用名称\t单位\t报审金额（元）
                    一\t建安工程费\t\t4,584,600.00
                    1\t清淤\tm³\t3,980,200.00
                    2\t护岸\tm\t604,400.00
                    二\t其他费用\t\t236,150.00
                    3\t设计费\t项\t132,000.00
                    4\t监理费\t项\t104,150.00
                    合计\t\t\t4,820,750.00

                    报审总投资4,820,750.00元，由建安工程费4,584,600.00元和其他费用236,150.00元组成。
            """
        ),
    ],
    check: { audit, findings in
        let tables = audit.allGrids.flatMap(NamedAmounts.both)
        if tables.isEmpty { return }
        findings.add(sharesOfRows(audit, tables, findings.told))
        let told = findings.told
        let links = AmountLinks(audit.report.words)
        for line in audit.report.body where !line.isTableRow && !told.contains(line.spot) {
            guard line.folded.hasBytes(of: "元") else { continue }
            for sentence in line.folded.withoutThousands.split(whereSeparator: { "。；".contains($0) }) {
                if let found = checkAmounts(String(sentence), tables, links, line) { findings.add([found]) }
            }
        }
    }
)

/// The words that may stand between a name and its amount.
private struct AmountLinks {
    let sides: [String]
    let plain: [String]

    init(_ words: ReportWords) {
        sides = words["asked_heads"] + words["granted_heads"] + words["cut_verbs"] + words["allots"]
        plain = ["", "金额", "额", "了", "资金", "投资"] + words["stated_links"]
    }

    /// Whether a text is nothing but a link: 审减, 审减金额为, 安排.
    func isLink(_ text: String) -> Bool {
        if plain.contains(text) { return true }
        guard text.count <= 8 else { return false }
        return sides.contains { side in
            guard text.hasPrefix(side) else { return false }
            let rest = String(text.dropFirst(side.count))
            return plain.contains(rest)
                || plain.contains { rest.hasPrefix($0) && plain.contains(String(rest.dropFirst($0.count))) }
        }
    }
}

/// A table as names with the amounts of each: its rows with a value for each column, or its columns with one for each row.
struct NamedAmounts {
    struct Entry {
        var name: String
        var spots: [Spot]
        var cells: [Int: NumberGrid.Cell]
    }

    var entries: [Entry]
    /// What the whole comes to, in the same places.
    var whole: [Int: NumberGrid.Cell]

    static func both(_ grid: NumberGrid) -> [NamedAmounts] {
        let amounts = grid.numeric.filter { column in
            !grid.words.isNotAdded(grid.heads[column])
                && !grid.words["quantity"].contains(where: grid.heads[column].hasSuffix)
        }
        guard !amounts.isEmpty else { return [] }
        func cells(_ row: Int) -> [Int: NumberGrid.Cell] {
            Dictionary(
                uniqueKeysWithValues: amounts.compactMap { column in grid.rows[row].cells[column].map { (column, $0) } }
            )
        }
        let total = grid.rows.indices.last { grid.isSum($0) }
        let rows = grid.rows.indices.filter { !grid.isSum($0) }.map { row in
            Entry(name: grid.rows[row].name.folded.nameOfGroup, spots: [grid.rows[row].line.spot], cells: cells(row))
        }
        var found = [NamedAmounts(entries: rows.named, whole: total.map(cells) ?? [:])]
        if amounts.count > 2, let total {
            let columns = amounts.map { column in
                let all = grid.rows.indices.compactMap { row in grid.rows[row].cells[column].map { (row, $0) } }
                return Entry(
                    name: grid.heads[column].bareHead,
                    spots: [grid.rows[total].line.spot],
                    cells: Dictionary(uniqueKeysWithValues: all)
                )
            }
            found.append(NamedAmounts(entries: columns.named, whole: [:]))
        }
        return found.filter { $0.entries.count > 1 }
    }
}

extension [NamedAmounts.Entry] {
    /// Those that have a name of their own, which says something.
    fileprivate var named: [NamedAmounts.Entry] {
        let times = Dictionary(map { ($0.name, 1) }, uniquingKeysWith: +)
        return filter { $0.name.count > 2 && times[$0.name] == 1 && !$0.cells.isEmpty }
    }
}

extension NamedAmounts {
    /// The share of an entry in the whole of a column, as exactly as a text has it.
    func share(_ entry: Entry, _ column: Int, _ places: Int) -> ExactDecimal? {
        guard let own = entry.cells[column], let total = whole[column], total.value > 0, !own.isPercent else {
            return nil
        }
        return (try? ExactDecimal.percentage(own.value, of: total.value, places: places)) ?? nil
    }
}

private struct Said {
    var entry: NamedAmounts.Entry
    var figure: StatedFigure
    var quote: String
    /// Where the table has it.
    var places: Set<Int>
}

private func checkAmounts(
    _ sentence: String,
    _ tables: [NamedAmounts],
    _ links: AmountLinks,
    _ line: ReportText.Line
) -> Finding? {
    let letters = Array(sentence)
    let figures = StatedFigure.all(in: sentence).filter { $0.yuan != nil && !$0.behind.isRateOfUnit }
    guard figures.count > 1 else { return nil }
    var wrong: [(Said, ExactDecimal)] = []
    var right: Set<Int> = []
    for table in tables {
        let said = figures.compactMap { figure -> Said? in
            let start = letters[..<figure.range.lowerBound].lastIndex { "，、：（）和及与".contains($0) }.map { $0 + 1 } ?? 0
            let lead = String(letters[max(start, figure.range.lowerBound - 30)..<figure.range.lowerBound])
            guard
                let entry = table.entries.filter({ lead.hasBytes(of: $0.name) }).max(by: {
                    $0.name.count < $1.name.count
                }),
                let place = lead.ranges(of: entry.name).last, links.isLink(String(lead[place.upperBound...])),
                ["", "其中", "由", "包括", "即", "含", "其中："].contains(String(lead[..<place.lowerBound]))
            else { return nil }
            let places = entry.cells.filter { !$0.value.isDash && figure.isSame(as: $0.value) }.keys
            return Said(
                entry: entry,
                figure: figure,
                quote: lead[place.lowerBound...] + figure.digits + (figure.unit ?? ""),
                places: Set(places)
            )
        }
        right.formUnion(said.filter { !$0.places.isEmpty }.map(\.figure.range.lowerBound))
        let others = said.filter(\.places.isEmpty)
        guard others.count == 1, let other = others.first, other.figure.telling > 2 else { continue }
        // Parts that make another amount of the sentence are of that, and of no column.
        let parts = said.compactMap(\.figure.yuan)
        if let sum = try? ExactDecimal.sum(parts), parts.count > 1, figures.contains(where: { $0.yuan == sum }) {
            continue
        }
        // Each of the others, and the whole where it is said, must be of one column.
        var common: Set<Int>?
        for place in said where !place.places.isEmpty && place.entry.name != other.entry.name {
            common = common.map { $0.intersection(place.places) } ?? place.places
        }
        let wholes = Set(
            table.whole.filter { _, cell in
                cell.digits > 3 && figures.contains { $0.telling > 3 && $0.isSame(as: cell) }
            }.keys
        )
        let columns =
            common.map { wholes.isEmpty ? $0 : ($0.intersection(wholes).isEmpty ? $0 : $0.intersection(wholes)) }
            ?? wholes
        let meant = columns.compactMap { other.entry.cells[$0] }.filter { !$0.isDash && !$0.isPercent }
        guard let first = meant.first, meant.allSatisfy({ $0.value == first.value }),
            !figures.contains(where: { $0.isSame(as: first) })
        else { continue }
        wrong.append((other, first.value))
    }
    guard let (said, value) = wrong.first, wrong.allSatisfy({ !right.contains($0.0.figure.range.lowerBound) }) else {
        return nil
    }
    return otherAmount(said, value, line)
}

private func otherAmount(_ said: Said, _ value: ExactDecimal, _ line: ReportText.Line) -> Finding {
    amountsOfRows.rule.finding(
        message: LocalizedText(
            zh: "\"\(said.quote)\"：表中该行为 \(value.grouped)，同句其余各项与表相符",
            en: "\"\(said.quote)\": the table has \(value.grouped), and the other amounts of the sentence"
        ),
        subject: said.quote,
        lines: [line.spot] + said.entry.spots,
        expected: value.grouped,
        found: said.figure.digits,
        hint: LocalizedText(zh: "请按表更正该金额", en: "correct the amount by the table")
    )
}

extension String {
    /// The name of a row without the number before it: 建安工程费 of 一、建安工程费 and （一）建安工程费.
    var nameOfGroup: String {
        var text = self[...]
        let numerals = "一二三四五六七八九十"
        if text.hasPrefix("（"), let end = text.firstIndex(of: "）"),
            text[..<end].dropFirst().allSatisfy({ numerals.contains($0) || $0.isPlainDigit })
        {
            text = text[text.index(after: end)...]
        } else if let mark = text.firstIndex(where: { "、.．".contains($0) }), text[..<mark].allSatisfy(numerals.contains)
        {
            text = text[text.index(after: mark)...]
        }
        return String(text).bareName
    }

    /// 元/m³, 元每台: a price.
    fileprivate var isRateOfUnit: Bool {
        let rest = drop { "万元".contains($0) }
        return rest.hasPrefix("/") || rest.hasPrefix("每")
    }
}
