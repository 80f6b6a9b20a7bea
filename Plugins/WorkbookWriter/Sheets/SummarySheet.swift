import BudgetLines
import ExcelBooks
import ReviewModel

/// The first sheet: what is reviewed, what came out, and what changed in this workbook since.
///
/// Each figure stands twice: as it follows from the other sheets now, and as the review had it.
struct SummarySheet {
    let name: String
    private let material: Material
    private let locale: Locale

    init(_ material: Material, _ name: (String) -> String) {
        (self.material, locale) = (material, material.locale)
        self.name = name(title(material.locale))
    }

    /// The fields that have a line: known ones by their words, all others of the project by their names.
    private var facts: [(word: String, value: String, pointer: JSONPointer)] {
        var facts: [(String, String, JSONPointer)] = []
        var seen: Set<String> = []
        for (group, key, word) in knownFields {
            let pointer = JSONPointer([group, key])
            guard let value = Value.record(material.dossier.fields)[pointer]?.scalarText, !value.isEmpty else {
                continue
            }
            seen.insert(group + "/" + key)
            let printed = material.titles.value(value, at: pointer)
            facts.append((word(locale), printed, JSONPointer(["fields", group, key])))
        }
        for (key, value) in (material.dossier.fields["project"]?.record ?? Record()).members {
            guard !unprinted.contains(key), seen.insert("project/" + key).inserted, let text = value.scalarText,
                !text.isEmpty
            else { continue }
            let pointer = JSONPointer(["project", key])
            let printed =
                value.boolean.map { ($0 ? yesWord : noWord)(locale) } ?? material.titles.value(text, at: pointer)
            let word = material.titles.name(of: pointer) ?? key
            facts.append((word, printed, JSONPointer(["fields", "project", key])))
        }
        return facts
    }

    private var firstFact: Int { Grid.headRow + (incomplete == nil ? 0 : 1) }

    func register(in index: inout PlaceIndex) {
        for (position, fact) in facts.enumerated() {
            index.add(SheetCell(name, firstFact + position, 1), at: fact.pointer)
        }
    }

    /// What is to be said of a review that is not whole.
    private var incomplete: String? {
        let missing = material.review.steps.filter { $0.outcome != .done }
        return missing.isEmpty ? nil : incompleteText(missing)(locale)
    }

    // MARK: - Writing

    func write(
        _ book: ExcelBook,
        _ sheets: Workbook.Sheets,
        _ contents: [(sheet: String, rows: Int)],
        _ notes: NoteIndex
    )
        throws
    {
        let sheet = try book.addSheet(name, widths: [16...34, 22...60, 18...40, 12...24])
        sheet.activate()
        for (cell, text) in notes.notes(on: name) { try sheet.note(text, cell.row, cell.column) }
        try sheet.height(0, 30)
        try sheet.write(.text(heading(material.projectName)(locale)), 0, 0, .title)
        try sheet.write(.text(remark(locale)), 1, 0, .remark)
        if let incomplete { try sheet.write(.text(incomplete), 2, 0, CellStyle(role: .warning)) }
        var row = firstFact
        for fact in facts {
            try sheet.write(.text(fact.word), row, 0, .muted)
            try sheet.write(.text(fact.value), row, 1, .text)
            row += 1
        }
        row += 1
        let figures = try amounts(sheets.budget) + scores(sheets.scores)
        if !figures.isEmpty { try write(figures, sheet, &row, book) }
        if let findings = sheets.findings { try write(findings, sheet, &row) }
        try writeContents(contents, sheet, &row)
        try sheet.leaveRow()
        try sheet.setWidths(heads: [])
        try sheet.setPage(isWide: false, repeating: nil, footer: pageNumbers(locale))
    }

    /// A figure of the review with the formula that gives it here.
    private struct Figure {
        var word: String
        var content: CellContent
        var value: CellContent
        var style: CellStyle
        var definedName: String?
    }

    private func amounts(_ budget: BudgetSheet?) throws -> [Figure] {
        guard let budget else { return [] }
        let total = material.review.amounts ?? budget.lines.total
        let style = CellStyle(number: .amount(places: budget.places, dash: false))
        let isLive = budget.isExact && total == budget.lines.total
        func figure(_ word: LocalizedText, _ column: Int, _ value: ExactDecimal, _ name: LocalizedText) -> Figure {
            let content =
                isLive ? CellContent.formula(budget.total(column).description, .number(value)) : .number(value)
            return Figure(
                word: word(locale) + material.amountMark,
                content: content,
                value: .number(value),
                style: style,
                definedName: name(locale)
            )
        }
        var figures = [
            figure(requestedTotal, budget.requested, total.requested, requestedName),
            figure(cutTotal, budget.cut, total.deducted, cutName),
            figure(increasedTotal, budget.increased, total.increased, increasedName),
            figure(approvedTotal, budget.approved, total.approved, approvedName),
        ]
        let fraction = try total.deductionRate()?.asFraction
        let rate = fraction.map { CellContent.CachedValue.number($0) } ?? .text("")
        figures.append(
            Figure(
                word: rateWord(locale),
                content: isLive ? .formula(budget.total(budget.rate).description, rate) : .number(fraction),
                value: .number(fraction),
                style: .percent,
                definedName: rateName(locale)
            )
        )
        let cuts = budget.lines.entries.count { $0.amounts.map { !$0.deducted.isZero } ?? false }
        // By what is approved, which people may type over.
        let (asked, added, granted) = (
            budget.cells(budget.requested), budget.cells(budget.increased), budget.cells(budget.approved)
        )
        let count = CellContent.formula(
            "SUMPRODUCT(--(ROUND(\(asked)+\(added)-\(granted),\(budget.places))>0))",
            .number(ExactDecimal(cuts))
        )
        figures.append(
            Figure(
                word: cutLines(locale),
                content: isLive ? count : .number(ExactDecimal(cuts)),
                value: .number(ExactDecimal(cuts)),
                style: .whole
            )
        )
        return figures
    }

    private func scores(_ grid: ScoreGrid?) throws -> [Figure] {
        guard let grid else { return [] }
        return grid.outline.sheets.enumerated().flatMap { rater, sheet -> [Figure] in
            let (word, isLeading) = (raterName(sheet)(locale), rater == grid.outline.leading)
            var figures: [Figure] = []
            if let total = sheet.total {
                figures.append(
                    Figure(
                        word: word + scoreTotal(locale),
                        content: .formula(grid.totalCell(rater).description, .number(total)),
                        value: .number(total),
                        style: .points,
                        definedName: isLeading ? scoreName(locale) : nil
                    )
                )
            }
            if let level = sheet.level {
                let live = grid.totalLevelCell(rater).map { CellContent.formula($0.description, .text(level)) }
                figures.append(
                    Figure(
                        word: word + levelWord(locale),
                        content: live ?? .text(level),
                        value: .text(level),
                        style: CellStyle(isCentred: true)
                    )
                )
            }
            if let verdict = sheet.verdict {
                let text = verdict.name(locale)
                figures.append(
                    Figure(
                        word: word + verdictOf(locale),
                        content: .formula(grid.verdictCell(rater).description, .text(text)),
                        value: .text(text),
                        style: CellStyle(isCentred: true),
                        definedName: isLeading ? verdictName(locale) : nil
                    )
                )
            }
            return figures
        }
    }

    private func write(_ figures: [Figure], _ sheet: ExcelSheet, _ row: inout Int, _ book: ExcelBook) throws {
        for (column, word) in [figureWord, nowWord, reviewedWord, differenceWord].enumerated() {
            try sheet.write(.text(word(locale)), row, column, .head)
        }
        row += 1
        let first = row
        for figure in figures {
            try sheet.write(.text(figure.word), row, 0, .text)
            try sheet.write(figure.content, row, 1, figure.style.with(.strong))
            try sheet.write(figure.value, row, 2, figure.style)
            let (now, then) = (CellReference(row, 1).description, CellReference(row, 2).description)
            if case .text = figure.value {
                let formula = "IF(\(now)=\(then),\(unchanged(locale).quotedText),\(changed(locale).quotedText))"
                try sheet.write(.formula(formula, .text(unchanged(locale))), row, 3, CellStyle(isCentred: true))
            } else {
                let isText = if case .number(let value) = figure.value { value.cellNumber == nil } else { false }
                var style = figure.style
                if case .amount(let places, _) = style.number { style.number = .amount(places: places, dash: true) }
                let formula = "ROUND(N(\(now))-N(\(then)),6)"
                try sheet.write(isText ? .blank : .formula(formula, .number(0)), row, 3, style)
            }
            if let name = figure.definedName { try book.define(name, as: SheetCell(self.name, row, 1)) }
            row += 1
        }
        let mark = "$" + CellReference(first, 3).description
        try sheet.highlight(
            where: "OR(\(mark)=\(changed(locale).quotedText),AND(ISNUMBER(\(mark)),\(mark)<>0))",
            .redFill,
            text: .red,
            columns: 1...3,
            rows: first...(row - 1)
        )
        row += 1
    }

    private func write(_ findings: FindingSheet, _ sheet: ExcelSheet, _ row: inout Int) throws {
        for (column, word) in [findingsWord, openWord, countWord].enumerated() {
            try sheet.write(.text(word(locale)), row, column, .head)
        }
        row += 1
        for severity in Severity.allCases.reversed() {
            let own = material.review.findings.filter { $0.finding.severity == severity }
            let word = severity.name(locale).quotedText
            let open = FindingSheet.states[0](locale).quotedText
            let left = own.count { $0.waiver == nil }
            try sheet.write(.text(severity.name(locale)), row, 0, .text)
            let counts = "COUNTIFS(\(findings.severities),\(word),\(findings.states),\(open))"
            try sheet.write(.formula(counts, .number(ExactDecimal(left))), row, 1, CellStyle.whole.with(.strong))
            let all = "COUNTIF(\(findings.severities),\(word))"
            try sheet.write(.formula(all, .number(ExactDecimal(own.count))), row, 2, .whole)
            row += 1
        }
        row += 1
    }

    private func writeContents(_ contents: [(sheet: String, rows: Int)], _ sheet: ExcelSheet, _ row: inout Int) throws {
        for (column, word) in [contentsWord, rowsWord].enumerated() {
            try sheet.write(.text(word(locale)), row, column, .head)
        }
        row += 1
        for (target, rows) in contents {
            try sheet.write(.link(target, SheetCell(target, 0, 0)), row, 0, .text)
            try sheet.write(.number(ExactDecimal(rows)), row, 1, .whole)
            row += 1
        }
    }
}

// MARK: - Messages

/// Fields by group and key, as a request for a budget has them.
private let knownFields: [(String, String, LocalizedText)] = [
    ("project", "name", LocalizedText(zh: "项目名称", en: "Project")),
    ("project", "town", LocalizedText(zh: "镇（街道）", en: "Town")),
    ("project", "year", LocalizedText(zh: "预算年度", en: "Budget year")),
    ("project", "kind_name", LocalizedText(zh: "项目类别", en: "Kind of project")),
    ("project", "jurisdiction", LocalizedText(zh: "行政区划", en: "Jurisdiction")),
    ("project", "starts_on", LocalizedText(zh: "开始日期", en: "Planned start")),
    ("project", "ends_on", LocalizedText(zh: "完成日期", en: "Planned end")),
    ("project", "funding_source", LocalizedText(zh: "资金来源", en: "Source of funds")),
    ("organisations", "applicant", LocalizedText(zh: "项目单位", en: "Applicant")),
    ("organisations", "department", LocalizedText(zh: "主管部门", en: "Department in charge")),
    ("organisations", "client", LocalizedText(zh: "委托单位", en: "Client")),
    ("organisations", "agency", LocalizedText(zh: "评审机构", en: "Reviewing agency")),
    ("report", "title", LocalizedText(zh: "报告", en: "Report")),
    ("report", "issued_in", LocalizedText(zh: "报告日期", en: "Date of the report")),
]
/// Keys for the program, said elsewhere by a name for people.
private let unprinted: Set<String> = ["kind", "evaluated_last_year", "fictional"]

private let yesWord = LocalizedText(zh: "是", en: "yes")
private let noWord = LocalizedText(zh: "否", en: "no")
private let title = LocalizedText(zh: "汇总", en: "Summary")
private func heading(_ project: String) -> LocalizedText {
    LocalizedText(zh: "\(project)　评审工作底稿", en: "\(project): working papers of the review")
}
private let remark = LocalizedText(
    zh: "“现值”由各表公式算出，随修改变化；“评审结果”为出具时的数，用于对照。",
    en: "“Now” follows from the other sheets as they are changed; “As reviewed” is what the review had."
)
private let figureWord = LocalizedText(zh: "指标", en: "Figure")
private let nowWord = LocalizedText(zh: "现值", en: "Now")
private let reviewedWord = LocalizedText(zh: "评审结果", en: "As reviewed")
private let differenceWord = LocalizedText(zh: "差异", en: "Difference")
private let unchanged = LocalizedText(zh: "一致", en: "same")
private let changed = LocalizedText(zh: "已变", en: "changed")
private let requestedTotal = LocalizedText(zh: "申报合计", en: "Requested")
private let cutTotal = LocalizedText(zh: "核减合计", en: "Cut")
private let increasedTotal = LocalizedText(zh: "核增合计", en: "Increases")
private let approvedTotal = LocalizedText(zh: "审定合计", en: "Approved")
private let cutLines = LocalizedText(zh: "核减明细数", en: "Lines with a cut")
private let scoreTotal = LocalizedText(zh: "总分", en: ": total")
private let levelWord = LocalizedText(zh: "档次", en: ": level")
private let verdictOf = LocalizedText(zh: "结论", en: ": verdict")
private let findingsWord = LocalizedText(zh: "问题", en: "Findings")
private let openWord = LocalizedText(zh: "待处理", en: "Open")
private let countWord = LocalizedText(zh: "全部", en: "All")
private let contentsWord = LocalizedText(zh: "工作表", en: "Sheet")
private let rowsWord = LocalizedText(zh: "行数", en: "Rows")
// Names for formulas: letters only, and nothing that reads as a cell.
private let requestedName = LocalizedText(zh: "申报合计", en: "RequestedTotal")
private let cutName = LocalizedText(zh: "核减合计", en: "CutTotal")
private let increasedName = LocalizedText(zh: "核增合计", en: "IncreaseTotal")
private let approvedName = LocalizedText(zh: "审定合计", en: "ApprovedTotal")
private let rateName = LocalizedText(zh: "核减率", en: "CutRate")
private let scoreName = LocalizedText(zh: "评审总分", en: "ReviewScore")
private let verdictName = LocalizedText(zh: "评审结论", en: "ReviewVerdict")

private func incompleteText(_ steps: [Review.Step]) -> LocalizedText {
    LocalizedText(
        zh: "评审不完整，以下步骤没有完成：" + steps.map { "\($0.id)（\($0.plugin)）" }.joined(separator: "、"),
        en: "The review is incomplete; these steps were not done: "
            + steps.map { "\($0.id) (\($0.plugin))" }.joined(separator: ", ")
    )
}
