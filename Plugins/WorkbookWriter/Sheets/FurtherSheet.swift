import ExcelBooks
import ReviewModel

/// A table of the form that no other sheet is about, printed as it is; with more rows than a sheet holds, on several.
struct FurtherSheet {
    let schema: TableSchema
    let names: [String]
    private let rowCount: Int
    private let locale: Locale
    private let perSheet: Int

    /// Rows of content that a sheet holds.
    static let perSheet = ExcelSheet.rowLimit - Grid.firstRow

    init(_ summary: TableSummary, _ locale: Locale, perSheet: Int = Self.perSheet, _ name: (String) -> String) {
        (schema, rowCount, self.locale, self.perSheet) = (summary.schema, summary.rowCount, locale, perSheet)
        let title = summary.schema.title(locale)
        let parts = (summary.rowCount + perSheet - 1) / perSheet
        names = (0..<max(1, parts)).map { _ in name(title) }
    }

    func rows(on sheet: Int) -> Int { min(perSheet, rowCount - sheet * perSheet) }

    func register(in index: inout PlaceIndex) {
        // Which columns are empty is not known before the table is read; so all have their places as in the form.
        let columns = Dictionary(schema.columns.enumerated().map { ($1.name, $0) }) { first, _ in first }
        index.add(
            PlaceIndex.Rows(sheets: names, perSheet: perSheet, columns: columns, standard: 0),
            of: schema.name
        )
    }

    func write(_ table: Table, _ book: ExcelBook, _ notes: NoteIndex, _ titles: FormTitles) throws {
        let columns = schema.columns.indices.prefix(Self.mostColumns).map { FormColumn(table, $0, locale, titles) }
        for (part, name) in names.enumerated() {
            let rows = (part * perSheet)..<min((part + 1) * perSheet, table.rowCount)
            let remark = names.count > 1 ? partRemark(part + 1, names.count)(locale) : plainRemark(locale)
            let grid = Grid(
                name: name,
                title: schema.title(locale),
                remark: remark,
                columns: columns.map(\.column),
                frozen: columns.count > 3 ? 1 : 0
            )
            let sheet = try grid.begin(book, notes: notes, last: Grid.firstRow + rows.count - 1)
            for row in rows {
                for (column, form) in columns.enumerated() {
                    try sheet.write(form.content(row), Grid.firstRow + row - rows.lowerBound, column, form.column.style)
                }
            }
            try grid.end(sheet, through: Grid.firstRow + rows.count - 1)
        }
    }

    /// Columns of a sheet.
    private static let mostColumns = 16_384
}

// MARK: - Messages

private let plainRemark = LocalizedText(zh: "原始数据", en: "As in the dossier")

private func partRemark(_ part: Int, _ parts: Int) -> LocalizedText {
    LocalizedText(
        zh: "原始数据；行数超过一张工作表的上限，分为 \(parts) 张，此为第 \(part) 张",
        en: "As in the dossier; more rows than one sheet holds, so this is part \(part) of \(parts)"
    )
}
