import BudgetLines
import ExcelBooks
import ReviewModel

/// The requested lines with cut, increase, approved amount and rate: the sheet that the others reckon with.
///
/// The cut of a line is the sum of its rows on the sheet of deductions, or a number that people type. What is approved follows
/// from it; rate and totals follow from what is approved, so that either may be typed over.
struct BudgetSheet {
    let name: String
    let lines: LineList
    private let locale: Locale
    private let titles: FormTitles
    private let amountMark: String
    private let left: [FormColumn]
    private let right: [FormColumn]
    private let deductions: [Int: [Int]]
    private let entries: [DeductionEntry]
    private let hasDeferrals: Bool
    /// Lines that are in no table have a column for what they are called.
    private let hasOwnLabels: Bool
    /// Whether the totals can be formulas.
    let isExact: Bool
    private let title: String
    /// Decimal places of the amounts.
    let places: Int

    init?(_ material: Material, _ name: (String) -> String) throws {
        lines = material.lines
        guard !lines.entries.isEmpty else { return nil }
        guard lines.entries.count < ExcelSheet.rowLimit - Grid.firstRow - 2 else {
            throw WorkbookError.tooManyRows("budget lines", lines.entries.count)
        }
        (locale, titles) = (material.locale, material.titles)
        amountMark = material.amountMark
        title = lines.table.map { $0.schema.title(material.locale) } ?? budgetTitle(material.locale)
        self.name = name(title)
        let columns = lines.table.map { FormColumn.all($0, material.locale, material.titles) } ?? []
        let split = lines.requestColumn ?? Int.max
        left = columns.filter { $0.position < split }
        right = columns.filter { $0.position > split }
        entries = material.deductions
        var byLine: [Int: [Int]] = [:]
        for (position, deduction) in entries.enumerated() {
            if let line = deduction.position { byLine[line, default: []].append(position) }
        }
        deductions = byLine
        hasDeferrals = entries.contains { $0.kind == .deferral }
        hasOwnLabels = lines.table == nil || lines.entries.contains { $0.row == nil }
        isExact = lines.total.sums.allSatisfy { $0.sum.cellNumber != nil } && lines.entries.allSatisfy(\.isExact)
        places = lines.entries.reduce(2) { places, entry in
            (entry.amounts?.sums ?? []).reduce(places) { max($0, $1.sum.withoutTrailingZeros.places) }
        }
    }

    // MARK: - Where things stand

    private var labelColumn: Int { left.count }
    var requested: Int { left.count + (hasOwnLabels ? 1 : 0) }
    var cut: Int { requested + 1 }
    private var deferred: Int { cut + 1 }
    var increased: Int { cut + (hasDeferrals ? 2 : 1) }
    var approved: Int { increased + 1 }
    var rate: Int { approved + 1 }
    private var reason: Int { rate + 1 }
    var lastRow: Int { Grid.firstRow + lines.entries.count - 1 }
    var totalRow: Int { lastRow + 1 }

    func row(of line: Int) -> Int { Grid.firstRow + line }
    func total(_ column: Int) -> SheetCell { SheetCell(name, totalRow, column) }
    func cells(_ column: Int) -> String { name.quotedSheet + "!" + fixedRange(column, Grid.firstRow, lastRow) }

    func register(in places: inout PlaceIndex) {
        guard let table = lines.table else { return }
        var columns = Dictionary(left.enumerated().map { ($1.name, $0) }) { first, _ in first }
        for (offset, column) in right.enumerated() { columns[column.name] = reason + 1 + offset }
        if let position = lines.requestColumn { columns[table.schema.columns[position].name] = requested }
        places.add(PlaceIndex.Rows(sheets: [name], columns: columns, standard: requested), of: table.name)
    }

    // MARK: - Writing

    func write(_ book: ExcelBook, _ deductionSheet: DeductionSheet?, _ notes: NoteIndex) throws {
        var grid = Grid(name: name, title: title, remark: remark(locale), columns: left.map(\.column))
        if hasOwnLabels { grid.columns.append(.text(lineName(locale))) }
        grid.columns += amountColumns + right.map(\.column)
        grid.frozen = min(2, requested)
        grid.printed = reason + 1
        let sheet = try grid.begin(book, notes: notes, last: lastRow)
        try people(sheet)
        for line in lines.entries.indices { try write(line, sheet, grid, deductionSheet) }
        try writeTotal(sheet, grid.columns.count)
        try grid.end(sheet, through: totalRow)
    }

    private var amountColumns: [GridColumn] {
        let unit = amountMark
        let written = lines.requestColumn.flatMap { position in
            lines.table.map { FormColumn($0, position, locale, titles).column.title }
        }
        var columns: [GridColumn] = [.money(written ?? requestedWord(locale) + unit, places: places)]
        columns.append(.money(cutWord(locale) + unit, places: places, dash: true))
        if hasDeferrals { columns.append(.money(deferredWord(locale) + unit, places: places, dash: true)) }
        columns.append(.money(increasedWord(locale) + unit, places: places, dash: true))
        columns.append(.money(approvedWord(locale) + unit, places: places))
        columns.append(.percent(rateWord(locale)))
        columns.append(.text(reasonWord(locale), 12...40))
        return columns
    }

    /// What people type, and what stands out.
    private func people(_ sheet: ExcelSheet) throws {
        let (first, rows) = (Grid.firstRow, Grid.firstRow...lastRow)
        try sheet.takeNumbers(column: cut, rows: rows)
        try sheet.takeNumbers(column: increased, rows: rows)
        let (cutCell, increase) = (CellReference(first, cut), CellReference(first, increased))
        try sheet.highlight(where: "N($\(cutCell.description))>0", .orangeFill, columns: cut...cut, rows: rows)
        try sheet.highlight(
            where: "N($\(increase.description))>0",
            .greenFill,
            columns: increased...increased,
            rows: rows
        )
        // Somebody has typed over what is approved.
        let (request, grant) = (CellReference(first, requested), CellReference(first, approved))
        let follows =
            "AND(ISNUMBER($\(grant.description)),ROUND($\(request.description)-$\(cutCell.description)+$\(increase.description)-$\(grant.description),\(places))<>0)"
        try sheet.highlight(where: follows, .redFill, text: .red, columns: approved...approved, rows: rows)
        try sheet.bars(column: rate, rows: rows)
    }

    private func write(_ line: Int, _ sheet: ExcelSheet, _ grid: Grid, _ deductionSheet: DeductionSheet?) throws {
        let (entry, row) = (lines.entries[line], row(of: line))
        for (column, form) in left.enumerated() {
            try sheet.write(entry.row.map(form.content) ?? .blank, row, column, form.column.style)
        }
        if hasOwnLabels {
            let label = entry.adjustment.map { $0.label.isEmpty ? $0.subject : $0.label } ?? ""
            try sheet.write(entry.row == nil ? .text(label) : .blank, row, labelColumn, .text)
        }
        try writeAmounts(entry, line, row, sheet, grid, deductionSheet)
        let reasons = entry.adjustment?.parts.map(\.reason).filter { !$0.isEmpty } ?? []
        let text = reasons.joined(separator: locale == .zh ? "；" : "; ")
        try sheet.write(text.isEmpty ? .blank : .text(text), row, reason, .text)
        for (offset, form) in right.enumerated() {
            try sheet.write(entry.row.map(form.content) ?? .blank, row, reason + 1 + offset, form.column.style)
        }
    }

    private func writeAmounts(
        _ entry: LineEntry,
        _ line: Int,
        _ row: Int,
        _ sheet: ExcelSheet,
        _ grid: Grid,
        _ deductionSheet: DeductionSheet?
    ) throws {
        func style(_ column: Int) -> CellStyle { grid.columns[column].style }
        guard let amounts = entry.amounts else {
            for column in requested..<reason { try sheet.write(.blank, row, column, style(column)) }
            return
        }
        try sheet.write(.number(amounts.requested), row, requested, style(requested))
        let isExact = entry.isExact
        let own = deductions[line] ?? []
        func sum(_ kinds: [Adjustment.Kind], _ value: ExactDecimal) -> CellContent {
            let rows = own.filter { kinds.contains(entries[$0].kind) }
            guard isExact, let deductionSheet, !rows.isEmpty, rows.count <= 50 else { return .number(value) }
            return .formula(
                rows.map { deductionSheet.amountCell($0).description }.joined(separator: "+"),
                .number(value)
            )
        }
        let sums = (sum([.cut, .deferral], amounts.deducted), sum([.increase], amounts.increased))
        try sheet.write(sums.0, row, cut, style(cut).typed)
        if hasDeferrals { try sheet.write(sum([.deferral], amounts.deferred), row, deferred, style(deferred)) }
        try sheet.write(sums.1, row, increased, style(increased).typed)
        let fraction = try amounts.deductionRate()?.asFraction
        guard isExact else {
            try sheet.write(.number(amounts.approved), row, approved, style(approved))
            try sheet.write(.number(fraction), row, rate, style(rate))
            return
        }
        let (a, b, c) = (cell(row, requested), cell(row, cut), cell(row, increased))
        try sheet.write(
            .formula("ROUND(\(a)-\(b)+\(c),\(places))", .number(amounts.approved)),
            row,
            approved,
            style(approved).with(.strong)
        )
        let formula = "IF(\(a)=0,\"\",ROUND((\(a)+\(c)-\(cell(row, approved)))/\(a),4))"
        try sheet.write(.formula(formula, fraction.map { .number($0) } ?? .text("")), row, rate, style(rate))
    }

    private func writeTotal(_ sheet: ExcelSheet, _ count: Int) throws {
        let money = CellStyle(number: .amount(places: places, dash: false), role: .total)
        for column in 0..<count where column < requested || column >= reason {
            let label = column == 0 ? CellContent.text(totalWord(locale)) : .blank
            try sheet.write(label, totalRow, column, CellStyle(role: .total))
            if column + 1 == requested { try writeSums(sheet, money) }
        }
        if requested == 0 { try writeSums(sheet, money) }
    }

    private func writeSums(_ sheet: ExcelSheet, _ money: CellStyle) throws {
        let total = lines.total
        func sum(_ column: Int, _ value: ExactDecimal) -> CellContent {
            let range = columnRange(column, Grid.firstRow, lastRow)
            return isExact ? .formula("ROUND(SUM(\(range)),\(places))", .number(value)) : .number(value)
        }
        let (a, c, d) = (cell(totalRow, requested), cell(totalRow, increased), cell(totalRow, approved))
        try sheet.write(sum(requested, total.requested), totalRow, requested, money)
        // From what is approved, so that an approval that was typed over counts.
        let cuts = CellContent.formula("ROUND(\(a)+\(c)-\(d),\(places))", .number(total.deducted))
        try sheet.write(isExact ? cuts : .number(total.deducted), totalRow, cut, money)
        if hasDeferrals { try sheet.write(sum(deferred, total.deferred), totalRow, deferred, money) }
        try sheet.write(sum(increased, total.increased), totalRow, increased, money)
        try sheet.write(sum(approved, total.approved), totalRow, approved, money)
        let fraction = try total.deductionRate()?.asFraction
        let formula = "IF(\(a)=0,\"\",ROUND(\(cell(totalRow, cut))/\(a),4))"
        let content = CellContent.formula(formula, fraction.map { .number($0) } ?? .text(""))
        try sheet.write(isExact ? content : .number(fraction), totalRow, rate, CellStyle.percent.with(.total))
    }

    private func cell(_ row: Int, _ column: Int) -> String { CellReference(row, column).description }
}

// MARK: - Messages

private let budgetTitle = LocalizedText(zh: "预算明细", en: "Budget lines")
private let lineName = LocalizedText(zh: "明细", en: "line")
let requestedWord = LocalizedText(zh: "申报金额", en: "Requested")
let cutWord = LocalizedText(zh: "核减", en: "Cut")
let deferredWord = LocalizedText(zh: "其中：缓付", en: "of which deferred")
let increasedWord = LocalizedText(zh: "核增", en: "Increase")
let approvedWord = LocalizedText(zh: "审定金额", en: "Approved")
let rateWord = LocalizedText(zh: "核减率", en: "Cut rate")
private let reasonWord = LocalizedText(zh: "审核说明", en: "Reason")
let totalWord = LocalizedText(zh: "合计", en: "Total")
private let remark = LocalizedText(
    zh: "浅黄色单元格可直接修改：审定 = 申报 − 核减 + 核增；合计、核减率和汇总随之变化。改动审定金额本身的，该格变红，合计以审定为准。",
    en:
        "Light yellow cells are for typing: approved = requested − cut + increase; totals, rates and the summary follow. An approved amount that was typed over turns red, and the totals go by it."
)
