import BudgetLines
import ExcelBooks
import ReviewModel

/// The items of earlier years, each with its execution rate, and the years that they add up to.
struct HistorySheets {
    let itemSheet: String?
    let yearSheet: String
    private let items: Table?
    private let described: Table?
    private let years: [YearSum]
    private let locale: Locale
    private let itemColumns: [FormColumn]
    private let yearColumns: [FormColumn]
    private let places: Int
    private let amountMark: String

    init?(_ material: Material, _ name: (String) -> String) throws {
        years = try YearSum.all(in: material.dossier)
        amountMark = unitMark(HistoryYear.unit(in: material.dossier))(material.locale)
        guard !years.isEmpty else { return nil }
        (items, described, locale) = (material.table("history"), material.table("history_years"), material.locale)
        if let items, items.rowCount >= ExcelSheet.rowLimit - Grid.firstRow {
            throw WorkbookError.tooManyRows("items of earlier years", items.rowCount)
        }
        yearSheet = name(described.map { $0.schema.title(material.locale) } ?? yearsTitle(material.locale))
        itemSheet = items.map { name($0.schema.title(material.locale)) }
        itemColumns = items.map { FormColumn.all($0, material.locale, material.titles) } ?? []
        let own = ["year"]
        yearColumns = (described.map { FormColumn.all($0, material.locale, material.titles) } ?? [])
            .filter { !own.contains($0.name) }
        places =
            items.map { max($0.places(ofColumn: "adjusted", atLeast: 2), $0.places(ofColumn: "paid", atLeast: 2)) } ?? 2
    }

    var yearCount: Int { years.count }

    private func itemColumn(_ name: String) -> Int? { itemColumns.firstIndex { $0.name == name } }
    private var lastItem: Int { Grid.firstRow + (items?.rowCount ?? 0) - 1 }

    func register(in index: inout PlaceIndex) {
        if let itemSheet {
            let columns = Dictionary(itemColumns.enumerated().map { ($1.name, $0) }) { first, _ in first }
            let standard = itemColumn("item") ?? 0
            index.add(PlaceIndex.Rows(sheets: [itemSheet], columns: columns, standard: standard), of: "history")
        }
        let columns = Dictionary(yearColumns.enumerated().map { ($1.name, firstDeclared + $0) }) { first, _ in first }
        for (position, year) in years.enumerated() {
            guard let pointer = year.pointer else { continue }
            let row = Grid.firstRow + position
            index.add(SheetCell(yearSheet, row, 0), at: pointer)
            for (column, place) in columns { index.add(SheetCell(yearSheet, row, place), at: pointer / column) }
        }
    }

    // MARK: - Items

    func writeItems(_ book: ExcelBook, _ notes: NoteIndex) throws {
        guard let items, let itemSheet else { return }
        var columns = itemColumns.map(\.column)
        let rateColumn = (itemColumn("paid") ?? columns.count - 1) + 1
        columns.insert(.percent(executionRate(locale)), at: rateColumn)
        let title = items.schema.title(locale)
        let grid = Grid(name: itemSheet, title: title, remark: itemRemark(locale), columns: columns, frozen: 2)
        let sheet = try grid.begin(book, notes: notes, last: lastItem)
        try sheet.bars(column: rateColumn, rows: Grid.firstRow...lastItem)
        let (adjusted, paid) = (items.decimals("adjusted"), items.decimals("paid"))
        for position in 0..<items.rowCount {
            let row = Grid.firstRow + position
            for (column, form) in itemColumns.enumerated() {
                let place = column < rateColumn ? column : column + 1
                try sheet.write(form.content(position), row, place, form.column.style)
            }
            let rate = try rate(paid[position], of: adjusted[position], row, itemColumn("paid"), itemColumn("adjusted"))
            try sheet.write(rate, row, rateColumn, .percent)
        }
        try grid.end(sheet, through: lastItem)
    }

    /// The execution rate of a row, as a formula over its own cells.
    private func rate(
        _ paid: ExactDecimal?,
        of adjusted: ExactDecimal?,
        _ row: Int,
        _ paidColumn: Int?,
        _ adjustedColumn: Int?
    ) throws -> CellContent {
        let value = try ExactDecimal.percentage(paid ?? 0, of: adjusted ?? 0)?.asFraction
        guard let paidColumn, let adjustedColumn, (paid ?? 0).cellNumber != nil, (adjusted ?? 0).cellNumber != nil
        else {
            return .number(value)
        }
        let (a, b) = (CellReference(row, paidColumn).description, CellReference(row, adjustedColumn).description)
        return .formula("IF(N(\(b))=0,\"\",ROUND(\(a)/\(b),4))", value.map { .number($0) } ?? .text(""))
    }

    // MARK: - Years

    private let firstDeclared = 4

    func writeYears(_ book: ExcelBook, _ notes: NoteIndex) throws {
        let unit = amountMark
        let yearTitle = (items ?? described)?.schema.columns.first { $0.name == "year" }?.title(locale)
        let columns: [GridColumn] =
            [
                GridColumn(
                    yearTitle == nil || yearTitle == "year" ? yearWord(locale) : yearTitle ?? "",
                    .whole,
                    7...10
                ),
                .money(adjustedWord(locale) + unit, places: places), .money(paidWord(locale) + unit, places: places),
                .percent(executionRate(locale)),
            ] + yearColumns.map(\.column)
        let title = described.map { $0.schema.title(locale) } ?? yearsTitle(locale)
        let grid = Grid(name: yearSheet, title: title, remark: yearRemark(locale), columns: columns, frozen: 1)
        let sheet = try grid.begin(book, notes: notes, last: Grid.firstRow + years.count - 1)
        for (position, year) in years.enumerated() {
            let row = Grid.firstRow + position
            try sheet.write(.number(ExactDecimal(year.year)), row, 0, .whole)
            try writeSums(year, row, sheet, grid)
            for (offset, form) in yearColumns.enumerated() {
                let content = year.pointer.flatMap(rowNumber).map(form.content) ?? .blank
                try sheet.write(content, row, firstDeclared + offset, form.column.style)
            }
        }
        try grid.end(sheet, through: Grid.firstRow + years.count - 1)
    }

    private func writeSums(_ year: YearSum, _ row: Int, _ sheet: ExcelSheet, _ grid: Grid) throws {
        let (adjusted, paid, isLive) = (year.adjusted, year.paid, year.isExact)
        func sum(_ column: String, _ value: ExactDecimal) -> CellContent {
            guard let itemSheet, isLive, value.cellNumber != nil, let years = itemColumn("year"),
                let amounts = itemColumn(column)
            else { return .number(value) }
            let shift = (itemColumn("paid") ?? Int.max) < amounts ? 1 : 0
            let prefix = itemSheet.quotedSheet + "!"
            let range = prefix + fixedRange(years, Grid.firstRow, lastItem)
            let sums = prefix + fixedRange(amounts + shift, Grid.firstRow, lastItem)
            return .formula(
                "ROUND(SUMIF(\(range),\(CellReference(row, 0).description),\(sums)),\(places))",
                .number(value)
            )
        }
        try sheet.write(sum("adjusted", adjusted), row, 1, grid.columns[1].style)
        try sheet.write(sum("paid", paid), row, 2, grid.columns[2].style)
        try sheet.write(try rate(paid, of: adjusted, row, 2, 1), row, 3, .percent)
    }
}

/// What the items of a year come to, without holding them: there may be hundreds of thousands.
private struct YearSum {
    let year: Int
    var adjusted: ExactDecimal = 0
    var paid: ExactDecimal = 0
    /// Whether a spreadsheet can reckon with all items.
    var isExact = true
    /// Where the dossier says something of the year itself.
    var pointer: JSONPointer?

    /// The years of the tables `history` and `history_years`, earliest first.
    static func all(in dossier: Dossier) throws -> [YearSum] {
        var stated = Dossier(fields: Record(), tables: [])
        if let table = dossier.table("history_years") { stated.set(table) }
        var sums: [Int: YearSum] = [:]
        for year in HistoryYear.all(in: stated) { sums[year.year] = YearSum(year: year.year, pointer: year.pointer) }
        if let items = dossier.table("history") {
            let (years, adjusted, paid) = (items.integers("year"), items.decimals("adjusted"), items.decimals("paid"))
            for row in 0..<items.rowCount {
                try sums[years[row] ?? 0, default: YearSum(year: years[row] ?? 0)].add(
                    adjusted[row] ?? 0,
                    paid[row] ?? 0
                )
            }
        }
        return sums.values.sorted { $0.year < $1.year }
    }

    private mutating func add(_ adjusted: ExactDecimal, _ paid: ExactDecimal) throws {
        self.adjusted = try self.adjusted + adjusted
        self.paid = try self.paid + paid
        isExact = isExact && adjusted.cellNumber != nil && paid.cellNumber != nil
    }
}

// MARK: - Messages

private let yearsTitle = LocalizedText(zh: "历年预算和执行", en: "Earlier years")
private let yearWord = LocalizedText(zh: "年度", en: "Year")
private let adjustedWord = LocalizedText(zh: "调整后预算合计", en: "Adjusted budget")
private let paidWord = LocalizedText(zh: "支付合计", en: "Paid")
private let executionRate = LocalizedText(zh: "执行率", en: "Execution rate")
private let itemRemark = LocalizedText(
    zh: "执行率 = 支付 ÷ 调整后预算，按公式计算；原表所列数据保留在旁。",
    en: "Execution rate = paid ÷ adjusted budget, as a formula; figures as declared stand beside it."
)
private let yearRemark = LocalizedText(
    zh: "合计由历年明细按年度汇总得出；右侧为原表所列数据。",
    en: "Totals are summed from the items by year; to the right stands what was declared."
)
