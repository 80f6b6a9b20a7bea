import ExcelBooks
import ReviewModel
import Rubrics

/// The scores of all raters along the rubric, sums and means and weakest links as formulas, with total and verdict below.
struct ScoreGrid {
    let name: String
    let outline: ScoreOutline
    private let locale: Locale
    private let title: String
    private let reasonRaters: [Int]
    private let evidence: [String: String]
    private let exclusive: ExclusiveItems
    let standards: StandardSheet?

    init?(_ material: Material, _ name: (String) -> String) throws {
        guard let outline = ScoreOutline(material.review, material.rubric) else { return nil }
        guard outline.rows.count < ExcelSheet.rowLimit - Grid.firstRow - 4 else {
            throw WorkbookError.tooManyRows("scored items", outline.rows.count)
        }
        (self.outline, locale) = (outline, material.locale)
        title = scoresTitle(material.locale)
        self.name = name(title)
        exclusive = ExclusiveItems(material.rubric, material.titles, material.locale)
        standards = StandardSheet(outline, material.locale, name)
        reasonRaters = outline.sheets.indices.filter { rater in
            outline.sheets[rater].items.contains { !$0.reason.isEmpty }
        }
        let documents = material.dossier.rows(of: "evidence").map { row in
            let words = ["document", "quote", "text"].map(row.text).filter { !$0.isEmpty }
            return (row.text("code"), words.joined(separator: material.locale == .zh ? "：" : ": "))
        }
        evidence = Dictionary(documents) { $0 + "\n" + $1 }
    }

    // MARK: - Where things stand

    private var maxColumn: Int { 2 }
    private var firstRater: Int { outline.hasWeights ? 4 : 3 }
    private var perRater: Int { 1 + (outline.hasLevels ? 1 : 0) + (outline.hasRanks ? 1 : 0) }
    private func level(_ rater: Int) -> Int? { outline.hasLevels ? firstRater + rater * perRater : nil }
    private func points(_ rater: Int) -> Int { firstRater + rater * perRater + (outline.hasLevels ? 1 : 0) }
    private func rank(_ rater: Int) -> Int? { outline.hasRanks ? points(rater) + 1 : nil }
    private var lost: Int { firstRater + outline.sheets.count * perRater }
    private func reason(_ position: Int) -> Int { lost + 1 + position }
    private var evidenceColumn: Int { lost + 1 + reasonRaters.count }
    private var lastRow: Int { Grid.firstRow + outline.rows.count - 1 }
    private var totalRow: Int { lastRow + 1 }
    private var verdictRow: Int { lastRow + 2 }

    func totalCell(_ rater: Int) -> SheetCell { SheetCell(name, totalRow, points(rater)) }
    /// The level of the whole; `nil` where levels have no column.
    func totalLevelCell(_ rater: Int) -> SheetCell? { level(rater).map { SheetCell(name, totalRow, $0) } }
    func verdictCell(_ rater: Int) -> SheetCell { SheetCell(name, verdictRow, points(rater)) }

    func register(in index: inout PlaceIndex) {
        for (rater, sheet) in outline.sheets.enumerated() {
            for item in sheet.items {
                guard let pointer = item.pointer, let row = outline.position(item.code), pointer.tokens.count >= 3,
                    pointer.tokens[0] == "tables"
                else { continue }
                let line = JSONPointer(Array(pointer.tokens.prefix(3)))
                let cell = Grid.firstRow + row
                index.add(SheetCell(name, cell, points(rater)), at: line)
                if let level = level(rater) { index.add(SheetCell(name, cell, level), at: line / "level") }
                if let position = reasonRaters.firstIndex(of: rater) {
                    index.add(SheetCell(name, cell, reason(position)), at: line / "reason")
                }
            }
        }
    }

    // MARK: - Writing

    func write(_ book: ExcelBook, _ notes: NoteIndex) throws {
        let grid = Grid(name: name, title: title, remark: remark(locale), columns: columns, frozen: 2)
        let sheet = try grid.begin(book, notes: notes, last: lastRow)
        sheet.outlineAbove()
        try people(sheet)
        let formulas = outline.sheets.indices.map(formulas)
        for row in outline.rows.indices { try write(row, sheet, grid, formulas) }
        try writeTotals(sheet, grid.columns.count, formulas)
        try grid.end(sheet, through: verdictRow)
    }

    private var columns: [GridColumn] {
        var columns: [GridColumn] = [
            .text(codeWord(locale), 6...14), .text(itemWord(locale), 16...46), .points(mostWord(locale)),
        ]
        if outline.hasWeights { columns.append(.points(weightWord(locale))) }
        for sheet in outline.sheets {
            let rater = raterName(sheet)(locale)
            if outline.hasLevels {
                columns.append(GridColumn(rater + levelOf(locale), CellStyle(isCentred: true), 8...18))
            }
            columns.append(.points(rater + pointsOf(locale)))
            if outline.hasRanks { columns.append(.points(rater + rankOf(locale))) }
        }
        columns.append(.points(lostWord(locale)))
        for rater in reasonRaters {
            columns.append(.text(raterName(outline.sheets[rater])(locale) + reasonOf(locale), 16...36))
        }
        columns.append(.text(evidenceWord(locale), 12...44))
        return columns
    }

    private func formulas(_ rater: Int) -> ScoreFormulas {
        ScoreFormulas(
            outline: outline,
            rater: rater,
            columns: ScoreFormulas.Columns(
                max: maxColumn,
                weight: 3,
                level: level(rater),
                points: points(rater),
                rank: rank(rater),
                ofRaters: outline.sheets.indices.map(points)
            ),
            standards: standards
        )
    }

    private func people(_ sheet: ExcelSheet) throws {
        let rows = Grid.firstRow...lastRow
        let most = "$" + CellReference(Grid.firstRow, maxColumn).description
        for rater in outline.sheets.indices {
            try sheet.takeNumbers(upTo: most, column: points(rater), rows: rows)
            let cell = "$" + CellReference(Grid.firstRow, points(rater)).description
            try sheet.highlight(
                where: "AND(ISNUMBER(\(cell)),\(cell)>\(most))",
                .redFill,
                text: .red,
                columns: points(rater)...points(rater),
                rows: rows
            )
            guard let level = level(rater) else { continue }
            for (row, item) in outline.rows.enumerated() where item.parts.isEmpty {
                let words = outline.scale(row).levels.map(\.name)
                if !words.isEmpty {
                    try sheet.choose(words, column: level, rows: (Grid.firstRow + row)...(Grid.firstRow + row))
                }
            }
        }
        let lostCell = "$" + CellReference(Grid.firstRow, lost).description
        try sheet.highlight(where: "N(\(lostCell))>0", .orangeFill, columns: lost...lost, rows: rows)
    }

    private func write(_ row: Int, _ sheet: ExcelSheet, _ grid: Grid, _ formulas: [ScoreFormulas]) throws {
        let (item, line) = (outline.rows[row], Grid.firstRow + row)
        if item.depth > 0 { try sheet.outline(line, level: item.depth) }
        let role = item.parts.isEmpty ? CellStyle.Role.body : .strong
        func put(_ content: CellContent, _ column: Int, _ style: CellStyle? = nil) throws {
            try sheet.write(content, line, column, (style ?? grid.columns[column].style).with(role))
        }
        try put(.text(item.code), 0)
        if let sentence = exclusive.sentence(of: item.code) { try sheet.note(sentence, line, 0) }
        try put(.text(item.name), 1, CellStyle.text.indented(item.depth))
        try put(.number(item.max), maxColumn)
        if outline.hasWeights { try put(.number(item.node?.weight ?? 1), 3) }
        for rater in outline.sheets.indices { try write(row, line, rater, formulas[rater], role, sheet) }
        try put(lostPoints(row, line), lost)
        for (position, rater) in reasonRaters.enumerated() {
            try sheet.write(text(outline.item(row, rater)?.reason ?? ""), line, reason(position), .text)
        }
        let shown = evidence[item.code] ?? outline.item(row, outline.leading)?.evidence.joined(separator: "\n") ?? ""
        try sheet.write(text(shown), line, evidenceColumn, .text)
    }

    private func write(
        _ row: Int,
        _ line: Int,
        _ rater: Int,
        _ formulas: ScoreFormulas,
        _ role: CellStyle.Role,
        _ sheet: ExcelSheet
    ) throws {
        let item = outline.item(row, rater)
        if let level = level(rater) {
            let style = CellStyle(isCentred: true).with(role)
            let isEnd = outline.rows[row].parts.isEmpty && !outline.scale(row).levels.isEmpty
            let content: CellContent =
                formulas.level(row).map { .formula($0, .text(item?.level ?? "")) } ?? text(item?.level ?? "")
            try sheet.write(content, line, level, isEnd ? style.typed : style)
        }
        var (content, isTyped) = try formulas.points(row)
        var style = CellStyle.points.with(role)
        if item?.status == .notApplicable, case .blank = content {
            (content, isTyped) = (.text(notApplicable(locale)), false)
            style = CellStyle(role: .muted, isCentred: true)
        } else if item?.status == .pooled, case .blank = content {
            (content, isTyped) = (.text(pooled(locale)), false)
            style = CellStyle(role: .muted, isCentred: true)
        }
        if item?.status == .computed { try sheet.note(computedNote(locale), line, points(rater)) }
        if item?.status == .given, !outline.rows[row].parts.isEmpty, case .number = content {
            try sheet.note(givenNote(locale), line, points(rater))
        }
        try sheet.write(content, line, points(rater), isTyped ? style.typed : style)
        if let rank = rank(rater) {
            try sheet.write(formulas.rank(row) ?? .blank, line, rank, CellStyle.points.with(.muted))
        }
    }

    private func text(_ text: String) -> CellContent { text.isEmpty ? .blank : .text(text) }

    /// What the leading rater has taken off.
    private func lostPoints(_ row: Int, _ line: Int) -> CellContent {
        let cell = CellReference(line, points(outline.leading)).description
        let formula = "IF(ISNUMBER(\(cell)),ROUND(\(CellReference(line, maxColumn).description)-\(cell),6),\"\")"
        let item = outline.item(row, outline.leading)
        guard let points = item?.points, let most = outline.rows[row].max, item?.status != .notApplicable,
            item?.status != .pooled, let lost = try? most - points
        else { return .formula(formula, .text("")) }
        return .formula(formula, .number(lost))
    }

    private func writeTotals(_ sheet: ExcelSheet, _ count: Int, _ formulas: [ScoreFormulas]) throws {
        let style = CellStyle(number: .plain, role: .total)
        let words = CellStyle(role: .total, isWrapped: true, isCentred: true)
        for column in 0..<count {
            try sheet.write(column == 1 ? .text(totalWord(locale)) : .blank, totalRow, column, style)
        }
        try sheet.write(.number(outline.sheets[outline.leading].max), totalRow, maxColumn, style)
        for (rater, score) in outline.sheets.enumerated() {
            try sheet.write(formulas[rater].total(), totalRow, points(rater), style)
            if let level = level(rater), let name = score.level {
                try sheet.write(
                    formulas[rater].level(nil).map { .formula($0, .text(name)) } ?? .text(name),
                    totalRow,
                    level,
                    words
                )
            }
        }
        for column in 0..<count {
            try sheet.write(column == 1 ? .text(verdictWord(locale)) : .blank, verdictRow, column, words)
        }
        for (rater, score) in outline.sheets.enumerated() {
            guard let verdict = score.verdict else { continue }
            let cell = CellReference(totalRow, points(rater))
            if let formula = formulas[rater].verdict(cell) {
                try sheet.write(.formula(formula, .text(verdict.name(locale))), verdictRow, points(rater), words)
            } else {
                try sheet.note(fixedVerdict(locale), verdictRow, points(rater))
                try sheet.write(.text(verdict.name(locale)), verdictRow, points(rater), words)
            }
        }
    }
}

/// What a rater is called.
func raterName(_ sheet: ScoreSheet) -> LocalizedText {
    switch sheet.rater {
    case ScoreSheet.selfRater: LocalizedText(zh: "自评", en: "Self")
    case ScoreSheet.reviewRater: LocalizedText(zh: "评审", en: "Review")
    default: LocalizedText(sheet.rater)
    }
}

// MARK: - Messages

private let scoresTitle = LocalizedText(zh: "评分表", en: "Scores")
private let codeWord = LocalizedText(zh: "代码", en: "Code")
private let itemWord = LocalizedText(zh: "评审内容", en: "Item")
private let mostWord = LocalizedText(zh: "满分", en: "Max")
private let weightWord = LocalizedText(zh: "权重", en: "Weight")
private let levelOf = LocalizedText(zh: "档次", en: " level")
private let pointsOf = LocalizedText(zh: "得分", en: " points")
private let rankOf = LocalizedText(zh: "位次", en: " rank")
private let lostWord = LocalizedText(zh: "扣分", en: "Lost")
private let reasonOf = LocalizedText(zh: "说明", en: " reason")
private let evidenceWord = LocalizedText(zh: "评分依据", en: "Evidence")
private let verdictWord = LocalizedText(zh: "结论", en: "Verdict")
private let pooled = LocalizedText(zh: "并入上级", en: "with its parent")
private let computedNote = LocalizedText(
    zh: "由评审数据按评分标准的查询算出，本工作簿不随之变化。",
    en: "Computed from the dossier by a query of the rubric; it does not follow here."
)
private let givenNote = LocalizedText(
    zh: "整体给分，与各部分得分之和不是同一个数，故为固定值。",
    en: "Given as a whole and not what its parts come to, so it is a fixed value."
)
private let fixedVerdict = LocalizedText(
    zh: "结论由评分标准中的特别规定决定，或没有对应的区间，故为固定值。",
    en: "Decided by an override of the rubric, or by no band, so it is a fixed value."
)
private let remark = LocalizedText(
    zh: "浅黄色单元格可修改；各级得分、总分和结论按评分标准的合成方法以公式计算。",
    en:
        "Light yellow cells are for typing; sums, means, weakest links and the verdict follow by the rubric's own rules."
)
