import BudgetLines
import ExcelBooks
import ReviewModel
import Rubrics

/// What scores are held against: the bands of the verdict, the levels of each scale, tables that give a level for levels.
/// Formulas of the score sheet look things up here.
struct StandardSheet {
    let name: String
    private let locale: Locale
    private let bands: [(verdict: Verdict, range: ScoreRange)]
    private let scales: [RubricScale]
    private let tables: [[String: String]]

    init?(_ outline: ScoreOutline, _ locale: Locale, _ name: (String) -> String) {
        bands = outline.bands
        var scales: [RubricScale] = []
        var tables: [[String: String]] = []
        for row in [nil] + outline.rows.indices.map(Optional.some) {
            let scale = outline.scale(row)
            // Names that a look-up would take for patterns are left to people.
            let isPlain = !scale.levels.contains { level in level.name.contains { "*?~".contains($0) } }
            if !scale.levels.isEmpty, isPlain, !scales.contains(scale) { scales.append(scale) }
            switch outline.aggregation(row) {
            case .table(let table), .matrix(let table): if !tables.contains(table) { tables.append(table) }
            case .sum, .mean, .weakest, .none: break
            }
        }
        (self.scales, self.tables, self.locale) = (scales, tables, locale)
        guard !bands.isEmpty || !scales.isEmpty else { return nil }
        self.name = name(title(locale))
    }

    var rowCount: Int { bands.count + scales.reduce(0) { $0 + $1.levels.count } + tables.reduce(0) { $0 + $1.count } }

    // MARK: - Where things stand

    /// Each part has a line for its name and one for its heads, and an empty one behind it.
    private var bandRow: Int { Grid.headRow + 2 }

    private func scaleRow(_ position: Int) -> Int {
        let before = scales.prefix(position).reduce(0) { $0 + $1.levels.count + 3 }
        return Grid.headRow + (bands.isEmpty ? 0 : bands.count + 3) + before + 2
    }

    private func tableRow(_ position: Int) -> Int {
        scaleRow(scales.count) + tables.prefix(position).reduce(0) { $0 + $1.count + 3 }
    }

    /// The ends and the name of a band.
    func band(_ position: Int) -> (lower: String, upper: String, name: String) {
        func cell(_ column: Int) -> String { SheetCell(name, bandRow + position, column).fixed }
        return (cell(1), cell(2), cell(0))
    }

    private func answers(_ scale: RubricScale) -> (first: Int, last: Int)? {
        guard let position = scales.firstIndex(of: scale) else { return nil }
        let count = scale.order.count
        return count == 0 ? nil : (scaleRow(position), scaleRow(position) + count - 1)
    }

    /// Where the levels of an order stand, best first.
    func names(_ order: [String]) -> String? {
        scales.first { $0.order.map(\.name) == order }.flatMap(answers).map {
            name.quotedSheet + "!" + fixedRange(0, $0.first, $0.last)
        }
    }

    /// The levels with what they are worth: name, least and most share, points of the rank.
    func levels(_ scale: RubricScale) -> String? {
        answers(scale).map { rows in
            name.quotedSheet + "!" + CellReference(rows.first, 0).fixed + ":" + CellReference(rows.last, 3).fixed
        }
    }

    /// A table of levels: what the parts have, what the whole has.
    func table(_ table: [String: String]) -> String? {
        guard let position = tables.firstIndex(of: table), !table.isEmpty else { return nil }
        let row = tableRow(position)
        return name.quotedSheet + "!" + CellReference(row, 0).fixed + ":"
            + CellReference(row + table.count - 1, 1).fixed
    }

    // MARK: - Writing

    func write(_ book: ExcelBook) throws {
        let sheet = try book.addSheet(name, widths: [10...40, 10...40, 10...16, 10...16])
        try sheet.height(Grid.titleRow, 26)
        try sheet.write(.text(title(locale)), Grid.titleRow, 0, .title)
        try sheet.write(.text(remark(locale)), Grid.remarkRow, 0, .remark)
        if !bands.isEmpty { try writeBands(sheet) }
        for (position, scale) in scales.enumerated() { try write(scale, at: scaleRow(position), sheet) }
        for (position, table) in tables.enumerated() { try write(table, at: tableRow(position), sheet) }
        try sheet.leaveRow()
        try sheet.setWidths(heads: [])
        try sheet.setPage(isWide: false, repeating: nil, footer: pageNumbers(locale))
    }

    private func heads(_ words: [LocalizedText], _ section: LocalizedText, above row: Int, _ sheet: ExcelSheet) throws {
        try sheet.write(.text(section(locale)), row - 2, 0, .section)
        for (column, word) in words.enumerated() { try sheet.write(.text(word(locale)), row - 1, column, .head) }
    }

    private func writeBands(_ sheet: ExcelSheet) throws {
        try heads([verdictWord, fromWord, toWord, bandWord], bandsWord, above: bandRow, sheet)
        for (position, band) in bands.enumerated() {
            let row = bandRow + position
            try sheet.write(.text(band.verdict.name(locale)), row, 0, .text)
            try sheet.write(.number(band.range.lower), row, 1, CellStyle.points.typed)
            try sheet.write(.number(band.range.upper), row, 2, CellStyle.points.typed)
            try sheet.write(.text(band.range.description), row, 3, CellStyle(isCentred: true))
        }
    }

    private func write(_ scale: RubricScale, at first: Int, _ sheet: ExcelSheet) throws {
        try heads([levelWord, leastWord, mostWord, pointsWord], scaleWord, above: first, sheet)
        let answers = scale.order
        for (position, level) in (answers + scale.levels.filter { !answers.contains($0) }).enumerated() {
            let row = first + position
            try sheet.write(.text(level.name), row, 0, .text)
            try sheet.write(.number(level.share?.lower.asFraction), row, 1, CellStyle(number: .percent(places: 0)))
            try sheet.write(.number(level.share?.upper.asFraction), row, 2, CellStyle(number: .percent(places: 0)))
            let rank = scale.isOrdinal && position < answers.count ? ExactDecimal(answers.count - 1 - position) : nil
            try sheet.write(
                level.isNotApplicable ? .text(notApplicable(locale)) : .number(rank),
                row,
                3,
                CellStyle(number: .plain, isCentred: level.isNotApplicable)
            )
        }
    }

    private func write(_ table: [String: String], at first: Int, _ sheet: ExcelSheet) throws {
        try heads([partsWord, wholeWord], tableWord, above: first, sheet)
        for (position, pair) in table.sorted(by: { $0.key < $1.key }).enumerated() {
            try sheet.write(.text(pair.key), first + position, 0, .text)
            try sheet.write(.text(pair.value), first + position, 1, .text)
        }
    }
}

// MARK: - Messages

private let title = LocalizedText(zh: "评分标准", en: "Bands and levels")
private let remark = LocalizedText(
    zh: "评分表的公式在此查取；修改界限，结论随之变化。",
    en: "The score sheet looks things up here; change an end of a band and the verdict follows."
)
private let bandsWord = LocalizedText(zh: "评分等级", en: "Bands of the verdict")
private let verdictWord = LocalizedText(zh: "结论", en: "Verdict")
private let fromWord = LocalizedText(zh: "下限", en: "From")
private let toWord = LocalizedText(zh: "上限", en: "To")
private let bandWord = LocalizedText(zh: "区间", en: "Range")
private let scaleWord = LocalizedText(zh: "评分档次", en: "Levels")
private let levelWord = LocalizedText(zh: "档次", en: "Level")
private let leastWord = LocalizedText(zh: "最低得分比例", en: "Least share")
private let mostWord = LocalizedText(zh: "最高得分比例", en: "Most share")
private let pointsWord = LocalizedText(zh: "位次得分", en: "Points of the rank")
let notApplicable = LocalizedText(zh: "不适用", en: "not applicable")
private let tableWord = LocalizedText(zh: "档次合成表", en: "Level of the whole, by the levels of its parts")
private let partsWord = LocalizedText(zh: "各部分档次", en: "Parts")
private let wholeWord = LocalizedText(zh: "合成档次", en: "Whole")
